import { type Kysely, type SqlBool, sql } from 'kysely';
import { refOf } from '../domain/reference.ts';
import { UserError } from '../domain/user-error.ts';
import { mayRead } from '../domain/visibility.ts';
import type { Actor, ProgressView, Viewer } from '../use-cases/ports.ts';
import type { ReportReads, ReportWrites } from '../use-cases/report-ports.ts';
import { inChunks } from './chunks.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

/** PostgreSQL's largest integer: what is typed above it is the number of nothing. */
const MOST = 2_147_483_647;

function selectReports(db: Db) {
  return db
    .selectFrom('progress_updates as p')
    .innerJoin('officers as o', 'o.id', 'p.officer_id')
    .innerJoin('commitments as c', 'c.id', 'p.commitment_id')
    .leftJoin('officers as d', 'd.id', 'p.decided_by')
    .selectAll('p')
    .select(['o.name as by', 'd.name as decider', 'c.classification']);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectReports>['execute']>>[number];

function viewOf(row: Row, viewer: Viewer): ProgressView {
  const open = mayRead(row.classification as 'open' | 'restricted', viewer.sight);
  return {
    id: row.id,
    commitmentId: row.commitment_id,
    at: row.at,
    by: row.by,
    byId: row.officer_id,
    text: open ? row.text : null,
    expected: row.expected,
    claimsDone: row.claims_done,
    state: row.state as ProgressView['state'],
    askedId: row.asked_id,
    decided:
      row.decided_at === null
        ? null
        : { by: row.decider ?? '', at: row.decided_at, why: open ? row.decided_why : null },
  };
}

/** What does not count is its agency's own affair, and that of whoever may decide about it. */
const isShownTo = (viewer: Viewer) =>
  viewer.sight !== 'chat'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(p.state = 'counted' or exists (
        select from officers v where v.id = ${viewer.officerId}::int and (v.id = p.officer_id or v.role = 'coordinator'
          or v.agency_id = c.lead_id
          or v.id in (select a.stand_in_id from officers a where a.agency_id = c.lead_id and a.approver and a.active))))`;

export function reportReads(db: Db, viewer: Viewer): ReportReads {
  const seen = (row: Row) => viewOf(row, viewer);
  return {
    async progress(commitmentId, limit) {
      const rows = await selectReports(db)
        .where('p.commitment_id', '=', commitmentId)
        .where(isShownTo(viewer))
        .orderBy('p.at', 'desc')
        .orderBy('p.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(seen);
    },
    async reportsByIds(ids) {
      const known = ids.filter((id) => id <= MOST);
      if (known.length === 0) return [];
      return (await selectReports(db).where('p.id', 'in', known).orderBy('p.id').execute()).map(seen);
    },
    async waitingReports(commitmentIds) {
      if (commitmentIds?.length === 0) return [];
      let query = selectReports(db).where('p.state', '=', 'waiting').orderBy('p.at').orderBy('p.id');
      if (commitmentIds) query = query.where('p.commitment_id', 'in', commitmentIds);
      return (await query.execute()).map(seen);
    },
    async returnedReports(commitmentIds) {
      if (commitmentIds?.length === 0) return [];
      let query = selectReports(db)
        .where('p.state', '=', 'sent-back')
        .where(
          sql<SqlBool>`not exists (select from progress_updates n where n.commitment_id = p.commitment_id and n.id > p.id)`,
        )
        .orderBy('p.id');
      if (commitmentIds) query = query.where('p.commitment_id', 'in', commitmentIds);
      return (await query.execute()).map(seen);
    },
    async lastWords(commitmentIds, until) {
      if (commitmentIds.length === 0) return [];
      const said = (table: 'progress_updates' | 'obstacles') =>
        db
          .selectFrom(table)
          .select(['commitment_id as commitmentId', 'at'])
          .where('commitment_id', 'in', commitmentIds)
          .where('at', '<=', until);
      return db
        .selectFrom(said('progress_updates').where('state', '=', 'counted').unionAll(said('obstacles')).as('words'))
        .select(({ fn }) => ['commitmentId', fn.max<string>('at').as('at')])
        .groupBy('commitmentId')
        .execute();
    },
    async approvingAgencies() {
      return (await db.selectFrom('agencies').select('id').where('approves', '=', true).execute()).map(({ id }) => id);
    },
  };
}

export function reportWrites(db: Db, trace: Trace, actor: Actor): ReportWrites {
  const one = async (id: number): Promise<ProgressView> =>
    viewOf(await selectReports(db).where('p.id', '=', id).executeTakeFirstOrThrow(), actor);
  return {
    async addProgress(...reports) {
      const values = reports.map((report) => ({
        commitment_id: report.commitmentId,
        officer_id: report.officerId,
        at: report.at,
        text: report.text,
        expected: report.expected,
        claims_done: report.claimsDone,
        state: report.waits ? 'waiting' : 'counted',
        asked_id: report.waits?.askedId ?? null,
      }));
      const ids: number[] = [];
      for (const some of inChunks(values)) {
        const rows = await db.insertInto('progress_updates').values(some).returning('id').execute();
        // Numbers are given out in the order of the values.
        ids.push(...rows.map((row) => row.id).toSorted((one, other) => one - other));
      }
      for (const each of reports) trace('commitment', refOf('C', each.commitmentId), 'progress-reported', null, each);
      return ids;
    },
    async decideReport(id, { approved, why, at }) {
      const state = approved ? 'counted' : 'sent-back';
      const decided = await db
        .updateTable('progress_updates')
        .set({ state, decided_at: at, decided_by: actor.officerId, decided_why: why })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .returning('commitment_id')
        .executeTakeFirst();
      const report = await one(id);
      if (!decided)
        throw new UserError('report-decided', { by: report.decided?.by ?? '', at: report.decided?.at ?? report.at });
      trace(
        'commitment',
        refOf('C', decided.commitment_id),
        approved ? 'report-approved' : 'report-sent-back',
        { report: id, state: 'waiting' },
        { report: id, state, why },
      );
      return report;
    },
    async setApproves(agencyId, approves) {
      const before = await db
        .selectFrom('agencies')
        .select(['code', 'approves'])
        .where('id', '=', agencyId)
        .executeTakeFirstOrThrow();
      await db.updateTable('agencies').set({ approves }).where('id', '=', agencyId).execute();
      trace('agency', before.code, 'changed', { approves: before.approves }, { approves });
    },
  };
}
