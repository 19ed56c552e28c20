import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import {
  addWorkdays,
  MONDAY_TO_FRIDAY,
  workCalendar,
  workdayFrom,
  workdaysBetween,
  workdayUntil,
} from '../../src/domain/working-days.ts';

/** The lunar new year of 2026, and a Friday that was swapped with a Saturday. */
const TET = workCalendar({
  weekdays: [1, 2, 3, 4, 5],
  holidays: new Set(['2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20']),
  worked: new Set(['2026-01-10']),
});
const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2025-01-01', days));

describe('workdays', () => {
  it.each([
    ['2026-02-13', 1, '2026-02-23'],
    ['2026-02-23', -1, '2026-02-13'],
    ['2026-02-18', 0, '2026-02-13'],
    ['2026-01-09', 1, '2026-01-10'],
    ['2026-01-01', 1, '2026-01-05'],
    ['2026-02-27', -14, '2026-02-02'],
  ])('from %s, %i: %s', (from, workdays, to) => {
    expect(addWorkdays(TET, from, workdays)).toBe(to);
  });

  it('the nearest on either side of a holiday', () => {
    expect(workdayFrom(TET, '2026-02-18')).toBe('2026-02-23');
    expect(workdayUntil(TET, '2026-02-18')).toBe('2026-02-13');
    expect(workdayFrom(TET, '2026-02-24')).toBe('2026-02-24');
  });

  it('are found again on the way back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, workdays) => {
        const to = addWorkdays(TET, from, workdays);
        expect(TET.isWorkday(to)).toBe(true);
        expect(workdaysBetween(TET, from, to)).toBe(workdays);
        expect(addWorkdays(TET, to, -workdays) <= from || TET.isWorkday(from)).toBe(true);
      }),
    );
  });

  it('without any, the day stays as it is', () => {
    const never = workCalendar({ weekdays: [] });
    expect(workdayFrom(never, '2026-02-18')).toBe('2026-02-18');
    expect(workdaysBetween(MONDAY_TO_FRIDAY, '2026-02-13', '2026-02-16')).toBe(1);
  });
});
