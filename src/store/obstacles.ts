import type { Kysely } from 'kysely';
import { refOf } from '../domain/reference.ts';
import { rankBySameness } from '../domain/sameness.ts';
import { mayRead } from '../domain/visibility.ts';
import type { ObstacleView, Reader, SharedObstacleView, Viewer, Writer } from '../use-cases/ports.ts';
import { agencyOf } from './agencies.ts';
import { sharedWords } from './shared-title.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

function selectObstacles(db: Db) {
  return db
    .selectFrom('obstacles as b')
    .innerJoin('commitments as c', 'c.id', 'b.commitment_id')
    .innerJoin('agencies as a', 'a.id', 'b.agency_id')
    .innerJoin('officers as o', 'o.id', 'b.officer_id')
    .selectAll('b')
    .select(['c.classification', 'a.code', 'a.name', 'a.kind', 'a.sector', 'o.name as officer_name']);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectObstacles>['execute']>>[number];

function viewOf(row: Row, viewer: Viewer): ObstacleView {
  const open = mayRead(row.classification as 'open' | 'restricted', viewer.sight);
  return {
    id: row.id,
    ref: refOf('OB', row.id),
    commitmentId: row.commitment_id,
    commitmentRef: refOf('C', row.commitment_id),
    restricted: row.classification === 'restricted',
    agency: agencyOf({ id: row.agency_id, code: row.code, name: row.name, kind: row.kind, sector: row.sector }),
    officerId: row.officer_id,
    officerName: row.officer_name,
    at: row.at,
    text: open ? row.text : null,
    solution: open ? row.solution : null,
    decider: open ? row.decider : null,
    state: row.state as ObstacleView['state'],
    solvedHow: open ? row.solved_how : null,
    solvedAt: row.solved_at,
    sharedId: row.shared_id,
  };
}

const sharedOf = (row: {
  id: number;
  title: string;
  state: string;
  opened_at: string;
  solved_how: string | null;
}): SharedObstacleView => ({
  id: row.id,
  ref: refOf('SO', row.id),
  title: row.title,
  state: row.state as SharedObstacleView['state'],
  openedAt: row.opened_at,
  solvedHow: row.solved_how,
});

/** How many of the newest open reports are compared; the engine that ranks a whole register comes in through here. */
const COMPARED = 2000;

export function obstacleReads(
  db: Db,
  viewer: Viewer,
): Pick<
  Reader,
  'obstacle' | 'obstaclesOf' | 'obstaclesSince' | 'similarObstacles' | 'solvedLike' | 'suggestedTo' | 'shared'
> {
  const seen = (row: Row) => viewOf(row, viewer);
  return {
    async obstacle(id) {
      const row = await selectObstacles(db).where('b.id', '=', id).executeTakeFirst();
      return row ? seen(row) : null;
    },
    async obstaclesOf(where) {
      let query = selectObstacles(db).orderBy('b.id');
      if (where.commitmentId !== undefined) query = query.where('b.commitment_id', '=', where.commitmentId);
      if (where.sharedId !== undefined) query = query.where('b.shared_id', '=', where.sharedId);
      if (where.open) query = query.where('b.state', '=', 'open');
      return (await query.execute()).map(seen);
    },
    async obstaclesSince(since) {
      return (await selectObstacles(db).where('b.at', '>=', since).orderBy('b.id', 'desc').execute()).map(seen);
    },
    async similarObstacles(text, without, limit) {
      const rows = await selectObstacles(db)
        .where('b.state', '=', 'open')
        .where('c.withdrawn_at', 'is', null)
        .where('b.id', '<>', without.obstacleId ?? 0)
        // Somebody else's restricted words are not shown, so they are not offered either.
        .$if(viewer.sight === 'chat', (query) => query.where('c.classification', '=', 'open'))
        .where((eb) =>
          // A pair that was told apart stays apart, whichever of the two is asked about.
          eb.not(
            eb.exists(
              eb
                .selectFrom('obstacle_events as e')
                .select('e.id')
                .where('e.event', '=', 'rejected')
                .where((pair) =>
                  pair.or([
                    pair.and([
                      pair('e.obstacle_id', '=', without.obstacleId ?? 0),
                      pair('e.other_id', '=', pair.ref('b.id')),
                    ]),
                    pair.and([
                      pair('e.other_id', '=', without.obstacleId ?? 0),
                      pair('e.obstacle_id', '=', pair.ref('b.id')),
                    ]),
                  ]),
                ),
            ),
          ),
        )
        .orderBy('b.at', 'desc')
        .limit(COMPARED)
        .execute();
      const byId = new Map(rows.map((row) => [row.id, row]));
      return rankBySameness(
        text,
        rows.map((row) => ({ id: row.id, text: row.text })),
        limit,
      ).flatMap(({ id, score }) => {
        const row = byId.get(id);
        return row ? [{ obstacle: seen(row), score }] : [];
      });
    },
    async solvedLike(text, limit) {
      const rows = await selectObstacles(db)
        .where('b.solved_how', 'is not', null)
        .$if(viewer.sight === 'chat', (query) => query.where('c.classification', '=', 'open'))
        .orderBy('b.solved_at', 'desc')
        .limit(COMPARED)
        .execute();
      const byId = new Map(rows.map((row) => [row.id, row]));
      const ranked = rankBySameness(
        text,
        rows.map((row) => ({ id: row.id, text: row.text })),
        limit,
      );
      return ranked.flatMap(({ id, score }) => {
        const row = byId.get(id);
        return row ? [{ obstacle: seen(row), score }] : [];
      });
    },
    async suggestedTo(obstacleId) {
      const rows = await db
        .selectFrom('obstacle_events')
        .select(['other_id', 'score'])
        .where('obstacle_id', '=', obstacleId)
        .where('event', '=', 'suggested')
        .orderBy('id')
        .execute();
      return rows.flatMap(({ other_id, score }) =>
        other_id === null ? [] : [{ obstacleId: other_id, score: score ?? 0 }],
      );
    },
    async shared(id) {
      const words = sharedWords(viewer);
      const row = await db
        .selectFrom('shared_obstacles as s')
        .select(['s.id', 's.state', 's.opened_at', words.title.as('title'), words.solvedHow.as('solved_how')])
        .where('s.id', '=', id)
        .executeTakeFirst();
      return row ? sharedOf(row) : null;
    },
  };
}

export function obstacleWrites(
  db: Db,
  trace: Trace,
  viewer: Viewer,
): Pick<
  Writer,
  | 'addObstacle'
  | 'addObstacleEvent'
  | 'addShared'
  | 'solveObstacle'
  | 'solveShared'
  | 'joinShared'
  | 'leaveShared'
  | 'mergeShared'
> {
  return {
    async addObstacle(wish) {
      const { id } = await db
        .insertInto('obstacles')
        .values({
          commitment_id: wish.commitmentId,
          agency_id: wish.agencyId,
          officer_id: wish.officerId,
          at: wish.at,
          text: wish.text,
          solution: wish.solution,
          decider: wish.decider,
          state: 'open',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      trace('obstacle', refOf('OB', id), 'reported', null, wish);
      return viewOf(await selectObstacles(db).where('b.id', '=', id).executeTakeFirstOrThrow(), viewer);
    },
    async addObstacleEvent(event) {
      await db
        .insertInto('obstacle_events')
        .values({
          obstacle_id: event.obstacleId,
          other_id: event.otherId ?? null,
          shared_id: event.sharedId ?? null,
          event: event.event,
          officer_id: viewer.officerId,
          score: event.score ?? null,
          scorer: event.scorer ?? null,
          at: event.at,
        })
        .execute();
      if (event.event !== 'suggested')
        trace('obstacle', refOf('OB', event.obstacleId), `sameness-${event.event}`, null, event);
    },
    async addShared(wish) {
      const row = await db
        .insertInto('shared_obstacles')
        .values({ title: wish.title, state: 'open', opened_at: wish.openedAt })
        .returningAll()
        .executeTakeFirstOrThrow();
      trace('shared-obstacle', refOf('SO', row.id), 'opened', null, wish);
      return sharedOf(row);
    },
    async solveObstacle(id, how, at) {
      await db
        .updateTable('obstacles')
        .set({ state: 'solved', solved_at: at, solved_by: viewer.officerId, solved_how: how })
        .where('id', '=', id)
        .execute();
      trace('obstacle', refOf('OB', id), 'solved', { state: 'open' }, { state: 'solved', how });
      return viewOf(await selectObstacles(db).where('b.id', '=', id).executeTakeFirstOrThrow(), viewer);
    },
    async solveShared(id, how, done, at) {
      await db
        .updateTable('shared_obstacles')
        .set({ solved_how: how, ...(done ? { state: 'solved', solved_at: at } : {}) })
        .where('id', '=', id)
        .execute();
      trace('shared-obstacle', refOf('SO', id), done ? 'solved' : 'solved-once', null, { how });
    },
    async joinShared(obstacleId, sharedId) {
      await db.updateTable('obstacles').set({ shared_id: sharedId }).where('id', '=', obstacleId).execute();
      trace('obstacle', refOf('OB', obstacleId), 'joined', null, { shared: refOf('SO', sharedId) });
    },
    async leaveShared(obstacleId, at) {
      const row = await db
        .selectFrom('obstacles')
        .select('shared_id')
        .where('id', '=', obstacleId)
        .executeTakeFirstOrThrow();
      if (row.shared_id === null) return;
      await db.updateTable('obstacles').set({ shared_id: null }).where('id', '=', obstacleId).execute();
      await db
        .insertInto('obstacle_events')
        .values({
          obstacle_id: obstacleId,
          shared_id: row.shared_id,
          event: 'rejected',
          officer_id: viewer.officerId,
          at,
        })
        .execute();
      trace('obstacle', refOf('OB', obstacleId), 'left', { shared: refOf('SO', row.shared_id) }, null);
    },
    async mergeShared(from, into) {
      await db.updateTable('obstacles').set({ shared_id: into }).where('shared_id', '=', from).execute();
      await db.updateTable('working_groups').set({ shared_id: into }).where('shared_id', '=', from).execute();
      await db
        .updateTable('shared_obstacles')
        .set({ state: 'solved', merged_into: into })
        .where('id', '=', from)
        .execute();
      trace('shared-obstacle', refOf('SO', from), 'merged', null, { into: refOf('SO', into) });
    },
  };
}
