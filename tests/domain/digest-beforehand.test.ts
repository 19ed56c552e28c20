import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../src/calendars/public-holidays.ts';
import { addDays, type Day, mondayOf, weekdayOf } from '../../src/domain/calendar.ts';
import { MONDAY_TO_FRIDAY, type WorkCalendar, workCalendar } from '../../src/domain/working-days.ts';
import { comingDigests } from '../../src/use-cases/digest-beforehand.ts';

const DAILY = [1, 2, 3, 4, 5, 6, 7];
const house = (weekday: number, reminderDays: readonly number[] = DAILY) => ({
  digestAt: { weekday, time: '08:00' },
  reminderDays,
});

/** By the Monday of each digest's week, the days on which it is told of. */
function toldOn(parts: {
  readonly house: ReturnType<typeof house>;
  readonly calendar: WorkCalendar;
  readonly from: Day;
  readonly until: Day;
}): Map<Day, Day[]> {
  const told = new Map<Day, Day[]>();
  for (let day = parts.from; day <= parts.until; day = addDays(day, 1))
    for (const monday of comingDigests(parts.house, parts.calendar, day))
      told.set(monday, [...(told.get(monday) ?? []), day]);
  return told;
}

describe('a digest is told of beforehand', () => {
  it('on the Friday before a Monday', () => {
    expect(comingDigests(house(1), MONDAY_TO_FRIDAY, '2025-11-20')).toEqual([]);
    expect(comingDigests(house(1), MONDAY_TO_FRIDAY, '2025-11-21')).toEqual(['2025-11-24']);
    expect(comingDigests(house(1), MONDAY_TO_FRIDAY, '2025-11-22')).toEqual([]);
  });

  it('together with the next one where a rest is longer than a week', async () => {
    const { days } = (await publicHolidays('VN', 2026)) ?? { days: [] };
    const daysThat = (worked: boolean) =>
      new Set(days.filter((each) => each.worked === worked).map((each) => each.day));
    const calendar = workCalendar({ weekdays: [1, 2, 3, 4, 5], holidays: daysThat(false), worked: daysThat(true) });
    // The Friday before the week of Tết.
    expect(comingDigests(house(1), calendar, '2026-02-13')).toEqual(['2026-02-16', '2026-02-23']);
    const told = toldOn({ house: house(1), calendar, from: '2026-01-09', until: '2026-12-20' });
    for (let monday = '2026-01-12'; monday <= '2026-12-21'; monday = addDays(monday, 7))
      expect(told.get(monday), monday).toHaveLength(1);
    // Whoever works on the Saturday before it is told on that day.
    expect(told.get('2026-08-24')).toEqual(['2026-08-22']);
  });

  it('on the last workday with reminders, where none are sent on a Saturday that is worked', () => {
    const calendar = workCalendar({ weekdays: [1, 2, 3, 4, 5], worked: new Set(['2026-08-22']) });
    expect(comingDigests(house(1, [1, 2, 3, 4, 5]), calendar, '2026-08-21')).toEqual(['2026-08-24']);
    expect(comingDigests(house(1), calendar, '2026-08-21')).toEqual([]);
    expect(comingDigests(house(1), calendar, '2026-08-22')).toEqual(['2026-08-24']);
  });

  it('on one day, the last with reminders before it, whatever days are holidays, worked, or have none', () => {
    const someDays = (most: number) =>
      fc.array(fc.nat(60), { maxLength: most }).map((days) => new Set(days.map((each) => addDays('2026-02-01', each))));
    const weekdays = fc.subarray(DAILY, { minLength: 1 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        weekdays,
        weekdays,
        someDays(30),
        someDays(5),
        (weekday, work, reminders, holidays, worked) => {
          const calendar = workCalendar({ weekdays: work, holidays, worked });
          const isTold = (day: Day) => calendar.isWorkday(day) && reminders.includes(weekdayOf(day));
          const told = toldOn({ house: house(weekday, reminders), calendar, from: '2026-01-01', until: '2026-05-01' });
          for (let day = '2026-02-01'; day <= '2026-05-01'; day = addDays(day, 1)) {
            if (weekdayOf(day) !== weekday) continue;
            let last = addDays(day, -1);
            while (!isTold(last) && last > addDays(day, -60)) last = addDays(last, -1);
            const before = isTold(last) && last >= '2026-01-01' ? [last] : undefined;
            expect(told.get(mondayOf(day))).toEqual(before);
          }
        },
      ),
    );
  });
});
