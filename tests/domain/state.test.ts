import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { countStates, daysOverdue, isLongOverdue, STATES, stateOf } from '../../src/domain/state.ts';

const open = (dueEnd: string | null) => ({ dueEnd, doneOn: null, verified: false });
const done = (dueEnd: string | null, doneOn: string, verified = true) => ({ dueEnd, doneOn, verified });

describe('the state of a commitment', () => {
  it.each([
    ['the last day of its period is still in term', open('2025-09-30'), '2025-09-30', 'open-in-term'],
    ['overdue begins the day after', open('2025-09-30'), '2025-10-01', 'open-overdue'],
    ['what is ongoing is never overdue', open(null), '2099-01-01', 'open-in-term'],
    ['done on the last day is on time', done('2025-09-30', '2025-09-30'), '2025-11-17', 'done-on-time'],
    ['done a day later is late', done('2025-09-30', '2025-10-01'), '2025-11-17', 'done-late'],
    ['done without an end is on time', done(null, '2025-10-01'), '2025-11-17', 'done-on-time'],
    ['claimed is not done', done('2025-09-30', '2025-09-20', false), '2025-11-17', 'open-overdue'],
    ['claimed is not done, in term either', done('2025-12-31', '2025-09-20', false), '2025-11-17', 'open-in-term'],
  ])('%s', (_what, facts, today, state) => {
    expect(stateOf(facts, today)).toBe(state);
  });

  it('counts days from the end of the period', () => {
    expect(daysOverdue('2025-09-30', '2025-11-17')).toBe(48);
    expect(daysOverdue('2025-09-30', '2025-09-30')).toBe(0);
    expect(daysOverdue('2025-12-31', '2025-11-17')).toBe(0);
    expect(daysOverdue(null, '2025-11-17')).toBe(0);
  });

  it('is long overdue past the threshold, not on it', () => {
    expect(isLongOverdue('2025-08-19', '2025-11-17', 90)).toBe(false);
    expect(isLongOverdue('2025-08-18', '2025-11-17', 90)).toBe(true);
  });
});

const day = fc.integer({ min: -400, max: 400 }).map((count) => addDays('2025-11-17', count));
const facts = fc.record({ dueEnd: fc.option(day), doneOn: fc.option(day), verified: fc.boolean() });

describe('for any register', () => {
  it('every commitment is in exactly one state, and they add up', () => {
    fc.assert(
      fc.property(fc.array(facts), day, (items, today) => {
        const counts = countStates(items, today);
        expect(counts.all).toBe(items.length);
        expect(STATES.reduce((sum, state) => sum + counts[state], 0)).toBe(items.length);
      }),
    );
  });

  it('what is overdue stays so until it is done', () => {
    fc.assert(
      fc.property(facts, day, fc.nat(300), (item, today, later) => {
        if (stateOf(item, today) === 'open-overdue') expect(stateOf(item, addDays(today, later))).toBe('open-overdue');
      }),
    );
  });
});
