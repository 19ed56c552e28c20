import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/domain/calendar.ts';
import { planReminders, type RemindedItem, type RemindedPerson, whoAnswers } from '../../src/domain/reminder-plan.ts';

const RULES = { perMessage: 5, silentDays: 30 };
const MONDAY = '2025-11-17';
const TUESDAY = '2025-11-18';
const LAN: RemindedPerson = { id: 1, standInId: 2, awayFrom: null, awayUntil: null };
const BINH: RemindedPerson = { id: 2, standInId: null, awayFrom: null, awayUntil: null };
const away = (person: RemindedPerson, from: string, until: string) => ({ ...person, awayFrom: from, awayUntil: until });

const item = (id: number, more: Partial<RemindedItem> = {}): RemindedItem => ({
  id,
  dueEnd: null,
  doneOn: null,
  verified: false,
  claimed: false,
  lastWord: MONDAY,
  officerId: 1,
  ...more,
});
/** What each person is reminded of on a day; the plan before was made the day before. */
const on = (
  today: string,
  items: readonly RemindedItem[],
  more: { people?: readonly RemindedPerson[]; snoozes?: Parameters<typeof planReminders>[2]; since?: string } = {},
) =>
  planReminders(
    items,
    more.people ?? [LAN, BINH],
    more.snoozes ?? [],
    more.since ?? addDays(today, -1),
    today,
    RULES,
  ).map((each) => [each.officerId, each.itemIds]);

describe('a reminder', () => {
  it.each([14, 7, 2, 0, -1])('comes %i days before the end', (days) => {
    expect(on(TUESDAY, [item(1, { dueEnd: addDays(TUESDAY, days) })])).toEqual([[1, [1]]]);
  });

  it.each([15, 13, 8, 6, 3, 1, -2])('does not come %i days before the end on a Tuesday', (days) => {
    expect(on(TUESDAY, [item(1, { dueEnd: addDays(TUESDAY, days) })])).toEqual([]);
  });

  it('comes on Mondays while it is overdue or silent', () => {
    const overdue = item(1, { dueEnd: '2025-10-31' });
    const silent = item(2, { lastWord: '2025-10-01' });
    const spoken = item(3, { lastWord: '2025-10-18' });
    expect(on(MONDAY, [overdue, silent, spoken])).toEqual([[1, [1, 2]]]);
    expect(on(TUESDAY, [overdue, silent])).toEqual([]);
  });

  it('loses no threshold to a week-end or a missed day', () => {
    const saturday = item(1, { dueEnd: '2025-11-15' });
    expect(on(MONDAY, [{ ...saturday, dueEnd: '2025-11-22' }], { since: '2025-11-14' })).toEqual([[1, [1]]]);
    expect(on(TUESDAY, [item(1, { dueEnd: '2025-10-31' })], { since: '2025-11-14' })).toEqual([[1, [1]]]);
  });

  it('has the most urgent first and no more than fit, and counts the others', () => {
    const items = [30, 20, 10, 5, 40, 50, 60].map((late, at) => item(at + 1, { dueEnd: addDays(MONDAY, -late) }));
    const [plan] = planReminders(items, [LAN], [], addDays(MONDAY, -1), MONDAY, RULES);
    expect(plan).toMatchObject({ itemIds: [7, 6, 5, 1, 2], others: 2 });
  });

  it('takes along what is urgent though it did not make it due', () => {
    const due = item(1, { dueEnd: addDays(TUESDAY, 7) });
    const overdue = item(2, { dueEnd: '2025-10-31' });
    expect(on(TUESDAY, [due, overdue])).toEqual([[1, [2, 1]]]);
  });

  it('asks nothing for what is claimed, verified or nobody’s', () => {
    const late = { dueEnd: '2025-10-31' };
    expect(
      on(MONDAY, [
        item(1, { ...late, claimed: true }),
        item(2, { ...late, verified: true, doneOn: '2025-11-01' }),
        item(3, { ...late, officerId: null }),
        item(4, { ...late, officerId: 99 }),
      ]),
    ).toEqual([]);
  });

  it('is postponed until its day, and comes back on it', () => {
    const overdue = item(1, { dueEnd: '2025-10-31' });
    const snoozes = [{ commitmentId: 1, officerId: 1, until: '2025-11-19' }];
    expect(on(MONDAY, [overdue], { snoozes })).toEqual([]);
    expect(on(TUESDAY, [overdue], { snoozes })).toEqual([]);
    expect(on('2025-11-19', [overdue], { snoozes })).toEqual([[1, [1]]]);
    expect(on('2025-11-20', [overdue], { snoozes })).toEqual([]);
  });

  it('comes back on the Monday after a day at the week-end', () => {
    const snoozes = [{ commitmentId: 1, officerId: 1, until: '2025-11-15' }];
    expect(on(MONDAY, [item(1, { dueEnd: addDays(MONDAY, 9) })], { snoozes, since: '2025-11-14' })).toEqual([[1, [1]]]);
  });

  it('goes to the stand-in while the officer is away, with whose it is', () => {
    const overdue = item(1, { dueEnd: '2025-10-31' });
    const people = [away(LAN, MONDAY, MONDAY), BINH];
    const plan = planReminders([overdue], people, [], addDays(MONDAY, -1), MONDAY, RULES);
    expect(plan).toEqual([{ officerId: 2, itemIds: [1], others: 0, standingInFor: [1] }]);
  });
});

describe('who answers', () => {
  const people = (...all: RemindedPerson[]) => new Map(all.map((each) => [each.id, each]));
  it.each([
    ['the officer who is there', LAN, BINH, 1],
    ['the stand-in of one who is away', away(LAN, '2025-11-17', '2025-11-21'), BINH, 2],
    ['on the last day away too', away(LAN, '2025-11-10', '2025-11-17'), BINH, 2],
    ['the officer, back again', away(LAN, '2025-11-10', '2025-11-16'), BINH, 1],
    ['the officer, where both are away', away(LAN, MONDAY, MONDAY), away(BINH, MONDAY, MONDAY), 1],
    ['the officer without a stand-in', { ...away(LAN, MONDAY, MONDAY), standInId: null }, BINH, 1],
  ])('%s', (_what, lan, binh, answers) => {
    expect(whoAnswers(lan, people(lan, binh), MONDAY).id).toBe(answers);
  });
});

const day = fc.integer({ min: -100, max: 100 }).map((count) => addDays(MONDAY, count));
const items = fc
  .array(
    fc.record({
      dueEnd: fc.option(day),
      claimed: fc.boolean(),
      lastWord: day,
      officerId: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((each, at) => item(at + 1, each)));
const people = fc
  .array(
    fc.record({
      standInId: fc.option(fc.integer({ min: 1, max: 3 })),
      awayFrom: fc.option(day),
      awayUntil: fc.option(day),
    }),
    {
      minLength: 3,
      maxLength: 3,
    },
  )
  .map((all) => all.map((each, at): RemindedPerson => ({ ...each, id: at + 1 })));

describe('for any office', () => {
  it('each person has one message at most, with distinct items of theirs', () => {
    fc.assert(
      fc.property(items, people, day, (all, staff, today) => {
        const plan = planReminders(all, staff, [], addDays(today, -1), today, RULES);
        expect(new Set(plan.map((each) => each.officerId)).size).toBe(plan.length);
        const named = plan.flatMap((each) => each.itemIds);
        expect(new Set(named).size).toBe(named.length);
        for (const each of plan) {
          expect(each.itemIds.length).toBeGreaterThan(0);
          expect(each.itemIds.length).toBeLessThanOrEqual(RULES.perMessage);
        }
      }),
    );
  });

  it('no Monday passes over what is overdue', () => {
    fc.assert(
      fc.property(items, people, day, (all, staff, some) => {
        const monday = addDays(some, 1 - weekdayOf(some));
        const plan = planReminders(all, staff, [], addDays(monday, -1), monday, { ...RULES, perMessage: 100 });
        const named = new Set(plan.flatMap((each) => each.itemIds));
        for (const each of all)
          if (each.dueEnd !== null && each.dueEnd < monday && !each.claimed && each.officerId !== null)
            expect(named.has(each.id)).toBe(true);
      }),
    );
  });
});
