import { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { House } from './house.ts';

/** The calendar day of an instant in a zone. */
export const dayIn = (instant: string, zone: string): Day =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Today, where the house is. */
export const todayOf = (house: Pick<House, 'clock' | 'zone'>): Day => dayIn(house.clock.now(), house.zone);

/** The instant of a local time in a zone. A time that a clock change skips is the instant just after it; one that comes twice, the first. */
export const instantOf = (day: Day, time: string, zone: string): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });

/** An instant some time later. */
export const later = (
  instant: string,
  step: { minutes?: number; hours?: number; seconds?: number; milliseconds?: number },
): string => Temporal.Instant.from(instant).add(step).toString({ smallestUnit: 'millisecond' });

/** 'HH:MM' of an instant in a zone. */
export const timeIn = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
