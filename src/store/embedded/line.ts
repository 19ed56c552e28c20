import { Duplex } from 'node:stream';
import { Listener, NO_ENCRYPTION } from './wire.ts';

/** What a line needs of the bridge behind it. */
export interface Exchange {
  /** Undefined while the engine lives. */
  readonly stopped: Error | undefined;
  arrive(line: Line): void;
  ask(line: Line, requests: Uint8Array<ArrayBuffer>): void;
  leave(line: Line): void;
}

/**
 * One client's connection, to `pg` a socket like any other. It answers the start-up itself, ends on Terminate, and hands
 * everything between the two to the exchange.
 */
export class Line extends Duplex {
  readonly id: number;
  readonly #exchange: Exchange;
  readonly #listener = new Listener();
  #left = false;

  constructor(id: number, exchange: Exchange) {
    super();
    this.id = id;
    this.#exchange = exchange;
  }

  /** The address is of no meaning here. */
  connect(): this {
    process.nextTick(() => {
      if (this.#exchange.stopped) this.destroy(this.#exchange.stopped);
      else this.emit('connect');
    });
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    for (const heard of this.#listener.hear(chunk)) {
      switch (heard.kind) {
        case 'encryption':
          this.push(NO_ENCRYPTION);
          break;
        case 'startup':
          this.#exchange.arrive(this);
          break;
        case 'requests':
          this.#exchange.ask(this, heard.bytes);
          break;
        case 'terminate':
          this.#leave();
          this.push(null);
          break;
        default:
          heard satisfies never;
      }
    }
    done();
  }

  override _read(): void {}

  override _final(done: (error?: Error | null) => void): void {
    this.#leave();
    if (!this.readableEnded) this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave();
    done(error);
  }

  #leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#exchange.leave(this);
  }

  // What `pg` asks of a socket beyond a stream. The thread behind it decides how long the process lives, not a line.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
