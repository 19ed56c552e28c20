import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  mondayOf,
  mondayOfWeek,
  nextMonday,
  weekdayOf,
  weekOf,
} from '../../src/domain/calendar.ts';

const days = fc.integer({ min: -30_000, max: 60_000 }).map((count) => addDays('2000-01-01', count));

describe('the calendar', () => {
  it.each([
    ['2024-12-30', '2025-W01'],
    ['2024-12-29', '2024-W52'],
    ['2025-11-17', '2025-W47'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ])('%s is in %s', (day, week) => {
    expect(weekOf(day)).toBe(week);
    expect(mondayOfWeek(week)).toBe(mondayOf(day));
  });

  it.each(['2025-W53', '2025-W00', '2025-W54', 'W47', '2025-47', ''])('there is no week %j', (week) => {
    expect(mondayOfWeek(week)).toBeNull();
  });

  it('counts leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
  });

  it('the next Monday is never the day itself', () => {
    expect(nextMonday('2025-11-17')).toBe('2025-11-24');
    expect(nextMonday('2025-11-16')).toBe('2025-11-17');
  });
});

describe('for every day', () => {
  it('adding and counting are each the other way round', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  it('its Monday is one, in the six days before it, and names the week it is in', () => {
    fc.assert(
      fc.property(days, (day) => {
        const monday = mondayOf(day);
        expect(weekdayOf(monday)).toBe(1);
        expect(daysBetween(monday, day)).toBe(weekdayOf(day) - 1);
        expect(mondayOfWeek(weekOf(day))).toBe(monday);
        expect(daysBetween(day, nextMonday(day))).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
