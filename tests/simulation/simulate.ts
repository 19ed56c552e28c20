import type pg from 'pg';
import { houseCommands } from '../../src/house-commands.ts';
import { rememberWhatRowsForget } from './forgotten.ts';
import { examine, type Tally, type Violation } from './invariants.ts';
import type { Size } from './office.ts';
import { createTrace } from './trace.ts';
import { liveThrough } from './world.ts';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly tally: Tally;
  readonly faults: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly moments: number;
  /** Of everything that happened, step by step: the same each time the seed is lived through. */
  readonly fingerprint: string;
}

/**
 * Empties the database, lives through one seed's world and examines it. The same seed is the same world; `tell` is given
 * each line of what happens in it.
 */
export async function simulate(
  seed: number,
  pool: pg.Pool,
  size: Size,
  tell?: (line: string) => void,
): Promise<Outcome> {
  // Loaded before anything counts: a module comes at the machine's pace.
  await houseCommands();
  await rememberWhatRowsForget(pool);
  await empty(pool);
  const trace = createTrace(tell);
  const world = await liveThrough(seed, pool, size, trace);
  const { violations, tally } = await examine(world, pool);
  return {
    seed,
    violations,
    tally,
    faults: world.weather.faults,
    steps: world.steps,
    moments: world.moments,
    fingerprint: trace.fingerprint,
  };
}

async function empty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    `select string_agg(quote_ident(tablename), ', ') as names from pg_tables
     where schemaname = 'public' and tablename not like 'kysely%'`,
  );
  const names = (rows[0] as { names: string }).names;
  await pool.query(`truncate ${names} restart identity cascade`);
}
