import type { Day } from '../domain/calendar.ts';
import type { Reader } from './ports.ts';
import { later } from './zoned.ts';

/** The setting that says which planned time of a job failed, and why; null where the last one did not. */
export const failureKey = (job: string): string => `job-failed:${job}`;
/** When the house began to keep a job's time: ticks before that were never owed. */
export const sinceKey = (job: string): string => `job-since:${job}`;

/** From where on a job's planned times are owed. */
export interface Taken {
  /** The instant of the last that was taken, done or missed; of the job's beginning where none was. */
  readonly plannedAt: string;
  /** Its local day, which has had its run; null where none was taken. */
  readonly plannedDay: Day | null;
}

/** Two processes' clocks agree within a minute, and a transaction takes its time: what differs by more is a wrong clock. */
const CLOCKS_DIFFER_MINUTES = 10;

/** The latest instant at which a right clock can have recorded something by now: what is later, a clock that was ahead recorded. */
export const recordedBy = (now: string): string => later(now, { minutes: CLOCKS_DIFFER_MINUTES });

/**
 * Where a job stands now. What is planned for later, or was recorded by a clock that was ahead, is not taken: its time
 * comes still. Null where nobody looked after the job before.
 */
export async function lastTaken(reader: Reader, job: string, now: string): Promise<Taken | null> {
  const tick = await reader.lastTick(job, { planned: now, recorded: recordedBy(now) });
  if (tick) return tick;
  const began = await reader.setting(sinceKey(job));
  const isOver = typeof began === 'string' && Date.parse(began) <= Date.parse(recordedBy(now));
  return isOver ? { plannedAt: began, plannedDay: null } : null;
}
