import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, weekdayOf } from '../../src/domain/calendar.ts';
import {
  type Owed,
  type OwedKind,
  type Postponed,
  planReminders,
  type Reminded,
  type ReminderRules,
} from '../../src/domain/reminder-plan.ts';
import { type Replaceable, whoAnswers } from '../../src/domain/stand-in.ts';
import { addWorkdays, MONDAY_TO_FRIDAY, type WorkCalendar, workCalendar } from '../../src/domain/working-days.ts';

const RULES: ReminderRules = {
  perMessage: 5,
  silentDays: 30,
  longOverdueDays: 90,
  before: [14, 7, 2],
  digestWeekday: 1,
  budget: 12,
  perThing: 6,
  windowDays: 30,
};
const MONDAY = '2025-11-17';
const TUESDAY = '2025-11-18';
const LAN: Replaceable = { id: 1, standInId: 2, awayFrom: null, awayUntil: null };
const BINH: Replaceable = { id: 2, standInId: null, awayFrom: null, awayUntil: null };
const away = (person: Replaceable, from: string, until: string) => ({ ...person, awayFrom: from, awayUntil: until });

const owed = (commitmentId: number, more: Partial<Owed> = {}): Owed => ({
  key: `C-${commitmentId}`,
  kind: 'due',
  commitmentId,
  holderId: 1,
  dueEnd: null,
  since: MONDAY,
  ...more,
});

interface Wish {
  readonly people?: readonly Replaceable[];
  readonly postponed?: readonly Postponed[];
  readonly sent?: readonly Reminded[];
  readonly since?: Day;
  readonly calendar?: WorkCalendar;
  readonly rules?: Partial<ReminderRules>;
  readonly beforehand?: ReadonlySet<number>;
}
const plan = (today: Day, things: readonly Owed[], wish: Wish = {}) =>
  planReminders({
    owed: things,
    people: wish.people ?? [LAN, BINH],
    postponed: wish.postponed ?? [],
    sent: wish.sent ?? [],
    since: wish.since ?? addDays(today, -1),
    today,
    calendar: wish.calendar ?? MONDAY_TO_FRIDAY,
    rules: { ...RULES, ...wish.rules },
    ...(wish.beforehand ? { beforehand: wish.beforehand } : {}),
  });
/** What each person is reminded of on a day; the plan before was made the day before. */
const on = (today: Day, things: readonly Owed[], wish: Wish = {}) =>
  plan(today, things, wish).reminders.map((each) => [each.officerId, each.things.map((thing) => thing.key)]);

describe('a due date is spoken of', () => {
  it.each([14, 7, 2, 0, -1])('%i workdays before its end', (workdays) => {
    const dueEnd = addWorkdays(MONDAY_TO_FRIDAY, TUESDAY, workdays);
    expect(on(TUESDAY, [owed(1, { dueEnd })])).toEqual([[1, ['C-1']]]);
  });

  it.each([15, 13, 8, 6, 3, 1, -2])('not %i workdays before its end on a Tuesday', (workdays) => {
    const dueEnd = addWorkdays(MONDAY_TO_FRIDAY, TUESDAY, workdays);
    expect(on(TUESDAY, [owed(1, { dueEnd })])).toEqual([]);
  });

  it('on the last workday until it, where it ends in a week-end', () => {
    expect(on('2025-11-21', [owed(1, { dueEnd: '2025-11-23' })])).toEqual([[1, ['C-1']]]);
  });

  it('weekly with the digest while it is overdue', () => {
    expect(on(MONDAY, [owed(1, { dueEnd: '2025-10-31' })])).toEqual([[1, ['C-1']]]);
    expect(on(TUESDAY, [owed(1, { dueEnd: '2025-10-31' })])).toEqual([]);
  });

  it('of a milestone as of the whole', () => {
    const milestone = owed(1, { key: 'C-1/2', kind: 'milestone', dueEnd: addWorkdays(MONDAY_TO_FRIDAY, TUESDAY, 2) });
    expect(on(TUESDAY, [milestone])).toEqual([[1, ['C-1/2']]]);
  });
});

describe('what has no date', () => {
  it.each<[OwedKind, Day, readonly Day[]]>([
    ['report', '2025-10-18', ['2025-11-18', '2025-11-24', '2025-12-01']],
    ['assignment', '2025-11-14', ['2025-11-18', '2025-11-24', '2025-12-01']],
    ['returned', '2025-11-14', ['2025-11-18', '2025-11-24', '2025-12-01']],
    ['verification', '2025-11-14', ['2025-11-18', '2025-11-24', '2025-12-01']],
    ['approval', '2025-11-14', ['2025-11-17', '2025-11-19', '2025-11-24', '2025-12-01']],
  ])('%s since %s', (kind, since, days) => {
    const said: Day[] = [];
    for (let day = '2025-11-15'; day <= '2025-12-01'; day = addDays(day, 1))
      if (on(day, [owed(1, { kind, since })]).length > 0) said.push(day);
    expect(said).toEqual(days);
  });

  it('is with the approver once it is long overdue, weekly', () => {
    const long = owed(1, { kind: 'long-overdue', holderId: 2, dueEnd: '2025-08-19' });
    expect(on(TUESDAY, [long])).toEqual([[2, ['C-1']]]);
    expect(on('2025-11-19', [long])).toEqual([]);
    expect(on('2025-11-24', [long])).toEqual([[2, ['C-1']]]);
  });
});

describe('a holiday', () => {
  const rest = workCalendar({ weekdays: [1, 2, 3, 4, 5], holidays: new Set([MONDAY]) });

  it('is nobody’s day for messages, and the day after it says what was due', () => {
    const late = owed(1, { dueEnd: '2025-10-31' });
    expect(on(MONDAY, [late], { calendar: rest })).toEqual([]);
    expect(on(TUESDAY, [late], { calendar: rest })).toEqual([[1, ['C-1']]]);
    expect(on('2025-11-19', [late], { calendar: rest })).toEqual([]);
  });

  it('and a day missed lose nothing', () => {
    expect(on('2025-11-20', [owed(1, { dueEnd: TUESDAY })], { since: '2025-11-14' })).toEqual([[1, ['C-1']]]);
  });
});

describe('a message', () => {
  it('has the most urgent first and no more than fit, and counts the others', () => {
    const things = [30, 20, 10, 5, 40, 50, 60].map((late, at) => owed(at + 1, { dueEnd: addDays(MONDAY, -late) }));
    const [first] = plan(MONDAY, things).reminders;
    expect(first?.things.map((each) => each.commitmentId)).toEqual([7, 6, 5, 1, 2]);
    expect(first?.others).toEqual([3, 4]);
  });

  it('asks for a decision where something else of the same commitment is more urgent', () => {
    const overdue = owed(1, { dueEnd: '2025-11-10' });
    const report = owed(1, { kind: 'approval', since: '2025-11-12' });
    expect(plan(MONDAY, [overdue, report]).reminders).toMatchObject([{ things: [{ kind: 'approval' }], others: [] }]);
  });

  it('takes along what waits though it did not cause it', () => {
    const causes = owed(1, { dueEnd: addWorkdays(MONDAY_TO_FRIDAY, TUESDAY, 7) });
    expect(on(TUESDAY, [causes, owed(2, { dueEnd: '2025-10-31' })])).toEqual([[1, ['C-2', 'C-1']]]);
  });

  it('goes to the stand-in while the officer is away, and back after', () => {
    const late = owed(1, { dueEnd: '2025-10-31' });
    const people = [away(LAN, '2025-11-10', '2025-11-20'), BINH];
    expect(plan(MONDAY, [late], { people }).reminders).toMatchObject([{ officerId: 2, standingInFor: [1] }]);
    expect(on('2025-11-24', [late], { people })).toEqual([[1, ['C-1']]]);
  });

  it('leaves out what was postponed, until its day', () => {
    const late = [owed(1, { dueEnd: '2025-10-31' }), owed(2, { dueEnd: '2025-10-30' })];
    const postponed = [{ commitmentId: 1, officerId: 1, until: '2025-11-19' }];
    expect(on(MONDAY, late, { postponed })).toEqual([[1, ['C-2']]]);
    expect(on('2025-11-19', late, { postponed })).toEqual([[1, ['C-2', 'C-1']]]);
    // A day that is not worked on is moved to the next that is.
    const saturday = [{ commitmentId: 1, officerId: 1, until: '2025-11-22' }];
    expect(on('2025-11-24', late.slice(0, 1), { postponed: saturday, rules: { digestWeekday: 3 } })).toEqual([
      [1, ['C-1']],
    ]);
  });
});

describe('cap and budget', () => {
  const sentOn = (days: readonly Day[], keys: readonly string[]): Reminded[] =>
    days.map((day) => ({ officerId: 1, day, keys }));
  const days = (count: number) => Array.from({ length: count }, (_, at) => addDays('2025-11-01', at));

  it('a thing named often enough causes nothing and is counted with the others', () => {
    const late = [owed(1, { dueEnd: '2025-10-31' }), owed(2, { dueEnd: '2025-11-14' })];
    const sent = sentOn(days(6), ['C-1']);
    expect(plan(MONDAY, late.slice(0, 1), { sent }).unsent).toEqual([{ officerId: 1, why: 'cap', things: 1 }]);
    expect(plan(MONDAY, late, { sent }).reminders).toMatchObject([{ things: [{ key: 'C-2' }], others: [1] }]);
  });

  it('what rides along leaves its cap to its own days', () => {
    const due = '2025-12-19';
    // Four others, each with its own day (seven workdays before its end) in the fortnight before: all five fit a message.
    const others = [12, 11, 9, 8].map((before, at) =>
      owed(at + 2, { dueEnd: addWorkdays(MONDAY_TO_FRIDAY, due, 7 - before) }),
    );
    const things = [owed(1, { dueEnd: due }), ...others];
    const sent: Reminded[] = [];
    for (let day = '2025-11-24'; day <= '2025-12-22'; day = addDays(day, 1))
      for (const { things: named } of plan(day, things, { sent, rules: { budget: 40 } }).reminders)
        sent.push({ officerId: 1, day, keys: named.map(({ key }) => key) });
    const named = sent.filter(({ keys }) => keys.includes('C-1')).map(({ day }) => day);
    const own = [14, 7, 2, 0, -1].map((before) => addWorkdays(MONDAY_TO_FRIDAY, due, -before));
    expect(named).toEqual(expect.arrayContaining(own.slice(1)));
    expect(named.length).toBeLessThanOrEqual(RULES.perThing);
  });

  it.each<[string, Partial<Owed>, number]>([
    ['far: a report', { kind: 'report', since: '2025-10-01' }, 8],
    ['near: a week before', { dueEnd: addWorkdays(MONDAY_TO_FRIDAY, MONDAY, 7) }, 10],
    ['pressing: overdue', { dueEnd: '2025-11-14' }, 12],
  ])('%s', (_, thing, last) => {
    const with_ = (count: number) => plan(MONDAY, [owed(1, thing)], { sent: sentOn(days(count), ['C-9']) });
    expect(with_(last - 1).reminders).toHaveLength(1);
    expect(with_(last)).toEqual({ reminders: [], unsent: [{ officerId: 1, why: 'budget', things: 1 }] });
  });
});

it('the stand-in answers, unless they are away too', () => {
  const people = new Map([LAN, away(BINH, MONDAY, MONDAY)].map((each) => [each.id, each]));
  expect(whoAnswers(away(LAN, MONDAY, TUESDAY), people, MONDAY).id).toBe(1);
  expect(whoAnswers(away(LAN, MONDAY, TUESDAY), people, TUESDAY).id).toBe(2);
});

const KINDS: readonly OwedKind[] = [
  'due',
  'milestone',
  'report',
  'assignment',
  'returned',
  'approval',
  'verification',
  'disowned',
  'long-overdue',
];
const someDay = fc.integer({ min: -120, max: 150 }).map((days) => addDays('2026-01-01', days));
const someThing = fc.record({
  kind: fc.constantFrom(...KINDS),
  commitmentId: fc.integer({ min: 1, max: 30 }),
  holderId: fc.integer({ min: 1, max: 3 }),
  dueEnd: someDay,
  since: someDay,
});
const someCalendar = fc
  .array(fc.integer({ min: 0, max: 149 }), { maxLength: 30 })
  .map((rest) =>
    workCalendar({ weekdays: [1, 2, 3, 4, 5], holidays: new Set(rest.map((days) => addDays('2026-01-01', days))) }),
  );

it('whatever the dates: one message a day, budget and cap kept, nobody on a holiday, nothing uncounted', () => {
  fc.assert(
    fc.property(
      fc.array(someThing, { maxLength: 60 }),
      someCalendar,
      fc.integer({ min: 1, max: 5 }),
      (raw, calendar, gap) => {
        const things = raw.map((each, at) => ({
          ...each,
          key: `K${at}`,
          dueEnd: ['due', 'milestone', 'long-overdue'].includes(each.kind) ? each.dueEnd : null,
        }));
        const people = [1, 2, 3].map((id): Replaceable => ({ id, standInId: null, awayFrom: null, awayUntil: null }));
        const sent: Reminded[] = [];
        let since = '2025-12-31';
        for (let day = '2026-01-01'; day < '2026-03-20'; day = addDays(day, 1 + (Number(day.slice(8)) % gap))) {
          // Before each digest some see their agency's part.
          const beforehand = new Set(weekdayOf(day) === 5 ? [1, 2] : []);
          const { reminders, unsent } = plan(day, things, { people, calendar, sent, since, beforehand });
          // Whatever a day has for somebody who was never written to is named, counted or held back.
          for (const due of plan(day, things, { people, calendar, since }).reminders) {
            const told = reminders.find((each) => each.officerId === due.officerId);
            const counted = told && [...told.things.map((each) => each.commitmentId), ...told.others].toSorted();
            const waiting = [...due.things.map((each) => each.commitmentId), ...due.others].toSorted();
            if (counted) expect(counted).toEqual(waiting);
            else expect(unsent.map((each) => each.officerId)).toContain(due.officerId);
          }
          expect(new Set(reminders.map((each) => each.officerId)).size).toBe(reminders.length);
          if (reminders.length > 0) expect(calendar.isWorkday(day)).toBe(true);
          for (const each of reminders) {
            if (!each.beforehand) expect(each.things.length).toBeGreaterThan(0);
            expect(each.things.length).toBeLessThanOrEqual(RULES.perMessage);
            sent.push({ officerId: each.officerId, day, keys: each.things.map((thing) => thing.key) });
            const window = sent.filter((one) => one.officerId === each.officerId && one.day > addDays(day, -30));
            expect(window.length).toBeLessThanOrEqual(RULES.budget);
            for (const { key } of each.things)
              expect(window.filter((one) => one.keys.includes(key)).length).toBeLessThanOrEqual(RULES.perThing);
          }
          since = day;
        }
      },
    ),
    { numRuns: 15 },
  );
});

describe('one workday before the digest', () => {
  const told = (wish: Wish, things: readonly Owed[] = []) =>
    plan('2025-11-21', things, { beforehand: new Set([1]), ...wish });

  it('who stands in it is written to, in one message with whatever the day has for them', () => {
    expect(told({}).reminders).toEqual([{ officerId: 1, things: [], others: [], standingInFor: [], beforehand: true }]);
    const due = owed(7, { dueEnd: '2025-11-21' });
    expect(told({}, [due]).reminders).toEqual([
      { officerId: 1, things: [due], others: [], standingInFor: [], beforehand: true },
    ]);
  });

  it('what waits besides rides along in it, or is counted', () => {
    const asked = owed(2, { kind: 'approval', since: '2025-11-10' });
    expect(told({}, [asked]).reminders).toMatchObject([{ things: [{ key: 'C-2' }], others: [] }]);
    const often = Array.from({ length: RULES.perThing }, (_, at) => ({
      officerId: 1,
      day: addDays('2025-11-05', at),
      keys: ['C-1'],
    }));
    const late = owed(1, { dueEnd: '2025-11-20' });
    expect(told({ sent: often }, [late]).reminders).toMatchObject([{ things: [], others: [1] }]);
  });

  it('as long as there is budget; what is not sent is counted', () => {
    const sent = Array.from({ length: RULES.budget }, (_, at) => ({
      officerId: 1,
      day: addDays('2025-11-01', at),
      keys: [],
    }));
    expect(told({ sent: sent.slice(1) }).reminders).toHaveLength(1);
    expect(told({ sent })).toEqual({ reminders: [], unsent: [{ officerId: 1, why: 'budget', things: 1 }] });
  });
});
