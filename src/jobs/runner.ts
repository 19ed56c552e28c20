import { failureKey, sinceKey } from '../use-cases/health.ts';
import type { House } from '../use-cases/house.ts';
import { type Actor, HOUSE, type Writer } from '../use-cases/ports.ts';
import { tellMissed } from '../use-cases/tell-missed.ts';
import { nextTick, type Schedule, type Tick, ticksBetween } from './schedule.ts';

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

  /** From when each job is looked at, as it was read last: what the register knows is that or later. */
  const known = new Map<string, string>();

  async function knockAt({ job, schedule, catchUpHours }: ScheduledJob): Promise<void> {
    const now = house.clock.now();
    // Most knocks come where nothing is planned: of them the register hears nothing.
    const from = known.get(job.name);
    if (from !== undefined && ticksBetween(schedule, house.zone, from, now).length === 0) return;
    const reader = house.store.read(HOUSE);
    const before = await reader.lastTick(job.name);
    const since = before?.plannedAt ?? (await reader.setting(sinceKey(job.name)));
    if (typeof since !== 'string') {
      await house.store.write(actorOf(job.name), (writer) => writer.setSetting(sinceKey(job.name), now));
      return;
    }
    known.set(job.name, since);
    // A local day has its run once, though the house has moved to where that day comes later.
    const due = ticksBetween(schedule, house.zone, since, now).filter(({ day }) => day > (before?.plannedDay ?? ''));
    // Of several that were missed, only the last is worth saying.
    const last = due.at(-1);
    const caughtUp = last && Date.parse(now) - Date.parse(last.at) <= catchUpHours * 3_600_000 ? last : null;
    await miss(
      job,
      due.filter((tick) => tick !== caughtUp),
    );
    if (!caughtUp) return;
    // What was missed was not said: this run looks back to the last one that was done, or to the beginning.
    const previous = (await reader.lastTick(job.name, 'done'))?.plannedAt ?? (await startOf(job.name));
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
