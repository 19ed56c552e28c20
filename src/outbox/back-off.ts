import { later } from '../use-cases/zoned.ts';

/** Faults of ours after which a delivery is given up and shown as refused. */
export const MOST_FAULTS = 12;

const MINUTE = 60_000;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * MINUTE;

/** Milliseconds to wait after so many attempts: doubling, at most a quarter of an hour, with up to a fifth of luck (0 to 1) so that many do not come back at once. */
export const backOff = (attempts: number, luck: number): number =>
  Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1)) * (1 + luck / 5));

/** When what has been in doubt since an instant is looked into again: after half the time that has passed, a minute at least and an hour at most; but not within so many milliseconds of a platform's wait. */
export function lookAgain(since: string, now: string, waitMs = 0): string {
  const passed = Date.parse(now) - Date.parse(since);
  const half = Math.min(Math.max(passed / 2, MINUTE), 60 * MINUTE);
  return later(now, { milliseconds: Math.ceil(Math.max(half, waitMs)) });
}
