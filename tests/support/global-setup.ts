import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startNativePostgres } from './native-postgres.ts';
import { makeEmbeddedTemplate, makeServerTemplate } from './templates.ts';

/** What a test file needs to make databases of its own. */
export interface TestDatabases {
  serverUrl: string;
  /** The same server by a socket in the file system, where a statement takes a third less. */
  socketUrl: string;
  serverTemplate: string;
  embeddedTemplate: string;
  /** The folder in which test files put their data directories: it goes away with the run. */
  places: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    databases: TestDatabases;
  }
}

/** What serves a database that lives long: none of the tests' does. */
const FOR_SHORT = { autovacuum: 'off', jit: 'off' };

/** Once per run and only where tests need a database: one server, and a migrated template on either kind. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [server, embedded] = await Promise.allSettled([startNativePostgres(FOR_SHORT), makeEmbeddedTemplate()]);
  const started = [server, embedded].flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const places = await mkdtemp(path.join(tmpdir(), 'accord-tests-'));
  const tearDown = async () => {
    for (const thing of started) await thing[Symbol.asyncDispose]();
    await rm(places, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    if (server.status === 'rejected') throw server.reason;
    if (embedded.status === 'rejected') throw embedded.reason;
    project.provide('databases', {
      serverUrl: server.value.url,
      socketUrl: server.value.socketUrl,
      serverTemplate: await makeServerTemplate(server.value.url),
      embeddedTemplate: embedded.value.dataDir,
      places,
    });
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}
