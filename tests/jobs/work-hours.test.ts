import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/domain/calendar.ts';
import { workCalendar } from '../../src/domain/working-days.ts';
import type { House } from '../../src/use-cases/house.ts';
import type { OfficerView } from '../../src/use-cases/ports.ts';
import { workHoursOf } from '../../src/use-cases/work-hours.ts';
import { dayIn, instantOf } from '../../src/use-cases/zoned.ts';

const WORKED = [1, 2, 3, 4, 5];
const HOURS = { from: '08:00', until: '17:00' };
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const minute = fc.integer({ min: Date.parse('2024-01-01') / 60_000, max: Date.parse('2037-12-31') / 60_000 });
const iso = (minutes: number) => new Date(minutes * 60_000).toISOString();

it('working hours are those under way or the next, on a day that is worked on, in whichever zone', () => {
  fc.assert(
    fc.property(zone, minute, fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 9 }), (where, at, off) => {
      const now = iso(at);
      const today = dayIn(now, where);
      const holidays = new Set(off.map((days) => addDays(today, days)));
      const calendar = workCalendar({ weekdays: WORKED, holidays });
      const house = { clock: { now: () => now }, zone: 'Asia/Ho_Chi_Minh', rules: { workHours: HOURS } };
      const person = { zone: where } as unknown as OfficerView;
      const hours = workHoursOf(house as unknown as House, calendar, person);
      const [from, until] = [Date.parse(hours.from), Date.parse(hours.until)];
      expect(from).toBeLessThan(until);
      expect(from).toBeGreaterThanOrEqual(Date.parse(now));
      const day = dayIn(hours.until, where);
      expect(holidays.has(day) || !WORKED.includes(weekdayOf(day))).toBe(false);
      // The whole of it lies within that day's hours, and they end when they end there.
      expect(from).toBeGreaterThanOrEqual(Date.parse(instantOf(day, HOURS.from, where)));
      expect(hours.until).toBe(instantOf(day, HOURS.until, where));
      // Nobody waits while they work: a later beginning is the day's own, and no worked day lies between.
      if (from > Date.parse(now)) {
        expect(hours.from).toBe(instantOf(day, HOURS.from, where));
        for (let between = today; between < day; between = addDays(between, 1))
          if (!holidays.has(between) && WORKED.includes(weekdayOf(between)))
            expect(Date.parse(instantOf(between, HOURS.until, where))).toBeLessThanOrEqual(Date.parse(now));
      }
    }),
    { numRuns: 400 },
  );
});
