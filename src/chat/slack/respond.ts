import { PlatformError } from '../platform.ts';
import type { KnownBlock } from './block-kit.ts';
import { bounded } from './bounded.ts';
import { LIMITS } from './limits.ts';
import { quiet } from './post.ts';

/** Milliseconds. */
const TIMEOUT = 10_000;

/** What goes to a response_url. */
export type ResponseBody =
  | {
      readonly response_type: 'ephemeral' | 'in_channel';
      readonly replace_original: boolean;
      readonly text: string;
      readonly blocks: KnownBlock[];
    }
  | { readonly delete_original: true };

/** Where an answer may be sent for a while: five times in half an hour. */
export interface ResponseUrl {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Answers through response_urls, counting their uses. */
export function createResponses(now: () => string) {
  const uses = bounded<number>(2000);
  return {
    /** How many answers are left. */
    left: (to: ResponseUrl | undefined): number =>
      to === undefined || Date.parse(now()) >= to.until ? 0 : LIMITS.responses - (uses.get(to.url) ?? 0),
    async send(to: ResponseUrl, body: ResponseBody): Promise<void> {
      uses.set(to.url, (uses.get(to.url) ?? 0) + 1);
      const answer = await fetch(to.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify('delete_original' in body ? body : { ...body, ...quiet }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      }).catch((error: unknown) => {
        throw new PlatformError('unknown', 'no-answer', { cause: error });
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new PlatformError('refused', 'response-expired');
    },
  };
}
export type Responses = ReturnType<typeof createResponses>;
