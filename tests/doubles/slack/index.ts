/** A counterpart of Slack on 127.0.0.1: the Web API, Socket Mode, and people who type, press and fill in. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DoubleClock, realClock } from '../clock.ts';
import { createFaults } from './faults.ts';
import { createHttpDelivery, type HttpDelivery, type RequestUrl } from './http-delivery.ts';
import type { Args } from './method.ts';
import { createSocket, type Deliver } from './socket.ts';
import { createUserActions } from './user-actions.ts';
import { createWebApi } from './web-api.ts';
import { createWorkspace } from './workspace.ts';

/** The scopes an installation grants, as the app's manifest asks for them. */
export const SCOPES = [
  'commands',
  'chat:write',
  'channels:history',
  'channels:read',
  'groups:read',
  'groups:write',
  'groups:history',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
  'files:read',
  'files:write',
] as const;

export interface SlackDoubleOptions {
  /** Milliseconds since 1970; the real clock where absent. */
  readonly now?: () => number;
  /** What it waits with too: for acknowledgements and repetitions. */
  readonly clock?: DoubleClock;
  readonly scopes?: readonly string[];
  /** Milliseconds between its sockets' pings. */
  readonly beatMs?: number;
}

export async function openSlackDouble(options: SlackDoubleOptions = {}) {
  const clock = options.clock ?? realClock(options.now);
  const workspace = createWorkspace(clock.now);
  const faults = createFaults();
  const socket = createSocket(workspace.id, clock, options.beatMs);
  let http: HttpDelivery | null = null;
  const tokens = { bot: 'xoxb-double', app: 'xapp-double' };
  const scopes = new Set<string>(options.scopes ?? SCOPES);
  const calls: { method: string; args: Args }[] = [];
  let inFlight = 0;
  let base = '';
  const handle = createWebApi({
    workspace,
    faults,
    botToken: tokens.bot,
    appToken: tokens.app,
    scopes,
    calls,
    base: () => `${base}api/`,
    ticket: () => socket.ticket(base),
    socketMode: () => !socket.disabled(),
  });
  const server = createServer((request, response) => {
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
    });
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  server.on('upgrade', (request, connection, head) => socket.upgrade(request, connection, head));
  async function listen(port = 0): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    base = `http://127.0.0.1:${address.port}/`;
  }
  await listen();
  /** What has been handed in: how much, what is not acknowledged yet, and what was not in time. */
  const handed = { total: 0, waiting: 0, failed: [] as string[] };
  const deliver: Deliver = async (type, body) => {
    handed.total += 1;
    handed.waiting += 1;
    const delivered = await (http ?? socket).deliver(type, body);
    handed.waiting -= 1;
    if ('failed' in delivered) handed.failed.push(`${type} ${delivered.failed}`);
    return delivered;
  };

  return {
    handed,
    workspace,
    faults,
    socket,
    tokens,
    scopes,
    /** Every call of the Web API and every answer through a response_url, in order. */
    calls,
    apiUrl: `${base}api/`,
    users: createUserActions({
      workspace,
      deliver,
      base: () => base,
    }),
    /** From now on it delivers by signed requests to this address. */
    deliversTo(to: RequestUrl): HttpDelivery {
      http = createHttpDelivery(to, clock);
      return http;
    },
    /** Requests that are not answered yet, in either direction. */
    inFlight: () => inFlight + (http?.waiting() ?? 0),
    /** Goes away as a whole, and comes back at the same address. */
    async outage(): Promise<() => Promise<void>> {
      const { port } = server.address() as AddressInfo;
      socket.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      return () => listen(port);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      socket.close();
      http?.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type SlackDouble = Awaited<ReturnType<typeof openSlackDouble>>;
