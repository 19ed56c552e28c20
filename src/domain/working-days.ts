import { addDays, type Day, weekdayOf } from './calendar.ts';

/** Which days are worked on: some weekdays, without public holidays, with the days worked in exchange for others. */
export interface WorkCalendar {
  isWorkday(day: Day): boolean;
}

/** A calendar of weekdays (1 Monday … 7 Sunday) with what a government decided for single days. */
export function workCalendar(parts: {
  readonly weekdays: readonly number[];
  readonly holidays?: ReadonlySet<Day>;
  /** Worked although their weekday says otherwise: swapped days. */
  readonly worked?: ReadonlySet<Day>;
}): WorkCalendar {
  return {
    isWorkday: (day) =>
      parts.worked?.has(day) === true || (parts.weekdays.includes(weekdayOf(day)) && parts.holidays?.has(day) !== true),
  };
}

/** A week without holidays. */
export const MONDAY_TO_FRIDAY: WorkCalendar = workCalendar({ weekdays: [1, 2, 3, 4, 5] });

/** No holiday is longer: a calendar in which nobody ever works does not make us look for ever. */
const LONGEST_REST = 60;

/** The day itself where it is worked on, else the next that is. */
export const workdayFrom = (calendar: WorkCalendar, day: Day): Day => nearest(calendar, day, 1);
/** The day itself where it is worked on, else the last one before that was. */
export const workdayUntil = (calendar: WorkCalendar, day: Day): Day => nearest(calendar, day, -1);

function nearest(calendar: WorkCalendar, day: Day, step: 1 | -1): Day {
  for (let at = day, days = 0; days < LONGEST_REST; at = addDays(at, step), days++)
    if (calendar.isWorkday(at)) return at;
  return day;
}

/** The workday so many after (or, negative, before) a day; the day itself is not counted. With 0, the last workday until it. */
export function addWorkdays(calendar: WorkCalendar, day: Day, workdays: number): Day {
  if (workdays === 0) return workdayUntil(calendar, day);
  const step = workdays > 0 ? 1 : -1;
  let at = day;
  for (let left = Math.abs(workdays); left > 0; left--) at = nearest(calendar, addDays(at, step), step);
  return at;
}

/** Workdays from one day to another, the first not counted: negative where `to` is earlier. */
export function workdaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  const step = from <= to ? 1 : -1;
  let count = 0;
  for (let day = from; day !== to; ) {
    day = addDays(day, step);
    if (calendar.isWorkday(day)) count += step;
  }
  return count;
}
