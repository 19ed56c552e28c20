import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { APP } from './workspace.ts';

/** What became of an envelope: the acknowledgement's payload, or what the person is shown instead. */
export type Delivered =
  | { readonly ack: Readonly<Record<string, unknown>> }
  | { readonly failed: 'operation_timeout' | 'dispatch_failed' };

interface Waiting {
  readonly type: string;
  readonly body: Record<string, unknown>;
  attempt: number;
  done(result: Delivered): void;
}

/** The service waits three seconds for an acknowledgement, and repeats an event three times. */
const ACK_MS = 3000;
const ATTEMPTS = 3;

/** The Socket Mode half of the service. */
export function createSocket(id: (prefix: string) => string) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const unacknowledged = new Map<string, { waiting: Waiting; timer: NodeJS.Timeout }>();
  /** Events that found nobody; slash commands and presses are not kept. */
  const undelivered: Waiting[] = [];
  let turn = 0;
  let refusing = false;

  function accept(socket: WebSocket): void {
    open.add(socket);
    const beat = setInterval(() => socket.ping(), 10_000);
    socket.on('close', () => {
      clearInterval(beat);
      open.delete(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => acknowledged(String(data)));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.size,
        connection_info: { app_id: APP },
        debug_info: { host: 'double', approximate_connection_time: 18060 },
      }),
    );
    for (const waiting of undelivered.splice(0)) send(waiting);
  }

  function acknowledged(text: string): void {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null || !('envelope_id' in message)) return;
    const pending = unacknowledged.get(String(message.envelope_id));
    // Late or twice: the service takes no notice.
    if (!pending) return;
    unacknowledged.delete(String(message.envelope_id));
    clearTimeout(pending.timer);
    const payload = 'payload' in message && typeof message.payload === 'object' ? { ...message.payload } : {};
    pending.waiting.done({ ack: payload });
  }

  function send(waiting: Waiting): void {
    const sockets = [...open].filter((socket) => socket.readyState === socket.OPEN);
    const socket = sockets[turn++ % Math.max(sockets.length, 1)];
    if (!socket) {
      if (waiting.type === 'events_api') undelivered.push(waiting);
      else waiting.done({ failed: 'dispatch_failed' });
      return;
    }
    const envelope = id('env-');
    const timer = setTimeout(() => {
      unacknowledged.delete(envelope);
      if (waiting.type !== 'events_api') return waiting.done({ failed: 'operation_timeout' });
      waiting.attempt += 1;
      if (waiting.attempt > ATTEMPTS) return waiting.done({ failed: 'operation_timeout' });
      send(waiting);
    }, ACK_MS);
    unacknowledged.set(envelope, { waiting, timer });
    socket.send(
      JSON.stringify({
        envelope_id: envelope,
        type: waiting.type,
        payload: waiting.body,
        accepts_response_payload: waiting.type !== 'events_api',
        ...(waiting.attempt > 0 ? { retry_attempt: waiting.attempt, retry_reason: 'timeout' } : {}),
      }),
    );
  }

  return {
    /** A single-use address. */
    ticket(base: string): string {
      const ticket = id('ticket');
      tickets.add(ticket);
      return `${base.replace(/^http/, 'ws')}link/?ticket=${ticket}&app_id=${APP}`;
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || refusing) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    deliver: (
      type: 'events_api' | 'slash_commands' | 'interactive',
      body: Record<string, unknown>,
    ): Promise<Delivered> => new Promise((done) => send({ type, body, attempt: 0, done })),
    connections: (): number => open.size,
    /** Envelopes that are not acknowledged yet. */
    waiting: (): number => unacknowledged.size,
    /** Asks the client to come back on a new socket. */
    refresh(): void {
      for (const socket of open)
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'double' } }),
        );
    },
    /** Breaks every connection, as a network does. */
    cut(): void {
      for (const socket of open) socket.terminate();
    },
    refuse(value: boolean): void {
      refusing = value;
    },
    close(): void {
      for (const { timer } of unacknowledged.values()) clearTimeout(timer);
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}
export type Socket = ReturnType<typeof createSocket>;
