import type pg from 'pg';
import { type Accord, type BuildOptions, build, type Log } from '../../src/build.ts';
import type { Schedule } from '../../src/jobs/schedule.ts';
import { RULES } from '../support/open-house.ts';
import { databaseOf } from './database.ts';
import type { Luck } from './luck.ts';
import type { Service } from './service.ts';
import type { Mortal, Steps } from './steps.ts';
import type { Trace } from './trace.ts';
import type { Weather } from './weather.ts';

/** One running bot: built as production builds it, on the simulated database, services and clock. */
export interface Instance extends Mortal {
  readonly accord: Accord | null;
  /** Milliseconds by which its clock is wrong. */
  skew: number;
  crash(): void;
  start(): Promise<void>;
  now(): string;
}

export interface InstanceParts {
  readonly real: pg.Pool;
  readonly steps: Steps;
  readonly weather: Weather;
  readonly luck: Luck;
  readonly services: readonly Service[];
  readonly time: { now: number };
  readonly zone: string;
  readonly digest: Schedule;
  readonly reminders: Schedule;
  readonly publicHolidays: NonNullable<BuildOptions['publicHolidays']>;
  readonly log: Log;
  readonly trace: Trace;
}

export function createInstance(name: string, parts: InstanceParts): Instance {
  let dead = false;
  let accord: Accord | null = null;
  let names = 0;
  let tokens = 0;
  const instance: Instance = {
    name,
    skew: 0,
    get dead() {
      return dead;
    },
    get accord() {
      return dead ? null : accord;
    },
    now: () => new Date(parts.time.now + instance.skew).toISOString(),
    crash() {
      dead = true;
    },
    async start() {
      accord = await build({
        pool: databaseOf(instance, parts),
        clock: { now: instance.now },
        lang: 'en',
        zone: parts.zone,
        rules: RULES,
        coordinators: [],
        publicHolidays: parts.publicHolidays,
        digest: parts.digest,
        reminders: parts.reminders,
        log: parts.log,
        connect: () => parts.services.map((service) => service.adapter(instance)),
        nonce: () => `${name}${(++names).toString(36).padStart(6, '0')}abcdef`,
        token: () => `${name}${(++tokens).toString(36).padStart(5, '0')}`,
        luck: () => parts.luck.next(),
        worker: name,
        // Nothing wakes by the machine's time: the world comes back when something is due.
        wake: () => () => {},
        pause: async () => {},
      });
    },
  };
  return instance;
}
