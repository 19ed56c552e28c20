/**
 * The little of PostgreSQL's wire protocol that the bridge itself must know; everything else passes through unread.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const SSL_REQUEST = 80877103;
const GSS_ENCRYPTION_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** Messages after which a server answers, so that what came before them may be handed on: Query, Sync, Flush, FunctionCall, CopyDone, CopyFail. */
const ANSWERED = new Set([...'QSHFcf'].map((letter) => letter.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

const QUERY = 'Q'.charCodeAt(0);
const EXECUTE = 'E'.charCodeAt(0);
const SYNC_TYPE = 'S'.charCodeAt(0);
const COPY_FAIL = 'f'.charCodeAt(0);

/** One thing a client asked for, in the order it asked. */
export type Heard =
  | { kind: 'encryption' }
  | { kind: 'startup' }
  | { kind: 'requests'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'terminate' };

/** Cuts what a client writes into whole messages, and these into groups that the engine answers. */
export class Listener {
  #started = false;
  #unread: Buffer = Buffer.alloc(0);

  hear(chunk: Buffer): Heard[] {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    const heard: Heard[] = [];
    while (!this.#started) {
      const first = this.#hearStartup();
      if (first === undefined) return heard;
      heard.push(first);
      if (first.kind === 'terminate') return heard;
    }
    return heard.concat(this.#hearRequests());
  }

  #hearStartup(): Heard | undefined {
    if (this.#unread.length < 8) return undefined;
    const length = this.#unread.readInt32BE(0);
    if (this.#unread.length < length) return undefined;
    const code = this.#unread.readInt32BE(4);
    this.#unread = this.#unread.subarray(length);
    if (code === SSL_REQUEST || code === GSS_ENCRYPTION_REQUEST) return { kind: 'encryption' };
    if (code === CANCEL_REQUEST) return { kind: 'terminate' };
    this.#started = true;
    return { kind: 'startup' };
  }

  #hearRequests(): Heard[] {
    const ready: Uint8Array[] = [];
    let unanswered: Uint8Array[] = [];
    let end = 0;
    let answered = 0;
    let terminated = false;
    while (!terminated && this.#unread.length - end >= 5) {
      const next = end + 1 + this.#unread.readInt32BE(end + 1);
      if (next > this.#unread.length) break;
      const type = this.#unread.readUInt8(end);
      unanswered.push(this.#unread.subarray(end, next));
      if (type === QUERY || type === EXECUTE) unanswered.push(NO_COPY);
      terminated = type === TERMINATE;
      end = next;
      if (!ANSWERED.has(type)) continue;
      ready.push(...unanswered);
      unanswered = [];
      answered = end;
    }
    const heard: Heard[] = [];
    if (answered > 0) heard.push({ kind: 'requests', bytes: joined(ready) });
    if (terminated) heard.push({ kind: 'terminate' });
    this.#unread = this.#unread.subarray(answered);
    return heard;
  }
}

/** The parts in one piece of memory of its own: it is given away to another thread, and a pooled buffer cannot be. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function message(type: string, body: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(type, 0, 'latin1');
  bytes.writeInt32BE(4 + body.length, 1);
  bytes.set(body, 5);
  return new Uint8Array(bytes);
}

/**
 * CopyFail. The engine reads on for the data of `COPY … FROM STDIN` where nothing more can come, and ends itself at that;
 * this makes it an error instead. After any other query it is ignored, as the protocol says.
 */
const NO_COPY = message('f', Buffer.from('the embedded database takes no COPY FROM STDIN\0'));

export const NO_ENCRYPTION = Buffer.from('N');

/** AuthenticationOk and ReadyForQuery (idle): all that a client needs to hear before it asks. */
export const WELCOME = Buffer.concat([message('R', new Uint8Array(4)), message('Z', Buffer.from('I'))]);

export const SYNC = message('S');
export const ROLLBACK = simpleQuery('ROLLBACK');
export const DISCARD_ALL = simpleQuery('DISCARD ALL');

function simpleQuery(sql: string): Uint8Array<ArrayBuffer> {
  return message('Q', Buffer.from(`${sql}\0`));
}

/** The length of ReadyForQuery, which closes a reply. */
export const CLOSING_LENGTH = 6;

/** The transaction state with which a reply closes: idle, in a transaction, in a failed one; undefined where it does not close. */
export function closingState(reply: Uint8Array): 'I' | 'T' | 'E' | undefined {
  const last = Buffer.from(reply.subarray(-CLOSING_LENGTH));
  if (last.length < CLOSING_LENGTH || last.readUInt8(0) !== READY_FOR_QUERY || last.readInt32BE(1) !== 5)
    return undefined;
  const state = last.toString('latin1', 5);
  return state === 'I' || state === 'T' || state === 'E' ? state : undefined;
}

/** Whether a group of requests must be answered with a closing reply: when Query or Sync comes last, not when Flush does. */
export function expectsClosing(requests: Uint8Array): boolean {
  const view = new DataView(requests.buffer, requests.byteOffset, requests.byteLength);
  let expected = false;
  for (let at = 0; at < requests.length; at += 1 + view.getInt32(at + 1)) {
    const type = view.getUint8(at);
    if (type !== COPY_FAIL) expected = type === QUERY || type === SYNC_TYPE;
  }
  return expected;
}
