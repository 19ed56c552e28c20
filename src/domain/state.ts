import { type Day, daysBetween } from './calendar.ts';

/** One of four, computed from dates and never typed. */
export const STATES = ['done-on-time', 'done-late', 'open-in-term', 'open-overdue'] as const;
export type State = (typeof STATES)[number];

export interface StateFacts {
  /** Last day of the due period; null where it is ongoing or unknown. */
  readonly dueEnd: Day | null;
  /** The day the work was done, counted once a coordinator has verified it. */
  readonly doneOn: Day | null;
  /** By the time that is asked about, not later. */
  readonly verified: boolean;
}

/** Overdue begins the day after the last day of the period; what has no end is never overdue. */
export function stateOf(facts: StateFacts, today: Day): State {
  if (facts.verified && facts.doneOn !== null) {
    return facts.dueEnd === null || facts.doneOn <= facts.dueEnd ? 'done-on-time' : 'done-late';
  }
  return facts.dueEnd !== null && today > facts.dueEnd ? 'open-overdue' : 'open-in-term';
}

/** Days since the period ended; 0 where it has not. */
export const daysOverdue = (dueEnd: Day | null, today: Day): number =>
  dueEnd === null ? 0 : Math.max(0, daysBetween(dueEnd, today));

/** Past the second threshold: long overdue. */
export const isLongOverdue = (dueEnd: Day | null, today: Day, threshold: number): boolean =>
  daysOverdue(dueEnd, today) > threshold;

export type Counts = Readonly<Record<State, number>> & { readonly all: number };

/** How many are in each of the four states; they add up to `all`. */
export function countStates(items: Iterable<StateFacts>, today: Day): Counts {
  const counts = { 'done-on-time': 0, 'done-late': 0, 'open-in-term': 0, 'open-overdue': 0, all: 0 };
  for (const item of items) {
    counts[stateOf(item, today)]++;
    counts.all++;
  }
  return counts;
}
