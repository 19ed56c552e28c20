import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { callDoor } from '../../src/store/embedded/door.ts';
import { type Home, newHome, runCli, startBot } from './bot.ts';
import { countRows } from './look-inside.ts';
import { writeSheet } from './sheets.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../imports/fixtures/${name}`, import.meta.url));

// Each command line is a process of its own, that loads everything anew.
vi.setConfig({ testTimeout: 240_000 });

/** The one JSON object of an output that holds nothing else. */
function onlyJson(stdout: string): Record<string, unknown> {
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** What the command line hands to the running bot, without a process of its own for each: the bot's answer is what is looked at. */
async function askBot(home: Home, ...argv: string[]) {
  const said = { stdout: '', stderr: '' };
  const code = await callDoor(home.dataDir, { argv, cwd: home.cwd }, ({ stream, text }) => {
    said[stream] += text;
  });
  return { code, ...said };
}

test('imports beside the running bot, and prints one JSON object alone', async () => {
  await using home = await newHome();
  await using bot = await startBot(home);
  const imported = await runCli(home, 'import', fixture('programme-annex.csv'), '--json');
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(onlyJson(imported.stdout)).toMatchObject({ create: 14, update: 0, unchanged: 0 });
  // Relative to the folder where it was typed; the second time there is nothing new.
  await copyFile(fixture('programme-annex.csv'), path.join(home.cwd, 'annex.csv'));
  const again = await runCli(home, 'import', 'annex.csv', '--json');
  expect(onlyJson(again.stdout)).toMatchObject({ create: 0, update: 0, unchanged: 14 });
  const digest = await runCli(home, 'digest', '--week', '2025-W46', '--lang', 'vi');
  expect(digest).toMatchObject({ code: 0, stderr: '' });
  expect(digest.stdout).toContain('10/11/2025');
  expect(digest.stdout).toContain('Bộ Xây dựng');
  expect(await bot.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  expect(await countRows(home, 'commitments')).toBe(14);
});

test('does the same where no bot runs', async () => {
  await using home = await newHome();
  const dry = await runCli(home, 'import', fixture('programme-annex.csv'), '--dry-run', '--json');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(onlyJson(dry.stdout)).toMatchObject({ create: 14 });
  expect(await countRows(home, 'commitments')).toBe(0);
  const imported = await runCli(home, 'import', fixture('programme-annex.csv'), '--json');
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(onlyJson(imported.stdout)).toMatchObject({ create: 14 });
  const digest = await runCli(home, 'digest', '--week', '2025-W46', '--lang', 'vi');
  expect(digest).toMatchObject({ code: 0, stderr: '' });
  expect(digest.stdout).toContain('Bộ Xây dựng');
  expect(await countRows(home, 'commitments')).toBe(14);
});

test('says what is wrong with a file in one sentence, and changes nothing', async () => {
  await using home = await newHome();
  const picture = path.join(home.cwd, 'picture.xlsx');
  await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  const empty = path.join(home.cwd, 'empty.csv');
  await writeFile(empty, '');
  const cases: readonly (readonly [string, RegExp])[] = [
    ['missing.csv', /There is no file missing\.csv/],
    [home.cwd, /There is no file/],
    [picture, /picture\.xlsx is no spreadsheet/],
    [empty, /empty\.csv is empty/],
    [fixture('transposed.csv'), /transposed\.csv lies on its side/],
  ];
  const before = await countRows(home, 'history');
  const refuse = async (by: typeof askBot | typeof runCli, file: string, sentence: RegExp) => {
    const refused = await by(home, 'import', file, '--json');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(sentence);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  };
  // By itself, and beside the bot, once; the other files are met by the bot alone, which reads with the same eyes.
  await refuse(runCli, fixture('transposed.csv'), /transposed\.csv lies on its side/);
  expect(await countRows(home, 'history')).toBe(before);
  await using bot = await startBot(home);
  await refuse(runCli, picture, /picture\.xlsx is no spreadsheet/);
  for (const [file, sentence] of cases) await refuse(askBot, file, sentence);
  await bot.signal('SIGTERM');
  expect(await countRows(home, 'imports')).toBe(0);
});

test('says what is wrong with the words, and how they are used', async () => {
  await using home = await newHome();
  await using _bot = await startBot(home);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['digest', '--week', 'yesterday'], /“yesterday” is no week/],
    [['digest', '--lang', 'fr'], /“fr” is not a language of this house/],
    [['export', 'everything'], /import.*start.*digest/s],
    [['import'], /file/i],
    [['start', '999'], /There is no such import/],
    [['start', 'soon'], /There is no such import/],
    [['start', '99999999999999999999'], /There is no such import/],
  ];
  for (const [argv, sentence] of cases) {
    const refused = await askBot(home, ...argv);
    expect(refused, argv.join(' ')).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(sentence);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  }
  const typed = await runCli(home, 'digest', '--lang', 'fr');
  expect(typed).toMatchObject({ code: 1, stdout: '' });
  expect(typed.stderr).toMatch(/“fr” is not a language of this house/);
});

test('two imports at the same moment without a bot: one waits outside, and says who is in', async () => {
  await using home = await newHome();
  const sheet = await writeSheet(home, 300);
  const both = await Promise.all([runCli(home, 'import', sheet, '--json'), runCli(home, 'import', sheet, '--json')]);
  const done = both.filter((each) => each.code === 0);
  expect(done.length).toBeGreaterThan(0);
  for (const refused of both.filter((each) => each.code !== 0)) {
    expect(refused.stdout).toBe('');
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).toMatch(/Another Accord process has the database open|is in use by (another )?process/);
  }
  expect(await countRows(home, 'commitments')).toBe(300);
});
