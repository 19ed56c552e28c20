/** The service's time: what it counts with, and what it waits with. */
export interface DoubleClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something after so many milliseconds; the answer takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The machine's own time, or a `now` that is moved while waiting goes on as ever. */
export const realClock = (now: () => number = Date.now): DoubleClock => ({
  now,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
});

/** A time that stands still until it is moved: ten minutes pass at once, and what was due in them happens in order. */
export function movedClock(start: number) {
  let at = start;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => at,
    after(milliseconds: number, run: () => void) {
      const entry = { at: at + milliseconds, run };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    move(milliseconds: number): void {
      const end = at + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        waiting.delete(next);
        at = Math.max(at, next.at);
        next.run();
      }
      at = end;
    },
  };
}
