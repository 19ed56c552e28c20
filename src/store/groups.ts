import { type Kysely, sql } from 'kysely';
import { refOf } from '../domain/reference.ts';
import { UserError } from '../domain/user-error.ts';
import type { Actor, GroupView, Reader, Viewer, Writer } from '../use-cases/ports.ts';
import { agencyOf } from './agencies.ts';
import { sharedWords } from './shared-title.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

function selectGroups(db: Db, viewer: Viewer) {
  const words = sharedWords(viewer);
  return db
    .selectFrom('working_groups as g')
    .innerJoin('shared_obstacles as s', 's.id', 'g.shared_id')
    .innerJoin('agencies as a', 'a.id', 'g.chair_id')
    .selectAll('g')
    .select(['s.state as shared_state', 's.opened_at', 'a.code', 'a.name', 'a.kind', 'a.sector'])
    .select([words.title.as('title'), words.solvedHow.as('solved_how')])
    .select(
      sql<
        number[]
      >`array(select m.officer_id from working_group_members m where m.group_id = g.id order by m.at, m.officer_id)`.as(
        'members',
      ),
    )
    .select(
      sql<
        { by: string; text: string }[] | null
      >`(select json_agg(json_build_object('by', o.name, 'text', p.text) order by p.id) from working_group_proposals p join officers o on o.id = p.officer_id where p.group_id = g.id)`.as(
        'proposals',
      ),
    );
}
type Row = Awaited<ReturnType<ReturnType<typeof selectGroups>['execute']>>[number];

const viewOf = (row: Row): GroupView => ({
  id: row.id,
  ref: refOf('WG', row.id),
  shared: {
    id: row.shared_id,
    ref: refOf('SO', row.shared_id),
    title: row.title,
    state: row.shared_state as 'open' | 'solved',
    openedAt: row.opened_at,
    solvedHow: row.solved_how,
  },
  state: row.state as GroupView['state'],
  chair: agencyOf({ id: row.chair_id, code: row.code, name: row.name, kind: row.kind, sector: row.sector }),
  chairRule: row.chair_rule,
  proposedAt: row.proposed_at,
  decidedAt: row.decided_at,
  decidedById: row.decided_by,
  outcome: row.outcome,
  concludedAt: row.concluded_at,
  concludedById: row.concluded_by,
  memberIds: row.members,
  proposals: row.proposals ?? [],
  weighedIds: row.weighed,
});

export function groupReads(db: Db, viewer: Viewer): Pick<Reader, 'group' | 'openGroupOf' | 'groups' | 'groupsOf'> {
  return {
    async group(id) {
      const row = await selectGroups(db, viewer).where('g.id', '=', id).executeTakeFirst();
      return row ? viewOf(row) : null;
    },
    async openGroupOf(sharedId) {
      const row = await selectGroups(db, viewer)
        .where('g.shared_id', '=', sharedId)
        .where('g.state', 'in', ['proposed', 'called'])
        .executeTakeFirst();
      return row ? viewOf(row) : null;
    },
    async groupsOf(sharedId) {
      return (await selectGroups(db, viewer).where('g.shared_id', '=', sharedId).orderBy('g.id').execute()).map(viewOf);
    },
    async groups(states) {
      return (await selectGroups(db, viewer).where('g.state', 'in', states).orderBy('g.id').execute()).map(viewOf);
    },
  };
}

export function groupWrites(
  db: Db,
  trace: Trace,
  actor: Actor,
): Pick<Writer, 'addGroup' | 'decideGroup' | 'concludeGroup' | 'addMember' | 'addGroupProposal'> {
  const one = async (id: number) =>
    viewOf(await selectGroups(db, actor).where('g.id', '=', id).executeTakeFirstOrThrow());
  const reportsOf = async (sharedId: number): Promise<number[]> => {
    const rows = await db
      .selectFrom('obstacles')
      .select('id')
      .where('shared_id', '=', sharedId)
      .orderBy('id')
      .execute();
    return rows.map((row) => row.id);
  };
  return {
    async addGroup(wish) {
      const { id } = await db
        .insertInto('working_groups')
        .values({
          shared_id: wish.sharedId,
          state: wish.state,
          chair_id: wish.chairId,
          chair_rule: wish.chairRule,
          proposed_at: wish.at,
          // Called at once, the rule decided: whoever reported last did not.
          ...(wish.state === 'called' ? { decided_at: wish.at } : {}),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      trace('working-group', refOf('WG', id), wish.state, null, wish);
      return one(id);
    },
    async decideGroup(id, state, at) {
      const before = await one(id);
      const changed = await db
        .updateTable('working_groups')
        .set({
          state,
          decided_at: at,
          decided_by: actor.officerId,
          ...(state === 'called' ? {} : { weighed: await reportsOf(before.shared.id) }),
        })
        .where('id', '=', id)
        .where('state', '=', 'proposed')
        .returning('id')
        .executeTakeFirst();
      if (!changed) throw new UserError('group-decided', { ref: before.ref, state: before.state });
      trace('working-group', before.ref, state, { state: before.state }, { state });
      return one(id);
    },
    async concludeGroup(id, outcome, at) {
      const before = await one(id);
      const changed = await db
        .updateTable('working_groups')
        .set({
          state: 'concluded',
          outcome,
          concluded_at: at,
          concluded_by: actor.officerId,
          weighed: await reportsOf(before.shared.id),
        })
        .where('id', '=', id)
        .where('state', '=', 'called')
        .returning('id')
        .executeTakeFirst();
      if (!changed) throw new UserError('group-not-open', { ref: before.ref, state: before.state });
      trace('working-group', before.ref, 'concluded', { state: before.state }, { state: 'concluded', outcome });
      return one(id);
    },
    async addMember(groupId, officerId, why, at) {
      const added = await db
        .insertInto('working_group_members')
        .values({ group_id: groupId, officer_id: officerId, why, at })
        .onConflict((on) => on.doNothing())
        .returning('officer_id')
        .executeTakeFirst();
      if (added) trace('working-group', refOf('WG', groupId), 'member-added', null, { officerId, why });
      return added !== undefined;
    },
    async addGroupProposal(groupId, officerId, text, at) {
      await db
        .insertInto('working_group_proposals')
        .values({ group_id: groupId, officer_id: officerId, text, at })
        .execute();
      trace('working-group', refOf('WG', groupId), 'solution-proposed', null, { officerId, text });
    },
  };
}
