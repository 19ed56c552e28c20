import type { MessageDocument } from '../chat/message.ts';
import { isDecision, type OwedKind } from '../domain/reminder-plan.ts';
import { isAway, whoAnswers } from '../domain/stand-in.ts';
import type { Speaker } from '../locales/speaker.ts';
import { type ReminderReason, reminder } from '../messages/reminder.ts';
import { approversOf } from './compose-approval.ts';
import { comingDigestsIn } from './compose-beforehand.ts';
import { type Facts, marksIn, number, numbers, text, thingsIn } from './delivery-facts.ts';
import type { House } from './house.ts';
import type { CommitmentView, OfficerView, ProgressView, Reader } from './ports.ts';
import { assignedOn, byId, peopleOf, standsInFor } from './tell.ts';
import { workCalendarAround } from './work-hours.ts';
import { todayOf } from './zoned.ts';

/** What a person is reminded of, as it stands when it is said. */
export async function reminderMessage(
  house: House,
  reader: Reader,
  speak: Speaker,
  facts: Facts,
): Promise<MessageDocument | null> {
  const things = thingsIn(facts);
  const marks = marksIn(facts);
  const found = await reader.commitmentsByIds(things.map((each) => each.commitmentId));
  const [officerId, standingInFor] = [number(facts, 'officerId'), numbers(facts, 'standingInFor')];
  const owners = found.flatMap((each) => each.officerId ?? []);
  const named = await reader.officers({ ids: [...new Set([officerId, ...standingInFor, ...owners])] });
  const officer = named.find((each) => each.id === officerId);
  if (!officer) return null;
  const answered = await answersFor(house, reader, officer, named);
  // What somebody else reads in their place is nobody's to take over any more.
  if (facts['insteadFor'] !== undefined) for (const id of [officerId, ...standingInFor]) answered.add(id);
  // Whoever stands in for them by now is shown it.
  const coming = answered.has(officerId) ? await comingDigestsIn(house, reader, facts) : null;
  // What the digest's part shows is not asked for twice; a decision is asked for all the same.
  const asked = things.filter(({ commitmentId, kind }) => isDecision(kind) || !coming?.shows.has(commitmentId));
  const order = asked.map((each) => each.commitmentId);
  const waiting = await reader.waitingReports(order);
  const returned = await reader.returnedReports(order);
  // What was settled since the plan was made is not asked for any more; what a press settled stays, and says so.
  const marked = new Set(marks.map((mark) => mark.ref));
  const isTheirs = await whoseNow(house, reader, officer, answered);
  const milestones = await reader.milestones(order);
  const isDone = (item: CommitmentView, key: string) =>
    milestones.some((each) => `${item.ref}/${each.position}` === key && each.doneOn !== null);
  const still = asked.flatMap((thing) => {
    const item = found.find((each) => each.id === thing.commitmentId);
    if (!item) return [];
    const isOwed =
      isOwedStill(item, thing.kind, waiting, returned) && isTheirs(item, thing.kind) && !isDone(item, thing.key);
    return marked.has(item.ref) || isOwed ? [{ item, thing }] : [];
  });
  if (still.length === 0 && coming === null) return null;
  const reasons = still.map(({ item, thing }): [string, ReminderReason] => {
    const milestone = milestones.find((each) => `${item.ref}/${each.position}` === thing.key);
    const report = thing.kind === 'approval' && waiting.find((each) => each.commitmentId === item.id);
    const holder = thing.kind === 'long-overdue' ? named.find((each) => each.id === item.officerId) : undefined;
    return [
      item.ref,
      {
        kind: thing.kind,
        since: thing.since,
        ...(milestone ? { milestone } : {}),
        ...(holder ? { officer: holder.name } : {}),
        ...(report ? { report } : {}),
      },
    ];
  });
  const today = text(facts, 'day');
  return reminder(speak, {
    name: officer.name,
    today,
    items: still.map(({ item }) => item),
    others: numbers(facts, 'otherIds').filter((id) => !coming?.shows.has(id)).length,
    standingInFor: named.filter((each) => standingInFor.includes(each.id)).map((each) => each.name),
    marks,
    reason: 'due',
    silentDays: house.rules.silentDays,
    reasons: Object.fromEntries(reasons),
    ...(coming ? { beforehand: coming.digests } : {}),
    ...(await approversOf(
      house,
      reader,
      still.map(({ item }) => item),
    )),
    calendar: await workCalendarAround(house, reader, today),
  });
}

/**
 * A claim is the verifier's until it is verified, a report the approver's while it waits, what its officer says is not
 * theirs whoever's decides that; everything else is its officer's until it is claimed.
 */
function isOwedStill(
  item: CommitmentView,
  kind: OwedKind,
  waiting: readonly ProgressView[],
  returned: readonly ProgressView[],
): boolean {
  if (item.verifiedAt !== null || item.withdrawnAt !== null || item.held) return false;
  const own = waiting.filter((each) => each.commitmentId === item.id);
  if (kind === 'approval') return own.length > 0;
  if (kind === 'verification') return item.claimedAt !== null;
  if ((kind === 'disowned') !== (item.disownedAt !== null)) return false;
  if (kind === 'returned' && !returned.some((each) => each.commitmentId === item.id)) return false;
  return item.claimedAt === null && !own.some((each) => each.claimsDone);
}

/** For which of these people somebody answers today, themself too unless they are away. */
async function answersFor(
  house: House,
  reader: Reader,
  self: OfficerView,
  people: readonly OfficerView[],
): Promise<Set<number>> {
  const today = todayOf(house);
  const everybody = people.some((each) => isAway(each, today)) ? await peopleOf(reader) : byId(people);
  return new Set(people.filter((each) => whoAnswers(each, everybody, today).id === self.id).map((each) => each.id));
}

/**
 * Whether something is still for this reader: a message that waited for their morning speaks of nothing that was handed
 * over, postponed or left to a stand-in meanwhile.
 */
async function whoseNow(
  house: House,
  reader: Reader,
  self: OfficerView,
  answered: ReadonlySet<number>,
): Promise<(item: CommitmentView, kind: OwedKind) => boolean> {
  const postponed = await reader.snoozes(todayOf(house));
  return (item, kind) => {
    const isOfficers = !isDecision(kind) && kind !== 'long-overdue';
    const by = isOfficers ? [self.id, item.officerId] : [self.id];
    if (postponed.some((each) => each.commitmentId === item.id && by.includes(each.officerId))) return false;
    return !isOfficers || answered.has(item.officerId ?? 0);
  };
}

/** What became somebody's on a day, or that of whoever they stand in for. */
export async function assignedTo(
  house: House,
  reader: Reader,
  officerId: number,
  day: string,
): Promise<CommitmentView[]> {
  const owners = [officerId, ...(await standsInFor(reader, officerId, todayOf(house)))];
  const lists = await Promise.all(owners.map((owner) => reader.allCommitments({ officerId: owner, open: true })));
  return lists.flat().filter((each) => !each.held && assignedOn(each, house.zone) === day);
}

/** What became somebody's on a day. */
export async function assignedMessage(
  house: House,
  reader: Reader,
  speak: Speaker,
  facts: Facts,
): Promise<MessageDocument | null> {
  const officer = await reader.officer(number(facts, 'officerId'));
  if (!officer) return null;
  const fresh = await assignedTo(house, reader, officer.id, text(facts, 'day'));
  if (fresh.length === 0) return null;
  const shown = fresh.slice(0, house.rules.perReminder);
  return reminder(speak, {
    name: officer.name,
    today: todayOf(house),
    items: shown,
    others: fresh.length - shown.length,
    standingInFor: [],
    marks: marksIn(facts),
    reason: 'assigned',
    silentDays: house.rules.silentDays,
    calendar: await workCalendarAround(house, reader, todayOf(house)),
  });
}
