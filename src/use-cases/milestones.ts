import type { DueDate } from '../domain/due-date.ts';
import { findAll, UserError } from '../domain/user-error.ts';
import { theCommitment, theDue } from './find-things.ts';
import { requireConcerned, requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { markReminder, type Pressed } from './mark-reminder.ts';
import type { Actor, CommitmentView, MilestoneView, Reader } from './ports.ts';
import { standsInFor } from './tell.ts';
import { todayOf } from './zoned.ts';

/** A coordinator sets a further milestone of a commitment, or by its number what one is and when it is due. */
export async function setMilestone(
  house: House,
  actor: Actor,
  wish: {
    readonly commitment: string;
    readonly title: string;
    readonly due: string;
    readonly number?: number | undefined;
  },
): Promise<{ readonly ref: string; readonly position: number; readonly due: DueDate }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const { commitment, due } = await findAll({
      commitment: () => theCommitment(writer, wish.commitment),
      due: () => theDue(wish.due),
    });
    const { title } = wish;
    if (wish.number !== undefined) {
      const { position } = await theMilestone(writer, commitment, wish.number);
      await writer.changeMilestone(commitment.id, position, { title, due }, 'milestone-changed');
      return { ref: commitment.ref, position, due };
    }
    await writer.addMilestones([{ commitmentId: commitment.id, title, due, doneOn: null }]);
    const all = await writer.milestones([commitment.id]);
    return { ref: commitment.ref, position: all.length, due };
  });
}

/** Whoever answers for a commitment says that a milestone of it is done: it is reminded of no more. */
export async function milestoneDone(
  house: House,
  actor: Actor,
  ref: string,
  number: number,
  pressed: Pressed | null,
): Promise<CommitmentView> {
  requireOfficer(actor);
  return house.store.write(actor, async (writer) => {
    const commitment = await theCommitment(writer, ref);
    requireConcerned(actor, commitment, await standsInFor(writer, actor.officerId, todayOf(house)));
    const milestone = await theMilestone(writer, commitment, number);
    if (milestone.doneOn !== null)
      throw new UserError(
        'milestone-done',
        { ref: commitment.ref, number, day: milestone.doneOn },
        { field: 'number' },
      );
    const today = todayOf(house);
    await writer.changeMilestone(commitment.id, milestone.position, { doneOn: today }, 'milestone-done');
    const at = house.clock.now();
    await markReminder(writer, pressed, { ref: commitment.ref, what: 'milestone', by: actor.displayName, at });
    return commitment;
  });
}

async function theMilestone(reader: Reader, commitment: CommitmentView, number: number): Promise<MilestoneView> {
  const found = (await reader.milestones([commitment.id])).find((each) => each.position === number);
  if (!found) throw new UserError('no-such-milestone', { ref: commitment.ref, number }, { field: 'number' });
  return found;
}
