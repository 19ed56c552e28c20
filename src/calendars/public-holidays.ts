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
 * date-holidays library; what is decided year by year from our own table. Null where the country is not known.
 */
export async function publicHolidays(country: string, year: number): Promise<HolidayYear | null> {
  // Loaded for a moment once a year: the library holds every country in memory.
  const { default: Holidays } = await import('date-holidays');
  const own = new Holidays(country, { types: ['public'] });
  const found = own.getHolidays(year);
  if (!found || found.length === 0) return null;
  const days = new Map<string, SpecialDay>();
  for (const { start, end, name } of found)
    for (const day of daysFrom(start, end)) days.set(day, { day, worked: false, name });
  const decided = DECIDED[country]?.[year];
  for (const each of decided ?? []) days.set(each.day, each);
  return { days: [...days.values()].toSorted((a, b) => a.day.localeCompare(b.day)), decided: decided !== undefined };
}

const LONGEST = 30;

/** The local days from a start to an end that is not included. */
function daysFrom(start: Date, end: Date): string[] {
  const days: string[] = [];
  for (const at = new Date(start); at < end && days.length < LONGEST; at.setDate(at.getDate() + 1))
    days.push(
      `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`,
    );
  return days;
}
