import { SCORER, worthAsking } from '../domain/sameness.ts';
import { UserError } from '../domain/user-error.ts';
import { theAgency, theCommitment } from './find-things.ts';
import { concernedAgencies, requireConcerned, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { markReminder, type Pressed } from './mark-reminder.ts';
import type { Actor, ObstacleView } from './ports.ts';
import { standsInFor } from './tell.ts';
import { todayOf } from './zoned.ts';

/** Ranked reports looked at for those worth asking about: several may be of one shared obstacle. */
const RANKED = 20;

export interface ObstacleReport {
  readonly commitment: string;
  readonly text: string;
  readonly solution?: string | undefined;
  readonly decider?: string | undefined;
}

/** Records what stands in the way, and offers the open obstacles whose words are most like it. */
export async function reportObstacle(
  house: House,
  actor: Actor,
  report: ObstacleReport,
  pressed: Pressed | null,
): Promise<{
  obstacle: ObstacleView;
  suggestions: readonly ObstacleView[];
  solvedBefore: readonly ObstacleView[];
}> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, report.commitment);
    requireConcerned(actor, commitment, await standsInFor(writer, actor.officerId, todayOf(house)));
    if (commitment.verifiedAt !== null) throw new UserError('already-verified', { ref: commitment.ref });
    const decider =
      report.decider === undefined ? null : await theAgency(writer, report.decider, 'decider', 'no-such-decider');
    const hasPart = actor.role === 'officer' && concernedAgencies(commitment).includes(actor.agencyId);
    const at = house.clock.now();
    const obstacle = await writer.addObstacle({
      commitmentId: commitment.id,
      // Whose obstacle it is: the reporter's agency where it has a part in it; a coordinator, and whoever stands in for
      // somebody of another agency, speaks for the lead.
      agencyId: hasPart ? actor.agencyId : commitment.lead.id,
      officerId: actor.officerId,
      at,
      text: report.text,
      solution: report.solution ?? null,
      decider: decider?.name ?? null,
    });
    const alike = async (find: () => Promise<readonly { obstacle: ObstacleView; score: number }[]>) =>
      commitment.restricted
        ? []
        : worthAsking((await find()).map((each) => ({ ...each, sharedId: each.obstacle.sharedId })));
    const similar = await alike(() => writer.similarObstacles(report.text, { obstacleId: obstacle.id }, RANKED));
    const solvedBefore = await alike(() => writer.solvedLike(report.text, RANKED));
    for (const { obstacle: other, score } of similar) {
      await writer.addObstacleEvent({
        obstacleId: obstacle.id,
        otherId: other.id,
        event: 'suggested',
        score,
        scorer: SCORER,
        at,
      });
    }
    await markReminder(writer, pressed, {
      ref: commitment.ref,
      what: 'obstacle',
      by: actor.displayName,
      at,
      more: obstacle.ref,
    });
    return {
      obstacle,
      suggestions: similar.map((each) => each.obstacle),
      solvedBefore: solvedBefore.map((each) => each.obstacle),
    };
  });
}
