import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankBySameness, worthAsking } from '../../src/domain/sameness.ts';

const REPORTS = [
  { id: 1, text: 'No resettlement site is ready, so the land cannot be handed over' },
  { id: 2, text: 'The customs data format differs between both sides' },
  { id: 3, text: 'Land for the pylons waits for the resettlement site' },
];

describe('what an officer is asked about', () => {
  const ranked = (...scores: [number, number | null][]) =>
    scores.map(([score, sharedId], id) => ({ id, score, sharedId }));

  it('is at most three, the best first', () => {
    const asked = worthAsking(ranked([1.9, null], [1.2, null], [0.9, null], [0.8, null]));
    expect(asked.map((each) => each.id)).toEqual([0, 1, 2]);
  });

  it('is nothing below the stated score', () => {
    expect(worthAsking(ranked([0.25, null], [0.249, null]))).toHaveLength(1);
    expect(worthAsking(ranked([0.2, null], [0.1, 7]))).toEqual([]);
  });

  it('is one report of each shared obstacle, its best', () => {
    const asked = worthAsking(ranked([1.9, 3], [1.2, 3], [0.9, null], [0.8, 4], [0.7, 3]));
    expect(asked.map((each) => each.id)).toEqual([0, 2, 3]);
  });
});

describe('reports like another', () => {
  it('come best first, and what shares nothing is left out', () => {
    const ranked = rankBySameness('The resettlement site for the reservoir is not ready', REPORTS, 5);
    expect(ranked.map((each) => each.id).slice(0, 2)).toEqual([3, 1]);
    expect(ranked.map((each) => each.score)).toEqual(ranked.map((each) => each.score).toSorted((a, b) => b - a));
    expect(rankBySameness('xyzzy', REPORTS, 5)).toEqual([]);
  });

  it('are no more than asked for', () => {
    expect(rankBySameness('site', REPORTS, 1)).toHaveLength(1);
  });

  it.each([
    ['case and marks', 'CHUA CO KHU TAI DINH CU', 'Chưa có khu tái định cư'],
    ['tashkeel and the forms of alef', 'لَمْ يُتَّفَقْ عَلَى سِعْرِ الْأَرْضِ', 'لم يتفق على سعر الارض'],
  ])('are found across %s', (_what, typed, known) => {
    const [first] = rankBySameness(typed, [{ id: 1, text: known }], 1);
    expect(first?.score).toBeCloseTo(2);
  });

  it('score 0 to 2, the same text highest, whatever people write', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, others) => {
        const ranked = rankBySameness(
          text,
          [text, ...others].map((each, id) => ({ id, text: each })),
          100,
        );
        for (const { score } of ranked) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(2 + 1e-9);
        }
        const own = ranked.find((each) => each.id === 0);
        if (own) expect(own.score).toBeCloseTo(ranked[0]?.score ?? 0);
      }),
    );
  });
});
