import { UserError } from '../domain/user-error.ts';
import { updateGroupMessages } from './call-group.ts';
import { theObstacle } from './find-things.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, GroupView, ObstacleView, Writer } from './ports.ts';
import { answeringFor, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

export interface Solved {
  readonly obstacle: ObstacleView;
  /** Reports of the same obstacle that are still open. */
  readonly left: readonly ObstacleView[];
  /** The working group that is open for it. */
  readonly group: GroupView | null;
}

/**
 * Says how an obstacle was removed. An officer of the agency that reported it, or a coordinator. Remembered on the
 * shared obstacle, and whoever reports the same still open is told how.
 */
export async function solveObstacle(house: House, actor: Actor, ref: string, how: string): Promise<Solved> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const obstacle = await theObstacle(writer, ref);
    if (actor.role !== 'coordinator' && actor.agencyId !== obstacle.agency.id)
      throw new UserError('not-yours-to-solve', { ref: obstacle.ref, agency: obstacle.agency.name });
    if (obstacle.state !== 'open') throw new UserError('obstacle-solved', { ref: obstacle.ref });
    const solved = await solveReport(house, writer, obstacle, how);
    const { sharedId } = solved;
    const left = sharedId === null ? [] : await writer.obstaclesOf({ sharedId, open: true });
    const group = sharedId === null ? null : await writer.openGroupOf(sharedId);
    if (group) await updateGroupMessages(house, writer, group.id);
    return { obstacle: solved, left, group };
  });
}

/** One report is solved: its own row, what the shared obstacle remembers, and who is told. */
export async function solveReport(
  house: House,
  writer: Writer,
  obstacle: ObstacleView,
  how: string,
): Promise<ObstacleView> {
  const at = house.clock.now();
  const solved = await writer.solveObstacle(obstacle.id, how, at);
  const left = solved.sharedId === null ? [] : await writer.obstaclesOf({ sharedId: solved.sharedId, open: true });
  // How a restricted one was solved is for nobody who meets the same.
  if (solved.sharedId !== null && !solved.restricted)
    await writer.solveShared(solved.sharedId, how, left.length === 0, at);
  for (const report of solved.restricted ? [solved] : [solved, ...left])
    await tellSolved(house, writer, report, solved);
  return solved;
}

/** To whoever reported this obstacle, or the same one. */
async function tellSolved(house: House, writer: Writer, report: ObstacleView, solved: ObstacleView): Promise<void> {
  const reporter = await writer.officer(report.officerId);
  const officer = reporter && (await answeringFor(writer, reporter, todayOf(house)));
  if (!officer || officer.id === writer.actor.officerId) return;
  await tellDirectly(writer, house, officer, {
    key: `obstacle-solved:${solved.id}:${report.id}`,
    kind: 'obstacle-solved',
    facts: { obstacleId: solved.id, ownId: report.id, by: writer.actor.displayName },
    expiresHours: 24 * 7,
  });
}
