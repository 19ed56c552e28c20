import { type Mapping, repeatsHeader } from './map.ts';
import type { Question } from './question.ts';
import type { ReadSheet, SheetRow } from './sheet.ts';

export type RowKind = 'item' | 'section' | 'header' | 'blank' | 'continuation' | 'note' | 'total';

/** A task with what spilled into the rows below it joined to its cells. */
export interface Task {
  row: number;
  cells: string[];
  section: string | null;
}

export interface SortedRows {
  tasks: Task[];
  skipped: { row: number; why: Exclude<RowKind, 'item'> }[];
  questions: Question[];
}

const ROMAN_OR_LETTER = /^(?:[IVX]{1,6}|[A-ZĐ])\s*[.)/:-]?$/;
const ROMAN_THEN_TITLE =
  /^(?:[IVX]{1,6}|[A-ZĐ]|Phần [IVX\d]+|Mục [IVX\d]+|Section [IVX\d]+|Part [IVX\d]+)\s*[.):-]\s*\S/;
const TOTAL =
  /^(?:tổng(?: cộng| số)?|cộng|total|grand total|subtotal|sub-total|المجموع|الإجمالي|الاجمالي)(?:$|[\s:.(])/iu;
const NOTE =
  /^(?:ghi chú|chú thích|nguồn|lưu ý|notes?|source|remarks?|ملاحظات?|ملاحظة|المصدر)\s*[:：.-]|^(?:\*|¹|²|³|\(\*\))\s*\S/iu;
/** Below this share of numbered rows, a blank number says nothing about a row. */
const NUMBERED_SHARE = 0.5;

/** Tells tasks from sections, spilled rows, repeated headers, notes and totals. Each row after the header is one of them. */
export function sortRows(sheet: ReadSheet, mapping: Mapping): SortedRows {
  const rows = sheet.rows.filter((row) => row.row > mapping.headerRow);
  const at = new Map(
    mapping.columns.flatMap((column) => (column.field ? [[column.field, column.index] as const] : [])),
  );
  const [number, title] = [at.get('number'), at.get('title')];
  const filled = rows.filter((row) => row.cells.some(Boolean));
  const numbered =
    number !== undefined && filled.filter((row) => row.cells[number]).length >= filled.length * NUMBERED_SHARE;
  const sorted: SortedRows = { tasks: [], skipped: [], questions: [] };
  let section: string | null = null;
  /** Where an unnumbered row would belong. */
  let open: Task | 'section' | null = null;

  for (const [i, row] of rows.entries()) {
    const skip = (why: Exclude<RowKind, 'item'>) => sorted.skipped.push({ row: row.row, why });
    const others = row.cells.flatMap((cell, c) => (cell && c !== number && c !== title ? [c] : []));
    const said = (title === undefined ? '' : row.cells[title]) || (number === undefined ? '' : row.cells[number]) || '';
    const n = number === undefined ? '' : (row.cells[number] ?? '');
    if (row.cells.every((cell) => !cell)) skip('blank');
    else if (repeatsHeader(row.cells, mapping)) skip('header');
    else if (isTotal(row, n)) skip('total');
    else if (NOTE.test(firstCell(row)) && row.cells.filter(Boolean).length === 1) skip('note');
    else if (isSection(row, n, said, others, at, rows[i + 1], number)) {
      section = sectionTitle(n, said);
      open = 'section';
      skip('section');
      for (const c of others) ask(sorted, row, mapping, c, 'stray-cell');
    } else if (numbered && !n && open === null && said === '') skip('header');
    else if (numbered && !n && open !== null && !standsAlone(row, at)) {
      const beginsLower = /^[^\p{Lu}]*\p{Ll}|^[(–-]/u.test(said) || said === '';
      if (open === 'section') section = joined(section ?? '', said);
      else open.cells = open.cells.map((cell, c) => joined(cell, row.cells[c] ?? ''));
      if (open === 'section' ? others.length > 0 : !beginsLower || others.length > 0)
        ask(sorted, row, mapping, title ?? 0, 'continuation');
      if (open === 'section') for (const c of others) ask(sorted, row, mapping, c, 'stray-cell');
      skip('continuation');
    } else {
      if (numbered && !n) ask(sorted, row, mapping, title ?? 0, 'no-number');
      open = { row: row.row, cells: row.cells.slice(), section };
      sorted.tasks.push(open);
    }
  }
  return sorted;
}

function ask(sorted: SortedRows, row: SheetRow, mapping: Mapping, column: number, why: Question['why']): void {
  const text = (row.cells[column] || row.cells.filter(Boolean).join(' | ')).slice(0, 500);
  sorted.questions.push({ row: row.row, column: mapping.columns[column]?.label ?? '', text, why });
}

const firstCell = (row: SheetRow): string => row.cells.find(Boolean) ?? '';
const isTotal = (row: SheetRow, n: string): boolean =>
  !/^\d/.test(n) && TOTAL.test(firstCell(row)) && firstCell(row).length < 60;

function isSection(
  row: SheetRow,
  n: string,
  said: string,
  others: readonly number[],
  at: ReadonlyMap<string, number>,
  next: SheetRow | undefined,
  number: number | undefined,
): boolean {
  const lead = at.get('lead');
  if (others.length > 1 || (lead !== undefined && row.cells[lead])) return false;
  if (ROMAN_OR_LETTER.test(n) && said !== n) return true;
  if (others.length > 0) return false;
  if (row.cells.filter(Boolean).length === 1 && ROMAN_THEN_TITLE.test(firstCell(row))) return true;
  // "1" with a title alone, and "1.1" below it.
  const below = number === undefined ? '' : (next?.cells[number] ?? '');
  return /^\d{1,3}\.?$/.test(n) && said !== n && new RegExp(`^${n.replace('.', '')}\\.\\d`).test(below);
}

const sectionTitle = (n: string, said: string): string =>
  n && n !== said ? said : said.replace(/^(?:[IVX]{1,6}|[A-ZĐ])\s*[.):-]\s*/, '');

/** An unnumbered row with a title, a lead and a due date of its own lacks only its number. */
function standsAlone(row: SheetRow, at: ReadonlyMap<string, number>): boolean {
  return ['title', 'lead', 'due'].every((field) => {
    const column = at.get(field);
    return column !== undefined && (row.cells[column] ?? '') !== '';
  });
}

function joined(above: string, below: string): string {
  if (!above || !below) return above || below;
  return `${above} ${below}`;
}
