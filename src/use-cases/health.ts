import type { HealthReport } from '../chat/connections.ts';
import { addDays } from '../domain/calendar.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { type Actor, type Health, HOUSE, type JobHealth, type Reader } from './ports.ts';
import { listedSince } from './undelivered.ts';
import { later, todayOf } from './zoned.ts';

/** A job is looked at each minute: what is not taken after so many has been left. */
const LATE_MINUTES = 5;
/** A year is looked at so many days before it begins. */
const YEAR_AHEAD_DAYS = 60;

/** The setting that says which planned time of a job failed, and why; null where the last one did not. */
export const failureKey = (job: string): string => `job-failed:${job}`;
/** When the house began to keep a job's time: ticks before that were never owed. */
export const sinceKey = (job: string): string => `job-since:${job}`;

/** How everything stands, for a coordinator. */
export async function showHealth(house: House, actor: Actor): Promise<Health> {
  requireCoordinator(actor);
  return healthOf(house, house.store.read(actor));
}

/** How everything stands, for whatever watches over the process; where the register does not answer, that alone. */
export async function reportHealth(house: House): Promise<HealthReport> {
  const at = house.clock.now();
  try {
    const { well, jobs, outbox, platforms, years } = await healthOf(house, house.store.read(HOUSE));
    return { ok: well, at, database: true, jobs, deliveries: outbox, platforms, calendar: years };
  } catch {
    return { ok: false, at, database: false, platforms: house.connections() };
  }
}

async function healthOf(house: House, reader: Reader): Promise<Health> {
  const now = house.clock.now();
  const jobs = await Promise.all(house.plannedJobs.map((job) => jobHealth(reader, job, now)));
  const platforms = house.connections();
  const today = todayOf(house);
  const known = new Map((await reader.calendarYears()).map((each) => [each.year, each.decided]));
  const years = [...new Set([today, addDays(today, YEAR_AHEAD_DAYS)].map((day) => Number(day.slice(0, 4))))];
  return {
    well:
      jobs.every((job) => job.late === null && job.failingSince === null) && platforms.every((each) => each.connected),
    jobs,
    outbox: await reader.outboxNow(now, listedSince(house)),
    platforms,
    years: years.map((year) => ({ year, known: known.has(year), decided: known.get(year) === true })),
  };
}

async function jobHealth(
  reader: Reader,
  { name, next }: House['plannedJobs'][number],
  now: string,
): Promise<JobHealth> {
  const [lastDone, lastMissed] = [await reader.lastTick(name, 'done'), await reader.lastTick(name, 'missed')];
  const since = await reader.setting(sinceKey(name));
  const taken = (await reader.lastTick(name))?.plannedAt ?? (typeof since === 'string' ? since : null);
  const owed = taken === null ? null : next(taken);
  const failure = (await reader.setting(failureKey(name))) as { at?: unknown } | null;
  return {
    name,
    lastDone: lastDone?.plannedAt ?? null,
    missed: lastMissed && lastMissed.plannedAt > (lastDone?.plannedAt ?? '') ? lastMissed.plannedAt : null,
    next: next(now),
    late: owed !== null && Date.parse(now) > Date.parse(later(owed, { minutes: LATE_MINUTES })) ? owed : null,
    failingSince: typeof failure?.at === 'string' ? failure.at : null,
  };
}
