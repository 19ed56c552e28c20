/** Calendar days are ISO strings ('2025-11-17'); nothing here knows a clock or a zone. */
export type Day = string;

const DAY_MS = 86_400_000;
/** Plans ask for the same few hundred days again and again, and reading a date is most of their work. */
const numbers = new Map<Day, number>();
const days = new Map<number, Day>();
const MOST_KNOWN = 20_000;

/** Days since 1970; NaN of what is no day. */
function numberOf(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
  if (numbers.size >= MOST_KNOWN) numbers.clear();
  numbers.set(day, number);
  return number;
}

function dayOf(number: number): Day {
  const known = days.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (days.size >= MOST_KNOWN) days.clear();
  days.set(number, day);
  return day;
}

export const addDays = (day: Day, days: number): Day => dayOf(numberOf(day) + days);

/** Days from one day to another: positive where `to` is later. */
export const daysBetween = (from: Day, to: Day): number => numberOf(to) - numberOf(from);

/** 1 Monday … 7 Sunday, as ISO 8601 counts. */
export const weekdayOf = (day: Day): number => ((((numberOf(day) + 3) % 7) + 7) % 7) + 1;

/** The Monday of the week a day is in. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** The next Monday after a day, never the day itself. */
export const nextMonday = (day: Day): Day => addDays(mondayOf(day), 7);

/** '2025-W46' for a day in that ISO week: the week belongs to the year its Thursday is in. */
export function weekOf(day: Day): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of an ISO week ('2025-W46' → '2025-11-10'), or null where there is no such week. */
export function mondayOfWeek(week: string): Day | null {
  const match = /^(\d{4})-?W(\d{2})$/i.exec(week.trim());
  if (!match) return null;
  const [, year = '', number = ''] = match;
  // The fourth of January is always in week 1.
  const monday = addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * 7);
  return weekOf(monday) === `${year}-W${number}` ? monday : null;
}
