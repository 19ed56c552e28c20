import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const PACKAGES = path.join(SRC, '../node_modules');
const STARTED = ['src/main.ts', 'src/cli.ts', 'src/platform-setup.ts', 'src/doctor.ts'];
const OF_THE_DATABASE = ['src/store/embedded/worker.ts', 'src/store/embedded/create-database.ts'];
let house: string;
const cache = () => path.join(house, 'node_modules/.cache/accord');

/** A house with the same launcher, whose programs say one word. */
beforeEach(async () => {
  house = await mkdtemp(path.join(tmpdir(), 'accord-prepared-'));
  for (const folder of ['src/store/embedded', 'commands/my', 'migrations', 'node_modules'])
    await mkdir(path.join(house, folder), { recursive: true });
  await symlink(path.join(PACKAGES, 'esbuild'), path.join(house, 'node_modules/esbuild'));
  for (const file of ['run.mjs', 'prepare.mjs']) await cp(path.join(SRC, file), path.join(house, 'src', file));
  await writeFile(path.join(house, 'package.json'), '{"type":"module"}');
  for (const file of [...STARTED, ...OF_THE_DATABASE]) await writes(file, 'export {};');
  await writes('src/main.ts', "import { word } from './word.ts';\nconsole.log(word as string, process.argv.slice(2));");
  await writes('src/word.ts', "export const word: string = 'one';");
});
afterEach(async () => {
  await chmod(cache(), 0o755).catch(() => {});
  await rm(house, { recursive: true, force: true });
});

const writes = (file: string, text: string) => writeFile(path.join(house, file), text);

async function run(...argv: string[]) {
  const child = spawn(process.execPath, ['src/run.mjs', 'src/main.ts', ...argv], { cwd: house });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

test('a program sees its own arguments, and is prepared once', async () => {
  expect((await run('--empty')).stdout).toBe("one [ '--empty' ]\n");
  expect((await run()).stdout).toBe('one []\n');
  expect(await readdir(cache())).toHaveLength(1);
});

test('a change is never missed, not even one of the same length and time', async () => {
  expect((await run()).stdout).toBe('one []\n');
  const word = path.join(house, 'src/word.ts');
  const { atime, mtime } = await stat(word);
  await writes('src/word.ts', "export const word: string = 'two';");
  await utimes(word, atime, mtime);
  expect((await run()).stdout).toBe('two []\n');
});

test('a file that comes, and other packages, are a change too', async () => {
  await writes(
    'src/main.ts',
    `const verb = process.argv[2];\nconsole.log((await import(\`../commands/my/\${verb}.ts\`)).default);`,
  );
  await writes('commands/my/list.ts', "export default 'the list';");
  expect((await run('list')).stdout).toBe('the list\n');
  await writes('commands/my/profile.ts', "export default 'the profile';");
  expect((await run('profile')).stdout).toBe('the profile\n');
  await writes('node_modules/.package-lock.json', '{"packages":{}}');
  await run('list');
  expect(await readdir(cache())).toHaveLength(3);
});

test('started twice at once on unprepared code, both run', async () => {
  const both = await Promise.all([run(), run()]);
  expect(both.map(({ stdout }) => stdout)).toEqual(['one []\n', 'one []\n']);
  expect(await readdir(cache())).toHaveLength(1);
});

test('code that nothing started from for days is thrown away', async () => {
  await run();
  const [first = ''] = await readdir(cache());
  await utimes(path.join(cache(), first), new Date(0), new Date(0));
  await writes('src/word.ts', "export const word = 'two';");
  await run();
  expect(await readdir(cache())).not.toContain(first);
});

test('where the cache cannot be made, the code runs all the same and leaves nothing behind', async () => {
  // Root may write anywhere but into a file.
  await mkdir(path.dirname(cache()), { recursive: true });
  await writeFile(cache(), '');
  const before = (await readdir(tmpdir())).filter((name) => /^accord-[A-Za-z0-9]{6}$/.test(name));
  expect((await run()).stdout).toBe('one []\n');
  const after = (await readdir(tmpdir())).filter((name) => /^accord-[A-Za-z0-9]{6}$/.test(name));
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
});

test('what goes wrong is told by the lines of the source', async () => {
  await writes('src/word.ts', "\n\nthrow new Error('no word');\nexport const word = '';");
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain('no word');
  expect(stderr).toContain('src/word.ts:3:7');
});

test('a mistake in the source is named, with its place', async () => {
  await writes('src/word.ts', 'export const word = ;');
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain('src/word.ts:1:20');
  expect(await readdir(cache())).toEqual([]);
});
