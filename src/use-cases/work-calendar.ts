import { addDays, type Day } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { theDay } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { moveToHours } from './keep-hours.ts';
import type { Actor, SpecialDay, Viewer, Writer } from './ports.ts';
import { tellCoordinators } from './tell.ts';
import { todayOf } from './zoned.ts';

/** A year whose exchanged days nobody has entered is asked for so long before it begins. */
const WARN_DAYS = 60;
/** A holiday is no longer than this. */
const LONGEST_HOLIDAY = 30;

/**
 * Fills the last year, this one and the next from the public holidays of the country, where they are not known yet, and
 * once more when what was decided for one comes to be known; asks the coordinators, from 60 days before a year begins,
 * for what is decided each year and nobody has entered. Resolves to the number of years that want it.
 */
export async function keepCalendar(house: House, writer: Writer, today: Day): Promise<number> {
  const known = new Map((await writer.calendarYears()).map((each) => [each.year, each.decided]));
  const year = Number(today.slice(0, 4));
  for (const each of [year - 1, year, year + 1]) {
    if (known.get(each) === true) continue;
    const found = await house.publicHolidays(each, { onlyDecided: known.has(each) });
    if (!found || (known.has(each) && !found.decided)) continue;
    if (known.has(each)) await takeUp(writer, each, found.days);
    else await writer.setSpecialDays(found.days);
    await writer.setCalendarYear(each, found.decided);
    known.set(each, found.decided);
  }
  // A year may have begun already when Accord is first started in it.
  const near = new Set([year, Number(addDays(today, WARN_DAYS).slice(0, 4))]);
  const wanted = [...near].filter((each) => known.get(each) !== true);
  for (const each of wanted)
    await tellCoordinators(writer, house, { key: `calendar:${each}`, kind: 'calendar-wanted', facts: { year: each } });
  return wanted.length;
}

/** What was decided takes the place of what the law alone had filled in; a day that somebody set stays as they set it. */
async function takeUp(writer: Writer, year: number, decided: readonly SpecialDay[]): Promise<void> {
  const stored = await writer.specialDays(`${year}-01-01`, `${year}-12-31`);
  const byHand = new Set<Day>();
  for (const day of new Set([...stored, ...decided].map((each) => each.day))) {
    const last = (await writer.history('calendar', day)).at(-1);
    if (last && !last.actor.startsWith('job:')) byHand.add(day);
  }
  for (const { day } of stored)
    if (!byHand.has(day) && !decided.some((each) => each.day === day)) await writer.removeSpecialDays(day, day);
  const isNews = ({ day, worked, name }: SpecialDay) =>
    !stored.some((each) => each.day === day && each.worked === worked && each.name === name);
  await writer.setSpecialDays(decided.filter((each) => !byHand.has(each.day) && isNews(each)));
}

/** A year's special days, and whether what is decided for it has been entered. */
export async function calendarOf(
  house: House,
  viewer: Viewer,
  typed: number | undefined,
): Promise<{ year: number; days: readonly SpecialDay[]; decided: boolean }> {
  const year = typed ?? Number(todayOf(house).slice(0, 4));
  if (year < 1900 || year > 2200) throw new UserError('no-such-year', { year }, { field: 'year' });
  const reader = house.store.read(viewer);
  return {
    year,
    days: await reader.specialDays(`${year}-01-01`, `${year}-12-31`),
    decided: (await reader.calendarYears()).some((each) => each.year === year && each.decided),
  };
}

/** A coordinator enters a holiday, a day worked in exchange, or makes days ordinary again. */
export async function setDays(
  house: House,
  actor: Actor,
  wish: {
    from: string;
    until?: string | undefined;
    what: 'holiday' | 'worked' | 'ordinary';
    name?: string | undefined;
  },
): Promise<{ from: Day; until: Day }> {
  requireCoordinator(actor);
  const from = theDay(wish.from, 'from');
  const until = wish.until === undefined ? from : theDay(wish.until, 'until');
  if (until < from) throw new UserError('ends-before-it-begins', { from, until }, { field: 'until' });
  const days: Day[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (days.length === LONGEST_HOLIDAY)
      throw new UserError('holiday-too-long', { days: LONGEST_HOLIDAY }, { field: 'until' });
    days.push(day);
  }
  const { what } = wish;
  if (what !== 'ordinary' && wish.name === undefined) throw new UserError('day-without-name', {}, { field: 'name' });
  await house.store.write(actor, async (writer) => {
    if (what === 'ordinary') await writer.removeSpecialDays(from, until);
    else await writer.setSpecialDays(days.map((day) => ({ day, worked: what === 'worked', name: wish.name ?? '' })));
    await moveToHours(house, writer);
  });
  return { from, until };
}

/** A coordinator says that a year's calendar is whole. */
export async function confirmYear(house: House, actor: Actor, year: number): Promise<void> {
  requireCoordinator(actor);
  if (year < 1900 || year > 2200) throw new UserError('no-such-year', { year }, { field: 'year' });
  await house.store.write(actor, (writer) => writer.setCalendarYear(year, true));
}
