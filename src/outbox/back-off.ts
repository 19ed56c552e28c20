/** Faults of ours after which a delivery is given up and shown as refused. */
export const MOST_FAULTS = 12;

const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;

/** Milliseconds to wait after so many attempts: doubling, at most a quarter of an hour, with up to a fifth of luck (0 to 1) so that many do not come back at once. */
export const backOff = (attempts: number, luck: number): number =>
  Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1)) * (1 + luck / 5));
