import type { AgencyName } from '../domain/agency-names.ts';
import { fold } from '../domain/fold.ts';
import { type FieldFate, fateOf } from '../domain/three-way.ts';
import type { Field, ImportPlan, PlannedCommitment } from '../imports/plan.ts';
import type { Question } from '../imports/question.ts';
import type { AgencyView, AmendedRow, CommitmentView } from './ports.ts';

/** The columns of a sheet that a later edition may change. */
export const SHEET_FIELDS = ['title', 'due', 'result', 'instrument', 'lead', 'cooperating', 'partner'] as const;
export type SheetField = (typeof SHEET_FIELDS)[number];
/** Values to be compared, and nothing else. */
export type FieldValues = Readonly<Partial<Record<SheetField, string>>>;

/** Whether a sheet has a column for a field: of what it does not tell, an edition changes nothing. */
export const tells = (plan: ImportPlan, field: Field): boolean =>
  plan.mapping.columns.some((column) => column.field === field);

const list = (values: readonly unknown[]): string => JSON.stringify(values);
const due = (raw: unknown, end: unknown): string => list([raw, end ?? null]);

/** What a row of a sheet says, of the columns that the sheet has; an empty lead says nothing. */
export function incomingValues(
  item: PlannedCommitment,
  plan: ImportPlan,
  lookup: (name: AgencyName) => AgencyView | null,
): FieldValues {
  const ids = (names: readonly AgencyName[]) => [
    ...new Set(names.map((name) => lookup(name)?.id ?? `new ${fold(name.text)}`)),
  ];
  const lead = ids(item.lead);
  const said: Record<SheetField, string> = {
    title: item.title,
    due: due(item.due.raw, item.due.end),
    result: item.result ?? '',
    instrument: item.instrument ?? '',
    lead: list(lead),
    cooperating: list(ids(item.cooperating).filter((id) => !lead.includes(id))),
    partner: list(item.partners),
  };
  return Object.fromEntries(
    SHEET_FIELDS.filter((field) => (field === 'lead' ? lead.length > 0 : field === 'title' || tells(plan, field))).map(
      (field) => [field, said[field]],
    ),
  );
}

const presentValues = (was: CommitmentView): Record<SheetField, string> => ({
  title: was.title ?? '',
  due: due(was.due.raw, was.due.end),
  result: was.result ?? '',
  instrument: was.instrument ?? '',
  lead: list([was.lead.id, ...was.coLeads.map((agency) => agency.id)]),
  cooperating: list(was.cooperating.map((agency) => agency.id)),
  partner: list(was.partners),
});

type Columns = Readonly<Record<string, unknown>>;
/** The value of a field among the columns that a history row names; undefined where it names none of it. */
function valueIn(field: SheetField, columns: Columns): string | undefined {
  switch (field) {
    case 'due':
      return 'due_raw' in columns ? due(columns['due_raw'], columns['due_end']) : undefined;
    case 'lead':
      return 'lead_id' in columns
        ? list([columns['lead_id'], ...((columns['coLeads'] as readonly number[] | undefined) ?? [])])
        : undefined;
    case 'cooperating':
      return 'cooperating' in columns ? list((columns['cooperating'] as readonly number[] | null) ?? []) : undefined;
    case 'partner':
      return 'partners' in columns ? list((columns['partners'] as readonly string[] | null) ?? []) : undefined;
    case 'title':
    case 'result':
    case 'instrument':
      return field in columns ? String(columns[field] ?? '') : undefined;
    default:
      return field satisfies never;
  }
}

/**
 * What the sheet last said of each field that a hand has amended since, from what became of one commitment, oldest
 * first. What an import took is the sheet's again.
 */
export function sheetSaid(rows: readonly AmendedRow[]): FieldValues {
  const base: Partial<Record<SheetField, string>> = {};
  const byHand = new Set<SheetField>();
  for (const { change, before, after } of rows) {
    const said = (after?.['sheetSaid'] ?? {}) as FieldValues;
    for (const field of SHEET_FIELDS) {
      const was = valueIn(field, before ?? {});
      const is = valueIn(field, after ?? {});
      if (change === 'imported') {
        if (is !== undefined && is !== was) byHand.delete(field);
        if (said[field] !== undefined) base[field] = said[field];
      } else if (is !== undefined && is !== was && !byHand.has(field)) {
        byHand.add(field);
        base[field] = was ?? '';
      }
    }
  }
  return Object.fromEntries([...byHand].map((field) => [field, base[field] ?? '']));
}

/** What an import does with each field of a row, beside what the register has of it. */
export interface RowFate {
  readonly take: ReadonlySet<SheetField>;
  /** Amended by hand, and the sheet says what it said before. */
  readonly keep: readonly SheetField[];
  /** Amended by hand, and the sheet says something new. */
  readonly ask: readonly SheetField[];
  /** What the sheet says of the fields that are kept. */
  readonly said: FieldValues;
}

export function fateOfRow(incoming: FieldValues, was: CommitmentView, base: FieldValues): RowFate {
  const present = presentValues(was);
  const of = (fate: FieldFate) =>
    SHEET_FIELDS.filter((field) => {
      const said = incoming[field];
      return said !== undefined && fateOf({ base: base[field], present: present[field], incoming: said }) === fate;
    });
  const ask = of('ask');
  const said = Object.fromEntries(ask.map((field) => [field, incoming[field] ?? '']));
  return { take: new Set(of('take')), keep: of('keep'), ask, said };
}

/** A field that both a hand and the sheet changed, as a question: the commitment, and what each of them says. */
export function handQuestion(
  field: SheetField,
  item: PlannedCommitment,
  was: CommitmentView,
  plan: ImportPlan,
): Question {
  const names = (all: readonly { readonly name?: string; readonly text?: string }[]) =>
    all.map((each) => each.name ?? each.text ?? '').join(', ');
  const sides: Record<SheetField, readonly [string, string]> = {
    title: [item.title, was.title ?? ''],
    due: [item.due.raw, was.due.raw || (was.due.end ?? '')],
    result: [item.result ?? '', was.result ?? ''],
    instrument: [item.instrument ?? '', was.instrument ?? ''],
    lead: [names(item.lead), names([was.lead, ...was.coLeads])],
    cooperating: [names(item.cooperating), names(was.cooperating)],
    partner: [item.partners.join('; '), was.partners.join('; ')],
  };
  const [sheet, register] = sides[field].map((side) => (side === '' ? '–' : side.slice(0, 150)));
  return {
    row: item.row,
    column: plan.mapping.columns.find((column) => column.field === field)?.label ?? '',
    // What is restricted is not quoted from the register.
    text: was.restricted ? `${was.ref}: ${sheet}` : `${was.ref}: ${sheet} / ${register}`,
    why: 'amended-by-hand',
  };
}
