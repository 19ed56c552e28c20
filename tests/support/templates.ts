import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { migrateToLatest } from '../../src/store/migrate.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'accord-tests');

/** A migrated database on the server, from which `create database … template` makes the tests' own. Returns its name. */
export async function makeServerTemplate(url: string): Promise<string> {
  const name = 'accord_template';
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
  } finally {
    await admin.end();
  }
  const pool = new pg.Pool({ connectionString: databaseUrl(url, name), max: 1 });
  try {
    await migrateToLatest(pool);
  } finally {
    await pool.end();
  }
  return name;
}

/** Another database of the server that this address leads to, by whichever way. */
export const databaseUrl = (serverUrl: string, name: string): string =>
  serverUrl.replace(/\/postgres(?=\?|$)/, `/${name}`);

export interface EmbeddedTemplate extends AsyncDisposable {
  readonly dataDir: string;
}

/**
 * A migrated data directory, closed well, for tests to copy. Making one takes some seconds, so it is kept from run to
 * run for as long as nothing changes that goes into it, and copied to a place of this run's own.
 */
export async function makeEmbeddedTemplate(): Promise<EmbeddedTemplate> {
  const kept = path.join(CACHE, fingerprint());
  if (!(await exists(kept))) await keep(kept);
  const place = await mkdtemp(path.join(tmpdir(), 'accord-template-'));
  await copyDirectory(path.join(kept, 'database'), path.join(place, 'database'));
  return {
    dataDir: place,
    [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }),
  };
}

/** By the system's own command, which takes half the time of Node's. */
export async function copyDirectory(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-R', from, to]);
}

const A_DAY = 24 * 60 * 60 * 1000;

/** Not the younger ones: another run may be copying from one. */
async function forgetOldOnes(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const old = path.join(CACHE, name);
    const { mtimeMs } = await stat(old);
    if (Date.now() - mtimeMs > A_DAY) await rm(old, { recursive: true, force: true });
  }
}

async function keep(kept: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await forgetOldOnes();
  const making = await mkdtemp(path.join(CACHE, 'making-'));
  try {
    await using embedded = await openEmbedded({ dataDir: making });
    await migrateToLatest(embedded.pool);
    // Two thirds of the files to copy, and no test makes a database inside the embedded one.
    await embedded.pool.query("update pg_database set datistemplate = false where datname like 'template%'");
    await embedded.pool.query('drop database template0');
    await embedded.pool.query('drop database template1');
    await embedded.close();
    await rename(making, kept);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    // Another run may have been faster.
    if (!(await exists(kept))) throw error;
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json')));
  hash.update(readFileSync(path.join(ROOT, 'src', 'store', 'migrate.ts')));
  for (const directory of ['migrations', path.join('src', 'store', 'embedded')]) {
    for (const name of readdirSync(path.join(ROOT, directory)).sort()) {
      hash.update(name).update(readFileSync(path.join(ROOT, directory, name)));
    }
  }
  return hash.digest('hex').slice(0, 24);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
