import { type Kysely, sql } from 'kysely';
import type { DueDate } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import { refOf } from '../domain/reference.ts';
import { UserError } from '../domain/user-error.ts';
import type { Viewer, Writer } from '../use-cases/ports.ts';
import { type CommitmentRow, commitmentOf, type OtherAgency, selectCommitments } from './commitments.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

export function commitmentWrites(
  db: Db,
  trace: Trace,
  viewer: Viewer,
): Pick<Writer, 'addCommitment' | 'changeCommitment' | 'addMilestone' | 'addProgress' | 'setSnooze'> {
  const row = async (id: number): Promise<CommitmentRow> =>
    selectCommitments(db).where('c.id', '=', id).executeTakeFirstOrThrow();

  async function addOthers(
    id: number,
    leadId: number,
    coLeads: readonly number[],
    cooperating: readonly number[],
  ): Promise<void> {
    const roles = new Map<number, 'co-lead' | 'cooperating'>();
    for (const agency of coLeads) roles.set(agency, 'co-lead');
    for (const agency of cooperating) if (!roles.has(agency)) roles.set(agency, 'cooperating');
    roles.delete(leadId);
    const values = [...roles].map(([agency_id, role], position) => ({ commitment_id: id, agency_id, role, position }));
    if (values.length > 0) await db.insertInto('commitment_agencies').values(values).execute();
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

  return {
    async addCommitment(wish) {
      const { id } = await db
        .insertInto('commitments')
        .values({
          title: wish.title,
          instrument: wish.instrument ?? null,
          event: wish.event ?? null,
          field: wish.field ?? null,
          partners: [...(wish.partners ?? [])],
          obligor: wish.obligor ?? 'us',
          signed_on: wish.signedOn ?? null,
          ...dueColumns(wish.due),
          lead_id: wish.leadId,
          officer_id: wish.officerId ?? null,
          result: wish.result ?? null,
          classification: wish.classification ?? 'open',
          flagship: wish.flagship ?? false,
          registered_at: wish.registeredAt,
          assigned_at: wish.registeredAt,
          import_id: wish.importId ?? null,
          source: wish.source ?? null,
          source_key: wish.sourceKey ?? null,
          words: await wordsOf({
            title: wish.title,
            instrument: wish.instrument ?? null,
            event: wish.event ?? null,
            field: wish.field ?? null,
            partners: [...(wish.partners ?? [])],
            lead_id: wish.leadId,
            others: [...(wish.coLeadIds ?? []), ...(wish.cooperatingIds ?? [])],
          }),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await addOthers(id, wish.leadId, wish.coLeadIds ?? [], wish.cooperatingIds ?? []);
      trace('commitment', refOf('C', id), 'registered', null, wish);
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
        ...(patch.doneOn === undefined ? {} : { done_on: patch.doneOn }),
        ...(patch.verifiedAt === undefined ? {} : { verified_at: patch.verifiedAt }),
        ...(patch.sourceKey === undefined ? {} : { source_key: patch.sourceKey }),
      };
      const others = before.others ?? [];
      const kept = (role: OtherAgency['role']) => others.filter((each) => each.role === role).map((each) => each.id);
      const coLeads = patch.coLeadIds ?? kept('co-lead');
      const cooperating = patch.cooperatingIds ?? kept('cooperating');
      const agenciesChange =
        patch.coLeadIds !== undefined || patch.cooperatingIds !== undefined || patch.leadId !== undefined;
      const after = { ...before, ...columns };
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
        await addOthers(id, after.lead_id, coLeads, cooperating);
      }
      if (wordsChange) {
        const words = await wordsOf({ ...after, others: [...coLeads, ...cooperating] });
        await db.updateTable('commitments').set({ words }).where('id', '=', id).execute();
      }
      const was = Object.fromEntries(Object.keys(columns).map((key) => [key, before[key as keyof CommitmentRow]]));
      trace('commitment', refOf('C', id), change, was, columns);
      const sameAnswering = !agenciesChange && patch.officerId === undefined;
      return commitmentOf(sameAnswering ? { ...after, version: before.version + 1 } : await row(id), viewer);
    },
    async addMilestone(commitmentId, milestone) {
      await db
        .insertInto('milestones')
        .values({
          commitment_id: commitmentId,
          position: sql<number>`(select count(*) + 1 from milestones where commitment_id = ${commitmentId})`,
          title: milestone.title,
          ...dueColumns(milestone.due),
          done_on: milestone.doneOn,
        })
        .execute();
      trace('commitment', refOf('C', commitmentId), 'milestone-added', null, milestone);
    },
    async addProgress(update) {
      await db
        .insertInto('progress_updates')
        .values({
          commitment_id: update.commitmentId,
          officer_id: update.officerId,
          at: update.at,
          text: update.text,
          expected: update.expected,
          claims_done: update.claimsDone,
        })
        .execute();
      trace('commitment', refOf('C', update.commitmentId), 'progress-reported', null, update);
    },
    async setSnooze(snooze) {
      const values = {
        commitment_id: snooze.commitmentId,
        officer_id: snooze.officerId,
        until: snooze.until,
        reason: snooze.reason,
        at: snooze.at,
      };
      await db
        .insertInto('snoozes')
        .values(values)
        .onConflict((on) =>
          on
            .columns(['commitment_id', 'officer_id'])
            .doUpdateSet({ until: snooze.until, reason: snooze.reason, at: snooze.at }),
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
