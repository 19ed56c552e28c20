import { describe, expect, it } from 'vitest';
import {
  hasNews,
  platformOfGroup,
  proposeChair,
  type ReportFacts,
  sectorsConcerned,
  shouldCall,
  whichStays,
} from '../../src/domain/working-group.ts';

const TODAY = '2025-11-17';
const RULES = { minSectors: 3, windowDays: 180 };
let ids = 0;
const report = (sector: string, more: Partial<ReportFacts> = {}): ReportFacts => ({
  id: ++ids,
  sector,
  agencyId: 1,
  officerId: 1,
  commitmentId: 1,
  on: '2025-11-01',
  open: true,
  deciderId: null,
  ...more,
});

describe('whether a group is called', () => {
  it('needs enough distinct sectors', () => {
    expect(shouldCall([report('energy'), report('energy'), report('transport')], TODAY, RULES)).toBe(false);
    expect(shouldCall([report('energy'), report('trade'), report('transport')], TODAY, RULES)).toBe(true);
  });

  it('counts reports of the window, its first day included, that are still open', () => {
    const edge = '2025-05-21';
    const three = (on: string, open = true) => [report('energy', { on, open }), report('trade'), report('transport')];
    expect(shouldCall(three(edge), TODAY, RULES)).toBe(true);
    expect(shouldCall(three('2025-05-20'), TODAY, RULES)).toBe(false);
    expect(shouldCall(three(TODAY, false), TODAY, RULES)).toBe(false);
  });

  it('names each sector once, in order', () => {
    expect(sectorsConcerned([report('trade'), report('energy'), report('trade')], TODAY, RULES)).toEqual([
      'energy',
      'trade',
    ]);
  });
});

describe('the proposed chair', () => {
  it.each([
    [
      'whom most name as able to decide',
      [report('a', { deciderId: 7 }), report('b', { deciderId: 8 }), report('c', { deciderId: 8 })],
      8,
      'named-to-decide',
    ],
    [
      'though others have more reports',
      [report('a', { agencyId: 2 }), report('b', { agencyId: 2 }), report('c', { deciderId: 9 })],
      9,
      'named-to-decide',
    ],
    [
      'the agency with most reports, where nobody is named',
      [report('a', { agencyId: 3 }), report('b', { agencyId: 4 }), report('c', { agencyId: 4 })],
      4,
      'most-reports',
    ],
    [
      'between equals the one that was first',
      [report('a', { agencyId: 5 }), report('b', { agencyId: 6 })],
      5,
      'most-reports',
    ],
  ])('is %s', (_who, reports, agencyId, rule) => {
    expect(proposeChair(reports)).toEqual({ agencyId, rule });
  });

  it('is nobody without reports', () => {
    expect(proposeChair([])).toBeNull();
  });
});

describe('what was decided before', () => {
  it('is decided again only when a report has joined that was not weighed', () => {
    expect(hasNews([1, 2, 3], [])).toBe(true);
    expect(hasNews([1, 2, 3], [[1, 2, 3]])).toBe(false);
    expect(hasNews([1, 2], [[1, 2, 3]])).toBe(false);
    expect(hasNews([1, 2, 3, 4], [[1, 2, 3]])).toBe(true);
    expect(
      hasNews(
        [1, 2, 3, 4],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toBe(false);
  });
});

describe('two shared obstacles made one', () => {
  const shared = (id: number, hasGroup: boolean) => ({ id, hasGroup });
  it('are the one with the open group, else the older; with a group each, a person decides', () => {
    expect(whichStays(shared(1, false), shared(2, true))).toBe(2);
    expect(whichStays(shared(2, true), shared(1, false))).toBe(2);
    expect(whichStays(shared(2, false), shared(1, false))).toBe(1);
    expect(whichStays(shared(1, true), shared(2, true))).toBeNull();
  });
});

describe('where a group talks', () => {
  const on = (home: string | null, ...platforms: string[]) => ({ on: platforms, home });
  it.each([
    ['where most have an account', [on('a', 'a'), on('b', 'b'), on('b', 'a', 'b')], ['a', 'b'], 'b'],
    ['between equals, where more are written to', [on('b', 'a', 'b'), on('b', 'a', 'b')], ['a', 'b'], 'b'],
    ['else on the first connected', [on(null), on(null)], ['a', 'b'], 'a'],
    ['never on one that is not connected', [on('b', 'b')], ['a'], 'a'],
    ['nowhere, where nothing is connected', [on('a', 'a')], [], null],
  ])('%s', (_what, members, connected, expected) => {
    expect(platformOfGroup(members, connected)).toBe(expected);
  });
});
