import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HEALTH_PATH, type HealthReport, healthAnswer } from '../connections.ts';
import type { Api, Query } from './api.ts';
import type { Assets } from './assets.ts';
import { RequestError } from './errors.ts';
import type { Events } from './events.ts';
import type { Guard } from './guard.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import type { Uploads } from './uploads.ts';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

export interface ServerParts {
  readonly api: Api;
  readonly assets: Assets;
  readonly guard: Guard;
  readonly events: Events;
  readonly uploads: Uploads;
  readonly log: Log;
  readonly health: (() => Promise<HealthReport>) | undefined;
}

/** The playground's HTTP server. Every turn in hand is counted, so that a stop can wait for it. */
export function createPageServer({ api, assets, guard, events, uploads, log, health }: ServerParts) {
  const inHand = new Set<Promise<void>>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    const query: Query = (name) => url.searchParams.get(name);
    const name = /^\/api\/([a-z]+)$/.exec(url.pathname)?.[1];
    if (name === undefined) {
      guard.host(request);
      if (url.pathname === HEALTH_PATH && health) {
        const { status, headers, body } = healthAnswer(await health());
        response.writeHead(status, { ...HEADERS, ...headers });
        return void response.end(body);
      }
      return page(url.pathname, response);
    }
    if (request.method === 'GET') {
      guard.reading(request);
      if (name === 'events') return events.listen((await api.be(query)).id, response);
      if (name === 'file') return file(await api.file(query), response);
      const read = Object.entries(api.get).find(([each]) => each === name)?.[1];
      if (!read) throw new RequestError(404, 'no-such-page');
      return json(response, 200, await read(query));
    }
    if (request.method !== 'POST') throw new RequestError(405, 'method');
    guard.writing(request);
    if (name === 'upload')
      return json(response, 200, uploads.add(query('name') ?? 'file', await bodyOf(request, LIMITS.uploadBytes)));
    const body: unknown = parseJson(await bodyOf(request, LIMITS.requestBytes));
    if (name === 'clock') return json(response, 200, await api.moveClock(body));
    const turn = Object.entries(api.post).find(([each]) => each === name)?.[1];
    if (!turn) throw new RequestError(404, 'no-such-page');
    const came = await turn(body);
    await json(response, 200, await api.answered(came));
    // The page went away before it could open the form.
    if (!response.writableFinished) await came.keep();
    return;
  }

  function page(pathname: string, response: ServerResponse): void {
    if (pathname === '/') {
      response.writeHead(200, {
        ...HEADERS,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'set-cookie': guard.cookie,
      });
      response.end(assets.page(guard.token));
      return;
    }
    const asset = assets.get(pathname);
    if (!asset) throw new RequestError(404, 'no-such-page');
    response.writeHead(200, { ...HEADERS, 'content-type': asset.type, 'cache-control': 'no-cache' });
    response.end(asset.body);
  }

  function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (!(error instanceof RequestError))
      log.error({ error, url: request.url?.split('?')[0] }, 'a request of the playground failed');
    if (response.headersSent || response.destroyed) return void response.destroy();
    const { status, code } = error instanceof RequestError ? error : new RequestError(500, 'failed');
    // A body that was too long is not read to its end.
    if (status === 413) response.setHeader('connection', 'close');
    void json(response, status, { error: code });
  }

  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    const work = answer(request, response)
      .catch((error: unknown) => fail(error, request, response))
      .finally(() => inHand.delete(work));
    inHand.add(work);
  });

  return {
    server,
    /** Listens on the first free port from `port` upwards, on loopback alone; resolves to the port. */
    listen: (port: number, host: string) => listenFrom(server, port, host),
    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      events.close();
      await Promise.allSettled(inHand);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listenFrom(server: Server, first: number, host: string): Promise<number> {
  for (let port = first; ; port++) {
    const taken = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      const settle = (error: NodeJS.ErrnoException | null) => {
        server.off('error', settle).off('listening', listening);
        resolve(error);
      };
      const listening = () => settle(null);
      server.once('error', settle).once('listening', listening).listen(port, host);
    });
    if (taken === null) return (server.address() as AddressInfo).port;
    if (taken.code !== 'EADDRINUSE' || port - first + 1 >= LIMITS.ports) throw taken;
  }
}

/** Resolves when it is handed over, or when nobody is there to take it. */
function json(response: ServerResponse, status: number, body: unknown): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  const over = new Promise<void>((resolve) => response.once('close', resolve));
  response.writeHead(status, {
    ...HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
  return over;
}

/** Pictures are shown, everything else is saved: a file never becomes a page of this origin. */
function file(block: { name: string; type: string; bytes: Uint8Array }, response: ServerResponse): void {
  const shown = ['image/png', 'image/jpeg'].includes(block.type);
  response.writeHead(200, {
    ...HEADERS,
    'content-type': shown ? block.type : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(block.name)}`,
    'cache-control': 'no-store',
  });
  response.end(block.bytes);
}

/** The target as it was asked for; one that is no path is nobody's. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(`http://playground${url}`);
  } catch {
    throw new RequestError(400, 'invalid');
  }
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new RequestError(413, 'too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new RequestError(400, 'invalid');
  }
}
