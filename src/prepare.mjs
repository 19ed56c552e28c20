import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'accord');
/** What can be run, in a process or a thread of its own. */
const ENTRIES = [
  ...['main', 'cli', 'platform-setup', 'doctor'].map((name) => `src/${name}.ts`),
  ...['worker', 'create-database'].map((name) => `src/store/embedded/${name}.ts`),
];
const SOURCES = ['src', 'commands', 'migrations'];
/** Packages of some hundred small files each: together with ours they load several times as fast. The others stay where they are. */
const LOADED_WHOLE = ['kysely', 'zod', 'temporal-polyfill', 'intl-messageformat'];
/** Days after which code that nothing has started from is thrown away. */
const KEPT_DAYS = 3;

/**
 * The folder with our TypeScript as JavaScript in a few files, which start in a third of the time. It is called after
 * everything it is made from (each source's text, the packages installed, Node), so it is never older than the sources:
 * whatever changed has another name, and is made anew in half a second. Where the cache cannot be written (a container
 * with a read-only file system that was not prepared), it is made for this process alone.
 */
export async function prepared() {
  const place = path.join(CACHE, fingerprint());
  if (existsSync(place)) {
    touch(place);
    return place;
  }
  const unfinished = `${place}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(unfinished, { recursive: true });
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(error.code)) throw error;
    return forThisProcess();
  }
  try {
    await make(unfinished);
    // Whole or not at all; whoever made the same in the meantime made the same.
    renameSync(unfinished, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  throwAwayOld();
  return place;
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.version}\n${ROOT}\n`);
  const files = SOURCES.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  const made = ['package.json', 'tsconfig.json', 'node_modules/.package-lock.json'].map((file) =>
    path.join(ROOT, file),
  );
  for (const file of [...files.toSorted(), ...made.filter((each) => existsSync(each))]) {
    const text = readFileSync(file);
    hash.update(`${file}\n${text.length}\n`).update(text);
  }
  return hash.digest('hex').slice(0, 32);
}

async function make(place) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: place,
    outbase: ROOT,
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19', keepNames: true },
    ...{ sourcemap: 'linked', sourcesContent: false, logLevel: 'silent' },
    plugins: [{ name: 'accord', setup }],
  });
}

function setup(bundle) {
  bundle.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
    kind === 'entry-point' || LOADED_WHOLE.some((each) => name === each || name.startsWith(`${each}/`))
      ? undefined
      : { path: name, external: true },
  );
  // A file finds what lies beside it (the page, the packages, the commands) from where its source is.
  bundle.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('import.meta.')) return undefined;
    const contents = text
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
      .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
    return { contents, loader: 'ts' };
  });
}

async function forThisProcess() {
  const place = mkdtempSync(path.join(tmpdir(), 'accord-'));
  process.once('exit', () => rmSync(place, { recursive: true, force: true }));
  // From there the packages are looked for upwards.
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(place, 'node_modules'));
  await make(place);
  return place;
}

function touch(place) {
  try {
    utimesSync(place, new Date(), new Date());
  } catch {
    // Not ours to touch: it is not ours to throw away either.
  }
}

function throwAwayOld() {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of readdirSync(CACHE)) {
    const place = path.join(CACHE, name);
    if ((statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
      rmSync(place, { recursive: true, force: true });
  }
}
