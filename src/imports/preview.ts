import type { KnownAgency } from '../domain/agency-names.ts';
import { mapFile } from './map.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { type ReadFile, readSpreadsheet } from './read.ts';

/** A file as it came, and what importing it would do. Throws ImportError for a file that cannot be imported. */
export async function previewImport(
  bytes: Uint8Array,
  filename: string,
  known: readonly KnownAgency[],
): Promise<{ file: Omit<ReadFile, 'sheets'>; plan: ImportPlan }> {
  const { sheets, ...file } = await readSpreadsheet(bytes, filename);
  const { sheet, mapping, others } = mapFile({ ...file, sheets });
  const plan = planImport(sheet, mapping, known);
  const unread = others.map((name) => ({ row: 1, column: '', text: name, why: 'other-sheet' as const }));
  return { file, plan: { ...plan, questions: [...unread, ...plan.questions] } };
}
