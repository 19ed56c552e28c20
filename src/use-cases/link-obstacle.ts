import { shorten } from '../chat/text.ts';
import { UserError } from '../domain/user-error.ts';
import { hasNews, sectorsConcerned, shouldCall, whichStays } from '../domain/working-group.ts';
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
  /** 'decided': the coordinators have decided on these very reports, and a further one would be news. */
  readonly group: 'none' | 'decided' | 'proposed' | 'called' | 'joined';
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
    // What was shown, and not what is like it by now: nobody has said a word about that.
    for (const { obstacleId: otherId, score } of await writer.suggestedTo(obstacle.id))
      await writer.addObstacleEvent({ obstacleId: obstacle.id, otherId, event: 'rejected', score, at });
    if (obstacle.sharedId === null) return obstacle;
    // It was said to be the same before: it is taken out again, and what was proposed is brought up to date.
    const group = await writer.openGroupOf(obstacle.sharedId);
    await writer.leaveShared(obstacle.id, at);
    if (group) await updateGroupMessages(house, writer, group.id);
    return { ...obstacle, sharedId: null };
  });
}

/** The shared obstacle of two reports: the one they have, a new one, or the two they had made into one. */
async function sharedBy(
  writer: Writer,
  obstacle: ObstacleView,
  other: ObstacleView,
  at: string,
): Promise<{ shared: SharedObstacleView; joined: readonly ObstacleView[] }> {
  const [own, theirs] = [obstacle.sharedId, other.sharedId];
  if (own !== null && theirs !== null && own !== theirs) {
    const [ownGroup, theirGroup] = [await writer.openGroupOf(own), await writer.openGroupOf(theirs)];
    const stays = whichStays({ id: own, hasGroup: ownGroup !== null }, { id: theirs, hasGroup: theirGroup !== null });
    if (stays === null)
      throw new UserError('group-on-both', {
        ref: obstacle.ref,
        group: ownGroup?.ref ?? '',
        other: other.ref,
        otherGroup: theirGroup?.ref ?? '',
        state: theirGroup?.state ?? '',
      });
    const goes = stays === own ? theirs : own;
    const joined = await writer.obstaclesOf({ sharedId: goes, open: true });
    await writer.mergeShared(goes, stays);
    return { shared: found(await writer.shared(stays)), joined };
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
  const weighed = (await writer.groupsOf(shared.id)).map((each) => each.weighedIds);
  const ids = reports.map((each) => each.id);
  if (!hasNews(ids, weighed)) return { ...base, group: 'decided' };
  const group = await proposeGroup(house, writer, shared, facts);
  return { ...base, group: group.state === 'called' ? 'called' : 'proposed' };
}

function found<T>(value: T | null): T {
  if (value === null) throw new Error('a shared obstacle that a report names is missing');
  return value;
}
