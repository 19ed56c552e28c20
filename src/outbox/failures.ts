import { PlatformError } from '../chat/platform.ts';
import { later } from '../use-cases/zoned.ts';
import { backOff, MOST_FAULTS } from './back-off.ts';
import type { Claimed, Settlement } from './ports.ts';
import type { RelayParts } from './relay.ts';

/** It is another's by now, who settles it, or has expired: what nobody keeps is swept up and settled. */
export const TAKEN_OVER = 'taken-over';
const MINUTE = 60_000;

/** What is needed to write down why a delivery was not made. */
interface FailureParts extends Pick<RelayParts, 'refuse' | 'now' | 'luck' | 'log'> {
  settle(delivery: Claimed, settlement: Settlement): Promise<void>;
  /** Whether it may have been said before. */
  isDoubtful(delivery: Claimed): boolean;
}

/** What becomes of a delivery that was not made: put off, looked for, or refused and told. */
export function createFailures(parts: FailureParts) {
  const { settle, log } = parts;
  const soon = (ms: number) => later(parts.now(), { milliseconds: Math.max(1, Math.round(ms)) });

  async function failed(delivery: Claimed, error: unknown): Promise<void> {
    if (error instanceof PlatformError) {
      const { code } = error;
      if (code === TAKEN_OVER) return;
      if (error.kind === 'refused') return refuse(delivery, code);
      if (error.kind === 'unknown') return settle(delivery, { state: 'in-doubt', error: code, lookAt: soon(MINUTE) });
      const notBefore = soon(error.retryAfterMs ?? backOff(delivery.attempts, parts.luck()));
      // A repetition that was only put off leaves the doubt as it was: by then nobody may recognise it any more.
      if (parts.isDoubtful(delivery)) return settle(delivery, { state: 'in-doubt', error: code, lookAt: notBefore });
      return settle(delivery, { state: 'pending', notBefore, error: code });
    }
    log.error({ delivery: delivery.id, kind: delivery.kind, error }, 'a delivery could not be made');
    if (isLastFault(delivery)) return refuse(delivery, 'fault');
    await comesBack(delivery);
  }

  /** What is said instead is promised with the refusal or not at all: where that fails, both are tried again. */
  async function refuse(delivery: Claimed, error: string): Promise<void> {
    try {
      await parts.refuse(delivery.id, error);
    } catch (cause) {
      log.error({ delivery: delivery.id, error: cause }, 'nothing could be said instead of a refused delivery');
      // A refused message was certainly not said. In the end that it was refused stays visible, though nothing else is said.
      await (isLastFault(delivery) ? settle(delivery, { state: 'refused', error }) : comesBack(delivery));
    }
  }

  const isLastFault = ({ faults }: Claimed): boolean => faults + 1 >= MOST_FAULTS;

  const comesBack = (delivery: Claimed): Promise<void> =>
    settle(delivery, {
      state: 'pending',
      notBefore: soon(backOff(delivery.faults + 1, parts.luck())),
      error: 'fault',
      fault: true,
    });

  return { failed, refuse };
}
