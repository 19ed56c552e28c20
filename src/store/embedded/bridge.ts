import { Worker } from 'node:worker_threads';
import { type Exchange, Line } from './line.ts';
import { WELCOME } from './wire.ts';
import type { FromEngine, ToEngine } from './worker.ts';

/** Why every line is dead: the engine has ended, by its own fault or by being closed. */
export class EmbeddedDatabaseStopped extends Error {
  override readonly name = 'EmbeddedDatabaseStopped';
}

/** A thread whose database was closed and that waits for the next one to open. */
let spareThread: Worker | undefined;

function engineThread(): Worker {
  const spare = spareThread;
  spareThread = undefined;
  if (spare !== undefined) return spare;
  return new Worker(new URL('../../run.mjs', import.meta.url), {
    name: 'embedded-database',
    execArgv: [],
    workerData: { run: 'src/store/embedded/worker.ts' },
  });
}

/**
 * Between any number of lines and the one session of the engine. One line at a time is let in; the next is admitted once
 * the engine has rolled back and forgotten what the last one left. Replies to a line that has gone are dropped.
 */
export class Bridge implements Exchange {
  /** Settles when the engine has ended: with the fault if it ended by itself. */
  readonly ended: Promise<Error | undefined>;
  readonly #thread = engineThread();
  readonly #lines = new Set<Line>();
  readonly #waiting: Line[] = [];
  #end: (fault: Error | undefined) => void = () => {};
  #opened: () => void = () => {};
  #admitted: Line | undefined;
  #freshening = false;
  #closing = false;
  #lastWords = '';
  #fault: unknown;
  #nextId = 1;
  stopped: Error | undefined;

  private constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#thread.ref();
    this.#thread.on('message', this.#hear).on('error', this.#mourn).on('exit', this.#bury);
  }

  /** Opens the database in a thread of its own. Rejects with what the engine said when it will not open. */
  static async open(directory: string): Promise<Bridge> {
    const bridge = new Bridge();
    const opened = new Promise<void>((resolve, reject) => {
      bridge.#opened = resolve;
      bridge.ended.then(() => reject(bridge.stopped));
    });
    bridge.#tell({ kind: 'open', directory });
    await opened;
    return bridge;
  }

  /** A new connection, as `pg` wants one from its `stream` option. */
  openLine(): Line {
    const line = new Line(this.#nextId++, this);
    this.#lines.add(line);
    return line;
  }

  arrive(line: Line): void {
    this.#waiting.push(line);
    this.#admitNext();
  }

  ask(line: Line, requests: Uint8Array<ArrayBuffer>): void {
    if (line !== this.#admitted) line.destroy(new Error('a client may not ask before it is welcome'));
    else this.#tell({ kind: 'requests', line: line.id, bytes: requests });
  }

  leave(line: Line): void {
    this.#lines.delete(line);
    const place = this.#waiting.indexOf(line);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (line !== this.#admitted) return;
    this.#admitted = undefined;
    this.#freshening = true;
    this.#tell({ kind: 'freshen' });
  }

  /**
   * Lets the engine finish what it was asked, then closes it well. Lines still open are cut off. The thread ends too,
   * unless it is kept for the next database that this process opens.
   */
  async close({ keepThread = false } = {}): Promise<void> {
    if (!this.#closing && this.stopped === undefined) {
      this.#closing = true;
      this.#tell({ kind: 'close' });
    }
    const fault = await this.ended;
    if (keepThread && fault === undefined && spareThread === undefined) {
      this.#thread.unref();
      spareThread = this.#thread;
    } else {
      await this.#thread.terminate();
    }
  }

  /** Ends the engine where it stands, as a crash would. */
  async terminate(): Promise<void> {
    await this.#thread.terminate();
    await this.ended;
  }

  #tell(message: ToEngine): void {
    if (this.stopped) return;
    this.#thread.postMessage(message, message.kind === 'requests' ? [message.bytes.buffer] : []);
  }

  readonly #hear = (message: FromEngine): void => {
    switch (message.kind) {
      case 'open':
        this.#opened();
        break;
      case 'reply':
        if (this.#admitted?.id === message.line) this.#admitted.push(message.bytes);
        break;
      case 'fresh':
        this.#freshening = false;
        this.#admitNext();
        break;
      case 'closed':
        this.#stop('it was closed');
        break;
      case 'last-words':
        this.#lastWords = message.text;
        break;
      default:
        message satisfies never;
    }
  };

  readonly #mourn = (fault: unknown): void => {
    this.#fault = fault;
  };

  readonly #bury = (code: number): void => {
    const fault = this.#fault instanceof Error ? this.#fault.message : `its thread ended with ${code}`;
    this.#stop(`${fault}\n${this.#lastWords}`.trim());
  };

  #admitNext(): void {
    if (this.#admitted || this.#freshening) return;
    this.#admitted = this.#waiting.shift();
    this.#admitted?.push(WELCOME);
  }

  #stop(why: string): void {
    this.#thread.off('message', this.#hear).off('error', this.#mourn).off('exit', this.#bury);
    this.stopped = new EmbeddedDatabaseStopped(`the embedded database has stopped: ${why}`, { cause: this.#fault });
    for (const line of [...this.#lines]) line.destroy(this.stopped);
    this.#end(this.#closing && this.#fault === undefined ? undefined : this.stopped);
  }
}
