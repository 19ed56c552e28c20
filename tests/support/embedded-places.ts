import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Embedded, openEmbedded } from '../../src/store/embedded/open.ts';
import { copyOfEmbeddedTemplate } from './databases.ts';

/** A directory that goes away with the test. */
export interface Place extends AsyncDisposable {
  readonly dataDir: string;
}

export async function emptyPlace(): Promise<Place> {
  return placeAt(await mkdtemp(path.join(tmpdir(), 'accord-test-')));
}

/** A place with a migrated database in it that nobody has open. */
export async function placeWithDatabase(): Promise<Place> {
  return placeAt(await copyOfEmbeddedTemplate());
}

function placeAt(dataDir: string): Place {
  return { dataDir, [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }) };
}

/** An embedded database of the test's own, with its directory. */
export async function openInNewPlace(): Promise<Embedded & { dataDir: string }> {
  const place = await placeWithDatabase();
  const embedded = await openEmbedded({ dataDir: place.dataDir, keepThread: true });
  const close = async () => {
    await embedded.close();
    await place[Symbol.asyncDispose]();
  };
  return {
    dataDir: place.dataDir,
    pool: embedded.pool,
    stopped: embedded.stopped,
    setDoor: (handler) => embedded.setDoor(handler),
    close,
    [Symbol.asyncDispose]: close,
  };
}
