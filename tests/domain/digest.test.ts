import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { type DigestFacts, digestOf, partOf } from '../../src/domain/digest.ts';

const TODAY = '2025-11-17';
const DAYS = { today: TODAY, before: addDays(TODAY, -7) };
const RULES = { longOverdueDays: 90, dueSoonDays: 14, silentDays: 30 };
let ids = 0;
const item = (more: Partial<DigestFacts>): DigestFacts => ({
  id: ++ids,
  leadId: 1,
  flagship: false,
  obligor: 'us',
  dueEnd: null,
  doneOn: null,
  verified: false,
  lastWord: TODAY,
  registeredOn: '2025-01-01',
  newlyDone: false,
  ...more,
});
const sections = (items: readonly DigestFacts[]) => {
  const part = partOf(1, items, TODAY, RULES);
  return {
    overdue: part.overdue.map((each) => each.item.id),
    dueSoon: part.dueSoon.map((each) => each.item.id),
    silent: part.silent.map((each) => each.item.id),
    done: part.done.map((each) => each.id),
  };
};

describe("an agency's part", () => {
  it('has what is overdue first, the longest on top, and says which is long overdue', () => {
    const items = [item({ dueEnd: '2025-11-16' }), item({ dueEnd: '2025-01-31' }), item({ dueEnd: '2025-09-30' })];
    const part = partOf(1, items, TODAY, RULES);
    expect(part.overdue.map(({ days, long }) => [days, long])).toEqual([
      [290, true],
      [48, false],
      [1, false],
    ]);
  });

  it('has what is due within two weeks, today and the fourteenth day included', () => {
    const [today, last, after] = [
      item({ dueEnd: TODAY }),
      item({ dueEnd: addDays(TODAY, 14) }),
      item({ dueEnd: addDays(TODAY, 15) }),
    ];
    expect(sections([last, after, today]).dueSoon).toEqual([today.id, last.id]);
  });

  it('has what nobody spoke of for more than thirty days, each in one section only', () => {
    const silent = item({ lastWord: addDays(TODAY, -31) });
    const spoken = item({ lastWord: addDays(TODAY, -30) });
    const overdueAndSilent = item({ dueEnd: '2025-09-30', lastWord: '2025-01-01' });
    const soonAndSilent = item({ dueEnd: addDays(TODAY, 3), lastWord: '2025-01-01' });
    expect(sections([silent, spoken, overdueAndSilent, soonAndSilent])).toEqual({
      overdue: [overdueAndSilent.id],
      dueSoon: [soonAndSilent.id],
      silent: [silent.id],
      done: [],
    });
  });

  it('has what was verified since the digest before, whenever the work was done', () => {
    const fresh = item({ verified: true, newlyDone: true, doneOn: addDays(TODAY, -40), dueEnd: TODAY });
    const older = item({ verified: true, doneOn: addDays(TODAY, -1) });
    const claimed = item({ verified: false, doneOn: addDays(TODAY, -1) });
    expect(sections([fresh, older, claimed]).done).toEqual([fresh.id]);
  });
});

describe('the week', () => {
  it('compares with the week before, as far as its facts tell', () => {
    const items = [
      item({ dueEnd: addDays(TODAY, -8) }),
      item({ dueEnd: addDays(TODAY, -7) }),
      // Done long ago, and open in the eyes of the register until it was verified this week.
      item({ dueEnd: addDays(TODAY, -20), verified: true, newlyDone: true, doneOn: addDays(TODAY, -9) }),
      item({ dueEnd: addDays(TODAY, -20), verified: true, doneOn: addDays(TODAY, -9) }),
    ];
    const week = digestOf(items, DAYS, RULES);
    expect(week.counts['open-overdue']).toBe(2);
    expect(week.overdueLastWeek).toBe(2);
  });

  it('puts the agency with most overdue first, and flagships by how late they are', () => {
    const items = [
      item({ leadId: 1, dueEnd: '2025-11-01', flagship: true }),
      item({ leadId: 2, dueEnd: '2025-10-01', flagship: true }),
      item({ leadId: 2, dueEnd: '2025-11-10' }),
      item({ leadId: 3, flagship: true }),
    ];
    const week = digestOf(items, DAYS, RULES);
    expect(week.parts.map((part) => part.leadId)).toEqual([2, 1, 3]);
    expect(week.flagships.map((each) => each.days)).toEqual([47, 16]);
  });

  it('counts what partners owe while it is open', () => {
    const items = [
      item({ obligor: 'partner', dueEnd: '2025-10-01' }),
      item({ obligor: 'both' }),
      item({ obligor: 'partner', verified: true, doneOn: '2025-10-01' }),
      item({ obligor: 'us' }),
    ];
    expect(digestOf(items, DAYS, RULES).owedByPartners).toMatchObject({ all: 2, 'open-overdue': 1 });
  });
});

const day = fc.integer({ min: -400, max: 400 }).map((count) => addDays(TODAY, count));
const facts = fc
  .array(
    fc.record({
      leadId: fc.integer({ min: 1, max: 4 }),
      flagship: fc.boolean(),
      obligor: fc.constantFrom('us', 'partner', 'both'),
      dueEnd: fc.option(day),
      doneOn: fc.option(day),
      verified: fc.boolean(),
      newlyDone: fc.boolean(),
      lastWord: day,
      registeredOn: fc.constant('2020-01-01'),
    }),
  )
  // What is verified has its day: the register's own constraint.
  .map((all) =>
    all.map((each, at): DigestFacts => ({ ...each, verified: each.verified && each.doneOn !== null, id: at + 1 })),
  );

describe('for any register', () => {
  it('the parts add up to the whole, and nothing stands in two sections', () => {
    fc.assert(
      fc.property(facts, (items) => {
        const week = digestOf(items, DAYS, RULES);
        expect(week.parts.reduce((sum, part) => sum + part.counts.all, 0)).toBe(items.length);
        expect(week.parts.reduce((sum, part) => sum + part.overdue.length, 0)).toBe(week.counts['open-overdue']);
        for (const part of week.parts) {
          const named = [
            ...part.overdue.map((each) => each.item.id),
            ...part.dueSoon.map((each) => each.item.id),
            ...part.silent.map((each) => each.item.id),
            ...part.done.map((each) => each.id),
          ];
          expect(new Set(named).size).toBe(named.length);
        }
      }),
    );
  });
});
