import { type Platform, PlatformError } from '../chat/platform.ts';
import { later } from '../use-cases/zoned.ts';

/** What a platform limits for the whole of it; posting it limits by channel, where the delivery itself waits. */
type Method = 'edit' | 'openDirect' | 'openConversation' | 'invite' | 'archive' | 'lookUp';

/**
 * A platform's word to wait holds for the method that it was said of: whoever asks for the same before that is put off
 * without asking, and whoever asks for another is not.
 */
export function createWaits(now: () => string) {
  const until = new Map<string, string>();
  return {
    async asked<T>(platform: Platform, method: Method, work: () => Promise<T>): Promise<T> {
      const key = `${platform.name}:${method}`;
      const wait = Date.parse(until.get(key) ?? now()) - Date.parse(now());
      if (wait > 0) throw new PlatformError('later', 'rate-limited', { retryAfterMs: wait });
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
