import type { Relay } from '../outbox/relay.ts';
import type { Jobs } from './runner.ts';

/** Steps on the way that one move does at most: a year of daily jobs. */
const MOST_STEPS = 800;

/**
 * Moves a clock forward and does on the way what would have happened: at each planned time the jobs run and what they
 * promise is said, before the clock goes on. A time that is not later changes nothing.
 */
export async function moveClock(
  iso: string,
  parts: {
    readonly clock: { now(): string; set(iso: string): Promise<void> };
    readonly jobs: Jobs;
    readonly relay: Pick<Relay, 'settle'>;
  },
): Promise<void> {
  const target = new Date(iso).toISOString();
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = parts.jobs.next(parts.clock.now());
    if (next === null || Date.parse(next) > Date.parse(target)) break;
    await parts.clock.set(new Date(next).toISOString());
    await parts.jobs.knock();
    await parts.relay.settle();
  }
  if (Date.parse(target) > Date.parse(parts.clock.now())) await parts.clock.set(target);
  await parts.jobs.knock();
  await parts.relay.settle();
}
