import { fold } from '../domain/fold.ts';
import { rankBySameness } from '../domain/sameness.ts';
import { UserError } from '../domain/user-error.ts';
import { ImportError } from '../imports/import-error.ts';
import type { ImportPlan, PlannedCommitment } from '../imports/plan.ts';
import { previewImport } from '../imports/preview.ts';
import type { ImportCounts } from '../messages/import.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { agencyLookup, knownNames } from './import-agencies.ts';
import { fateOfRow, handQuestion, incomingValues, type RowFate, sheetSaid } from './import-fields.ts';
import { type Actor, type AmendedRow, type CommitmentView, HOUSE, type ImportRow, type Reader } from './ports.ts';

export interface Preview {
  readonly source: string;
  /** Whether the register has an earlier edition of this file. */
  readonly known: boolean;
  readonly counts: ImportCounts;
  readonly plan: ImportPlan;
}

/** What is kept between the preview and the press. */
export interface KeptPlan {
  readonly plan: ImportPlan;
  readonly counts: ImportCounts;
}

/** Reads a file and says what importing it would do; changes nothing. */
export async function previewFile(house: House, actor: Actor, fileName: string, bytes: Uint8Array): Promise<Preview> {
  requireCoordinator(actor);
  // Rows are compared with the register as it is; only counts and references are shown.
  const reader = house.store.read(HOUSE);
  const { plan } = await previewImport(bytes, fileName, await knownNames(reader)).catch((error: unknown) => {
    if (error instanceof ImportError)
      throw new UserError(`import-${error.code}`, { file: fileName, ...error.facts }, { field: 'file' });
    throw error;
  });
  const { source, known } = await sourceOf(reader, fileName, plan);
  const matches = await matchRows(reader, source, plan);
  const lookup = await agencyLookup(reader);
  const newAgencies = new Map<string, string>();
  for (const name of plan.items.flatMap((item) => [...item.lead, ...item.cooperating])) {
    if (lookup(name) === null) newAgencies.set(fold(name.text), name.text);
  }
  const counts: ImportCounts = {
    create: matches.create.length,
    update: matches.update.length,
    unchanged: matches.unchanged,
    kept: matches.keptByHand,
    vanished: matches.vanished.map((each) => each.ref),
    precision: plan.precision,
    agencies: plan.agencies,
    newAgencies: [...newAgencies.values()],
    skipped: plan.skipped,
    questions: [...plan.questions, ...questionsOf(matches, plan)].toSorted((one, other) => one.row - other.row),
  };
  return { source, known, counts, plan };
}

/** What both a hand and the sheet changed. */
const questionsOf = (matches: Matches, plan: ImportPlan) =>
  [...matches.update, ...matches.kept].flatMap(({ item, was, fate }) =>
    fate.ask.map((field) => handQuestion(field, item, was, plan)),
  );

/** Previews a file in a conversation and keeps its plan for the press that imports it. */
export async function keepPreview(
  house: House,
  actor: Actor,
  fileName: string,
  bytes: Uint8Array,
): Promise<{ row: ImportRow; preview: Preview }> {
  const preview = await previewFile(house, actor, fileName, bytes);
  if (preview.counts.create + preview.counts.update + preview.counts.unchanged === 0)
    throw new UserError('import-nothing', { file: fileName }, { field: 'file' });
  const kept: KeptPlan = { plan: preview.plan, counts: preview.counts };
  const row = await house.store.write(actor, (writer) =>
    writer.addImport({ source: preview.source, fileName, plan: kept, at: house.clock.now() }),
  );
  return { row, preview };
}

/** What a preview was made of, for whoever wants to see all of it. */
export async function showImport(
  house: House,
  actor: Actor,
  id: number,
): Promise<{ id: number; fileName: string; counts: ImportCounts }> {
  requireCoordinator(actor);
  const row = await house.store.read(actor).import(id);
  if (!row) throw new UserError('no-such-import', { id });
  return { id, fileName: row.fileName, counts: (row.plan as KeptPlan).counts };
}

/**
 * Which sheet this is an edition of: the one whose tasks it shares most, where it shares at least a third; else a new
 * one, named after the file.
 */
async function sourceOf(
  reader: Reader,
  fileName: string,
  plan: ImportPlan,
): Promise<{ source: string; known: boolean }> {
  const own = new Set(plan.items.map((item) => item.key));
  const titles = new Set(plan.items.map((item) => fold(item.title)));
  let best: { source: string; shared: number } | null = null;
  for (const { source, keys } of await reader.sources()) {
    const shared = keys.filter((key) => own.has(key) || titles.has(titleIn(key))).length;
    if (shared > (best?.shared ?? 0)) best = { source, shared };
  }
  if (best && best.shared * 3 >= Math.min(own.size, 3000)) return { source: best.source, known: true };
  const stem = fold(fileName.replace(/\.[a-z0-9]{2,5}$/i, '')) || 'sheet';
  const taken = new Set((await reader.sources()).map((each) => each.source));
  let source = stem;
  for (let number = 2; taken.has(source); number++) source = `${stem} ${number}`;
  return { source, known: false };
}

const titleIn = (key: string): string => key.slice(key.indexOf(' ') + 1);

export interface Match {
  readonly item: PlannedCommitment;
  readonly was: CommitmentView;
  readonly fate: RowFate;
}

export interface Matches {
  readonly create: readonly PlannedCommitment[];
  readonly update: readonly Match[];
  readonly unchanged: number;
  /** Fields that stay as a hand amended them, the sheet saying what it said before. */
  readonly keptByHand: number;
  /** Unchanged, where the sheet says something new of what a hand has amended. */
  readonly kept: readonly Match[];
  readonly vanished: readonly CommitmentView[];
}

/** Each row of a plan beside what the register has of it: by key, else by number, else by title. */
export async function matchRows(reader: Reader, source: string, plan: ImportPlan): Promise<Matches> {
  const before = await reader.commitmentsBySource(source);
  const lookup = await agencyLookup(reader);
  const left = new Set(before);
  const byKey = new Map(before.map((each) => [each.sourceKey, each]));
  const byTitle = new Map(before.map((each) => [fold(each.title ?? ''), each]));
  const byNumber = new Map(
    before.flatMap((each) => (/^\d/.test(each.sourceKey) ? [[each.sourceKey.split(' ')[0] ?? '', each] as const] : [])),
  );
  const create: PlannedCommitment[] = [];
  const update: Match[] = [];
  const kept: Match[] = [];
  let unchanged = 0;
  let keptByHand = 0;
  // What is the same to the letter is taken first, so that a near match cannot take its place.
  const pairs = new Map<PlannedCommitment, (typeof before)[number]>();
  const finders = [
    (item: PlannedCommitment) => byKey.get(item.key),
    (item: PlannedCommitment) => byTitle.get(fold(item.title)),
    (item: PlannedCommitment) => (item.number === null ? undefined : byNumber.get(item.key.split(' ')[0] ?? '')),
  ];
  for (const find of finders) {
    for (const item of plan.items) {
      const was = pairs.has(item) ? undefined : find(item);
      // A number alone may have been given to another task: the titles must be alike as well.
      if (was && find === finders[2] && !alike(item.title, was.title ?? '')) continue;
      if (was && left.delete(was)) pairs.set(item, was);
    }
  }
  const amended = new Map<number, AmendedRow[]>();
  for (const row of await reader.amendmentsOf(source))
    amended.set(row.commitmentId, [...(amended.get(row.commitmentId) ?? []), row]);
  for (const item of plan.items) {
    const was = pairs.get(item);
    if (!was) {
      create.push(item);
      continue;
    }
    const said = sheetSaid(amended.get(was.id) ?? []);
    const match = { item, was, fate: fateOfRow(incomingValues(item, plan, lookup), was, said) };
    if (was.withdrawnAt === null) keptByHand += match.fate.keep.length;
    if (was.withdrawnAt === null && (match.fate.take.size > 0 || item.key !== was.sourceKey)) update.push(match);
    else {
      unchanged++;
      if (was.withdrawnAt === null && match.fate.ask.length > 0) kept.push(match);
    }
  }
  return {
    create,
    update,
    unchanged,
    keptByHand,
    kept,
    vanished: [...left].filter((each) => each.withdrawnAt === null),
  };
}

/** Whether two titles are editions of one: most of their words are the same (1 of 2 in `rankBySameness`). */
const alike = (one: string, other: string): boolean =>
  (rankBySameness(one, [{ id: 0, text: other }], 1)[0]?.score ?? 0) > 1;
