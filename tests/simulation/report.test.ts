import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PLANTED } from './planted.ts';
import { failingOf, reportOf } from './report.ts';
import type { Outcome } from './simulate.ts';

const outcome = (seed: number, more: Partial<Outcome> = {}): Outcome => ({
  seed,
  violations: [],
  tally: { delivered: 10, expired: 1, refused: 2, inDoubt: 3 },
  faults: { cut: 2, downtime: 1 },
  steps: 5,
  moments: 4,
  fingerprint: 'abc',
  ...more,
});

it('the last line of --json is one object of this shape, in the order of the seeds', () => {
  const twice = { invariant: 'once', text: 'it stands twice' };
  const report = reportOf([outcome(8, { violations: [twice, twice], faults: { cut: 1 } }), outcome(7)], 7, 12.345);
  expect(JSON.parse(JSON.stringify(report))).toStrictEqual({
    seeds: 2,
    from: 7,
    seconds: 12.3,
    failures: [
      { seed: 8, invariant: 'once', text: 'it stands twice' },
      { seed: 8, invariant: 'once', text: 'it stands twice' },
    ],
    delivered: 20,
    expired: 2,
    refused: 4,
    inDoubt: 6,
    faults: { cut: 3, downtime: 1 },
  });
  expect(failingOf(report)).toBe(1);
});

it('each fault planted on purpose still has the line that it replaces', async () => {
  for (const { file, from, to } of Object.values(PLANTED)) {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text, file).toContain(from);
    expect(to).not.toBe(from);
  }
});
