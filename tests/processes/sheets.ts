import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Home } from './bot.ts';

/** Writes a sheet of so many commitments, spread over so many agencies, all long due; resolves to its path. */
export async function writeSheet(home: Home, rows: number, agencies = 10): Promise<string> {
  const file = path.join(home.cwd, `sheet-${rows}.csv`);
  const lines = Array.from(
    { length: rows },
    (_, at) =>
      `${at + 1};Complete measure number ${at + 1} of the joint programme;Ministry ${at % agencies};Ministry ${(at + 1) % agencies};Report;6/2025`,
  );
  await writeFile(file, ['No;Title;Lead agency;Cooperating agencies;Result;Due date', ...lines].join('\n'));
  return file;
}
