import { type CountedVerb, type Platform, PlatformError } from '../chat/platform.ts';
import { later } from '../use-cases/zoned.ts';

/**
 * A platform's word to wait holds for what it counts together: a verb in one conversation, or a verb wherever it is asked.
 * Whoever asks for the same before that is put off without asking, and whoever asks for another is not. Posting is counted
 * by conversation, where the delivery itself waits.
 */
export function createWaits(now: () => string) {
  const until = new Map<string, string>();
  return {
    /** `conversation`: where it is done; null where the verb is about none. */
    async asked<T>(
      platform: Platform,
      verb: CountedVerb,
      conversation: string | null,
      work: () => Promise<T>,
    ): Promise<T> {
      const place = platform.countsByConversation.includes(verb) ? conversation : null;
      const key = JSON.stringify([platform.name, verb, place]);
      const wait = Date.parse(until.get(key) ?? now()) - Date.parse(now());
      if (wait > 0) throw new PlatformError('later', 'rate-limited', { retryAfterMs: wait });
      until.delete(key);
      try {
        return await work();
      } catch (error) {
        if (error instanceof PlatformError && error.kind === 'later' && error.retryAfterMs !== undefined)
          until.set(key, later(now(), { milliseconds: Math.ceil(error.retryAfterMs) }));
        throw error;
      }
    },
  };
}
export type Waits = ReturnType<typeof createWaits>;
