import type { ServerResponse } from 'node:http';
import { RequestError } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { View } from './render.ts';
import type { ViewMessage } from './view-message.ts';

/** What a listening page is told. */
export type PageEvent =
  /** `said`: messages in its conversation that all its members see, as in Conversation. */
  | { readonly type: 'message'; readonly message: ViewMessage; readonly said: number }
  /** Something is being worked on; `view` null when it is over. */
  | {
      readonly type: 'working';
      readonly conversation: string;
      readonly turn: string;
      readonly view: View | null;
      readonly text: string | null;
    }
  /** The list of conversations changed: load it afresh. */
  | { readonly type: 'desk' }
  /** Somebody else was told something in private. */
  | { readonly type: 'elsewhere'; readonly person: string; readonly said: number }
  | { readonly type: 'clock'; readonly now: string };

/** The pages that listen, as server-sent events. */
export interface Events {
  listen(person: string, response: ServerResponse): void;
  /** Tells every page whose person `sees`, what `event` makes for them. */
  tell(make: (person: string) => PageEvent | null): void;
  close(): void;
}

export function createEvents(): Events {
  const listeners = new Map<ServerResponse, string>();
  const write = (response: ServerResponse, chunk: string) => {
    // A page that does not read is let go rather than kept in memory; it reconnects and loads afresh.
    if (response.writableLength > LIMITS.unreadBytes) response.destroy();
    else response.write(chunk);
  };
  const heartbeat = setInterval(() => {
    for (const response of listeners.keys()) write(response, ': here\n\n');
  }, LIMITS.heartbeatMs);
  heartbeat.unref();
  return {
    listen(person, response) {
      if (listeners.size >= LIMITS.listeners) throw new RequestError(503, 'too-many-pages');
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      listeners.set(response, person);
      response.on('close', () => listeners.delete(response));
    },
    tell(make) {
      for (const [response, person] of listeners) {
        const event = make(person);
        if (event) write(response, `data: ${JSON.stringify(event)}\n\n`);
      }
    },
    close() {
      clearInterval(heartbeat);
      for (const response of listeners.keys()) response.end();
      listeners.clear();
    },
  };
}
