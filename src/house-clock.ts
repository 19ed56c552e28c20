import type { MovableClock } from './connect.ts';

/** The house's clock: the real one, and as much later as a demonstration has moved it. */
export function createHouseClock(
  real: () => number,
): MovableClock & { offset: number; keep: (offset: number) => Promise<void> } {
  const clock = {
    /** Milliseconds ahead of the real clock. */
    offset: 0,
    /** Remembers the offset; set by `main.ts` once there is a database. */
    keep: async (_offset: number): Promise<void> => {},
    now: () => new Date(real() + clock.offset).toISOString(),
    async set(iso: string) {
      clock.offset = Date.parse(iso) - real();
      await clock.keep(clock.offset);
    },
  };
  return clock;
}
