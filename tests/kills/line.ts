import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who stands beside the line between one bot and one service. Whoever does not come back holds it up. */
export interface Watcher {
  /** A message is about to be said. */
  saying(): Promise<void>;
  /** It was said, and the bot does not know yet. */
  said(): Promise<void>;
  /** The bot has been told. */
  told(): void;
}

export interface Line extends AsyncDisposable {
  /** The service's API as the bot reaches it. */
  readonly url: string;
}

/** The line of one bot to one service: every request goes through as it is; where messages are said, somebody watches. */
export async function openLine(target: string, says: RegExp, watcher: Watcher): Promise<Line> {
  const { hostname, port, pathname } = new URL(target);

  function pass(incoming: IncomingMessage, body: Buffer): Promise<{ head: IncomingMessage; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const outgoing = request({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
        read(answer).then((text) => resolve({ head: answer, body: text }), reject);
      });
      outgoing.once('error', reject).end(body);
    });
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const speaks = incoming.method === 'POST' && says.test(incoming.url ?? '');
    if (speaks) await watcher.saying();
    // Whoever asked was killed while it was held up: what never left the machine reaches nobody.
    if (response.destroyed) return;
    const { head, body: answer } = await pass(incoming, body);
    const done = speaks && head.statusCode === 200 && !/^\{"ok":false/.test(answer.subarray(0, 11).toString());
    if (done) await watcher.said();
    const { connection: _, 'transfer-encoding': __, ...headers } = head.headers;
    response.writeHead(head.statusCode ?? 502, headers);
    response.end(answer, () => {
      if (done) watcher.told();
    });
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(from: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
