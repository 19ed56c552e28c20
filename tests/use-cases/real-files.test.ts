import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCommandLine } from '../../src/command-line.ts';
import { openEmbeddedTestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';

/** Public registers as their keepers keep them; they lie beside the project, not in it. */
const FOLDER = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const FILES = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:csv|xlsx|ods)$/.test(file))
      .toSorted()
  : [];
if (FILES.length === 0) console.log('the command line did not try real files: ../shared/data is not here');

const KEYS = ['create', 'update', 'unchanged', 'skipped', 'precision', 'agencies', 'questions', 'vanished'];

/** What each file is at the least: so many commitments, or why it is none. */
const EXPECTED: Readonly<Record<string, number | RegExp>> = {
  'ph_neda/grants.xlsx': 447,
  'uk_gmpp/uk_2014.csv': /lies on its side/,
  'uk_gmpp/uk_2020.csv': 125,
  'uk_gmpp/uk_2021.csv': 184,
  'uk_gmpp/uk_2022.csv': 235,
  'uk_gmpp/uk_2023.csv': 244,
  'vn_nq03/NQ03_PL2_after.csv': 140,
  'vn_nq03/NQ03_PL2_before.csv': 140,
  'vn_treaties/vietnam_environmental_treaties.csv': 118,
};

async function openShell() {
  const database = await openEmbeddedTestDatabase();
  const accord = await openHouse({ pool: database.pool, clock: standingClock('2025-11-14T10:00:00+07:00') });
  return {
    async types(...argv: readonly string[]) {
      const said = { stdout: '', stderr: '' };
      const code = await runCommandLine({ argv, cwd: FOLDER }, accord.house, ({ stream, text }) => {
        said[stream] += text;
      });
      return { code, ...said };
    },
    async [Symbol.asyncDispose]() {
      await accord.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

it.runIf(FILES.length > 0)(
  'every real file is planned whole, or refused in one sentence',
  async () => {
    await using shell = await openShell();
    for (const file of FILES) {
      const { code, stdout, stderr } = await shell.types('import', file, '--dry-run', '--json');
      const expected = EXPECTED[file.replaceAll('\\', '/')];
      if (expected instanceof RegExp) {
        expect([code, stdout], file).toEqual([1, '']);
        expect(stderr, file).toMatch(expected);
        expect(stderr.trim().split('\n'), file).toHaveLength(1);
        continue;
      }
      expect([code, stderr], file).toEqual([0, '']);
      expect(stdout.trim().split('\n'), file).toHaveLength(1);
      const planned = JSON.parse(stdout) as Record<string, unknown>;
      expect(Object.keys(planned), file).toEqual(KEYS);
      if (expected !== undefined) expect(planned['create'], file).toBe(expected);
      const dates = Object.values(planned['precision'] as object).reduce((sum: number, each) => sum + Number(each), 0);
      expect(dates, file).toBe(planned['create']);
      for (const question of planned['questions'] as { row: number; column: string; text: string; why: string }[])
        expect(Object.keys(question), file).toEqual(['row', 'column', 'text', 'why']);
    }
  },
  120_000,
);

it.runIf(FILES.length > 0)(
  'a resolution before and after a merger of ministries is one sheet in two editions',
  async () => {
    await using shell = await openShell();
    const before = await shell.types('import', 'vn_nq03/NQ03_PL2_before.csv', '--json');
    expect(JSON.parse(before.stdout)).toMatchObject({ create: 140, update: 0 });
    const again = await shell.types('import', 'vn_nq03/NQ03_PL2_before.csv', '--dry-run', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ create: 0, update: 0, unchanged: 140, vanished: [] });
    const after = JSON.parse((await shell.types('import', 'vn_nq03/NQ03_PL2_after.csv', '--json')).stdout);
    expect(after.create).toBe(after.vanished.length);
    expect(after.create + after.update + after.unchanged).toBe(140);
    expect(after.create).toBeLessThan(5);
  },
  120_000,
);
