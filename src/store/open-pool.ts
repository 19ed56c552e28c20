import pg from 'pg';
import type { DoorHandler } from './embedded/door.ts';
import type { OpeningStep } from './embedded/open.ts';

/** The one pool of the house, whichever database is behind it. */
export interface OpenedPool {
  readonly pool: pg.Pool;
  /** Lets the command line in beside the running bot, where the database is this process's own. */
  setDoor(handler: DoorHandler): void;
  /** Settles when the database has stopped: with the fault where it stopped by itself. */
  readonly stopped: Promise<Error | undefined>;
  close(): Promise<void>;
}

/** Connections to a server at most: the relay's eight at once, and people. */
const CONNECTIONS = 12;

/** The configured database server did not let us in. The message is for whoever starts Accord; it holds no password. */
export class DatabaseNotReached extends Error {
  override readonly name = 'DatabaseNotReached';
  constructor(url: string, cause: unknown) {
    const { host, pathname } = new URL(url);
    const why = cause instanceof Error ? cause.message || (cause as { code?: string }).code : String(cause);
    super(`The database ${pathname.slice(1)} at ${host} (DATABASE_URL) could not be opened: ${why}`, { cause });
  }
}

/** How long a server that does not answer is waited for, in milliseconds. */
const PATIENCE_FOR_A_SERVER = 10_000;
/** PostgreSQL as its number says it: 15, the oldest that is tried. */
const OLDEST_SERVER = 150_000;

/**
 * Opens the configured server, or the embedded database in the data directory. Throws DatabaseNotReached, or
 * DataDirectoryInUse where another process has it.
 */
export async function openPool(
  config: { readonly DATABASE_URL?: string | undefined; readonly DATA_DIR: string },
  onStep?: (step: OpeningStep) => void,
  signal?: AbortSignal,
): Promise<OpenedPool> {
  if (config.DATABASE_URL !== undefined) {
    await tryServer(config.DATABASE_URL);
    const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: CONNECTIONS });
    // A connection that breaks while nobody uses it is replaced at the next query; without a listener it ends the process.
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
    const never = new Promise<undefined>(() => {});
    return { pool, setDoor: () => {}, stopped: never, close: () => pool.end() };
  }
  const { openEmbedded } = await import('./embedded/open.ts');
  const embedded = await openEmbedded({ dataDir: config.DATA_DIR, signal, ...(onStep ? { onStep } : {}) });
  return {
    pool: embedded.pool,
    setDoor: (handler) => embedded.setDoor(handler),
    stopped: embedded.stopped,
    close: () => embedded.close(),
  };
}

/** On a connection of its own: the pool's patience is another, for whoever waits behind a slow query. */
async function tryServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_FOR_A_SERVER });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
    const version = Number(rows[0]?.version);
    if (version < OLDEST_SERVER)
      throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}, and 15 or later is needed`);
  } catch (error) {
    throw new DatabaseNotReached(url, error);
  } finally {
    await client.end().catch(() => {});
  }
}
