import {
  type AgencyName,
  agencyKey,
  type KnownAgency,
  type SplitNames,
  splitAgencies,
} from '../domain/agency-names.ts';
import { type DueDate, type ParsedDue, type Precision, parseDue } from '../domain/due-date.ts';
import { fold } from '../domain/fold.ts';
import type { Field } from './headers.ts';
import { importLimits } from './limits.ts';
import type { Mapping } from './map.ts';
import type { Question, QuestionReason } from './question.ts';
import type { ReadSheet } from './sheet.ts';
import { type RowKind, sortRows } from './sort-rows.ts';

/** One row (with what spilled from it) as it would enter the register. lead: in order, the first answers. */
export interface PlannedCommitment {
  row: number;
  /** The same for the same task in a later edition of the file: its number (or "-"), a space, its folded title. */
  key: string;
  number: string | null;
  title: string;
  section: string | null;
  lead: AgencyName[];
  cooperating: AgencyName[];
  due: DueDate;
  start: DueDate | null;
  signedOn: DueDate | null;
  partners: string[];
  instrument: string | null;
  result: string | null;
  status: string | null;
}

export type SkipReason = Exclude<RowKind, 'item'> | 'no-title' | 'too-long';
export type { Field } from './headers.ts';
export type { Question, QuestionReason } from './question.ts';

/** Every row after the header is the row of one item or of one skip. */
export interface ImportPlan {
  items: PlannedCommitment[];
  skipped: { row: number; why: SkipReason }[];
  questions: Question[];
  /** How many different agencies and groups: by code where known, else by folded name. */
  agencies: { lead: number; cooperating: number };
  precision: Record<Precision, number>;
  mapping: Mapping;
}

/** What an import would do, row by row; changes nothing. The same sheet, mapping and agencies give the same plan. */
export function planImport(sheet: ReadSheet, mapping: Mapping, known: readonly KnownAgency[]): ImportPlan {
  const sorted = sortRows(sheet, mapping);
  const plan: ImportPlan = {
    items: [],
    skipped: sorted.skipped.slice(),
    questions: sorted.questions.slice(),
    agencies: { lead: 0, cooperating: 0 },
    precision: { day: 0, month: 0, quarter: 0, half: 0, year: 0, ongoing: 0, unknown: 0 },
    mapping,
  };
  const desk = new Desk(mapping, known, plan.questions);
  for (const task of sorted.tasks) {
    const refused = desk.refusal(task.row, task.cells);
    if (refused) plan.skipped.push({ row: task.row, why: refused });
    else plan.items.push(desk.item(task.row, task.cells, task.section));
  }
  if (!desk.has('lead') && plan.items.length > 0)
    plan.questions.push({ row: mapping.headerRow, column: '', text: '', why: 'no-lead-column' });
  for (const item of plan.items) plan.precision[item.due.precision]++;
  plan.agencies.lead = new Set(plan.items.flatMap((item) => item.lead.map(agencyKey))).size;
  plan.agencies.cooperating = new Set(plan.items.flatMap((item) => item.cooperating.map(agencyKey))).size;
  plan.skipped.sort((a, b) => a.row - b.row);
  plan.questions.sort((a, b) => a.row - b.row);
  return plan;
}

/** Reads cells into what they mean and notes what has to be asked. */
class Desk {
  readonly #columns: ReadonlyMap<Field, { index: number; label: string }>;
  readonly #dayFirst: boolean;
  readonly #known: readonly KnownAgency[];
  readonly #questions: Question[];
  readonly #names = new Map<string, SplitNames>();
  readonly #keys = new Map<string, number>();

  constructor(mapping: Mapping, known: readonly KnownAgency[], questions: Question[]) {
    this.#columns = new Map(
      mapping.columns.flatMap((column) => (column.field ? [[column.field, column] as const] : [])),
    );
    this.#dayFirst = mapping.dayFirst;
    this.#known = known;
    this.#questions = questions;
  }

  has(field: Field): boolean {
    return this.#columns.has(field);
  }

  refusal(row: number, cells: readonly string[]): 'no-title' | 'too-long' | null {
    const title = this.#cell(cells, 'title');
    if (title === '') this.#ask(row, 'title', cells.filter(Boolean).join(' | ').slice(0, 200), 'no-title');
    else if (title.length > importLimits.titleAsked) this.#ask(row, 'title', `${title.slice(0, 200)} …`, 'too-long');
    return title === '' ? 'no-title' : title.length > importLimits.title ? 'too-long' : null;
  }

  item(row: number, cells: readonly string[], section: string | null): PlannedCommitment {
    const title = this.#cell(cells, 'title');
    const number = this.#number(row, cells);
    const lead = this.#agencies(row, cells, 'lead');
    if (lead.length === 0 && this.has('lead')) this.#ask(row, 'lead', this.#cell(cells, 'lead'), 'no-lead');
    return {
      row,
      key: this.#key(row, number, title),
      number,
      title,
      section,
      lead,
      cooperating: this.#agencies(row, cells, 'cooperating'),
      due: this.#date(row, cells, 'due') ?? { precision: 'unknown', start: null, end: null, raw: '' },
      start: this.#date(row, cells, 'start'),
      signedOn: this.#date(row, cells, 'signedOn'),
      partners: this.#cell(cells, 'partner')
        .split(/\s*[;\n]\s*/)
        .filter(Boolean),
      instrument: this.#cell(cells, 'instrument') || null,
      result: this.#cell(cells, 'result') || null,
      status: this.#cell(cells, 'status') || null,
    };
  }

  #number(row: number, cells: readonly string[]): string | null {
    const number = this.#cell(cells, 'number').replace(/[.)]+$/, '');
    if (number.length <= importLimits.number) return number || null;
    this.#ask(row, 'number', `${number.slice(0, 200)} …`, 'long-number');
    return null;
  }

  #cell(cells: readonly string[], field: Field): string {
    const column = this.#columns.get(field);
    return column ? (cells[column.index] ?? '') : '';
  }

  #ask(row: number, field: Field, text: string, why: QuestionReason): void {
    this.#questions.push({ row, column: this.#columns.get(field)?.label ?? '', text, why });
  }

  /** The same body under two of its names ("Bộ Xây dựng, Bộ Giao thông vận tải") is named once. */
  #agencies(row: number, cells: readonly string[], field: 'lead' | 'cooperating'): AgencyName[] {
    const cell = this.#cell(cells, field);
    const split = this.#names.get(cell) ?? splitAgencies(cell, this.#known);
    this.#names.set(cell, split);
    if (split.leftovers.length > 0) this.#ask(row, field, split.leftovers.join(' | ').slice(0, 500), 'not-a-name');
    const byKey = new Map<string, AgencyName>();
    for (const name of split.names) if (!byKey.has(agencyKey(name))) byKey.set(agencyKey(name), name);
    return [...byKey.values()];
  }

  #date(row: number, cells: readonly string[], field: 'due' | 'start' | 'signedOn'): DueDate | null {
    if (!this.has(field)) return null;
    const raw = this.#cell(cells, field);
    const parsed: ParsedDue = parseDue(raw, { dayFirst: this.#dayFirst });
    if (parsed.ok) return parsed.due;
    this.#ask(row, field, raw.slice(0, 500), parsed.why);
    return { precision: 'unknown', start: null, end: null, raw };
  }

  #key(row: number, number: string | null, title: string): string {
    const folded = fold(title);
    // PostgreSQL indexes no more than some 2,700 bytes; a long title is told by its beginning, its length and its sum.
    const told = folded.length > 600 ? `${folded.slice(0, 560)}~${folded.length}~${sum(folded)}` : folded;
    const key = `${number?.replace(/\s+/g, '_') ?? '-'} ${told}`;
    const n = (this.#keys.get(key) ?? 0) + 1;
    this.#keys.set(key, n);
    if (n === 1) return key;
    this.#ask(row, 'title', title.slice(0, 200), 'duplicate');
    return `${key}#${n}`;
  }
}

/** FNV-1a, 32 bits. */
function sum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
