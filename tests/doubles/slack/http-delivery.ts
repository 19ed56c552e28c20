import { createHmac } from 'node:crypto';
import type { DoubleClock } from '../clock.ts';
import type { Deliver, Delivered, EnvelopeType } from './socket.ts';

/** The service waits three seconds for an answer, and repeats an event at once, after a minute and after five. */
const ANSWER_MS = 3000;
const REPEATS = [0, 60_000, 300_000] as const;

export interface RequestUrl {
  /** Where the app listens. */
  readonly url: string;
  readonly secret: string;
}

/** The service's half of HTTP mode: signed requests to the app's address, repeated where events go unanswered. */
export function createHttpDelivery(to: RequestUrl, clock: DoubleClock) {
  let open = 0;
  const planned = new Set<() => void>();

  const signed = (body: string, at: number, secret: string) => ({
    'x-slack-request-timestamp': String(Math.floor(at / 1000)),
    'x-slack-signature': `v0=${createHmac('sha256', secret)
      .update(`v0:${Math.floor(at / 1000)}:${body}`)
      .digest('hex')}`,
  });

  function encoded(type: EnvelopeType, body: Record<string, unknown>): { type: string; text: string } {
    if (type === 'events_api') return { type: 'application/json', text: JSON.stringify(body) };
    const form: Record<string, string> =
      type === 'interactive'
        ? { payload: JSON.stringify(body) }
        : Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]));
    return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
  }

  interface Sending {
    readonly retry?: { readonly num: number; readonly reason: string };
    /** Milliseconds that the signature is old. */
    readonly age?: number;
    readonly secret?: string;
  }

  /** One request; what came back, or why nothing did. */
  async function request(
    type: EnvelopeType,
    body: Record<string, unknown>,
    { retry, age = 0, secret = to.secret }: Sending = {},
  ): Promise<{ status: number; text: string; json: boolean } | 'http_timeout' | 'connection_failed'> {
    const content = encoded(type, body);
    const late = new AbortController();
    const cancel = clock.after(ANSWER_MS, () => late.abort());
    open += 1;
    try {
      const answer = await fetch(to.url, {
        method: 'POST',
        headers: {
          'content-type': content.type,
          ...signed(content.text, clock.now() - age, secret),
          ...(retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}),
        },
        body: content.text,
        signal: late.signal,
      });
      const json = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
      return { status: answer.status, text: await answer.text(), json };
    } catch {
      return late.signal.aborted ? 'http_timeout' : 'connection_failed';
    } finally {
      open -= 1;
      cancel();
    }
  }

  function payloadOf(answer: { text: string; json: boolean }): Readonly<Record<string, unknown>> {
    if (answer.text === '') return {};
    if (!answer.json) return { text: answer.text };
    const parsed: unknown = JSON.parse(answer.text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : { text: String(parsed) };
  }

  const deliver: Deliver = async (type, body): Promise<Delivered> => {
    for (let num = 0; ; num++) {
      const reason = num === 0 ? undefined : lastReason;
      const answer = await request(type, body, reason === undefined ? {} : { retry: { num, reason } });
      if (typeof answer === 'object' && answer.status === 200) return { ack: payloadOf(answer) };
      const failed = answer === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed';
      const wait = REPEATS[num];
      // Only events are sent again.
      if (type !== 'events_api' || wait === undefined) return { failed };
      lastReason = typeof answer === 'object' ? 'http_error' : answer;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(wait, () => {
          planned.delete(cancel);
          resolve();
        });
        planned.add(cancel);
      });
    }
  };
  let lastReason = 'http_error';

  return {
    deliver,
    request,
    /** Requests that are not answered yet. */
    waiting: (): number => open,
    close(): void {
      for (const cancel of planned) cancel();
    },
  };
}
export type HttpDelivery = ReturnType<typeof createHttpDelivery>;
