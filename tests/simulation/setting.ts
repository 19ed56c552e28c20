import { publicHolidays } from '../../src/calendars/public-holidays.ts';
import { addDays, type Day, weekdayOf } from '../../src/domain/calendar.ts';
import { parseSchedule, type Schedule } from '../../src/jobs/schedule.ts';
import type { House } from '../../src/use-cases/house.ts';
import { instantOf } from '../../src/use-cases/zoned.ts';
import type { Luck } from './luck.ts';
import type { Condition } from './weather.ts';

/** Where and when a world is: chosen by the seed before anything happens in it. */
export interface Setting {
  readonly zone: string;
  readonly monday: Day;
  readonly digest: Schedule;
  readonly reminders: Schedule;
  /** Zones in which some of the officers live, who are not where the house is. */
  readonly zones: readonly string[];
  /** The days that differ from the week, as the country decided them; none where nobody knows. */
  readonly calendar: Calendar;
  readonly publicHolidays: House['publicHolidays'];
  readonly conditions: readonly Condition[];
}

export interface Calendar {
  readonly holidays: ReadonlySet<Day>;
  readonly worked: ReadonlySet<Day>;
}

/** Weeks around what is hard: a long holiday, a clock change, a year's end. */
const PLACES = [
  { zone: 'Asia/Ho_Chi_Minh', country: 'VN', monday: '2026-01-19' },
  { zone: 'Asia/Ho_Chi_Minh', country: 'VN', monday: '2025-04-07' },
  { zone: 'Europe/Berlin', country: 'DE', monday: '2026-03-09' },
  { zone: 'Europe/Berlin', country: 'DE', monday: '2025-10-06' },
  { zone: 'Europe/Berlin', country: 'DE', monday: '2025-12-08' },
  { zone: 'America/New_York', country: 'US', monday: '2025-12-08' },
  { zone: 'America/New_York', country: 'US', monday: '2026-02-16' },
  { zone: 'Africa/Cairo', country: 'EG', monday: '2026-04-06' },
] as const;
const DIGESTS = ['Mon 08:00', 'Mon 08:00', 'Mon 08:00', 'Sun 02:30', 'Mon 00:05'] as const;
const ELSEWHERE = ['America/New_York', 'Europe/Brussels', 'Asia/Tokyo', 'Asia/Ho_Chi_Minh', 'Australia/Lord_Howe'];

export async function settingOf(luck: Luck, weeks: number): Promise<Setting> {
  const { zone, country, monday } = luck.pick(PLACES);
  const digest = scheduleOf(luck.pick(DIGESTS));
  const isKnown = luck.chance(0.7);
  const zones = luck.chance(0.5) ? ELSEWHERE.filter((each) => each !== zone) : [];
  const end = addDays(monday, weeks * 7);
  const calendar = await calendarOf(isKnown ? country : null, Number(monday.slice(0, 4)), Number(end.slice(0, 4)));
  const days = Array.from({ length: weeks * 7 }, (_, at) => addDays(monday, at));
  const conditions: Condition[] = [];
  if (days.some((day) => calendar.holidays.has(day) && weekdayOf(day) <= 5)) conditions.push('holidays');
  if (days.some((day) => isLongerOrShorter(day, zone))) conditions.push('clock-change');
  if (end.slice(0, 4) !== monday.slice(0, 4)) conditions.push('year-end');
  return {
    zone,
    monday,
    digest,
    reminders: scheduleOf('Mon-Fri 08:30'),
    zones,
    calendar,
    publicHolidays: (year) => (isKnown ? holidaysOf(country, year) : Promise.resolve(null)),
    conditions,
  };
}

const known = new Map<string, ReturnType<typeof publicHolidays>>();
/** Looked up once a process, and before a world begins: a library is loaded at the machine's pace. */
function holidaysOf(country: string, year: number): ReturnType<typeof publicHolidays> {
  const key = `${country} ${year}`;
  const found = known.get(key) ?? publicHolidays(country, year);
  known.set(key, found);
  return found;
}

async function calendarOf(country: string | null, first: number, last: number): Promise<Calendar> {
  const holidays = new Set<Day>();
  const worked = new Set<Day>();
  for (let year = first - 1; country !== null && year <= last + 1; year++)
    for (const each of (await holidaysOf(country, year))?.days ?? []) (each.worked ? worked : holidays).add(each.day);
  return { holidays, worked };
}

const DAY = 86_400_000;
const isLongerOrShorter = (day: Day, zone: string): boolean =>
  Date.parse(instantOf(addDays(day, 1), '12:00', zone)) - Date.parse(instantOf(day, '12:00', zone)) !== DAY;

function scheduleOf(text: string): Schedule {
  const schedule = parseSchedule(text);
  if (!schedule) throw new Error(`'${text}' is no schedule`);
  return schedule;
}
