import { addDays, type Day, mondayOf, mondayOfWeek, weekOf } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import type { House } from './house.ts';
import type { Reader } from './ports.ts';
import { dayIn, instantOf, todayOf } from './zoned.ts';

/**
 * The instant a digest speaks of and that of the digest before: what happened after the one and up to the other is its
 * news, so that nothing is new twice and nothing is left out.
 */
export interface DigestMoment {
  readonly monday: Day;
  /** ISO instants. */
  readonly at: string;
  readonly since: string;
}

/** The setting that remembers the week whose digest was promised last, and the instant it spoke of. */
export const LAST_DIGEST = 'last-digest';

/** The Monday of a week as typed ('2025-W46'), or of the week today is in. */
export function mondayMeant(house: House, week: string | undefined): Day {
  if (week === undefined) return mondayOf(todayOf(house));
  const monday = mondayOfWeek(week);
  if (monday === null) throw new UserError('no-such-week', { week }, { field: 'week' });
  return monday;
}

/** When the digest of a week is planned. */
export const plannedAt = (house: House, monday: Day): string =>
  instantOf(addDays(monday, house.digestAt.weekday - 1), house.digestAt.time, house.zone);

/** The planned digest of a week: as of its planned instant, whenever it is made. */
export async function plannedMoment(house: House, reader: Reader, monday: Day): Promise<DigestMoment> {
  return momentAt(house, reader, monday, plannedAt(house, monday));
}

/** The digest of a week as somebody asks for it: of this week as of now, of any other as of its planned instant. */
export async function askedMoment(house: House, reader: Reader, monday: Day): Promise<DigestMoment> {
  const thisWeek = monday === mondayOf(todayOf(house));
  return momentAt(house, reader, monday, thisWeek ? house.clock.now() : plannedAt(house, monday));
}

async function momentAt(house: House, reader: Reader, monday: Day, at: string): Promise<DigestMoment> {
  const before = addDays(monday, -7);
  const planned = plannedAt(house, before);
  // Where the week before was said later than planned, by hand, what it said is not news again.
  const last = (await reader.setting(LAST_DIGEST)) as { week?: unknown; at?: unknown } | null;
  const said = last?.week === weekOf(before) && typeof last.at === 'string' ? last.at : planned;
  return { monday, at, since: planned < said && said < at ? said : planned };
}

/** The days of a digest: its own and that of the one before. */
export const daysOf = (house: House, moment: DigestMoment): { today: Day; before: Day } => ({
  today: dayIn(moment.at, house.zone),
  before: dayIn(moment.since, house.zone),
});
