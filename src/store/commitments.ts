import { type Kysely, type SqlBool, sql } from 'kysely';
import type { DueDate, Precision } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import { refOf } from '../domain/reference.ts';
import type { Sector } from '../domain/sectors.ts';
import { UserError } from '../domain/user-error.ts';
import { mayRead } from '../domain/visibility.ts';
import type {
  AgencyKind,
  AgencyView,
  CommitmentFilter,
  CommitmentView,
  Reader,
  Viewer,
  Writer,
} from '../use-cases/ports.ts';
import { likeLiteral } from './agencies.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

interface OtherAgency {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: AgencyKind;
  readonly sector: Sector;
  readonly role: 'co-lead' | 'cooperating';
}

function selectCommitments(db: Db) {
  return db
    .selectFrom('commitments as c')
    .innerJoin('agencies as l', 'l.id', 'c.lead_id')
    .leftJoin('imports as i', 'i.id', 'c.import_id')
    .selectAll('c')
    .select(['l.code as lead_code', 'l.name as lead_name', 'l.kind as lead_kind', 'l.sector as lead_sector'])
    .select(sql<boolean>`coalesce(i.state <> 'started', false)`.as('held'))
    .select(
      // The officer named on it, else the lead agency's first.
      sql<
        number | null
      >`coalesce(c.officer_id, (select min(o.id) from officers o where o.agency_id = c.lead_id and o.active and o.role = 'officer'))`.as(
        'responsible_id',
      ),
    )
    .select(
      sql<
        OtherAgency[] | null
      >`(select json_agg(json_build_object('id', a.id, 'code', a.code, 'name', a.name, 'kind', a.kind, 'sector', a.sector, 'role', x.role) order by x.position)
        from commitment_agencies x join agencies a on a.id = x.agency_id where x.commitment_id = c.id)`.as('others'),
    );
}
type Row = Awaited<ReturnType<ReturnType<typeof selectCommitments>['execute']>>[number];

export const dueOf = (row: {
  due_precision: string;
  due_start: string | null;
  due_end: string | null;
  due_raw: string;
}): DueDate => ({
  precision: row.due_precision as Precision,
  start: row.due_start,
  end: row.due_end,
  raw: row.due_raw,
});

function viewOf(row: Row, viewer: Viewer): CommitmentView {
  const open = mayRead(row.classification as 'open' | 'restricted', viewer.sight);
  const others = row.others ?? [];
  const bare = ({ role: _, ...agency }: OtherAgency): AgencyView => agency;
  return {
    id: row.id,
    ref: refOf('C', row.id),
    version: row.version,
    restricted: row.classification === 'restricted',
    title: open ? row.title : null,
    instrument: open ? row.instrument : null,
    event: open ? row.event : null,
    field: open ? row.field : null,
    partners: open ? row.partners : [],
    result: open ? row.result : null,
    lastReport: open ? row.last_report : null,
    signedOn: row.signed_on,
    due: dueOf(row),
    lead: {
      id: row.lead_id,
      code: row.lead_code,
      name: row.lead_name,
      kind: row.lead_kind as AgencyKind,
      sector: row.lead_sector as Sector,
    },
    coLeads: others.filter((each) => each.role === 'co-lead').map(bare),
    cooperating: others.filter((each) => each.role === 'cooperating').map(bare),
    officerId: row.responsible_id,
    flagship: row.flagship,
    obligor: row.obligor as CommitmentView['obligor'],
    registeredAt: row.registered_at,
    assignedAt: row.assigned_at,
    lastReportAt: row.last_report_at,
    claimedAt: row.claimed_at,
    doneOn: row.done_on,
    verifiedAt: row.verified_at,
    held: row.held,
  };
}

/** A chat viewer finds a restricted commitment by its reference and by nothing that would tell what it is. */
const searchable = (viewer: Viewer) =>
  viewer.sight === 'chat'
    ? sql<string>`case when c.classification = 'open' then c.search else 'c-' || c.id end`
    : sql<string>`c.search`;

function matching(viewer: Viewer, filter: CommitmentFilter): ReturnType<typeof sql<SqlBool>> {
  const parts = [sql<SqlBool>`true`];
  for (const word of fold(filter.text ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 8)) {
    parts.push(sql<SqlBool>`${searchable(viewer)} like ${`%${likeLiteral(word)}%`}`);
  }
  if (filter.agencyId !== undefined) {
    parts.push(
      sql<SqlBool>`(c.lead_id = ${filter.agencyId} or c.id in (select x.commitment_id from commitment_agencies x where x.agency_id = ${filter.agencyId}))`,
    );
  }
  if (filter.partner !== undefined) {
    const open = viewer.sight === 'chat' ? sql`and c.classification = 'open'` : sql``;
    parts.push(sql<SqlBool>`(c.search like ${`%\np:%${likeLiteral(fold(filter.partner))}%`} ${open})`);
  }
  if (filter.state === 'done') parts.push(sql<SqlBool>`c.verified_at is not null`);
  if (filter.state === 'open') parts.push(sql<SqlBool>`c.verified_at is null`);
  if (filter.state === 'overdue') parts.push(sql<SqlBool>`c.verified_at is null and c.due_end < ${filter.today}`);
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`;
}

export function commitmentReads(
  db: Db,
  viewer: Viewer,
): Pick<
  Reader,
  | 'commitment'
  | 'commitmentsByIds'
  | 'findCommitments'
  | 'allCommitments'
  | 'commitmentsBySource'
  | 'sources'
  | 'nearestCommitments'
  | 'milestones'
  | 'progress'
  | 'snoozes'
> {
  const seen = (row: Row) => viewOf(row, viewer);
  return {
    async commitment(id) {
      const row = await selectCommitments(db).where('c.id', '=', id).executeTakeFirst();
      return row ? seen(row) : null;
    },
    async commitmentsByIds(ids) {
      if (ids.length === 0) return [];
      return (await selectCommitments(db).where('c.id', 'in', ids).orderBy('c.id').execute()).map(seen);
    },
    async findCommitments(filter) {
      const where = matching(viewer, filter);
      const rows = await selectCommitments(db)
        .where(where)
        // What is open and due first stands on top.
        .orderBy(sql`(c.verified_at is not null), c.due_end nulls last, c.id`)
        .limit(filter.limit)
        .offset(filter.offset)
        .execute();
      const { total } = await db
        .selectFrom('commitments as c')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where(where)
        .executeTakeFirstOrThrow();
      return { found: rows.map(seen), total };
    },
    async allCommitments(where = {}) {
      let query = selectCommitments(db).orderBy('c.id');
      if (where.leadId !== undefined) query = query.where('c.lead_id', '=', where.leadId);
      if (where.importId !== undefined) query = query.where('c.import_id', '=', where.importId);
      if (where.open) query = query.where('c.verified_at', 'is', null);
      if (where.officerId !== undefined) {
        const id = where.officerId;
        query = query.where(
          sql<SqlBool>`(c.officer_id = ${id} or (c.officer_id is null and ${id} = (select min(o.id) from officers o where o.agency_id = c.lead_id and o.active and o.role = 'officer')))`,
        );
      }
      return (await query.execute()).map(seen);
    },
    async commitmentsBySource(source) {
      const rows = await selectCommitments(db).where('c.source', '=', source).orderBy('c.id').execute();
      return rows.map((row) => ({ ...seen(row), sourceKey: row.source_key ?? '' }));
    },
    async sources() {
      const rows = await db
        .selectFrom('commitments')
        .select('source')
        .select(sql<string[]>`array_agg(source_key)`.as('keys'))
        .where('source', 'is not', null)
        .groupBy('source')
        .execute();
      return rows.map((row) => ({ source: row.source ?? '', keys: row.keys }));
    },
    async nearestCommitments(id, limit) {
      // A reference mistyped: its digits are in another, or the other way round.
      const digits = String(id);
      const rows = await selectCommitments(db)
        .where(sql<SqlBool>`(c.id::text like ${`%${digits}%`} or ${digits} like '%' || c.id::text || '%')`)
        .orderBy(sql`abs(length(c.id::text) - length(${digits})), c.id`)
        .limit(limit)
        .execute();
      return rows.map(seen);
    },
    async milestones(ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('milestones')
        .selectAll()
        .where('commitment_id', 'in', ids)
        .orderBy('commitment_id')
        .orderBy('position')
        .execute();
      return rows.map((row) => ({
        commitmentId: row.commitment_id,
        position: row.position,
        title: row.title,
        due: dueOf(row),
        doneOn: row.done_on,
      }));
    },
    async progress(commitmentId, limit) {
      const rows = await db
        .selectFrom('progress_updates as p')
        .innerJoin('officers as o', 'o.id', 'p.officer_id')
        .innerJoin('commitments as c', 'c.id', 'p.commitment_id')
        .select(['p.at', 'o.name as by', 'p.text', 'p.expected', 'p.claims_done', 'c.classification'])
        .where('p.commitment_id', '=', commitmentId)
        .orderBy('p.at', 'desc')
        .orderBy('p.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        at: row.at,
        by: row.by,
        text: mayRead(row.classification as 'open' | 'restricted', viewer.sight) ? row.text : null,
        expected: row.expected,
        claimsDone: row.claims_done,
      }));
    },
    async snoozes(today) {
      const rows = await db.selectFrom('snoozes').selectAll().where('until', '>', today).execute();
      return rows.map((row) => ({ commitmentId: row.commitment_id, officerId: row.officer_id, until: row.until }));
    },
  };
}

export function commitmentWrites(
  db: Db,
  trace: Trace,
  viewer: Viewer,
): Pick<Writer, 'addCommitment' | 'changeCommitment' | 'addMilestone' | 'addProgress' | 'setSnooze'> {
  const row = async (id: number): Promise<Row> =>
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
    facts: Pick<Row, 'title' | 'instrument' | 'event' | 'field' | 'partners' | 'lead_id'> & {
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
      return viewOf(await row(id), viewer);
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
      const was = Object.fromEntries(Object.keys(columns).map((key) => [key, before[key as keyof Row]]));
      trace('commitment', refOf('C', id), change, was, columns);
      const sameAnswering = !agenciesChange && patch.officerId === undefined;
      return viewOf(sameAnswering ? { ...after, version: before.version + 1 } : await row(id), viewer);
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
