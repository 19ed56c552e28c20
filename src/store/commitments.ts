import { type Kysely, type SqlBool, sql } from 'kysely';
import type { DueDate, Precision } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import { refOf } from '../domain/reference.ts';
import type { Sector } from '../domain/sectors.ts';
import { mayRead } from '../domain/visibility.ts';
import type {
  AgencyKind,
  AgencyView,
  AmendedRow,
  CommitmentFilter,
  CommitmentView,
  Reader,
  Viewer,
} from '../use-cases/ports.ts';
import { likeLiteral } from './agencies.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

export interface OtherAgency {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: AgencyKind;
  readonly sector: Sector;
  readonly role: 'co-lead' | 'cooperating';
}

export function selectCommitments(db: Db) {
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
      // A report of what stands in the way is a word from the agency too.
      sql<
        string | null
      >`greatest(c.last_report_at, (select max(b.at) from obstacles b where b.commitment_id = c.id))`.as(
        'last_word_at',
      ),
    )
    .select(
      sql<
        OtherAgency[] | null
      >`(select json_agg(json_build_object('id', a.id, 'code', a.code, 'name', a.name, 'kind', a.kind, 'sector', a.sector, 'role', x.role) order by x.position)
        from commitment_agencies x join agencies a on a.id = x.agency_id where x.commitment_id = c.id)`.as('others'),
    );
}
export type CommitmentRow = Awaited<ReturnType<ReturnType<typeof selectCommitments>['execute']>>[number];

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

export function commitmentOf(row: CommitmentRow, viewer: Viewer): CommitmentView {
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
    lastReportAt: row.last_word_at,
    claimedAt: row.claimed_at,
    disownedAt: stillDisowned(row) ? row.disowned_at : null,
    doneOn: row.done_on,
    verifiedAt: row.verified_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnWhy: open ? row.withdrawn_why : null,
    held: row.held,
  };
}

/** Whoever reported since has taken it. */
const stillDisowned = (row: CommitmentRow): boolean =>
  row.disowned_at !== null && row.disowned_at >= (row.last_word_at ?? '');

/** A chat viewer finds a restricted commitment by its reference and by nothing that would tell what it is. */
const searchable = (viewer: Viewer) =>
  viewer.sight === 'chat'
    ? sql<string>`case when c.classification = 'open' then c.search else 'c-' || c.id end`
    : sql<string>`c.search`;

function matching(viewer: Viewer, filter: CommitmentFilter): ReturnType<typeof sql<SqlBool>> {
  // What was withdrawn is found where it is asked for, and nowhere else.
  const parts = [
    filter.state === 'withdrawn' ? sql<SqlBool>`c.withdrawn_at is not null` : sql<SqlBool>`c.withdrawn_at is null`,
  ];
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
  | 'amendmentsOf'
  | 'sources'
  | 'nearestCommitments'
  | 'milestones'
  | 'changesSince'
  | 'snoozes'
  | 'snooze'
> {
  const seen = (row: CommitmentRow) => commitmentOf(row, viewer);
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
      let query = selectCommitments(db).where('c.withdrawn_at', 'is', null).orderBy('c.id');
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
    async amendmentsOf(source) {
      const { rows } = await sql<AmendedRow>`
        select c.id as "commitmentId", h.change, h.before, h.after
        from commitments c join history h on h.thing = 'commitment' and h.thing_id = 'C-' || c.id
        where c.source = ${source} and h.change in ('imported', 'amended') and exists (
          select from history a where a.thing = 'commitment' and a.thing_id = 'C-' || c.id and a.change = 'amended')
        order by h.id`.execute(db);
      return rows;
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
    async changesSince(id, version) {
      const rows = await db
        .selectFrom('history as h')
        .leftJoin('officers as o', 'o.id', 'h.officer_id')
        .select(['h.at', 'h.actor', 'o.name', 'h.after'])
        .where('h.thing', '=', 'commitment')
        .where('h.thing_id', '=', refOf('C', id))
        .where(sql<SqlBool>`(h.after->>'version')::int > ${version}`)
        .orderBy('h.id')
        .execute();
      return rows.map(({ at, actor, name, after }) => {
        const { version: _, reason: __, sheetSaid: ___, ...columns } = (after ?? {}) as Record<string, unknown>;
        return { at, by: name ?? actor, columns: Object.keys(columns) };
      });
    },
    async nearestCommitments(id, limit) {
      // A reference mistyped: its digits are in another, or the other way round; else the numbers beside it.
      const digits = String(id);
      const rows = await selectCommitments(db)
        .orderBy(
          sql`(c.id::text like ${`%${digits}%`} or ${digits} like '%' || c.id::text || '%') desc, abs(c.id - ${id}), c.id`,
        )
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
    async snooze(commitmentId, officerId) {
      const row = await db
        .selectFrom('snoozes')
        .select(['at', 'times'])
        .where('commitment_id', '=', commitmentId)
        .where('officer_id', '=', officerId)
        .executeTakeFirst();
      return row ?? null;
    },
    async snoozes(today) {
      const rows = await db.selectFrom('snoozes').selectAll().where('until', '>', today).execute();
      return rows.map((row) => ({ commitmentId: row.commitment_id, officerId: row.officer_id, until: row.until }));
    },
  };
}
