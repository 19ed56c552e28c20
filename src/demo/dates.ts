import { addDays, type Day } from '../domain/calendar.ts';
import { type DueDate, type Precision, parseDue } from '../domain/due-date.ts';
import type { Luck } from './luck.ts';

export type Period = Exclude<Precision, 'ongoing' | 'unknown'>;

/** The same day some months earlier; the month's last where it is shorter. */
export function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const count = year * 12 + (month - 1) - months;
  const first = `${Math.floor(count / 12)}-${two((count % 12) + 1)}-01`;
  const last = Number(addDays(monthAfter(first), -1).slice(8));
  return `${first.slice(0, 8)}${two(Math.min(date, last))}`;
}

const two = (number: number): string => String(number).padStart(2, '0');
const monthAfter = (first: Day): Day => `${addDays(first, 31).slice(0, 8)}01`;

/** A moment of office hours between 08:00 and 16:59 at UTC+7, which is the same calendar day from UTC-1 to UTC+14. */
export const officeHour = (day: Day, luck: Luck): string =>
  `${day}T${two(luck.int(1, 9))}:${two(luck.int(0, 59))}:00.000Z`;

const QUARTERS = ['I', 'II', 'III', 'IV'] as const;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The period a day lies in, written as people write it. */
export function periodWith(precision: Period, day: Day, luck: Luck): DueDate {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  const quarter = QUARTERS[Math.floor((month - 1) / 3)] ?? '';
  const half = month <= 6 ? 1 : 2;
  switch (precision) {
    case 'day':
      return due(`${Number(day.slice(8))}/${month}/${year}`);
    case 'month':
      return due(luck.pick([`${month}/${year}`, `${MONTHS[month - 1]} ${year}`, `tháng ${month}/${year}`]));
    case 'quarter':
      return due(luck.pick([`Quarter ${quarter}/${year}`, `Quarter ${quarter}/${year}`, `Quý ${quarter}/${year}`]));
    case 'half':
      return due(luck.pick([`H${half} ${year}`, `${half === 1 ? 'first' : 'second'} half of ${year}`]));
    case 'year':
      return due(luck.pick([year, `end of ${year}`]));
  }
}

/** The last such period that ended so many days ago or earlier. */
export function periodBefore(precision: Period, today: Day, days: number, luck: Luck): DueDate {
  for (let day = addDays(today, -days); ; day = addDays(day, -1)) {
    const period = periodWith(precision, day, luck);
    if (period.end !== null && period.end <= addDays(today, -days)) return period;
    if (period.start !== null) day = period.start;
  }
}

export const ongoing = (luck: Luck): DueDate => due(luck.pick(['ongoing', 'thường xuyên', 'annually']));
export const unknown = (luck: Luck): DueDate => due(luck.pick(['to be determined', 'chưa xác định']));

function due(raw: string): DueDate {
  const parsed = parseDue(raw);
  if (!parsed.ok) throw new Error(`'${raw}' is no due date: ${parsed.why}`);
  return parsed.due;
}
