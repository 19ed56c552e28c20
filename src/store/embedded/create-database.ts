import { mkdtemp, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { INITDB_OPTIONS, openEngine, SETTINGS_AT_CREATION } from './engine.ts';

// Runs as a process of its own: making a database takes some 800 MB for a moment, which the bot would then keep for good.

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true });
  await Promise.all(
    entries.map((entry) => {
      const child = path.join(directory, entry.name);
      return entry.isDirectory() ? flushTree(child) : flush(child);
    }),
  );
  await flush(directory);
}

const directory = process.argv[2];
if (directory === undefined) throw new Error('create-database needs the directory to create');
// The parent's end of this pipe closes with the parent, however it dies.
process.stdin.resume().once('close', () => process.exit(1));

// Made beside its place and moved there whole, so that a creation cut short is never taken for a database.
const unfinished = await mkdtemp(`${directory}.unfinished-`);
const engine = await openEngine(unfinished, {
  initDbStartParams: INITDB_OPTIONS,
  postgresqlconf: SETTINGS_AT_CREATION,
});
await engine.close();
await flushTree(unfinished);
await rename(unfinished, directory);
await flush(path.dirname(directory));
process.exit();
