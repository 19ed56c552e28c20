import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describe, inject } from 'vitest';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { createShared } from './shared-database.ts';
import { copyDirectory, databaseUrl } from './templates.ts';

export type DatabaseKind = 'embedded' | 'postgres';

/** A migrated database of a test's own, gone when disposed of. */
export interface TestDatabase extends AsyncDisposable {
  readonly kind: DatabaseKind;
  readonly pool: pg.Pool;
}

/**
 * Making one takes longer than most tests: those of a worker have one of each kind after the other, as new each time.
 * The last ones end with the run.
 */
const shared = {
  embedded: createShared(openNewEmbedded),
  postgres: createShared(() => openOnServer(inject('databases').socketUrl)),
};

/** An embedded database, as new: `await using database = await openEmbeddedTestDatabase()`. */
export const openEmbeddedTestDatabase = shared.embedded.open;

/**
 * A server's database, as new, three times as quick as the embedded one: for what is about words and rules. What is about
 * statements is held to both (`eachDatabase`), and each use case once, in `every-use-case.test.ts`.
 */
export const openPooledTestDatabase = shared.postgres.open;

/**
 * Declares a suite twice, once for each kind of database. `open` gives one that is as new each time it is called:
 * `await using database = await open()`.
 */
export function eachDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>, kind: DatabaseKind) => void,
): void {
  for (const kind of ['embedded', 'postgres'] as const)
    describe(`${name} (${kind})`, () => suite(shared[kind].open, kind));
}

/** For what only a server can do: two connections at once, and all that follows from it. Nobody had it before. */
export const openServerTestDatabase = (): Promise<TestDatabase> => openOnServer(inject('databases').serverUrl);

async function openOnServer(url: string): Promise<TestDatabase> {
  const { serverUrl, serverTemplate } = inject('databases');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name} template ${serverTemplate}`);
  const pool = new pg.Pool({ connectionString: databaseUrl(url, name) });
  // Connections that the drop below cuts off are no news.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  return {
    kind: 'postgres',
    pool,
    async [Symbol.asyncDispose]() {
      // A client that a failed test did not give back would hold up the end for ever; the drop cuts it off.
      const ended = pool.ending ? undefined : pool.end();
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
      await ended;
    },
  };
}

async function openNewEmbedded(): Promise<TestDatabase> {
  const place = await copyOfEmbeddedTemplate();
  const embedded = await openEmbedded({ dataDir: place, keepThread: true });
  return {
    kind: 'embedded',
    pool: embedded.pool,
    async [Symbol.asyncDispose]() {
      await embedded.close();
      await rm(place, { recursive: true, force: true });
    },
  };
}

/** A data directory with a migrated database in it, for a test that opens (and removes) it itself. */
export async function copyOfEmbeddedTemplate(): Promise<string> {
  const { embeddedTemplate, places } = inject('databases');
  const place = await mkdtemp(path.join(places, 'at-'));
  await copyDirectory(path.join(embeddedTemplate, 'database'), path.join(place, 'database'));
  return place;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
