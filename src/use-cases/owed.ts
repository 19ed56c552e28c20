import { approverOn } from '../domain/approval.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import type { Owed } from '../domain/reminder-plan.ts';
import { isAway } from '../domain/stand-in.ts';
import { isLongOverdue } from '../domain/state.ts';
import type { House } from './house.ts';
import type { CommitmentView, MilestoneView, OfficerView, ProgressView } from './ports.ts';
import { dayIn } from './zoned.ts';

type Milestone = MilestoneView & { readonly commitmentId: number };

/** Days after an assignment in which an answer to it is asked for; after that, silence is. */
const ANSWER_DAYS = 30;

/**
 * What waits for whom: a report that has to be approved, for whoever approves it; of a commitment reported done, its
 * verification, for each coordinator; of an open one its date, its milestones, an answer to its assignment, a report
 * or one that was sent back, for its officer; where they say that it is not theirs, the name of another, for whoever decides; past the second threshold its date is the approver's, where the agency has one.
 */
export function owedBy(
  house: House,
  commitments: readonly CommitmentView[],
  milestones: readonly Milestone[],
  officers: readonly OfficerView[],
  { waiting, returned }: { readonly waiting: readonly ProgressView[]; readonly returned: readonly ProgressView[] },
  today: Day,
): Owed[] {
  // What a coordinator decides is not left to a stand-in, who may not: it is asked of those who are in.
  const coordinators = officers.filter((each) => each.role === 'coordinator' && !isAway(each, today));
  return commitments.flatMap((commitment): Owed[] => {
    const day = (instant: string) => dayIn(instant, house.zone);
    const owed = (
      kind: Owed['kind'],
      holderId: number,
      more: { dueEnd?: Day | null; since?: Day; key?: string } = {},
    ): Owed => ({
      key: more.key ?? commitment.ref,
      kind,
      commitmentId: commitment.id,
      holderId,
      dueEnd: more.dueEnd ?? null,
      since: more.since ?? day(commitment.registeredAt),
    });
    const things: Owed[] = [];
    const reports = waiting.filter((each) => each.commitmentId === commitment.id);
    const [oldest] = reports;
    if (oldest) {
      const approver = approverOn(officers, commitment.lead.id, today, oldest.byId);
      const holders = approver ? [approver] : coordinators;
      things.push(...holders.map(({ id }) => owed('approval', id, { since: day(oldest.at) })));
    }
    // Its officer has said that it is done: nothing more is asked of them before that is decided.
    if (reports.some((each) => each.claimsDone)) return things;
    if (commitment.claimedAt !== null) {
      const since = day(commitment.claimedAt);
      return [...things, ...coordinators.map(({ id }) => owed('verification', id, { since }))];
    }
    const { officerId } = commitment;
    if (officerId === null) return things;
    if (commitment.disownedAt !== null) {
      const approver = approverOn(officers, commitment.lead.id, today, officerId);
      const since = day(commitment.disownedAt);
      return [...things, ...(approver ? [approver] : coordinators).map(({ id }) => owed('disowned', id, { since }))];
    }
    const { end } = commitment.due;
    if (end !== null) {
      const approver = isLongOverdue(end, today, house.rules.longOverdueDays)
        ? officers.find((each) => each.approver && each.agency.id === commitment.lead.id && each.id !== officerId)
        : undefined;
      things.push(
        approver ? owed('long-overdue', approver.id, { dueEnd: end }) : owed('due', officerId, { dueEnd: end }),
      );
    }
    for (const each of milestones)
      if (each.commitmentId === commitment.id && each.doneOn === null && each.due.end !== null && each.due.end !== end)
        things.push(owed('milestone', officerId, { dueEnd: each.due.end, key: `${commitment.ref}/${each.position}` }));
    if (oldest) return things;
    const back = returned.find((each) => each.commitmentId === commitment.id);
    if (back?.decided) return [...things, owed('returned', officerId, { since: day(back.decided.at) })];
    const assigned = day(commitment.assignedAt);
    const word = day(commitment.lastReportAt ?? commitment.registeredAt);
    // What was reported before it became theirs is no answer of theirs.
    const isAnswered = commitment.lastReportAt !== null && commitment.lastReportAt >= commitment.assignedAt;
    if (!isAnswered && assigned > addDays(today, -ANSWER_DAYS))
      things.push(owed('assignment', officerId, { since: assigned }));
    else things.push(owed('report', officerId, { since: word }));
    return things;
  });
}
