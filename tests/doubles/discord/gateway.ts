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

/** topics/gateway#rate-limiting: sends a minute; topics/gateway#sending-events: bytes of one. */
const SENDS = 120;
const SENDS_MS = 60_000;
const BYTES = 4096;
/** topics/gateway#session-start-limit-object: sessions begun a day; one at a time in five seconds (max_concurrency 1). */
const SESSIONS_A_DAY = 1000;
const IDENTIFY_MS = 5_000;
/** Message content, members and presences are privileged; this application has none of them. */
const PRIVILEGED = (1 << 15) | (1 << 1) | (1 << 8);

interface Parts {
  readonly world: World;
  readonly token: string;
  /** The server's address, http. */
  readonly base: string;
  readonly heartbeatMs: number;
}

/** The gateway, version 10 in JSON: hello, identify, heartbeats, dispatches, resume with what was missed. */
export function openGateway(server: Server, { world, token, base, heartbeatMs }: Parts) {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0, heartbeats: 0, refused: 0 };
  const begun: number[] = [];
  /** Connections that were told to resume where they are. */
  const asked = new WeakSet<WebSocket>();
  let answersHeartbeats = true;
  let answersResumes = true;
  let open = true;
  let refusal: number | null = null;

  server.on('upgrade', (request, socket, head) => {
    const where = new URL(request.url ?? '/', 'http://double');
    const resuming = where.pathname.startsWith('/resume');
    if (!open || !(resuming || where.pathname.startsWith('/gateway'))) {
      counts.refused += 1;
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connected) => {
      if (where.searchParams.get('v') !== '10' || where.searchParams.get('encoding') !== 'json')
        return connected.close(4012, 'Invalid API version');
      greet(connected, resuming);
    });
  });

  function greet(socket: WebSocket, resuming: boolean): void {
    let mine: Session | null = null;
    let received: number[] = [];
    let callOff = () => {};
    // Whoever is not heard from is taken for gone; the session can still be resumed.
    const expect = () => {
      callOff();
      callOff = world.after(heartbeatMs * 2, () => socket.close(4009, 'Session timed out.'));
    };
    send(socket, { op: 10, d: { heartbeat_interval: heartbeatMs } });
    expect();
    socket.on('error', () => {});
    socket.on('close', (code) => {
      callOff();
      // Whoever takes leave properly has no session to come back to.
      if (mine && (code === 1000 || code === 1001)) sessions.delete(mine.id);
      if (mine?.socket === socket) mine.socket = null;
    });
    socket.on('message', (data) => {
      const text = String(data);
      received = [...received.filter((at) => at > world.now() - SENDS_MS), world.now()];
      if (received.length > SENDS) return socket.close(4008, 'You are being rate limited.');
      if (Buffer.byteLength(text) > BYTES) return socket.close(4002, 'Error while decoding payload.');
      const payload = parse(text);
      if (!payload) return socket.close(4002, 'Error while decoding payload.');
      if (payload.op === 1) {
        counts.heartbeats += 1;
        expect();
        if (answersHeartbeats) send(socket, { op: 11, d: null });
      } else if (payload.op === 2) {
        if (mine) return socket.close(4005, 'Already authenticated.');
        mine = identify(socket, isJson(payload.d) ? payload.d : {});
      } else if (payload.op === 6) {
        if (mine && !asked.delete(socket)) return socket.close(4005, 'Already authenticated.');
        mine = resume(socket, isJson(payload.d) ? payload.d : {}, resuming);
      } else if (!mine) socket.close(4003, 'Not authenticated.');
      else if (![3, 4, 8].includes(Number(payload.op))) socket.close(4001, 'Unknown opcode.');
    });
  }

  function identify(socket: WebSocket, d: Json): Session | null {
    if (refusal !== null) {
      const code = refusal;
      refusal = null;
      return refuse(socket, code, '');
    }
    if (d.token !== token) return refuse(socket, 4004, 'Authentication failed.');
    if (typeof d.intents !== 'number') return refuse(socket, 4013, 'Invalid intent(s).');
    if (d.intents & PRIVILEGED) return refuse(socket, 4014, 'Disallowed intent(s).');
    if (d.shard !== undefined && JSON.stringify(d.shard) !== '[0,1]') return refuse(socket, 4010, 'Invalid shard.');
    if (!isJson(d.properties)) return refuse(socket, 4002, 'Error while decoding payload.');
    // Too soon after another, or the day's are used up: no session (from memory: as an invalid session).
    if (world.now() - (begun.at(-1) ?? Number.NEGATIVE_INFINITY) < IDENTIFY_MS || sessionsLeft() === 0) {
      send(socket, { op: 9, d: false });
      return null;
    }
    begun.push(world.now());
    counts.identified += 1;
    const session: Session = { id: world.id(), seq: 0, sent: [], socket };
    sessions.set(session.id, session);
    tell(session, 'READY', {
      v: 10,
      user: userJson(world.bot),
      guilds: world.bot.inGuild ? [{ id: world.guildId, unavailable: true }] : [],
      session_id: session.id,
      resume_gateway_url: `${base.replace('http', 'ws')}/resume`,
      shard: [0, 1],
      application: { id: world.bot.id, flags: 0 },
    });
    if (world.bot.inGuild) tell(session, 'GUILD_CREATE', guildJson(world));
    return session;
  }

  function resume(socket: WebSocket, d: Json, there: boolean): Session | null {
    if (d.token !== token) return refuse(socket, 4004, 'Authentication failed.');
    const session = sessions.get(String(d.session_id));
    // A session lives where READY said that it is resumed.
    if (!session || !(there || session.socket === socket)) {
      send(socket, { op: 9, d: false });
      return null;
    }
    if (typeof d.seq !== 'number' || d.seq > session.seq) return refuse(socket, 4007, 'Invalid seq.');
    counts.resumed += 1;
    if (session.socket !== socket) session.socket?.terminate();
    session.socket = socket;
    if (!answersResumes) return session;
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

  const sessionsLeft = () => SESSIONS_A_DAY - begun.filter((at) => at > world.now() - 24 * 60 * 60_000).length;
  const connected = () => [...sessions.values()].filter((session) => session.socket);
  /** Whoever has not identified yet hangs on the line too. */
  const cut = () => {
    for (const client of sockets.clients) client.terminate();
  };
  return {
    counts,
    sessionsLeft,
    /** To the session that is there, or kept for the one that will come back. */
    dispatch(t: string, d: unknown): void {
      const session = [...sessions.values()].at(-1);
      if (session) tell(session, t, d);
    },
    /** The same event once more, as after a resume that did not know it had arrived. */
    repeat(): void {
      for (const { socket, sent } of connected()) {
        const last = sent.at(-1);
        if (socket && last) send(socket, { op: 0, ...last });
      }
    },
    /** The line breaks, without a word. */
    drop: cut,
    /** Nobody can connect, and whoever is connected is cut off, until it is `up` again. */
    down() {
      open = false;
      cut();
    },
    up() {
      open = true;
    },
    /** Discord asks to reconnect (op 7), as it does every so often. */
    reconnect() {
      for (const { socket } of connected()) if (socket) send(socket, { op: 7, d: null });
    },
    /** Asks for a heartbeat at once (op 1). */
    askHeartbeat() {
      for (const { socket } of connected()) if (socket) send(socket, { op: 1, d: null });
    },
    /** The session is over (op 9), or only this connection of it (`resumable`). */
    invalidate(resumable = false) {
      for (const session of connected()) {
        if (!resumable) sessions.delete(session.id);
        else if (session.socket) asked.add(session.socket);
        if (session.socket) send(session.socket, { op: 9, d: resumable });
      }
    },
    /** Closes every connection with a code of Discord's (topics/opcodes-and-status-codes#gateway-gateway-close-event-codes). */
    closeWith(code: number, reason = '') {
      for (const session of connected()) {
        if (code === 4007 || code === 4009) sessions.delete(session.id);
        session.socket?.close(code, reason);
      }
    },
    /** Refuses the next IDENTIFY with a close code. */
    refuseWith(code: number) {
      refusal = code;
    },
    /** Forgets every session, as Discord does with those that stayed away too long. */
    forget() {
      sessions.clear();
    },
    answerHeartbeats(yes: boolean) {
      answersHeartbeats = yes;
    },
    /** Unanswered, a resumed connection stands and says nothing. */
    answerResumes(yes: boolean) {
      answersResumes = yes;
    },
    close() {
      open = false;
      cut();
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
