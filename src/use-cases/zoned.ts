import { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { House } from './house.ts';

/** What was worked out before: a plan asks for the days of the same instants again and again, and a zone is slow to ask. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

function once(key: string, work: () => string): string {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = work();
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}

/** The calendar day of an instant in a zone. */
export const dayIn = (instant: string, zone: string): Day =>
  once(`${instant} ${zone}`, () => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());

/** Today, where the house is. */
export const todayOf = (house: Pick<House, 'clock' | 'zone'>): Day => dayIn(house.clock.now(), house.zone);

/** The instant of a local time in a zone. A time that a clock change skips is as much later as the clocks are put on; one that comes twice, the first. */
export const instantOf = (day: Day, time: string, zone: string): string =>
  once(`${day} ${time} ${zone}`, () =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
      .toInstant()
      .toString({ smallestUnit: 'millisecond' }),
  );

/** An instant some time later. */
export const later = (
  instant: string,
  { milliseconds = 0, seconds = 0, minutes = 0, hours = 0 }: Readonly<Partial<Record<Unit, number>>>,
): string =>
  new Date(Date.parse(instant) + milliseconds + 1000 * (seconds + 60 * (minutes + 60 * hours))).toISOString();

type Unit = 'milliseconds' | 'seconds' | 'minutes' | 'hours';

/** 'HH:MM' of an instant in a zone. */
export const timeIn = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
