import { setTimeout as delay } from 'node:timers/promises';
import { type Platform, PlatformError } from '../../../src/chat/platform.ts';

const MOST_TURNS = 60;

/**
 * A platform for a test that speaks by hand. What the service's rate puts off is asked again after the wait the service
 * names, as the relay does: the SDK counts by the second of the wall, whatever the clock of a test says.
 */
export function inTurn(platform: Platform): Platform {
  return new Proxy(platform, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name);
      if (typeof verb !== 'function') return verb;
      return (...given: unknown[]) => {
        const asked: unknown = verb.apply(target, given);
        return asked instanceof Promise ? untilItsTurn(asked, () => verb.apply(target, given)) : asked;
      };
    },
  });
}

async function untilItsTurn(first: Promise<unknown>, again: () => Promise<unknown>): Promise<unknown> {
  let asked = first;
  for (let turn = 1; ; turn += 1)
    try {
      return await asked;
    } catch (error) {
      const putOff = error instanceof PlatformError && error.code === 'rate-limited';
      if (!putOff || turn === MOST_TURNS) throw error;
      await delay(error.retryAfterMs ?? 1000);
      asked = again();
    }
}
