import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { vietnamAgencies } from '../../src/imports/known-agencies/vn.ts';
import type { ImportPlan } from '../../src/imports/plan.ts';
import { previewImport } from '../../src/imports/preview.ts';

const here = dirname(fileURLToPath(import.meta.url));
export const fixture = (name: string): Uint8Array => readFileSync(join(here, 'fixtures', name));

/** Real public registers, kept beside the project where there are any; they are not ours to ship. */
const REAL = join(here, '../../../shared/data');
export const realFile = (name: string): Uint8Array => readFileSync(join(REAL, name));
export const itReadsRealFiles = it.runIf(existsSync(REAL));
if (!existsSync(REAL)) console.info('not run: ../shared/data is not here');

export const planned = async (bytes: Uint8Array, name: string): Promise<ImportPlan> =>
  (await previewImport(bytes, name, vietnamAgencies)).plan;

export const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
