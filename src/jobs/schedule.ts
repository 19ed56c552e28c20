import { Temporal } from 'temporal-polyfill';
import { addDays, type Day, weekdayOf } from '../domain/calendar.ts';
import type { Taken } from '../use-cases/planned-runs.ts';
import { dayIn, instantOf } from '../use-cases/zoned.ts';

/** Weekdays (1 Monday … 7 Sunday) and a local time. */
export interface Schedule {
  readonly weekdays: readonly number[];
  /** 'HH:MM' */
  readonly time: string;
}

export interface Tick {
  readonly day: Day;
  /** Local, as recorded: '2025-11-17T08:00'. */
  readonly local: string;
  /** The instant of it. */
  readonly at: string;
}

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** 'Mon 08:00', 'Mon-Fri 08:30', 'Sun-Thu 08:30' (over the end of the week), 'Mon,Thu 9:00'; null where it is none of these. */
export function parseSchedule(text: string): Schedule | null {
  const match = /^([a-z,-]+)\s+(\d{1,2}):(\d{2})$/i.exec(text.trim());
  if (!match) return null;
  const [, days = '', hour = '', minute = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  const weekdays = new Set<number>();
  for (const part of days.toLowerCase().split(',')) {
    const [from = '', to = from, ...more] = part.split('-');
    const first = NAMES.indexOf(from as (typeof NAMES)[number]) + 1;
    const last = NAMES.indexOf(to as (typeof NAMES)[number]) + 1;
    if (first === 0 || last === 0 || more.length > 0) return null;
    for (let day = first; day !== last; day = (day % 7) + 1) weekdays.add(day);
    weekdays.add(last);
  }
  return { weekdays: [...weekdays].toSorted(), time: `${hour.padStart(2, '0')}:${minute}` };
}

/** Ticks that one call names at most: a longer downtime than that is not caught up tick by tick. */
const MOST = 100;

/**
 * The ticks after one instant up to another, oldest first. Local days decide: a time that a clock change skips comes as
 * much later as the clocks are put on (02:30 in Berlin at 03:30), one that comes twice falls on the first, so that no day has two and none is left out.
 */
export function ticksBetween(schedule: Schedule, zone: string, after: string, until: string): Tick[] {
  const ticks: Tick[] = [];
  const last = dayIn(until, zone);
  // Where clocks skip the end of a day, its last hour falls on the day after it.
  for (let day = addDays(dayIn(after, zone), -1); day <= last && ticks.length < MOST; day = addDays(day, 1)) {
    if (!schedule.weekdays.includes(weekdayOf(day))) continue;
    const at = instantOf(day, schedule.time, zone);
    if (before(after, at) && !before(until, at)) ticks.push({ day, local: `${day}T${schedule.time}`, at });
  }
  return ticks;
}

/**
 * The ticks that are owed by an instant, oldest first: those since the last that was taken. A local day has its run
 * once, wherever the house has moved and to whatever time the schedule was set on that day.
 */
export const ticksOwed = (schedule: Schedule, zone: string, taken: Taken, until: string): Tick[] =>
  ticksBetween(schedule, zone, taken.plannedAt, until).filter((tick) => tick.day > (taken.plannedDay ?? ''));

/** The first tick after an instant that will be owed. */
export function nextOwed(schedule: Schedule, zone: string, taken: Taken | null, after: string): Tick | null {
  const next = nextTick(schedule, zone, after);
  const isTaken = next !== null && taken?.plannedDay != null && next.day <= taken.plannedDay;
  return isTaken ? nextOwed(schedule, zone, taken, next.at) : next;
}

/** The next tick after an instant. */
export function nextTick(schedule: Schedule, zone: string, after: string): Tick | null {
  for (let weeks = 1; weeks <= 2; weeks++) {
    const until = Temporal.Instant.from(after)
      .add({ hours: 24 * 7 * weeks + 2 })
      .toString();
    const [next] = ticksBetween(schedule, zone, after, until);
    if (next) return next;
  }
  return null;
}

const before = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);
