import { beforeAll, expect, it } from 'vitest';
import { openServerTestDatabase } from '../support/databases.ts';
import { SMALL } from './office.ts';
import { type Outcome, simulate } from './simulate.ts';

/** A handful; `npm run simulate` lives through as many as one likes. */
const SEEDS = [1, 2, 3];
const outcomes = new Map<number, Outcome>();

beforeAll(async () => {
  await using database = await openServerTestDatabase();
  for (const seed of SEEDS) outcomes.set(seed, await simulate(seed, database.pool, SMALL));
}, 240_000);

it.each(SEEDS)('the world of seed %i keeps every promise', (seed) => {
  const outcome = outcomes.get(seed);
  expect(outcome?.violations).toEqual([]);
  expect(outcome?.tally.delivered).toBeGreaterThan(50);
  expect(Object.keys(outcome?.faults ?? {}).length).toBeGreaterThan(0);
});
