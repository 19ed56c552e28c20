import { parentPort } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { openEngine } from './engine.ts';
import { CLOSING_LENGTH, closingState, DISCARD_ALL, expectsClosing, joined, ROLLBACK, SYNC } from './wire.ts';

/** What the bridge sends to the thread that the engine lives in, and what it hears back. */
export type ToEngine =
  | { kind: 'open'; directory: string }
  | { kind: 'requests'; line: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'freshen' }
  | { kind: 'close' };
export type FromEngine =
  | { kind: 'open' }
  | { kind: 'reply'; line: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'fresh' }
  | { kind: 'closed' }
  | { kind: 'last-words'; text: string };

/** A large result goes over in pieces of about this many bytes, so that it never lies whole in this thread. */
const PIECE = 256 * 1024;
/** What of the engine's log is kept to explain its end. No more: the lines around these quote whole statements. */
const LAST_WORDS = /\b(?:FATAL|PANIC):/;

if (parentPort === null) throw new Error('the engine lives in a worker thread');
const bridge = parentPort;
const lastWords: string[] = [];

function tell(message: FromEngine): void {
  bridge.postMessage(message, message.kind === 'reply' ? [message.bytes.buffer] : []);
}

/** The engine swallows its own crash and would then answer with silence: what is silent is reported as dead. */
function fail(what: string): never {
  throw new Error(what);
}

// Told at the very end, because the engine may also end the thread by itself, without an error.
process.on('exit', () => tell({ kind: 'last-words', text: lastWords.join('\n') }));

// The raw stream, because `execProtocolRaw` also parses every reply and keeps all of it for as long as the engine lives.
async function ask(engine: PGlite, requests: Uint8Array, hear: (piece: Uint8Array<ArrayBuffer>) => void) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let tail: Uint8Array = new Uint8Array();
  const flush = () => {
    const piece = joined(waiting);
    tail = joined([tail, piece.subarray(-CLOSING_LENGTH)]).subarray(-CLOSING_LENGTH);
    hear(piece);
    waiting = [];
    size = 0;
  };
  await engine.execProtocolRawStream(requests, {
    syncToFs: false,
    onRawData: (bytes) => {
      waiting.push(bytes.slice());
      size += bytes.length;
      if (size >= PIECE) flush();
    },
  });
  if (size > 0) flush();
  const state = closingState(tail);
  if (expectsClosing(requests) && state === undefined) fail('it gave no answer');
  return state;
}

/** Leaves the session as a new one would find it, whatever state its last client dropped it in. */
async function freshen(engine: PGlite): Promise<void> {
  const unheard = () => {};
  // Sync first: after an error the engine skips everything up to one, and the client may have gone without sending it.
  const state = await ask(engine, SYNC, unheard);
  if (state !== 'I') await ask(engine, ROLLBACK, unheard);
  const rest = await ask(engine, DISCARD_ALL, unheard);
  if (rest !== 'I') fail('it did not come back to rest');
}

function open(directory: string): Promise<PGlite> {
  return openEngine(directory, {
    onStderr: (text) => {
      if (LAST_WORDS.test(text)) lastWords.push(text.slice(0, 500));
      return false;
    },
  });
}

let engine: PGlite | undefined;

async function serve(message: ToEngine): Promise<void> {
  if (message.kind === 'open') {
    engine = await open(message.directory);
    tell({ kind: 'open' });
    return;
  }
  if (engine === undefined) return fail('it was asked before it was opened');
  switch (message.kind) {
    case 'requests':
      await ask(engine, message.bytes, (bytes) => tell({ kind: 'reply', line: message.line, bytes }));
      return;
    case 'freshen':
      await freshen(engine);
      tell({ kind: 'fresh' });
      return;
    case 'close':
      await engine.close();
      engine = undefined;
      tell({ kind: 'closed' });
      return;
    default:
      message satisfies never;
  }
}

// One after the other: each request waits for the one before it. A fault is thrown where nobody catches it, to end the thread.
let turn: Promise<void> = Promise.resolve();
bridge.on('message', (message: ToEngine) => {
  turn = turn
    .then(() => serve(message))
    .catch((fault: unknown) => {
      process.nextTick(() => {
        throw fault;
      });
      return new Promise(() => {});
    });
});
