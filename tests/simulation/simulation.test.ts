import { expect, it } from 'vitest';
import { openServerTestDatabase } from '../support/databases.ts';
import { SMALL } from './office.ts';
import { simulate } from './simulate.ts';

/** Smaller than any world of `npm run simulate`, which lives through as many as one likes: a suite has no time. */
const TINY = { ...SMALL, agencies: 3, commitments: 10, weeks: 3 };

it('a world keeps every promise, and lived through again it is the same, step by step', async () => {
  await using database = await openServerTestDatabase();
  const once = await simulate(1, database.pool, TINY);
  const other = await simulate(2, database.pool, TINY);
  for (const { violations, tally, faults } of [once, other]) {
    expect(violations).toEqual([]);
    expect(tally.delivered).toBeGreaterThan(20);
    expect(Object.keys(faults).length).toBeGreaterThan(0);
  }
  expect(other.fingerprint).not.toBe(once.fingerprint);
  expect(await simulate(1, database.pool, TINY)).toEqual(once);
});
