import type { Luck } from './luck.ts';

/** What can go wrong with one step at the database. */
export const DATABASE_FAULTS = [
  'unreachable',
  'cut',
  'serialization',
  'commit-answer-lost',
  'crash-before',
  'crash-during',
  'crash-after',
] as const;
/** What can go wrong with one call of a platform. */
export const PLATFORM_FAULTS = [
  'rate-limited',
  'server-error',
  'timeout-before',
  'timeout-after',
  'dropped',
  'crash-before',
  'crash-after',
] as const;
/** What happens to the world between the steps. */
export const WORLD_FAULTS = [
  'platform-outage',
  'database-restart',
  'clock-jump',
  'downtime',
  'downtime-of-days',
  'person-left',
  'channel-archived',
] as const;
/** What makes a world harder without anything going wrong. */
export const CONDITIONS = ['two-instances', 'holidays', 'clock-change', 'year-end', 'other-zones'] as const;
export type DatabaseFault = (typeof DATABASE_FAULTS)[number];
export type PlatformFault = (typeof PLATFORM_FAULTS)[number];
export type WorldFault = (typeof WORLD_FAULTS)[number];
export type Condition = (typeof CONDITIONS)[number];

/** How bad it is: chosen by the seed, calm in the days before the count is made. */
export interface Weather {
  calm: boolean;
  /** Until when (ms) a platform does not answer at all. */
  outageUntil: number;
  /** Until when (ms) the database does not. */
  restartUntil: number;
  database(now: number): DatabaseFault | null;
  platform(now: number): PlatformFault | null;
  /** Counts one that was not drawn here. */
  note(fault: WorldFault | Condition): void;
  readonly faults: Readonly<Record<string, number>>;
}

/** `isLong`: of a world of more than some weeks. */
export function createWeather(luck: Luck, isLong: boolean): Weather {
  const faults: Record<string, number> = {};
  const count = <F extends string>(kind: F): F => {
    faults[kind] = (faults[kind] ?? 0) + 1;
    return kind;
  };
  // A third of the worlds are mild, a third rough, a third stormy; a year has its share of days of each.
  const rate = isLong ? 0.004 : luck.pick([0.002, 0.02, 0.06]);
  const crashes = luck.pick([0, 0.1, 0.3]);
  const draw = <F extends string>(kinds: readonly F[]): F | null => {
    if (weather.calm || !luck.chance(rate)) return null;
    const kind = luck.pick(kinds);
    if (kind.startsWith('crash') && !luck.chance(crashes)) return null;
    return count(kind);
  };
  const weather: Weather = {
    calm: false,
    outageUntil: 0,
    restartUntil: 0,
    faults,
    database: (now) => (now < weather.restartUntil ? count('unreachable') : draw(DATABASE_FAULTS)),
    platform: (now) => (now < weather.outageUntil ? count('dropped') : draw(PLATFORM_FAULTS)),
    note: (fault) => void count(fault),
  };
  return weather;
}
