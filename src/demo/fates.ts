import { addDays, type Day, daysBetween } from '../domain/calendar.ts';
import type { DueDate } from '../domain/due-date.ts';
import { ongoing, type Period, periodBefore, periodWith, unknown } from './dates.ts';
import type { Luck } from './luck.ts';

/** What became of a commitment by today. lastWord: the day it was last reported on; null where nothing was said yet. */
export interface Fate {
  readonly state: 'done-on-time' | 'done-late' | 'open-overdue' | 'open-in-term';
  readonly due: DueDate;
  readonly lastWord: Day | null;
  readonly claimedOn: Day | null;
  readonly verifiedOn: Day | null;
}

const DONE_ON_TIME = 96;
/** Done so many days ago, after a delay of so many. The first four went off the overdue list this week. */
const DONE_LATE = [
  [1, 12],
  [3, 25],
  [4, 9],
  [6, 40],
  [20, 9],
  [34, 15],
  [47, 30],
  [58, 6],
  [75, 22],
  [96, 18],
  [110, 27],
] as const;
/** Overdue today: the period that ended so many days ago (or the last one before). Four are long overdue. */
const OVERDUE: readonly (readonly [Period, number])[] = [
  ['day', 162],
  ['day', 139],
  ['month', 95],
  ['day', 104],
  ['day', 71],
  ['quarter', 1],
  ['day', 48],
  ['month', 32],
  ['day', 26],
  ['day', 17],
  ['month', 1],
  ['day', 9],
  ['day', 3],
];
const DUE_SOON = [1, 2, 3, 5, 6, 7, 8, 10, 12, 13, 14] as const;
/** In term, and nobody has said anything for more than 30 days. */
const SILENT = 14;
/** In term and said to be done; a coordinator has yet to look. */
const CLAIMED = 8;
/** Beyond the two weeks in which something is due soon. */
const LATER_FROM = 17;

/** The fate of each commitment, given the day it was signed: as many of each as the lists above say, the rest in term. */
export function planFates(signed: readonly Day[], today: Day, luck: Luck): Fate[] {
  const ago = (days: number): Day => addDays(today, -days);
  const fates = new Map<number, Fate>();
  /** Takes one that is old enough (days since it was signed) and has no fate yet. */
  const take = (age: number, fate: (signedOn: Day) => Omit<Fate, 'claimedOn' | 'verifiedOn'> & Partial<Fate>): void => {
    const free = signed.flatMap((day, place) => (!fates.has(place) && daysBetween(day, today) >= age ? [place] : []));
    const place = luck.pick(free);
    fates.set(place, { claimedOn: null, verifiedOn: null, ...fate(signed[place] ?? today) });
  };

  for (const [precision, days] of OVERDUE) {
    const due = periodBefore(precision, today, days, luck);
    const lastWord = ago(luck.chance(0.4) ? luck.int(33, 44) : luck.int(2, 26));
    take(daysBetween(due.end ?? today, today) + 30, () => ({ state: 'open-overdue', due, lastWord }));
  }
  for (const [doneAgo, delay] of DONE_LATE) {
    const due = periodBefore(luck.chance(0.7) ? 'day' : 'month', today, doneAgo + delay, luck);
    take(daysBetween(due.end ?? today, today) + 25, () => ({
      state: 'done-late',
      due,
      ...done(ago(doneAgo), today, luck),
    }));
  }
  for (let n = 0; n < DONE_ON_TIME; n++) {
    take(30, (signedOn) => {
      const doneAgo = n < 3 ? n + 2 : luck.int(8, daysBetween(signedOn, today) - 20);
      const due = periodWith(precisionOf(luck), addDays(today, luck.int(0, 25) - doneAgo), luck);
      return { state: 'done-on-time', due, ...done(ago(doneAgo), today, luck) };
    });
  }
  for (const days of DUE_SOON) {
    take(25, () => ({
      state: 'open-in-term',
      due: periodWith('day', addDays(today, days), luck),
      lastWord: ago(luck.int(2, 24)),
    }));
  }
  for (let n = 0; n < SILENT; n++) {
    take(90, () => ({ state: 'open-in-term', due: dueLater(today, luck), lastWord: ago(luck.int(33, 70)) }));
  }
  for (let n = 0; n < CLAIMED; n++) {
    const claimedOn = ago(luck.int(1, 9));
    take(60, () => ({ state: 'open-in-term', due: periodLater(today, luck), lastWord: claimedOn, claimedOn }));
  }
  return signed.map((signedOn, place) => {
    const age = daysBetween(signedOn, today);
    // The newest are quiet with good reason; everything older has been spoken of in the last four weeks.
    const lastWord = age < 20 ? null : ago(luck.int(1, Math.min(27, age - 11)));
    return (
      fates.get(place) ?? {
        state: 'open-in-term',
        due: dueLater(today, luck),
        lastWord,
        claimedOn: null,
        verifiedOn: null,
      }
    );
  });
}

function done(day: Day, today: Day, luck: Luck): { lastWord: Day; claimedOn: Day; verifiedOn: Day } {
  const verifiedOn = addDays(day, luck.int(0, 4));
  return { lastWord: day, claimedOn: day, verifiedOn: verifiedOn < today ? verifiedOn : addDays(today, -1) };
}

const precisionOf = (luck: Luck): Period =>
  luck.pick<Period>(['day', 'day', 'day', 'month', 'month', 'quarter', 'quarter', 'half', 'year']);

function dueLater(today: Day, luck: Luck): DueDate {
  const kind = luck.int(1, 100);
  if (kind <= 6) return ongoing(luck);
  return kind <= 9 ? unknown(luck) : periodLater(today, luck);
}

function periodLater(today: Day, luck: Luck): DueDate {
  const precision = precisionOf(luck);
  return periodWith(precision, addDays(today, luck.int(LATER_FROM, precision === 'year' ? 900 : 420)), luck);
}
