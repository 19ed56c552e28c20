import { splitAgencies } from '../domain/agency-names.ts';
import { beginsAnAgency } from '../domain/agency-words.ts';
import { parseDue } from '../domain/due-date.ts';
import { type Field, fields, foldHeader, meanings } from './headers.ts';
import { ImportError } from './import-error.ts';
import type { ReadFile } from './read.ts';
import type { ReadSheet } from './sheet.ts';

export type { Field } from './headers.ts';

/** label: the header as in the file, with " (2)" where the same header stands twice. index counts from 0. */
export interface MappedColumn {
  index: number;
  header: string;
  label: string;
  field: Field | null;
}

/** What each column is taken for. Plain data: a person may correct it with `assign` and plan again. */
export interface Mapping {
  sheet: string;
  /** As a person counts; what stands above is a title. */
  headerRow: number;
  columns: MappedColumn[];
  /** Headers that stand more than once, as in the file. */
  duplicates: string[];
  /** How 03/04/2025 is read in this sheet: told by a date elsewhere in it that is possible one way only. */
  dayFirst: boolean;
}

/** A title, a merged band, a line of notes: headers of real registers stood in rows 1 to 9. */
const SEARCHED_ROWS = 30;
const SAMPLED_ROWS = 300;
/** A title and one more field make a register. */
const LEAST_SCORE = 3;
const DATE_FIELDS: ReadonlySet<Field> = new Set(['due', 'signedOn', 'start']);

/**
 * The sheet that is a register, and what its columns are; others: the sheets that look like registers too and are not
 * read. Throws ImportError 'transposed' or 'no-header'.
 */
export function mapFile(file: ReadFile): { sheet: ReadSheet; mapping: Mapping; others: string[] } {
  const scored = file.sheets.map((sheet) => ({ sheet, header: headerOf(sheet) }));
  scored.sort((a, b) => b.header.score - a.header.score || b.sheet.rows.length - a.sheet.rows.length);
  const best = scored[0];
  if (!best) throw new ImportError('empty');
  const others = scored
    .slice(1)
    .filter(
      ({ header, sheet }) => header.score >= Math.max(LEAST_SCORE, best.header.score * 0.7) && sheet.rows.length > 1,
    );
  return { sheet: best.sheet, mapping: mapSheet(best.sheet), others: others.map(({ sheet }) => sheet.name) };
}

/** What the columns of one sheet are, from its headers and its contents. */
export function mapSheet(sheet: ReadSheet): Mapping {
  const { at, score } = headerOf(sheet);
  refuseTransposed(sheet, score);
  const header = sheet.rows[at];
  if (!header || score < LEAST_SCORE)
    throw new ImportError('no-header', {
      sheet: sheet.name,
      seen: (sheet.rows[0]?.cells ?? []).filter(Boolean).slice(0, 6).join(' | ').slice(0, 200),
    });
  const sample = sheet.rows.slice(at + 1, at + 1 + SAMPLED_ROWS).map((row) => row.cells);
  const columns = labelled(header.cells);
  for (const field of fields) {
    const best = bestColumn(field, columns, sample);
    if (best) best.field = field;
  }
  if (!columns.some((column) => column.field === 'title')) {
    const longest = longestText(columns, sample);
    if (longest) longest.field = 'title';
  }
  if (!columns.some((column) => column.field === 'lead')) {
    const naming = columns.find((column) => column.field === null && namesAgencies(column, sample));
    if (naming) naming.field = 'lead';
  }
  const labels = columns.map((column) => column.header).filter(Boolean);
  return {
    sheet: sheet.name,
    headerRow: header.row,
    columns,
    duplicates: [...new Set(labels.filter((label, i) => labels.indexOf(label) !== i))],
    dayFirst: dayFirstIn(columns, sample),
  };
}

/** No column means anything yet: for a person to `assign`, where the headers are in words we don't know. */
export function blankMapping(sheet: ReadSheet, headerRow: number): Mapping {
  const cells = sheet.rows.find((row) => row.row === headerRow)?.cells ?? [];
  return { sheet: sheet.name, headerRow, columns: labelled(cells), duplicates: [], dayFirst: true };
}

/** The mapping with one column meaning something else (or nothing); a field belongs to one column. */
export function assign(mapping: Mapping, index: number, field: Field | null): Mapping {
  const columns = mapping.columns.map((column) => {
    if (column.index === index) return { ...column, field };
    return column.field === field ? { ...column, field: null } : column;
  });
  return { ...mapping, columns };
}

function headerOf(sheet: ReadSheet): { at: number; score: number } {
  let best = { at: 0, score: 0 };
  for (const [at, row] of sheet.rows.slice(0, SEARCHED_ROWS).entries()) {
    const score = headerScore(row.cells);
    if (score > best.score) best = { at, score };
  }
  return best;
}

/** How many different fields these cells name; a title counts double, for nothing can be imported without one. */
function headerScore(cells: readonly string[]): number {
  const found = new Set<Field>();
  for (const cell of cells) {
    const [first] = [...meanings(cell)].sort((a, b) => a[1] - b[1]);
    if (first) found.add(first[0]);
  }
  return found.size + (found.has('title') && found.size > 1 ? 1 : 0);
}

/** Headers down the first column, one commitment in each of the others. */
function refuseTransposed(sheet: ReadSheet, headerRowScore: number): void {
  const down = sheet.rows.slice(0, 60).map((row) => row.cells[0] ?? '');
  const score = headerScore(down);
  if (score < 3 || score <= headerRowScore) return;
  const seen = down.filter((cell) => meanings(cell).size > 0).slice(0, 5);
  throw new ImportError('transposed', {
    sheet: sheet.name,
    seen: seen.map((cell) => cell.replace(/\s+/g, ' ').slice(0, 60)).join(' | '),
    columns: (sheet.rows[0]?.cells.length ?? 1) - 1,
  });
}

function labelled(cells: readonly string[]): MappedColumn[] {
  const count = new Map<string, number>();
  return cells.map((cell, index) => {
    const header = cell.replace(/\s+/g, ' ');
    const n = (count.get(header) ?? 0) + 1;
    count.set(header, n);
    return { index, header, label: n > 1 && header ? `${header} (${n})` : header || `#${index + 1}`, field: null };
  });
}

function bestColumn(field: Field, columns: MappedColumn[], sample: readonly string[][]): MappedColumn | undefined {
  let best: { column: MappedColumn; score: number } | undefined;
  for (const column of columns) {
    const preference = column.field === null ? meanings(column.header).get(field) : undefined;
    if (preference === undefined) continue;
    const cells = sample.map((row) => row[column.index] ?? '').filter(Boolean);
    const filled = cells.length / Math.max(1, sample.length);
    const dates = cells.filter((cell) => parseDue(cell).ok).length / Math.max(1, cells.length);
    if (DATE_FIELDS.has(field) && cells.length > 3 && dates < 0.2) continue;
    const score = 10 - preference + filled * 3 + (DATE_FIELDS.has(field) ? dates : 0);
    if (!best || score > best.score) best = { column, score };
  }
  return best?.column;
}

function longestText(columns: MappedColumn[], sample: readonly string[][]): MappedColumn | undefined {
  const length = (column: MappedColumn) => sample.reduce((sum, row) => sum + (row[column.index]?.length ?? 0), 0);
  return columns.filter((column) => column.field === null).sort((a, b) => length(b) - length(a))[0];
}

/** Most of what it holds begins as the names of agencies do, under whatever header. */
function namesAgencies(column: MappedColumn, sample: readonly string[][]): boolean {
  const cells = sample.map((row) => row[column.index] ?? '').filter(Boolean);
  const naming = cells.filter(
    (cell) => cell.length < 200 && splitAgencies(cell, []).names.some((n) => n.collective || beginsAnAgency(n.text)),
  );
  return cells.length > 0 && naming.length > cells.length * 0.6 && cells.length > sample.length * 0.3;
}

function dayFirstIn(columns: readonly MappedColumn[], sample: readonly string[][]): boolean {
  let [dayThen, monthThen] = [0, 0];
  for (const column of columns) {
    if (!column.field || !DATE_FIELDS.has(column.field)) continue;
    for (const row of sample) {
      const [, a, b] = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}$/.exec(row[column.index] ?? '') ?? [];
      if (Number(a) > 12) dayThen++;
      else if (Number(b) > 12) monthThen++;
    }
  }
  return dayThen > 0 || monthThen === 0;
}

/** Is this row the header once more (a page break in print), or the row that numbers the columns (1, 2, 3 …)? */
export function repeatsHeader(cells: readonly string[], mapping: Mapping): boolean {
  const filled = cells
    .map((cell, i) => [cell, mapping.columns[i]?.header ?? ''] as const)
    .filter(([cell]) => cell !== '');
  if (filled.length < 2) return false;
  if (filled.every(([cell, header]) => foldHeader(cell) === foldHeader(header))) return true;
  return (
    filled.every(([cell]) => /^\(?(?:\d{1,2}|[a-z])\)?$/i.test(cell)) &&
    filled.length >= mapping.columns.length - 1 &&
    filled.length > 2
  );
}
