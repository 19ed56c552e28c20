import { later } from '../use-cases/zoned.ts';
import type { Attempt, Claimed, Outbox } from './ports.ts';

/** A lease outlasts every client's time-out, so that nobody repeats what may still be under way. */
const LEASE_SECONDS = 90;
/**
 * No call is begun so shortly before its lease ends: its answer would come when another has taken it up, whose clock may be
 * ahead by a minute. Slack's and Discord's clients wait 15 s for an answer.
 */
const CALL_SECONDS = 60 + 20;
/** The answer that a lease is longer may itself take longer than that. */
const MOST_EXTENDED = 10;

export const leaseFrom = (now: string): string => later(now, { seconds: LEASE_SECONDS });

export const attemptOf = (worker: string, { attempts }: Claimed): Attempt => ({ worker, attempts });

/** Until when each delivery in hand is this worker's. */
export function createLeases(parts: {
  readonly outbox: Pick<Outbox, 'extend'>;
  readonly worker: string;
  readonly now: () => string;
}) {
  const leases = new Map<Claimed, string>();
  return {
    take: (delivery: Claimed, now: string): void => void leases.set(delivery, leaseFrom(now)),
    drop: (delivery: Claimed): void => void leases.delete(delivery),
    /** The ids of what is in hand. */
    inHand: (): readonly number[] => [...leases.keys()].map(({ id }) => id),
    /** Where a slow database or a machine that slept has used up the lease, somebody else may be saying it by now. */
    async isStillOurs(delivery: Claimed): Promise<boolean> {
      for (let turn = 0; turn < MOST_EXTENDED; turn++) {
        const now = parts.now();
        const lastBegin = later(leases.get(delivery) ?? now, { seconds: -CALL_SECONDS });
        if (Date.parse(now) <= Date.parse(lastBegin)) return true;
        const until = leaseFrom(now);
        if (!(await parts.outbox.extend(delivery.id, attemptOf(parts.worker, delivery), now, until))) return false;
        leases.set(delivery, until);
      }
      // So slow is no database that anything should be said by: it is swept up, and looked for.
      return false;
    },
  };
}
