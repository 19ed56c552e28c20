import { addDays, type Day, daysBetween, weekdayOf } from './calendar.ts';
import { type Replaceable, whoAnswers } from './stand-in.ts';
import { addWorkdays, type WorkCalendar, workdayFrom, workdaysBetween } from './working-days.ts';

/**
 * Why somebody holds the ball. 'due' and 'milestone' have a date; 'report': nothing was heard for long; 'assignment': it
 * became theirs and they have not answered; 'returned': their report was sent back; 'approval': a report waits for its approver; 'verification': a claim waits
 * for a coordinator; 'disowned': its officer says that it is not theirs, and another has to be named; 'long-overdue': past the second threshold, and with the agency's approver.
 */
export type OwedKind =
  | 'due'
  | 'milestone'
  | 'report'
  | 'assignment'
  | 'returned'
  | 'approval'
  | 'verification'
  | 'disowned'
  | 'long-overdue';

/** Something that waits for one person. */
export interface Owed {
  /** Names it for its cap: 'C-142', 'C-142/2'. */
  readonly key: string;
  readonly kind: OwedKind;
  readonly commitmentId: number;
  readonly holderId: number;
  /** The last day of its period; of what has no date, null. */
  readonly dueEnd: Day | null;
  /** Since when it waits: the last word, the assignment, the report, the claim. */
  readonly since: Day;
}

export interface Postponed {
  readonly commitmentId: number;
  readonly officerId: number;
  readonly until: Day;
}

/** A reminder of the last weeks: to whom, when, and of what. */
export interface Reminded {
  readonly officerId: number;
  readonly day: Day;
  readonly keys: readonly string[];
}

export interface ReminderRules {
  readonly perMessage: number;
  readonly silentDays: number;
  readonly longOverdueDays: number;
  /** Workdays before the end on which it is spoken of. */
  readonly before: readonly number[];
  /** The weekday of the digest, 1 Monday … 7 Sunday. */
  readonly digestWeekday: number;
  /** Messages to one person in `windowDays`. */
  readonly budget: number;
  /** Messages to one person in `windowDays` that one and the same thing may be named in. */
  readonly perThing: number;
  readonly windowDays: number;
}

export interface ReminderFor {
  readonly officerId: number;
  /** One a commitment, its decision or its most urgent; most urgent first; no more than fit one message. */
  readonly things: readonly Owed[];
  /** The other commitments that wait for this person, most urgent first: no room for them, or named often enough. */
  readonly others: readonly number[];
  /** Whose these are, where the person stands in. */
  readonly standingInFor: readonly number[];
  /** Shows the digest's part about their agency, before it is posted; there may be nothing else in it. */
  readonly beforehand: boolean;
}

/** A message that was owed and is not sent, and why: it is counted, not forgotten. */
export interface Unsent {
  readonly officerId: number;
  readonly why: 'cap' | 'budget';
  readonly things: number;
}

/**
 * How much of the budget must be left for a message that only this causes. What is dropped first: news of a far date, a
 * report due, an assignment, an approval, a verification; then the week before; the last days, the day itself and
 * whatever is overdue have all of it.
 */
const RESERVE: Readonly<Record<'far' | 'near' | 'pressing', number>> = { far: 4, near: 2, pressing: 0 };

/**
 * A thing rides along in what another caused until it has been named so often, of the six times it may be: the others are
 * for its own days, so that the week before, the last days, the day itself and the day after find it below its cap.
 */
const ridesBelow = ({ perThing }: ReminderRules): number => Math.floor(perThing / 3);

/**
 * Who is reminded of what on a day. Pure: `since` is the day of the plan before, exclusive, so that a day that was
 * missed loses nothing. On a day that is not worked on nobody is written to; thresholds fall on workdays.
 * One message per person at most, which something must cause that crossed a threshold since; it takes along whatever
 * else waits for that person, most urgent first, and counts what it has no room for.
 */
export function planReminders(parts: {
  readonly owed: readonly Owed[];
  readonly people: readonly Replaceable[];
  readonly postponed: readonly Postponed[];
  readonly sent: readonly Reminded[];
  readonly since: Day;
  readonly today: Day;
  readonly calendar: WorkCalendar;
  readonly rules: ReminderRules;
  /** Who sees today what the digest will say of their agency: that alone causes a message, as pressing as what is overdue. */
  readonly beforehand?: ReadonlySet<number>;
}): { readonly reminders: readonly ReminderFor[]; readonly unsent: readonly Unsent[] } {
  const { today, calendar, rules } = parts;
  if (!calendar.isWorkday(today)) return { reminders: [], unsent: [] };
  const people = new Map(parts.people.map((each) => [each.id, each]));
  const until = new Map(parts.postponed.map((each) => [`${each.commitmentId}:${each.officerId}`, each.until]));
  const spent = spentOf(parts.sent, addDays(today, -rules.windowDays));
  const desks = new Map<number, { things: Owed[]; causes: Owed[]; standingInFor: Set<number> }>();
  for (const thing of parts.owed) {
    const owner = people.get(thing.holderId);
    if (!owner) continue;
    const recipient = whoAnswers(owner, people, today);
    const postponedUntil =
      until.get(`${thing.commitmentId}:${recipient.id}`) ?? until.get(`${thing.commitmentId}:${owner.id}`);
    if (postponedUntil !== undefined && today < postponedUntil) continue;
    const isBack = postponedUntil !== undefined && within(workdayFrom(calendar, postponedUntil), parts.since, today);
    const causes = isBack || crossed(thing, parts.since, today, calendar, rules);
    if (!causes && !isOpenTo(thing, today, calendar, rules)) continue;
    const desk = desks.get(recipient.id) ?? { things: [], causes: [], standingInFor: new Set<number>() };
    desk.things.push(thing);
    if (causes) desk.causes.push(thing);
    if (recipient.id !== owner.id) desk.standingInFor.add(owner.id);
    desks.set(recipient.id, desk);
  }
  const reminders: ReminderFor[] = [];
  const unsent: Unsent[] = [];
  for (const id of parts.beforehand ?? [])
    if (!desks.has(id) && people.has(id)) desks.set(id, { things: [], causes: [], standingInFor: new Set() });
  for (const [officerId, { things, causes, standingInFor }] of [...desks].toSorted(([a], [b]) => a - b)) {
    const beforehand = parts.beforehand?.has(officerId) === true;
    if (causes.length === 0 && !beforehand) continue;
    const own = spent.get(officerId);
    const named = ({ key }: Owed) => own?.byThing.get(key) ?? 0;
    const isBelowCap = (thing: Owed) => named(thing) < rules.perThing;
    const below = causes.filter(isBelowCap);
    const left = rules.budget - (own?.messages ?? 0);
    if (below.length === 0 && !beforehand) unsent.push({ officerId, why: 'cap', things: causes.length });
    else if (beforehand ? left <= 0 : below.every((thing) => left <= RESERVE[pressure(thing, today, calendar)]))
      unsent.push({ officerId, why: 'budget', things: Math.max(1, below.length) });
    else {
      const sorted = byCommitment(
        things.toSorted((a, b) => urgency(a, today) - urgency(b, today) || a.commitmentId - b.commitmentId),
      );
      const mayBeNamed = (thing: Owed) => causes.includes(thing) || named(thing) < ridesBelow(rules);
      const first = sorted
        .map((own) => own.filter(isBelowCap))
        .filter((own) => own.some(mayBeNamed))
        .flatMap((own) => own.find(({ kind }) => isDecision(kind)) ?? own[0] ?? [])
        .slice(0, rules.perMessage);
      const ids = new Set(first.map((each) => each.commitmentId));
      reminders.push({
        officerId,
        things: first,
        others: sorted.flatMap(([thing]) => (thing && !ids.has(thing.commitmentId) ? thing.commitmentId : [])),
        standingInFor: [...standingInFor],
        beforehand,
      });
    }
  }
  return { reminders, unsent };
}

/** Whether a thing crossed one of its days since the last plan. */
function crossed(thing: Owed, since: Day, today: Day, calendar: WorkCalendar, rules: ReminderRules): boolean {
  const on = (day: Day) => within(day, since, today);
  const weekly = (from: Day) => weeklyDays(calendar, rules.digestWeekday, since, today).some((day) => day >= from);
  switch (thing.kind) {
    case 'due':
    case 'milestone': {
      const { dueEnd } = thing;
      if (dueEnd === null) return false;
      if ([...rules.before, 0].some((days) => on(addWorkdays(calendar, dueEnd, -days)))) return true;
      const late = addWorkdays(calendar, dueEnd, 1);
      return on(late) || weekly(late);
    }
    case 'report': {
      const silent = workdayFrom(calendar, addDays(thing.since, rules.silentDays + 1));
      return on(silent) || weekly(silent);
    }
    case 'assignment':
    case 'returned':
    case 'verification':
    case 'disowned': {
      const waits = addWorkdays(calendar, thing.since, 2);
      return on(waits) || weekly(waits);
    }
    case 'approval': {
      const waits = addWorkdays(calendar, thing.since, 1);
      return on(waits) || on(addWorkdays(calendar, thing.since, 3)) || weekly(waits);
    }
    case 'long-overdue': {
      const begins = addWorkdays(calendar, addDays(thing.dueEnd ?? thing.since, rules.longOverdueDays), 1);
      return on(begins) || weekly(begins);
    }
    default:
      return thing.kind satisfies never;
  }
}

/** Whether a thing may ride along in a message that another caused. */
function isOpenTo(thing: Owed, today: Day, calendar: WorkCalendar, rules: ReminderRules): boolean {
  if (thing.kind === 'due' || thing.kind === 'milestone')
    return thing.dueEnd !== null && workdaysBetween(calendar, today, thing.dueEnd) <= Math.max(0, ...rules.before);
  if (thing.kind === 'report') return daysBetween(thing.since, today) > rules.silentDays;
  return true;
}

/** The days of the digest in (since, today]; on a holiday, the workday after it. */
function weeklyDays(calendar: WorkCalendar, weekday: number, since: Day, today: Day): Day[] {
  const days: Day[] = [];
  // A digest day before `since` may have been moved by a holiday to after it.
  for (let back = 0; back < 21; back++) {
    const day = addDays(today, -back);
    if (weekdayOf(day) !== weekday) continue;
    const moved = workdayFrom(calendar, day);
    if (within(moved, since, today)) days.push(moved);
  }
  return days;
}

function pressure(thing: Owed, today: Day, calendar: WorkCalendar): keyof typeof RESERVE {
  if (thing.kind === 'long-overdue') return 'pressing';
  if ((thing.kind !== 'due' && thing.kind !== 'milestone') || thing.dueEnd === null) return 'far';
  const left = workdaysBetween(calendar, today, thing.dueEnd);
  return left <= 2 ? 'pressing' : left <= 7 ? 'near' : 'far';
}

/** Smaller is more urgent: days to the end (negative once overdue); what has no end comes after what is due, longest waiting first. */
function urgency(thing: Owed, today: Day): number {
  if (thing.dueEnd !== null) return daysBetween(today, thing.dueEnd);
  return 100_000 - daysBetween(thing.since, today);
}

/** The things of each commitment together, in the order of its first. One speaks for it: what asks for a decision, else the first. */
function byCommitment(things: readonly Owed[]): Owed[][] {
  const together = new Map<number, Owed[]>();
  for (const thing of things) together.set(thing.commitmentId, [...(together.get(thing.commitmentId) ?? []), thing]);
  return [...together.values()];
}

/** Whether it waits for somebody's yes or no, or for a name; and not for a report. */
export const isDecision = (kind: OwedKind): kind is 'approval' | 'verification' | 'disowned' =>
  kind === 'approval' || kind === 'verification' || kind === 'disowned';

function spentOf(sent: readonly Reminded[], after: Day) {
  const spent = new Map<number, { messages: number; byThing: Map<string, number> }>();
  for (const { officerId, day, keys } of sent) {
    if (day <= after) continue;
    const own = spent.get(officerId) ?? { messages: 0, byThing: new Map<string, number>() };
    own.messages++;
    for (const key of keys) own.byThing.set(key, (own.byThing.get(key) ?? 0) + 1);
    spent.set(officerId, own);
  }
  return spent;
}

const within = (day: Day, since: Day, today: Day): boolean => since < day && day <= today;
