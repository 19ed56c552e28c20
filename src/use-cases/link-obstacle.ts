import { UserError } from '../domain/user-error.ts';
import { sectorsConcerned, shouldCall } from '../domain/working-group.ts';
import { shorten } from '../messages/commitment-card.ts';
import { proposeGroup, reportFacts, takeIntoGroup, updateGroupMessages } from './call-group.ts';
import { theObstacle } from './find-things.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, ObstacleView, SharedObstacleView, Writer } from './ports.ts';
import { todayOf } from './zoned.ts';

export interface Linked {
  readonly obstacle: ObstacleView;
  readonly shared: SharedObstacleView;
  readonly sectors: readonly string[];
  readonly needed: number;
  readonly group: 'none' | 'proposed' | 'called' | 'joined';
}

/** An officer says two reports are the same one: they share an obstacle from now on, and a group may be called. */
export async function linkObstacle(house: House, actor: Actor, ref: string, otherRef: string): Promise<Linked> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const obstacle = await theObstacle(writer, ref);
    const other = await theObstacle(writer, otherRef, 'other');
    if (obstacle.id === other.id) throw new UserError('same-obstacle', { ref: obstacle.ref }, { field: 'other' });
    if (obstacle.officerId !== actor.officerId && actor.role !== 'coordinator')
      throw new UserError('not-your-report', { ref: obstacle.ref, by: obstacle.officerName });
    if (obstacle.state !== 'open' || other.state !== 'open')
      throw new UserError('obstacle-solved', { ref: obstacle.state === 'open' ? other.ref : obstacle.ref });
    // What a chat may not read cannot be quoted in a group: restricted reports are joined by other ways.
    if (obstacle.restricted || other.restricted)
      throw new UserError('obstacle-restricted', { ref: obstacle.restricted ? obstacle.ref : other.ref });
    const at = house.clock.now();
    const { shared, joined } = await sharedBy(writer, obstacle, other, at);
    await writer.addObstacleEvent({
      obstacleId: obstacle.id,
      otherId: other.id,
      sharedId: shared.id,
      event: 'confirmed',
      at,
    });
    return afterLink(house, writer, obstacle, shared, joined);
  });
}

/** An officer says that none of what was shown is the same: those pairs are not suggested again. */
export async function keepApart(house: House, actor: Actor, ref: string): Promise<ObstacleView> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const obstacle = await theObstacle(writer, ref);
    if (obstacle.officerId !== actor.officerId && actor.role !== 'coordinator')
      throw new UserError('not-your-report', { ref: obstacle.ref, by: obstacle.officerName });
    const at = house.clock.now();
    const shown =
      obstacle.text === null ? [] : await writer.similarObstacles(obstacle.text, { obstacleId: obstacle.id }, 5);
    for (const { obstacle: other, score } of shown) {
      await writer.addObstacleEvent({ obstacleId: obstacle.id, otherId: other.id, event: 'rejected', score, at });
    }
    if (obstacle.sharedId === null) return obstacle;
    // It was said to be the same before: it is taken out again, and what was proposed is brought up to date.
    const group = await writer.openGroupOf(obstacle.sharedId);
    await writer.leaveShared(obstacle.id, at);
    if (group) await updateGroupMessages(house, writer, group.id);
    return { ...obstacle, sharedId: null };
  });
}

/** The shared obstacle of two reports: the one they have, a new one, or the two they had made into the older. */
async function sharedBy(
  writer: Writer,
  obstacle: ObstacleView,
  other: ObstacleView,
  at: string,
): Promise<{ shared: SharedObstacleView; joined: readonly ObstacleView[] }> {
  const [own, theirs] = [obstacle.sharedId, other.sharedId];
  if (own !== null && theirs !== null && own !== theirs) {
    const [older, newer] = own < theirs ? [own, theirs] : [theirs, own];
    if (await writer.openGroupOf(newer)) throw new UserError('group-on-both', { ref: obstacle.ref, other: other.ref });
    const joined = await writer.obstaclesOf({ sharedId: newer, open: true });
    await writer.mergeShared(newer, older);
    return { shared: found(await writer.shared(older)), joined };
  }
  const known = own ?? theirs;
  const shared =
    known === null
      ? await writer.addShared({ title: shorten(other.text ?? other.ref, 90), openedAt: at })
      : found(await writer.shared(known));
  const joined = [obstacle, other].filter((each) => each.sharedId !== shared.id);
  for (const each of joined) await writer.joinShared(each.id, shared.id);
  return { shared, joined };
}

/** A further report joins the group that is open; else, where enough sectors meet it now, one is proposed or called. */
async function afterLink(
  house: House,
  writer: Writer,
  obstacle: ObstacleView,
  shared: SharedObstacleView,
  joined: readonly ObstacleView[],
): Promise<Linked> {
  const reports = await writer.obstaclesOf({ sharedId: shared.id, open: true });
  const facts = await reportFacts(writer, house, reports);
  const today = todayOf(house);
  const sectors = sectorsConcerned(facts, today, house.rules);
  const base = { obstacle, shared, sectors, needed: house.rules.minSectors };
  const open = await writer.openGroupOf(shared.id);
  if (open) {
    await takeIntoGroup(house, writer, open, joined);
    return { ...base, group: open.state === 'called' ? 'joined' : 'proposed' };
  }
  if (!shouldCall(facts, today, house.rules)) return { ...base, group: 'none' };
  const group = await proposeGroup(house, writer, shared, facts);
  return { ...base, group: group.state === 'called' ? 'called' : 'proposed' };
}

function found<T>(value: T | null): T {
  if (value === null) throw new Error('a shared obstacle that a report names is missing');
  return value;
}
