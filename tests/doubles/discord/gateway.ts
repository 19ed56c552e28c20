import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { isJson, type Json } from './problems.ts';
import { guildJson, userJson } from './shapes.ts';
import type { World } from './world.ts';

interface Session {
  readonly id: string;
  seq: number;
  /** What was sent, for whoever comes back. */
  readonly sent: { s: number; t: string; d: unknown }[];
  socket: WebSocket | null;
}

/** The gateway, version 10 in JSON: hello, identify, heartbeats, dispatches, resume with what was missed. */
export function openGateway(server: Server, world: World, token: string, url: () => string, heartbeatMs: number) {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0, heartbeats: 0 };
  let answersHeartbeats = true;
  let open = true;

  server.on('upgrade', (request, socket, head) => {
    const where = new URL(request.url ?? '/', 'http://double');
    if (!open || !where.pathname.startsWith('/gateway')) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (connected) => {
      if (where.searchParams.get('v') !== '10' || where.searchParams.get('encoding') !== 'json')
        return connected.close(4012, 'Invalid API version');
      greet(connected);
    });
  });

  function greet(socket: WebSocket): void {
    let mine: Session | null = null;
    let received: number[] = [];
    send(socket, { op: 10, d: { heartbeat_interval: heartbeatMs } });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (mine?.socket === socket) mine.socket = null;
    });
    socket.on('message', (data) => {
      const text = String(data);
      received = [...received.filter((at) => at > Date.now() - 60_000), Date.now()];
      if (received.length > 120) return socket.close(4008, 'You are being rate limited.');
      if (text.length > 4096) return socket.close(4002, 'Error while decoding payload.');
      const payload = parse(text);
      if (!payload) return socket.close(4002, 'Error while decoding payload.');
      if (payload.op === 1) {
        counts.heartbeats += 1;
        if (answersHeartbeats) send(socket, { op: 11, d: null });
      } else if (payload.op === 2) {
        if (mine) return socket.close(4005, 'Already authenticated.');
        mine = identify(socket, isJson(payload.d) ? payload.d : {});
      } else if (payload.op === 6) mine = resume(socket, isJson(payload.d) ? payload.d : {});
      else if (!mine) socket.close(4003, 'Not authenticated.');
      else if (![3, 4, 8].includes(Number(payload.op))) socket.close(4001, 'Unknown opcode.');
    });
  }

  function identify(socket: WebSocket, d: Json): Session | null {
    counts.identified += 1;
    if (d.token !== token) return refuse(socket, 4004, 'Authentication failed.');
    if (typeof d.intents !== 'number') return refuse(socket, 4013, 'Invalid intent(s).');
    // Message content, members and presences are privileged; this application has none of them.
    if (d.intents & ((1 << 15) | (1 << 1) | (1 << 8))) return refuse(socket, 4014, 'Disallowed intent(s).');
    const session: Session = { id: world.id(), seq: 0, sent: [], socket };
    sessions.set(session.id, session);
    tell(session, 'READY', {
      v: 10,
      user: userJson(world.bot),
      guilds: [{ id: world.guildId, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: url(),
      shard: [0, 1],
      application: { id: world.bot.id, flags: 0 },
    });
    tell(session, 'GUILD_CREATE', guildJson(world));
    return session;
  }

  function resume(socket: WebSocket, d: Json): Session | null {
    if (d.token !== token) return refuse(socket, 4004, 'Authentication failed.');
    const session = sessions.get(String(d.session_id));
    if (!session || Number(d.seq) > session.seq) {
      send(socket, { op: 9, d: false });
      return null;
    }
    counts.resumed += 1;
    session.socket?.terminate();
    session.socket = socket;
    for (const { s, t, d: data } of session.sent.filter((each) => each.s > Number(d.seq)))
      send(socket, { op: 0, s, t, d: data });
    tell(session, 'RESUMED', {});
    return session;
  }

  function tell(session: Session, t: string, d: unknown): void {
    session.seq += 1;
    session.sent.push({ s: session.seq, t, d });
    if (session.socket) send(session.socket, { op: 0, s: session.seq, t, d });
  }

  const connected = () => [...sessions.values()].filter((session) => session.socket);
  return {
    counts,
    /** To the session that is there, or kept for the one that will come back. */
    dispatch(t: string, d: unknown): void {
      const session = [...sessions.values()].at(-1);
      if (session) tell(session, t, d);
    },
    /** The line breaks, without a word. */
    drop() {
      for (const session of connected()) session.socket?.terminate();
    },
    /** Discord asks to reconnect (op 7), as it does every so often. */
    reconnect() {
      for (const { socket } of connected()) if (socket) send(socket, { op: 7, d: null });
    },
    /** The session is over (op 9, not resumable). */
    invalidate() {
      for (const session of connected()) {
        sessions.delete(session.id);
        if (session.socket) send(session.socket, { op: 9, d: false });
      }
    },
    answerHeartbeats(yes: boolean) {
      answersHeartbeats = yes;
    },
    close() {
      open = false;
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

export type Gateway = ReturnType<typeof openGateway>;

const send = (socket: WebSocket, payload: object): void => socket.send(JSON.stringify(payload));

function refuse(socket: WebSocket, code: number, reason: string): null {
  socket.close(code, reason);
  return null;
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}
