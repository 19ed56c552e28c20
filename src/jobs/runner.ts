import type { House } from '../use-cases/house.ts';
import { failureKey, lastTaken, recordedBy, sinceKey, type Taken } from '../use-cases/planned-runs.ts';
import { type Actor, HOUSE, type Writer } from '../use-cases/ports.ts';
import { tellMissed } from '../use-cases/tell-missed.ts';
import { nextTick, type Schedule, type Tick, ticksOwed } from './schedule.ts';

/** Something done at planned times. It is handed its planned time, not "now". */
export interface Job {
  readonly name: string;
  /** Whether somebody waits for what it says: what was missed of it is told to the coordinators. */
  readonly awaited: boolean;
  /** `previous`: the instant of the tick before, or null. Resolves to the number of messages promised. */
  run(house: House, writer: Writer, tick: Tick, previous: string | null): Promise<number>;
}

export interface ScheduledJob {
  readonly job: Job;
  readonly schedule: Schedule;
  /** A tick missed by more than this is recorded as missed, and not caught up. */
  readonly catchUpHours: number;
}

export interface Jobs {
  /** Does whatever is due now; never throws: a job that fails keeps no other from its turn. Several processes may call it at once: a tick belongs to whoever recorded it. */
  knock(): Promise<void>;
  /** The next planned instant of any job after one, or null. */
  next(after: string): string | null;
}

const actorOf = (job: string): Actor => ({
  sight: 'house',
  officerId: null,
  name: `job:${job}`,
  displayName: job,
  role: 'house',
  agencyId: null,
  via: 'job',
});

/** Cron wakes, the database decides: a pure function says which ticks are due, a row says who does each, once. */
export function createJobs(
  house: House,
  jobs: readonly ScheduledJob[],
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void },
): Jobs {
  async function startOf(job: string): Promise<string | null> {
    const since = await house.store.read(HOUSE).setting(sinceKey(job));
    return typeof since === 'string' ? since : null;
  }

  /** What was taken of each job, as it was read last: what the register knows is that or later. */
  const known = new Map<string, Taken>();

  async function knockAt({ job, schedule, catchUpHours }: ScheduledJob): Promise<void> {
    const now = house.clock.now();
    // Most knocks come where nothing is planned: of them the register hears nothing.
    const before = known.get(job.name);
    // What was read while the clock was ahead holds no more.
    const holds = before !== undefined && Date.parse(before.plannedAt) <= Date.parse(now);
    if (holds && ticksOwed(schedule, house.zone, before, now).length === 0) return;
    const reader = house.store.read(HOUSE);
    const last = await lastTaken(reader, job.name, now);
    if (last === null) {
      await house.store.write(actorOf(job.name), (writer) => writer.setSetting(sinceKey(job.name), now));
      return;
    }
    known.set(job.name, last);
    const due = ticksOwed(schedule, house.zone, last, now);
    // Of several that were missed, only the last is worth saying.
    const newest = due.at(-1);
    const caughtUp = newest && Date.parse(now) - Date.parse(newest.at) <= catchUpHours * 3_600_000 ? newest : null;
    await miss(
      job,
      due.filter((tick) => tick !== caughtUp),
    );
    if (!caughtUp) return;
    // What was missed was not said: this run looks back to the last one that was done, or to the beginning.
    const done = await reader.lastTick(job.name, { planned: now, recorded: recordedBy(now) }, 'done');
    const previous = done?.plannedAt ?? (await startOf(job.name));
    const promised = await house.store.write(actorOf(job.name), async (writer) => {
      if (!(await writer.recordTick(taken(job, caughtUp, 'done')))) return null;
      if ((await writer.setting(failureKey(job.name))) !== null) await writer.setSetting(failureKey(job.name), null);
      return job.run(house, writer, caughtUp, previous);
    });
    log.info({ job: job.name, planned: caughtUp.local, promised }, 'a planned run was done');
  }

  const taken = (job: Job, tick: Tick, state: 'done' | 'missed') => ({
    job: job.name,
    zone: house.zone,
    plannedLocal: tick.local,
    plannedAt: tick.at,
    at: house.clock.now(),
    recordedBy: recordedBy(house.clock.now()),
    state,
  });

  /** Recorded as missed and, where somebody waits for it, told, in one transaction and by one process. */
  async function miss(job: Job, ticks: readonly Tick[]): Promise<void> {
    if (ticks.length === 0) return;
    await house.store.write(actorOf(job.name), async (writer) => {
      const mine: string[] = [];
      for (const tick of ticks) if (await writer.recordTick(taken(job, tick, 'missed'))) mine.push(tick.at);
      if (job.awaited && mine.length > 0) await tellMissed(house, writer, job.name, mine);
    });
    log.info({ job: job.name, planned: ticks.map((each) => each.local) }, 'planned runs were missed');
  }

  /** Its tick went back with its transaction: the next knock tries again, as long as it may be caught up. */
  async function failed({ job }: ScheduledJob, error: unknown): Promise<void> {
    log.error({ job: job.name, error }, 'a planned run failed, and is tried again at the next knock');
    const why = error instanceof Error ? error.message : String(error);
    const known = (await house.store.read(HOUSE).setting(failureKey(job.name))) as { why?: unknown } | null;
    if (known?.why === why) return;
    await house.store.write(actorOf(job.name), (writer) =>
      writer.setSetting(failureKey(job.name), { at: house.clock.now(), why }),
    );
  }

  return {
    async knock() {
      for (const each of jobs) {
        try {
          await knockAt(each);
        } catch (error) {
          // Where not even that can be written down, the log has it, and the others still have their turn.
          await failed(each, error).catch((cause: unknown) =>
            log.error({ job: each.job.name, error: cause }, 'that a planned run failed could not be written down'),
          );
        }
      }
    },
    next(after) {
      const ticks = jobs.flatMap(({ schedule }) => nextTick(schedule, house.zone, after)?.at ?? []);
      return ticks.toSorted()[0] ?? null;
    },
  };
}
