import type pg from 'pg';
import { examine, type Tally, type Violation } from './invariants.ts';
import type { Size } from './office.ts';
import { liveThrough } from './world.ts';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly tally: Tally;
  readonly faults: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly moments: number;
}

/** Empties the database, lives through one seed's world and examines it. The same seed gives the same outcome. */
export async function simulate(seed: number, pool: pg.Pool, size: Size): Promise<Outcome> {
  await empty(pool);
  const world = await liveThrough(seed, pool, size);
  const { violations, tally } = await examine(world, pool);
  return { seed, violations, tally, faults: world.weather.faults, steps: world.steps, moments: world.moments };
}

async function empty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    `select string_agg(quote_ident(tablename), ', ') as names from pg_tables
     where schemaname = 'public' and tablename not like 'kysely%'`,
  );
  const names = (rows[0] as { names: string }).names;
  await pool.query(`truncate ${names} restart identity cascade`);
}
