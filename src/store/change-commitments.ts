import { type Kysely, sql } from 'kysely';
import type { DueDate } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import { refOf } from '../domain/reference.ts';
import { UserError } from '../domain/user-error.ts';
import type { NewCommitment, Viewer, Writer } from '../use-cases/ports.ts';
import { inChunks } from './chunks.ts';
import { type CommitmentRow, commitmentOf, type OtherAgency, selectCommitments } from './commitments.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

export function commitmentWrites(
  db: Db,
  trace: Trace,
  viewer: Viewer,
): Pick<
  Writer,
  'addCommitment' | 'addCommitments' | 'changeCommitment' | 'addMilestones' | 'changeMilestone' | 'setSnooze'
> {
  const row = async (id: number): Promise<CommitmentRow> =>
    selectCommitments(db).where('c.id', '=', id).executeTakeFirstOrThrow();

  /** The agencies beside the lead, each in one role, in order. */
  function othersOf(id: number, leadId: number, coLeads: readonly number[], cooperating: readonly number[]) {
    const roles = new Map<number, 'co-lead' | 'cooperating'>();
    for (const agency of coLeads) roles.set(agency, 'co-lead');
    for (const agency of cooperating) if (!roles.has(agency)) roles.set(agency, 'cooperating');
    roles.delete(leadId);
    return [...roles].map(([agency_id, role], position) => ({ commitment_id: id, agency_id, role, position }));
  }

  async function addOthers(values: ReturnType<typeof othersOf>): Promise<void> {
    for (const some of inChunks(values)) await db.insertInto('commitment_agencies').values(some).execute();
  }

  /** Names of agencies by id: each is read once in a transaction that registers many. */
  const names = new Map<number, { name: string; code: string }>();
  async function named(ids: readonly number[]): Promise<{ name: string; code: string }[]> {
    const unknown = ids.filter((id) => !names.has(id));
    if (unknown.length > 0) {
      const rows = await db.selectFrom('agencies').select(['id', 'name', 'code']).where('id', 'in', unknown).execute();
      for (const { id, ...agency } of rows) names.set(id, agency);
    }
    return ids.flatMap((id) => names.get(id) ?? []);
  }

  /** What a commitment is found by, beside its reference. Partners stand last, marked: they can be asked for alone. */
  async function wordsOf(
    facts: Pick<CommitmentRow, 'title' | 'instrument' | 'event' | 'field' | 'partners' | 'lead_id'> & {
      others: readonly number[];
    },
  ): Promise<string> {
    const agencies = await named([facts.lead_id, ...facts.others]);
    const words = [
      facts.title,
      facts.instrument,
      facts.event,
      facts.field,
      ...agencies.flatMap((agency) => [agency.name, agency.code]),
    ];
    const found = words.filter((word) => word !== null).map(fold);
    return `${found.join(' \n')} \np:${facts.partners.map(fold).join(' p:')}`;
  }

  async function columnsOf(wish: NewCommitment) {
    const columns = {
      title: wish.title,
      instrument: wish.instrument ?? null,
      event: wish.event ?? null,
      field: wish.field ?? null,
      partners: [...(wish.partners ?? [])],
      lead_id: wish.leadId,
    };
    const others = [...(wish.coLeadIds ?? []), ...(wish.cooperatingIds ?? [])];
    return {
      ...columns,
      words: await wordsOf({ ...columns, others }),
      obligor: wish.obligor ?? 'us',
      signed_on: wish.signedOn ?? null,
      ...dueColumns(wish.due),
      officer_id: wish.officerId ?? null,
      result: wish.result ?? null,
      classification: wish.classification ?? 'open',
      flagship: wish.flagship ?? false,
      registered_at: wish.registeredAt,
      assigned_at: wish.registeredAt,
      import_id: wish.importId ?? null,
      source: wish.source ?? null,
      source_key: wish.sourceKey ?? null,
      last_report_at: wish.lastReportAt ?? null,
      last_report: wish.lastReport ?? null,
      claimed_at: wish.claimedAt ?? null,
      done_on: wish.doneOn ?? null,
      verified_at: wish.verifiedAt ?? null,
    };
  }

  /** Their ids, in the order of the wishes. */
  async function addCommitments(wishes: readonly NewCommitment[]): Promise<number[]> {
    const ids: number[] = [];
    for (const some of inChunks(wishes)) {
      const values = [];
      for (const wish of some) values.push(await columnsOf(wish));
      const rows = await db.insertInto('commitments').values(values).returning('id').execute();
      // Numbers are given out in the order of the values.
      ids.push(...rows.map((row) => row.id).toSorted((one, other) => one - other));
    }
    const made = wishes.map((wish, at) => ({ wish, id: ids[at] ?? 0 }));
    await addOthers(
      made.flatMap(({ id, wish }) => othersOf(id, wish.leadId, wish.coLeadIds ?? [], wish.cooperatingIds ?? [])),
    );
    for (const { id, wish } of made) trace('commitment', refOf('C', id), 'registered', null, wish);
    return ids;
  }

  return {
    addCommitments,
    async addCommitment(wish) {
      const [id = 0] = await addCommitments([wish]);
      return commitmentOf(await row(id), viewer);
    },
    async changeCommitment(id, patch, change, version) {
      const before = await row(id);
      const columns = {
        ...(patch.title === undefined ? {} : { title: patch.title }),
        ...(patch.result === undefined ? {} : { result: patch.result }),
        ...(patch.partners === undefined ? {} : { partners: [...patch.partners] }),
        ...(patch.instrument === undefined ? {} : { instrument: patch.instrument }),
        ...(patch.due === undefined ? {} : dueColumns(patch.due)),
        ...(patch.leadId === undefined ? {} : { lead_id: patch.leadId }),
        ...(patch.officerId === undefined ? {} : { officer_id: patch.officerId }),
        ...(patch.classification === undefined ? {} : { classification: patch.classification }),
        ...(patch.assignedAt === undefined ? {} : { assigned_at: patch.assignedAt }),
        ...(patch.lastReportAt === undefined ? {} : { last_report_at: patch.lastReportAt }),
        ...(patch.lastReport === undefined ? {} : { last_report: patch.lastReport }),
        ...(patch.claimedAt === undefined ? {} : { claimed_at: patch.claimedAt }),
        ...(patch.disownedAt === undefined ? {} : { disowned_at: patch.disownedAt }),
        ...(patch.doneOn === undefined ? {} : { done_on: patch.doneOn }),
        ...(patch.verifiedAt === undefined ? {} : { verified_at: patch.verifiedAt }),
        ...(patch.sourceKey === undefined ? {} : { source_key: patch.sourceKey }),
        ...(patch.importId === undefined ? {} : { import_id: patch.importId }),
        ...(patch.withdrawn === undefined
          ? {}
          : { withdrawn_at: patch.withdrawn?.at ?? null, withdrawn_why: patch.withdrawn?.why ?? null }),
      };
      const others = before.others ?? [];
      const kept = (role: OtherAgency['role']) => others.filter((each) => each.role === role).map((each) => each.id);
      const coLeads = patch.coLeadIds ?? kept('co-lead');
      const cooperating = patch.cooperatingIds ?? kept('cooperating');
      const agenciesChange =
        patch.coLeadIds !== undefined || patch.cooperatingIds !== undefined || patch.leadId !== undefined;
      const after = { ...before, ...columns, last_word_at: patch.lastReportAt ?? before.last_word_at };
      const wordsChange = agenciesChange || ['title', 'partners', 'instrument'].some((name) => name in columns);
      const changed = await db
        .updateTable('commitments')
        .set(columns)
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
        .returning('id')
        .executeTakeFirst();
      if (!changed) throw await changedMeanwhile(db, id, before.version);
      if (agenciesChange) {
        await db.deleteFrom('commitment_agencies').where('commitment_id', '=', id).execute();
        await addOthers(othersOf(id, after.lead_id, coLeads, cooperating));
      }
      if (wordsChange) {
        const words = await wordsOf({ ...after, others: [...coLeads, ...cooperating] });
        await db.updateTable('commitments').set({ words }).where('id', '=', id).execute();
      }
      // Which version a change made, and which agencies it was about: what a later stale edit is told.
      const about = agenciesChange ? { coLeads, cooperating } : {};
      const wereAbout = agenciesChange ? { coLeads: kept('co-lead'), cooperating: kept('cooperating') } : {};
      const was = Object.fromEntries(Object.keys(columns).map((key) => [key, before[key as keyof CommitmentRow]]));
      trace(
        'commitment',
        refOf('C', id),
        change,
        { ...was, ...wereAbout },
        {
          ...columns,
          ...about,
          version: before.version + 1,
          ...(patch.reason === undefined ? {} : { reason: patch.reason }),
          ...(patch.sheetSaid === undefined ? {} : { sheetSaid: patch.sheetSaid }),
        },
      );
      const sameAnswering = !agenciesChange && patch.officerId === undefined;
      return commitmentOf(sameAnswering ? { ...after, version: before.version + 1 } : await row(id), viewer);
    },
    async addMilestones(milestones) {
      const before = new Map<number, number>();
      const values = milestones.map(({ commitmentId, title, due, doneOn }) => {
        const place = (before.get(commitmentId) ?? 0) + 1;
        before.set(commitmentId, place);
        const position = sql<number>`(select count(*) from milestones where commitment_id = ${commitmentId}) + ${place}::int`;
        return { commitment_id: commitmentId, position, title, ...dueColumns(due), done_on: doneOn };
      });
      for (const some of inChunks(values)) await db.insertInto('milestones').values(some).execute();
      for (const each of milestones) trace('commitment', refOf('C', each.commitmentId), 'milestone-added', null, each);
    },
    async changeMilestone(commitmentId, position, patch, change) {
      const own = db
        .selectFrom('milestones')
        .selectAll()
        .where('commitment_id', '=', commitmentId)
        .where('position', '=', position);
      const before = await own.executeTakeFirstOrThrow();
      const columns = {
        ...(patch.title === undefined ? {} : { title: patch.title }),
        ...(patch.due === undefined ? {} : dueColumns(patch.due)),
        ...(patch.doneOn === undefined ? {} : { done_on: patch.doneOn }),
      };
      await db
        .updateTable('milestones')
        .set(columns)
        .where('commitment_id', '=', commitmentId)
        .where('position', '=', position)
        .execute();
      trace('commitment', refOf('C', commitmentId), change, before, { ...columns, position });
    },
    async setSnooze(snooze) {
      const values = {
        commitment_id: snooze.commitmentId,
        officer_id: snooze.officerId,
        until: snooze.until,
        reason: snooze.reason,
        at: snooze.at,
        times: snooze.times,
      };
      await db
        .insertInto('snoozes')
        .values(values)
        .onConflict((on) =>
          on
            .columns(['commitment_id', 'officer_id'])
            .doUpdateSet({ until: snooze.until, reason: snooze.reason, at: snooze.at, times: snooze.times }),
        )
        .execute();
      trace('commitment', refOf('C', snooze.commitmentId), 'reminder-postponed', null, snooze);
    },
  };
}

const dueColumns = (due: DueDate) => ({
  due_precision: due.precision,
  due_start: due.start,
  due_end: due.end,
  due_raw: due.raw,
});

/** Says who changed it and when, from the history. */
async function changedMeanwhile(db: Db, id: number, version: number): Promise<UserError> {
  const last = await db
    .selectFrom('history as h')
    .leftJoin('officers as o', 'o.id', 'h.officer_id')
    .select(['h.at', 'h.actor', 'o.name'])
    .where('h.thing', '=', 'commitment')
    .where('h.thing_id', '=', refOf('C', id))
    .orderBy('h.id', 'desc')
    .executeTakeFirst();
  return new UserError(
    'changed-meanwhile',
    { ref: refOf('C', id), by: last?.name ?? last?.actor ?? '', at: last?.at ?? '' },
    { version },
  );
}
