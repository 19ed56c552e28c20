import fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What the engine's file layer offers of itself; PGlite publishes no types for it. */
interface HostFiles {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
  tryFSOperation<T>(operation: () => T): T;
}

/**
 * Files on disk that are really written when PostgreSQL says so. PGlite's own file layer has no `fsync`, and a call
 * without one succeeds in silence. A failing `fsync` is handed to PostgreSQL as its error number, which stops it.
 */
class DurableFiles extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = emscriptenOpts.preRun ?? [];
    preRun.push((module) => {
      const files = module.NODEFS as unknown as HostFiles;
      files.stream_ops.fsync = (stream) => {
        files.tryFSOperation(() => fs.fsyncSync(stream.nfd));
        return 0;
      };
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

// `-F` is what turns fsync off. `fdatasync`, the method of choice elsewhere, is a different call that the engine ignores.
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on'],
  ...['-c', 'wal_sync_method=fsync'],
];

/** Written into a database when it is made. Memory is what the small machine has least of: 128 MB is PostgreSQL's own choice. */
export const SETTINGS_AT_CREATION = [
  'shared_buffers=16MB',
  'work_mem=8MB',
  'maintenance_work_mem=32MB',
  'max_wal_size=256MB',
  'min_wal_size=32MB',
  'timezone=UTC',
];

/** Smaller log files than the usual 16 MB: a new database is 27 MB instead of 39. */
export const INITDB_OPTIONS = ['--wal-segsize=4'];

// Node has it, its published types do not.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> };

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once for all the databases that one thread opens after each other. */
function compiledEngine(): Promise<WebAssembly.Module> {
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  compiled ??= readFile(path.join(path.dirname(library), 'pglite.wasm')).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}

/** Opens the engine over a directory of the disk, creating the database there when the directory is empty. */
export async function openEngine(directory: string, options: PGliteOptions = {}): Promise<PGlite> {
  const engine = new PGlite({
    fs: new DurableFiles(directory),
    pgliteWasmModule: await compiledEngine(),
    extensions: { pg_trgm, unaccent },
    startParams: START_PARAMETERS,
    ...options,
  });
  await engine.waitReady;
  return engine;
}
