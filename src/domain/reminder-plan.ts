import { addDays, type Day, daysBetween, weekdayOf } from './calendar.ts';
import { stateOf } from './state.ts';

/** Days before the end of the period on which a person is reminded, and the day after it. */
const BEFORE_DUE = [14, 7, 2, 0, -1] as const;
const MONDAY = 1;

export interface RemindedItem {
  readonly id: number;
  readonly dueEnd: Day | null;
  readonly doneOn: Day | null;
  readonly verified: boolean;
  /** The officer says it is done and a coordinator has yet to look: the officer owes nothing. */
  readonly claimed: boolean;
  readonly lastWord: Day;
  readonly officerId: number | null;
}

export interface RemindedPerson {
  readonly id: number;
  readonly standInId: number | null;
  readonly awayFrom: Day | null;
  readonly awayUntil: Day | null;
}

export interface ReminderFor {
  readonly officerId: number;
  /** Most urgent first; no more than fit one message. */
  readonly itemIds: readonly number[];
  /** How many more are theirs and open to a reminder. */
  readonly others: number;
  /** Whose items these are, where the person stands in. */
  readonly standingInFor: readonly number[];
}

export interface ReminderRules {
  readonly perMessage: number;
  readonly silentDays: number;
}

/**
 * Who is reminded of what on a day. A person is written to when one of their items crossed a threshold since the last
 * plan: 14, 7 or 2 days before the end, the end, the day after it; then on Mondays while it is overdue or silent. The
 * message then carries their most urgent items, whatever made it due: overdue (longest first), due soonest, silent.
 * Postponed items are left out until their day. Pure: `since` is the day of the last plan, exclusive.
 */
export function planReminders(
  items: readonly RemindedItem[],
  people: readonly RemindedPerson[],
  snoozes: readonly { readonly commitmentId: number; readonly officerId: number; readonly until: Day }[],
  since: Day,
  today: Day,
  rules: ReminderRules,
): ReminderFor[] {
  const person = new Map(people.map((each) => [each.id, each]));
  const postponed = new Map(snoozes.map((each) => [`${each.commitmentId}:${each.officerId}`, each.until]));
  const owed = new Map<number, { items: RemindedItem[]; standingInFor: Set<number>; due: boolean }>();
  for (const item of items) {
    const owner = item.officerId === null ? undefined : person.get(item.officerId);
    if (!owner || item.claimed || item.verified) continue;
    const recipient = whoAnswers(owner, person, today);
    const until = postponed.get(`${item.id}:${recipient.id}`) ?? postponed.get(`${item.id}:${owner.id}`);
    if (until !== undefined && today < until) continue;
    const urgent = isUrgent(item, today, rules);
    const backToday = until !== undefined && since < until && until <= today;
    const due = backToday || crossed(item, since, today, rules);
    if (!urgent && !due) continue;
    const entry = owed.get(recipient.id) ?? { items: [], standingInFor: new Set<number>(), due: false };
    entry.items.push(item);
    entry.due ||= due;
    if (recipient.id !== owner.id) entry.standingInFor.add(owner.id);
    owed.set(recipient.id, entry);
  }
  return [...owed]
    .filter(([, entry]) => entry.due)
    .map(([officerId, entry]) => {
      const sorted = entry.items.toSorted((a, b) => urgency(a, today) - urgency(b, today) || a.id - b.id);
      return {
        officerId,
        itemIds: sorted.slice(0, rules.perMessage).map((item) => item.id),
        others: Math.max(0, sorted.length - rules.perMessage),
        standingInFor: [...entry.standingInFor],
      };
    })
    .toSorted((a, b) => a.officerId - b.officerId);
}

/** The officer, or their stand-in while they are away (a stand-in who is away too leaves it with the officer). */
export function whoAnswers<P extends RemindedPerson>(owner: P, people: ReadonlyMap<number, P>, today: Day): P {
  if (!isAway(owner, today)) return owner;
  const standIn = owner.standInId === null ? undefined : people.get(owner.standInId);
  return standIn && !isAway(standIn, today) ? standIn : owner;
}

export const isAway = (person: Pick<RemindedPerson, 'awayFrom' | 'awayUntil'>, today: Day): boolean =>
  person.awayFrom !== null && person.awayUntil !== null && person.awayFrom <= today && today <= person.awayUntil;

function isUrgent(item: RemindedItem, today: Day, rules: ReminderRules): boolean {
  if (item.dueEnd !== null && daysBetween(today, item.dueEnd) <= BEFORE_DUE[0]) return true;
  return daysBetween(item.lastWord, today) > rules.silentDays;
}

function crossed(item: RemindedItem, since: Day, today: Day, rules: ReminderRules): boolean {
  const { dueEnd } = item;
  if (dueEnd !== null && BEFORE_DUE.some((days) => within(addDays(dueEnd, -days), since, today))) return true;
  if (!mondayWithin(since, today)) return false;
  return stateOf(item, today) === 'open-overdue' || daysBetween(item.lastWord, today) > rules.silentDays;
}

const within = (day: Day, since: Day, today: Day): boolean => since < day && day <= today;

function mondayWithin(since: Day, today: Day): boolean {
  for (let day = today, steps = 0; day > since && steps < 7; day = addDays(day, -1), steps++) {
    if (weekdayOf(day) === MONDAY) return true;
  }
  return false;
}

/** Smaller is more urgent: days to the end (negative once overdue); what has no end comes last, longest silent first. */
function urgency(item: RemindedItem, today: Day): number {
  if (item.dueEnd !== null) return daysBetween(today, item.dueEnd);
  return 100_000 - daysBetween(item.lastWord, today);
}
