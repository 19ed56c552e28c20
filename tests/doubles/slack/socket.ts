import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DoubleClock } from '../clock.ts';
import { APP } from './workspace.ts';

/** What became of an envelope: the acknowledgement's payload, or what the person is shown instead. */
export type Delivered =
  | { readonly ack: Readonly<Record<string, unknown>> }
  | { readonly failed: 'operation_timeout' | 'dispatch_failed' };

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';
/** Hands something in, however the app is connected. */
export type Deliver = (type: EnvelopeType, body: Record<string, unknown>) => Promise<Delivered>;

interface Waiting {
  readonly type: EnvelopeType;
  readonly body: Record<string, unknown>;
  attempt: number;
  done(result: Delivered): void;
}

/** The service waits three seconds for an acknowledgement, and repeats an event three times. */
const ACK_MS = 3000;
const ATTEMPTS = 3;
/** Sockets of one app. */
const MOST_SOCKETS = 10;
/** How often the service pings. */
const BEAT_MS = 10_000;

/** The Socket Mode half of the service. */
export function createSocket(id: (prefix: string) => string, clock: DoubleClock, beatMs = BEAT_MS) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const unacknowledged = new Map<string, { waiting: Waiting; cancel: () => void }>();
  /** Events that found nobody; slash commands and presses are not kept. */
  const undelivered: Waiting[] = [];
  const received: number[] = [];
  let turn = 0;
  let refusing = false;
  let disabled = false;
  let next: 'no answer' | 'no hello' | 'no pings' | null = null;
  /** Requests for a connection that nobody answers. */
  const unanswered: Duplex[] = [];
  let opened = 0;
  let beats = 0;
  let hellos = 0;
  /** Sockets that stand open and on which nothing is sent any more. */
  const silent = new WeakSet<WebSocket>();

  const disconnect = (socket: WebSocket, reason: string) =>
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'double' } }));

  function accept(socket: WebSocket): void {
    if (open.size >= MOST_SOCKETS) {
      disconnect(socket, 'too_many_websockets');
      socket.close();
      return;
    }
    open.add(socket);
    // Heartbeats are the connection's own and go on whatever the service's clock says.
    const beat = setInterval(() => {
      if (silent.has(socket)) return;
      beats += 1;
      socket.ping();
    }, beatMs);
    socket.on('close', () => {
      clearInterval(beat);
      open.delete(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => acknowledged(String(data)));
    const how = next;
    next = null;
    if (how !== null) silent.add(socket);
    if (how === 'no hello') return;
    hellos += 1;
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
    pending.cancel();
    const payload = 'payload' in message && typeof message.payload === 'object' ? { ...message.payload } : {};
    pending.waiting.done({ ack: payload });
  }

  function send(waiting: Waiting): void {
    const sockets = [...open].filter((socket) => socket.readyState === socket.OPEN);
    const at = turn++ % Math.max(sockets.length, 1);
    const socket = sockets[at];
    if (!socket) {
      if (waiting.type === 'events_api') undelivered.push(waiting);
      else waiting.done({ failed: 'dispatch_failed' });
      return;
    }
    received.push(at);
    const envelope = id('env-');
    const cancel = clock.after(ACK_MS, () => {
      unacknowledged.delete(envelope);
      if (waiting.type !== 'events_api') return waiting.done({ failed: 'operation_timeout' });
      waiting.attempt += 1;
      if (waiting.attempt > ATTEMPTS) return waiting.done({ failed: 'operation_timeout' });
      send(waiting);
    });
    unacknowledged.set(envelope, { waiting, cancel });
    if (silent.has(socket)) return;
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

  const deliver: Deliver = (type, body) => new Promise((done) => send({ type, body, attempt: 0, done }));

  return {
    /** A single-use address. */
    ticket(base: string): string {
      const ticket = id('ticket');
      opened += 1;
      tickets.add(ticket);
      return `${base.replace(/^http/, 'ws')}link/?ticket=${ticket}&app_id=${APP}`;
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
      if (next === 'no answer') {
        next = null;
        unanswered.push(socket);
        return;
      }
      if (!tickets.delete(ticket) || refusing) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    deliver,
    connections: (): number => open.size,
    /** Envelopes that are not acknowledged yet. */
    waiting: (): number => unacknowledged.size,
    /** Events that nobody was there to hear. */
    undelivered: (): number => undelivered.length,
    /** Which of the sockets got each envelope, in order. */
    received: (): readonly number[] => received,
    /** Asks the client to come back on a new socket; 'warning' comes some seconds before the others. */
    refresh(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
      for (const socket of open) disconnect(socket, reason);
    },
    /** Socket Mode is switched off (or on again) in the app's settings. */
    disable(value = true): void {
      disabled = value;
      if (value) for (const socket of open) disconnect(socket, 'link_disabled');
    },
    disabled: () => disabled,
    /** How often it has pinged. */
    beats: (): number => beats,
    /** How many sockets it has said hello on. */
    greeted: (): number => hellos,
    /** How many sockets were asked for. */
    opened: (): number => opened,
    /**
     * Every connection that is open now stays open, and nothing comes over it any more: 'says nothing' (it still answers
     * the client's pings, as whatever stands between may), or 'dead' (nobody is there). The service does not notice.
     */
    hush(how: 'says nothing' | 'dead'): void {
      for (const socket of open) {
        silent.add(socket);
        if (how === 'dead') socket.pause();
      }
    },
    /** The next request for a connection is never answered, or the connection never greeted, or nothing said on it but hello. */
    hushNext(how: 'no answer' | 'no hello' | 'no pings'): void {
      next = how;
    },
    /** Breaks every connection, as a network does. */
    cut(): void {
      for (const socket of open) socket.terminate();
    },
    refuse(value: boolean): void {
      refusing = value;
    },
    close(): void {
      for (const { cancel } of unacknowledged.values()) cancel();
      for (const socket of open) socket.terminate();
      for (const socket of unanswered) socket.destroy();
      server.close();
    },
  };
}
export type Socket = ReturnType<typeof createSocket>;
