import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/domain/calendar.ts';
import { nextTick, parseSchedule, type Schedule, ticksBetween } from '../../src/jobs/schedule.ts';
import { dayIn } from '../../src/use-cases/zoned.ts';

const at = (text: string): Schedule => {
  const schedule = parseSchedule(text);
  if (!schedule) throw new Error(text);
  return schedule;
};
const instants = (schedule: Schedule, zone: string, after: string, until: string) =>
  ticksBetween(schedule, zone, after, until).map((tick) => tick.at);

describe('a schedule', () => {
  it.each([
    ['Mon 08:00', [1], '08:00'],
    ['Mon-Fri 08:30', [1, 2, 3, 4, 5], '08:30'],
    ['Mon,Thu 9:00', [1, 4], '09:00'],
    ['thu,mon,MON 23:59', [1, 4], '23:59'],
    ['Sun-Thu 08:30', [1, 2, 3, 4, 7], '08:30'],
    ['Fri-Mon 08:00', [1, 5, 6, 7], '08:00'],
    ['Mon-Sun 08:30', [1, 2, 3, 4, 5, 6, 7], '08:30'],
    ['Sun-Sat 08:30', [1, 2, 3, 4, 5, 6, 7], '08:30'],
    ['Wed-Wed 08:30', [3], '08:30'],
  ])('%s', (text, weekdays, time) => {
    expect(parseSchedule(text)).toEqual({ weekdays, time });
  });

  it.each(['', 'Mon', '08:00', 'Mon 24:00', 'Mon 08:60', 'Mon-Wed-Fri 08:00', 'Montag 08:00', 'Mon 8'])(
    '%j is none',
    (text) => {
      expect(parseSchedule(text)).toBeNull();
    },
  );

  it('keeps local time where it is summer elsewhere', () => {
    expect(instants(at('Mon 08:00'), 'Asia/Ho_Chi_Minh', '2025-11-14T00:00:00Z', '2025-11-17T01:00:00Z')).toEqual([
      '2025-11-17T01:00:00.000Z',
    ]);
  });

  it('takes a time that the clocks skip in spring as much later as they are put on', () => {
    // Berlin, 30 March 2025: 02:00 becomes 03:00.
    expect(instants(at('Sun 02:30'), 'Europe/Berlin', '2025-03-29T00:00:00Z', '2025-03-31T00:00:00Z')).toEqual([
      '2025-03-30T01:30:00.000Z',
    ]);
    expect(instants(at('Sun 08:00'), 'Europe/Berlin', '2025-03-29T00:00:00Z', '2025-03-31T00:00:00Z')).toEqual([
      '2025-03-30T06:00:00.000Z',
    ]);
  });

  it('keeps a time that the clocks skip at the end of a day, whenever it is looked for', () => {
    // Nuuk, 28 March 2026: 23:00 becomes 00:00 of the 29th.
    const [at2330, dayAfter] = ['2026-03-29T01:30:00.000Z', '2026-03-30T00:00:00Z'];
    expect(instants(at('Sat 23:30'), 'America/Nuuk', '2026-03-29T01:10:00Z', dayAfter)).toEqual([at2330]);
    expect(nextTick(at('Sat 23:30'), 'America/Nuuk', '2026-03-29T01:10:00Z')?.at).toBe(at2330);
  });

  it('takes the first of a time that comes twice in autumn', () => {
    // Berlin, 26 October 2025: 03:00 becomes 02:00.
    expect(instants(at('Sun 02:30'), 'Europe/Berlin', '2025-10-25T00:00:00Z', '2025-10-27T00:00:00Z')).toEqual([
      '2025-10-26T00:30:00.000Z',
    ]);
    // Between the two there is no second tick.
    expect(instants(at('Sun 02:30'), 'Europe/Berlin', '2025-10-26T00:30:00Z', '2025-10-26T03:00:00Z')).toEqual([]);
  });
});

const DAY = 86_400_000;
const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const schedules = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), fc.nat(23), fc.nat(59))
  .map(([weekdays, hour, minute]) => ({
    weekdays: weekdays.toSorted(),
    time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  }));
/** Any moment to come, and more often one near the end of a year or a month, a leap day or a change of clocks. */
const instant = fc.oneof(
  fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2037-12-31') }),
  fc
    .tuple(
      fc.constantFrom('2024-02-29', '2028-02-29', '2025-12-31', '2026-01-31', '2026-04-30', '2026-03-29', '2026-10-25'),
      fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 }),
    )
    .map(([day, offset]) => Date.parse(day) + offset),
);
const iso = (ms: number) => new Date(ms).toISOString();

/** Whether no clock of the zone ever shows this local time. */
function isSkipped(local: string, zone: string): boolean {
  const plain = Temporal.PlainDateTime.from(local);
  return !plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).toPlainDateTime().equals(plain);
}

describe('for every schedule, zone and span', () => {
  it('each planned day has one tick, on that day', () => {
    fc.assert(
      fc.property(schedules, zones, instant, fc.integer({ min: 0, max: 60 * DAY }), (schedule, zone, from, span) => {
        const [after, until] = [iso(from), iso(from + span)];
        const ticks = ticksBetween(schedule, zone, after, until);
        for (const tick of ticks) {
          // On its day at its time, or where the clocks skip that, later.
          const there = Temporal.Instant.from(tick.at).toZonedDateTimeISO(zone);
          const local = there.toPlainDateTime().toString({ smallestUnit: 'minute' });
          if (local !== tick.local) expect(isSkipped(tick.local, zone), `${zone} ${tick.local}`).toBe(true);
          expect(Date.parse(tick.at)).toBeGreaterThan(Date.parse(after));
          expect(Date.parse(tick.at)).toBeLessThanOrEqual(Date.parse(until));
        }
        expect(ticks.map((tick) => tick.at)).toEqual(ticks.map((tick) => tick.at).toSorted());
        expect(new Set(ticks.map((tick) => tick.local)).size).toBe(ticks.length);
        // Of the days that lie whole within the span none is left out, and none that is not planned is in.
        const planned = new Set(ticks.map((tick) => tick.day));
        for (let day = addDays(dayIn(after, zone), 1); day < dayIn(until, zone); day = addDays(day, 1))
          expect(planned.has(day), day).toBe(schedule.weekdays.includes(weekdayOf(day)));
      }),
    );
  });

  it('two spans have the ticks of the one they make, none twice', () => {
    fc.assert(
      fc.property(
        schedules,
        zones,
        instant,
        fc.integer({ min: 0, max: 30 * DAY }),
        fc.integer({ min: 0, max: 30 * DAY }),
        (schedule, zone, from, first, second) => {
          const [a, b, c] = [iso(from), iso(from + first), iso(from + first + second)];
          expect([...ticksBetween(schedule, zone, a, b), ...ticksBetween(schedule, zone, b, c)]).toEqual(
            ticksBetween(schedule, zone, a, c),
          );
        },
      ),
    );
  });

  it('the next tick is the first to come', () => {
    fc.assert(
      fc.property(schedules, zones, instant, (schedule, zone, from) => {
        expect(nextTick(schedule, zone, iso(from))).toEqual(
          ticksBetween(schedule, zone, iso(from), iso(from + 15 * DAY))[0],
        );
      }),
    );
  });
});
