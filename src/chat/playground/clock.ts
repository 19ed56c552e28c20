/** The house's time, which a demonstration may move forward. */
export interface PlaygroundClock {
  /** ISO instant, UTC. */
  now(): string;
  /** Resolves when everything that fell due on the way was done. */
  moveTo(iso: string): Promise<void>;
}

export interface ClockOffer {
  readonly name: 'hour' | 'tomorrow' | 'monday' | 'now';
  /** ISO instant. */
  readonly to: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Where the clock may be moved from `now`, on the wall of `zone` (IANA): an hour on, tomorrow 09:00, next Monday
 * 08:00, and the real present where it lies ahead. Never back.
 */
export function clockOffers(now: string, present: string, zone: string): readonly ClockOffer[] {
  const at = Date.parse(now);
  const wall = new Date(at + offsetOf(at, zone));
  const midnight = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  const mondayIn = (8 - wall.getUTCDay()) % 7;
  const thisMonday = midnight + mondayIn * DAY + 8 * HOUR;
  const monday = thisMonday > at + offsetOf(at, zone) ? thisMonday : thisMonday + 7 * DAY;
  const offers: ClockOffer[] = [
    { name: 'monday', to: instantOf(monday, zone) },
    { name: 'tomorrow', to: instantOf(midnight + DAY + 9 * HOUR, zone) },
    { name: 'hour', to: new Date(at + HOUR).toISOString() },
  ];
  if (Date.parse(present) > at) offers.push({ name: 'now', to: new Date(Date.parse(present)).toISOString() });
  return offers;
}

/** The instant at which the wall of `zone` shows `wall` (milliseconds as if UTC). */
function instantOf(wall: number, zone: string): string {
  const guess = wall - offsetOf(wall, zone);
  return new Date(wall - offsetOf(guess, zone)).toISOString();
}

/** Milliseconds that the wall of `zone` is ahead of UTC at an instant. */
function offsetOf(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}
