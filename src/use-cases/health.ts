import type { HealthReport } from '../chat/connections.ts';
import { addDays } from '../domain/calendar.ts';
import { requireCoordinator } from './guards.ts';
import type { House, PlannedJob } from './house.ts';
import { failureKey, lastTaken, recordedBy } from './planned-runs.ts';
import { type Actor, type Health, HOUSE, type JobHealth, type Reader } from './ports.ts';
import { hasCoordination } from './tell-nowhere.ts';
import { listedSince } from './undelivered.ts';
import { later, todayOf } from './zoned.ts';

/** A job is looked at each minute: what is not taken after so many has been left. */
const LATE_MINUTES = 5;
/** Days for which a missed run is shown. */
const MISSED_DAYS = 30;
/** A year is looked at so many days before it begins. */
const YEAR_AHEAD_DAYS = 60;

/** How everything stands, for a coordinator. */
export async function showHealth(house: House, actor: Actor): Promise<Health> {
  requireCoordinator(actor);
  return healthOf(house, house.store.read(actor));
}

/** How everything stands, for whatever watches over the process; where the register does not answer, that alone. */
export async function reportHealth(house: House): Promise<HealthReport> {
  const at = house.clock.now();
  try {
    const { well, coordinated, jobs, outbox, platforms, years } = await healthOf(house, house.store.read(HOUSE));
    return { ok: well, at, database: true, coordinated, jobs, deliveries: outbox, platforms, calendar: years };
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
    coordinated: await hasCoordination(house, reader),
    jobs,
    outbox: await reader.outboxNow(now, listedSince(house)),
    platforms,
    years: years.map((year) => ({ year, known: known.has(year), decided: known.get(year) === true })),
  };
}

async function jobHealth(reader: Reader, job: PlannedJob, now: string): Promise<JobHealth> {
  const { name } = job;
  const by = { planned: now, recorded: recordedBy(now) };
  const done = await reader.lastTick(name, by, 'done');
  const taken = await lastTaken(reader, name, now);
  const [owed = null] = taken === null ? [] : job.owed(taken, now);
  const failure = (await reader.setting(failureKey(name))) as { at?: unknown } | null;
  return {
    name,
    lastDone: done?.plannedAt ?? null,
    missed: await reader.missedTicks(name, later(now, { hours: -24 * MISSED_DAYS }), by),
    next: job.next(taken, now),
    late: owed !== null && Date.parse(now) > Date.parse(later(owed, { minutes: LATE_MINUTES })) ? owed : null,
    failingSince: typeof failure?.at === 'string' ? failure.at : null,
  };
}
