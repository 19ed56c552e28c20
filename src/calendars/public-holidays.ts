import { DECIDED } from './decided.ts';

/** A day that differs from the week. */
export interface SpecialDay {
  /** ISO day. */
  readonly day: string;
  /** Worked on although its weekday says otherwise; else a holiday. */
  readonly worked: boolean;
  readonly name: string;
}

export interface HolidayYear {
  readonly days: readonly SpecialDay[];
  /** Whether what the government decides each year (swapped days, the length of a long holiday) is among them. */
  readonly decided: boolean;
}

/**
 * The public holidays of a year in a country (ISO 3166, 'VN'): what the law fixes, lunar days included, from the
 * date-holidays library; what is decided year by year from our own table. Null where the country is not known, or
 * (`onlyDecided`) where our table has nothing of that year.
 */
export async function publicHolidays(
  country: string,
  year: number,
  { onlyDecided = false } = {},
): Promise<HolidayYear | null> {
  const decided = DECIDED[country]?.[year];
  if (onlyDecided && decided === undefined) return null;
  // Loaded for a moment once a year: the library holds every country in memory.
  const { default: Holidays } = await import('date-holidays');
  const own = new Holidays(country, { types: ['public'] });
  const found = own.getHolidays(year);
  if (!found || found.length === 0) return null;
  const days = new Map<string, SpecialDay>();
  for (const each of found) for (const day of daysOf(each)) days.set(day, { day, worked: false, name: each.name });
  for (const each of decided ?? []) days.set(each.day, each);
  return { days: [...days.values()].toSorted((a, b) => a.day.localeCompare(b.day)), decided: decided !== undefined };
}

const DAY_MS = 86_400_000;

/**
 * The days of a holiday, as they are named where it is kept. Its instants are no help: the machine may be elsewhere, and a
 * lunar day begins at sunset of the day before. https://github.com/commenthol/date-holidays#holiday-object
 */
function daysOf({ date, start, end }: { readonly date: string; readonly start: Date; readonly end: Date }): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  // Half a day counts as one; a day on which the clocks change is an hour longer or shorter.
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length }, (_, at) => new Date(first + at * DAY_MS).toISOString().slice(0, 10));
}
