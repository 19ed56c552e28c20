import { UserError } from '../domain/user-error.ts';
import type { PlannedCommitment } from '../imports/plan.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { agencyTaker } from './import-agencies.ts';
import type { RowFate, SheetField } from './import-fields.ts';
import { type KeptPlan, matchRows } from './import-file.ts';
import { appliedFacts } from './import-start.ts';
import type { Actor, AgencyView, CommitmentPatch, ImportRow, Writer } from './ports.ts';
import { tellCoordinators } from './tell.ts';

/**
 * Imports what a preview showed, whole or not at all: one transaction. The other coordinators are told in it, with the
 * press that starts it; nothing is sent to officers about it before.
 */
export async function applyImport(house: House, actor: Actor, id: number) {
  requireCoordinator(actor);
  // Compared with the register as it is: a row that is restricted in chat is still the same row.
  await house.store.write({ ...actor, sight: 'house' }, async (writer) => {
    const row = await writer.import(id);
    if (!row) throw new UserError('no-such-import', { id });
    if (row.state !== 'previewed') throw new UserError('import-applied', { file: row.fileName });
    const done = await takeRows(house, writer, row);
    await writer.setImportApplied(id, done, house.clock.now());
    await tellCoordinators(writer, house, {
      key: `import-applied:${id}`,
      kind: 'import-applied',
      facts: { importId: id },
      // Whoever imports reads the answer.
      besides: actor.officerId,
    });
  });
  const applied = await appliedFacts(house, house.store.read(actor), id);
  if (!applied) throw new Error(`import ${id} is gone after it was applied`);
  return applied;
}

async function takeRows(house: House, writer: Writer, row: ImportRow): Promise<{ created: number; updated: number }> {
  // The register may have changed since the preview: the rows are matched again, in this transaction.
  const { plan } = row.plan as KeptPlan;
  const matches = await matchRows(writer, row.source, plan);
  const agencies = await agencyTaker(house, writer);
  const at = house.clock.now();
  const columns = async (item: PlannedCommitment) => {
    const [lead, ...coLeads] = await all(item.lead, agencies.take);
    const cooperating = await all(item.cooperating, agencies.take);
    return {
      title: item.title,
      instrument: item.instrument,
      partners: item.partners,
      result: item.result,
      due: item.due,
      leadId: lead?.id ?? null,
      coLeadIds: coLeads.map((agency) => agency.id),
      cooperatingIds: cooperating.map((agency) => agency.id),
      sourceKey: item.key,
    };
  };
  const created = [];
  for (const item of matches.create) {
    const { leadId, ...others } = await columns(item);
    const signedOn = item.signedOn?.precision === 'day' ? item.signedOn.end : null;
    const origin = { importId: row.id, source: row.source, registeredAt: at };
    created.push({
      ...others,
      ...origin,
      leadId: leadId ?? (await agencies.nobody()).id,
      field: item.section,
      signedOn,
    });
  }
  await writer.addCommitments(created);
  for (const { item, was, fate } of matches.update) {
    const { leadId, coLeadIds, ...next } = await columns(item);
    const takes = (field: SheetField) => fate.take.has(field);
    const patch: CommitmentPatch = {
      sourceKey: next.sourceKey,
      importId: row.id,
      ...(takes('title') ? { title: next.title } : {}),
      ...(takes('instrument') ? { instrument: next.instrument } : {}),
      ...(takes('partner') ? { partners: next.partners } : {}),
      ...(takes('result') ? { result: next.result } : {}),
      ...(takes('due') ? { due: next.due } : {}),
      ...(takes('cooperating') ? { cooperatingIds: next.cooperatingIds } : {}),
      ...(takes('lead') && leadId !== null ? { leadId, coLeadIds } : {}),
      ...noted(fate),
    };
    // What this edition changes waits with it until it is started; another agency's officer no longer answers.
    const handedOn =
      patch.leadId === undefined || leadId === was.lead.id ? {} : { officerId: null, assignedAt: at, disownedAt: null };
    await writer.changeCommitment(was.id, { ...patch, ...handedOn }, 'imported');
  }
  for (const { was, fate } of matches.kept) await writer.changeCommitment(was.id, noted(fate), 'imported');
  return { created: matches.create.length, updated: matches.update.length };
}

/** The next edition is asked about only where it says something new again. */
const noted = ({ ask, said }: RowFate): CommitmentPatch => (ask.length > 0 ? { sheetSaid: { ...said } } : {});

async function all<T>(names: readonly T[], take: (name: T) => Promise<AgencyView>): Promise<AgencyView[]> {
  const found: AgencyView[] = [];
  for (const name of names) {
    const agency = await take(name);
    if (!found.some((each) => each.id === agency.id)) found.push(agency);
  }
  return found;
}
