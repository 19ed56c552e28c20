import { addDays, type Day } from '../domain/calendar.ts';
import { type WorkCalendar, workCalendar, workdayFrom } from '../domain/working-days.ts';
import type { House } from './house.ts';
import type { OfficerView, Reader } from './ports.ts';
import { dayIn, instantOf } from './zoned.ts';

/** Thresholds reach some weeks back and forth; a year on each side is more than any of them. */
const REACH_DAYS = 366;

/** Which days are worked on around a day, as the register knows. */
export async function workCalendarAround(house: House, reader: Reader, day: Day): Promise<WorkCalendar> {
  const special = await reader.specialDays(addDays(day, -REACH_DAYS), addDays(day, REACH_DAYS));
  const daysThat = (worked: boolean) => new Set(special.filter((each) => each.worked === worked).map(({ day }) => day));
  return workCalendar({ weekdays: house.rules.workdays, holidays: daysThat(false), worked: daysThat(true) });
}

/** From now, the hours in which a person works: those under way, or the next. */
export interface WorkHours {
  readonly from: string;
  readonly until: string;
}

/**
 * The hours under way or next for an officer, now or at another instant, by their own zone and the calendar of the house;
 * where a day of theirs is `taken`, those of a later one.
 */
export function workHoursOf(
  house: House,
  calendar: WorkCalendar,
  officer: OfficerView,
  { taken, now = house.clock.now() }: { readonly taken?: Day | undefined; readonly now?: string } = {},
): WorkHours {
  const zone = officer.zone ?? house.zone;
  const { from, until } = house.rules.workHours;
  const hoursOf = (day: Day): WorkHours => {
    const worked = workdayFrom(calendar, day);
    return { from: instantOf(worked, from, zone), until: instantOf(worked, until, zone) };
  };
  if (taken !== undefined && dayIn(now, zone) <= taken) return hoursOf(addDays(taken, 1));
  const today = hoursOf(dayIn(now, zone));
  if (Date.parse(now) >= Date.parse(today.until)) return hoursOf(addDays(dayIn(now, zone), 1));
  return Date.parse(now) > Date.parse(today.from) ? { from: now, until: today.until } : today;
}
