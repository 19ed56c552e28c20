import { spawn } from 'node:child_process';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Bridge } from './bridge.ts';
import { asDirectoryError } from './data-directory.ts';
import { answerDoor, type DoorHandler } from './door.ts';
import { takeDataDirectory } from './lock.ts';

export { EmbeddedDatabaseStopped } from './bridge.ts';
export { DataDirectoryInUse } from './lock.ts';

export type OpeningStep = 'creating' | 'opening' | 'recovering';

export interface OpenOptions {
  /** Made if missing, for this user alone. The database lies in `database` inside it. */
  dataDir: string;
  /** Told what is being waited for: some seconds for the first opening, two or so after a kill. */
  onStep?: (step: OpeningStep) => void;
  door?: DoorHandler;
  /** Ends the making of a new database. */
  signal?: AbortSignal | undefined;
  /** Keeps the thread after closing, for the next database that this process opens: half the time, for tests that open many. */
  keepThread?: boolean;
}

export interface Embedded extends AsyncDisposable {
  /** One connection: inside a transaction, a query on the pool itself waits until the transaction ends. */
  readonly pool: pg.Pool;
  /** Settles when the database has stopped: with the fault when it stopped by itself, with nothing when it was closed. */
  readonly stopped: Promise<Error | undefined>;
  setDoor(handler: DoorHandler): void;
  close(): Promise<void>;
}

/**
 * How long a query waits for the one connection, in milliseconds. It is the net below a transaction that waits for
 * itself; anything shorter would fail innocent queries behind a slow one.
 */
const PATIENCE_FOR_THE_CONNECTION = 120_000;

/** How long closing waits for a client that was not given back, in milliseconds, before it cuts it off. */
const PATIENCE_FOR_THE_LAST_CLIENT = 10_000;

/**
 * Opens the database that needs no installation, in a thread of this process, behind a pool like any other.
 * Throws `DataDirectoryInUse` when another process has the directory open, `DataDirectoryUnusable` where it cannot be
 * written to, and the reason of `signal` where that ended it.
 *
 * Unlike a server: start-up parameters and `statement_timeout` have no effect, there is no `COPY … FROM STDIN`, and a
 * result is held whole in memory by its reader, so read large tables in pages (half a million rows take some 700 MB).
 */
export async function openEmbedded(options: OpenOptions): Promise<Embedded> {
  try {
    return await openDirectory(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw asDirectoryError(options.dataDir, error);
  }
}

async function openDirectory({ dataDir, onStep, door, signal, keepThread = false }: OpenOptions): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const who = { pid: process.pid, startedAt: new Date().toISOString() };
  let handler = door;
  const ownership = await takeDataDirectory(dataDir, (visitor) => answerDoor(visitor, who, handler));
  try {
    const directory = path.join(dataDir, 'database');
    if (!(await exists(path.join(directory, 'PG_VERSION')))) {
      onStep?.('creating');
      await create(directory, signal);
    }
    onStep?.((await wasClosedWell(directory)) ? 'opening' : 'recovering');
    const bridge = await Bridge.open(directory);
    const setDoor = (next: DoorHandler) => {
      handler = next;
    };
    const close = async () => {
      await bridge.close({ keepThread });
      await ownership.release();
    };
    return new EmbeddedDatabase(bridge, setDoor, close);
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

class EmbeddedDatabase implements Embedded {
  readonly pool: pg.Pool;
  readonly stopped: Promise<Error | undefined>;
  readonly setDoor: (handler: DoorHandler) => void;
  readonly #closeRest: () => Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(bridge: Bridge, setDoor: (handler: DoorHandler) => void, closeRest: () => Promise<void>) {
    this.stopped = bridge.ended;
    this.setDoor = setDoor;
    this.#closeRest = closeRest;
    this.pool = new pg.Pool({
      stream: () => bridge.openLine(),
      max: 1,
      // Not `pg`'s own environment: nothing of a server somewhere else may leak in here.
      ...{ host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false },
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: PATIENCE_FOR_THE_CONNECTION,
    });
    // A connection that breaks between two queries is an event that nobody hears otherwise, which would end the process.
    // `stopped` tells, and so does the next query.
    this.pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const patience = new AbortController();
    const waited = setTimeout(PATIENCE_FOR_THE_LAST_CLIENT, undefined, { signal: patience.signal }).catch(() => {});
    if (!this.pool.ending) await Promise.race([this.pool.end(), this.stopped, waited]);
    patience.abort();
    await this.#closeRest();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function create(directory: string, signal: AbortSignal | undefined): Promise<void> {
  await removeUnfinished(directory);
  const run = fileURLToPath(new URL('../../run.mjs', import.meta.url));
  const child = spawn(process.execPath, [run, 'src/store/embedded/create-database.ts', directory], {
    stdio: ['pipe', 'ignore', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve(exit ?? signal));
  });
  if (code === 0) return;
  await removeUnfinished(directory);
  throw new Error(`the embedded database could not be created (${code}): ${said}`);
}

async function removeUnfinished(directory: string): Promise<void> {
  const { dir, base } = path.parse(directory);
  for (const name of await readdir(dir)) {
    if (name.startsWith(`${base}.unfinished-`)) await rm(path.join(dir, name), { recursive: true, force: true });
  }
}

/** `ControlFileData.state` in PostgreSQL's `pg_control.h`: an 8-byte identifier, two 4-byte versions, then the state. */
const STATE_OFFSET = 16;
const SHUT_DOWN = 1;

async function wasClosedWell(directory: string): Promise<boolean> {
  const control = await open(path.join(directory, 'global', 'pg_control'));
  try {
    const { buffer } = await control.read(Buffer.alloc(4), 0, 4, STATE_OFFSET);
    return buffer.readUInt32LE() === SHUT_DOWN;
  } finally {
    await control.close();
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
