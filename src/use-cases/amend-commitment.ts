import type { DueDate } from '../domain/due-date.ts';
import { findAll, UserError } from '../domain/user-error.ts';
import { theAgency, theCommitment, theDue } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, AgencyView, CommitmentPatch, CommitmentView, Reader } from './ports.ts';
import { agenciesIn, namesIn } from './register-commitment.ts';
import { tellAssigned } from './tell.ts';
import { tellChanged } from './tell-changed.ts';

/** The blanks that can be amended, in the order in which they are said. */
export const AMENDED = ['title', 'due', 'lead', 'partners', 'instrument', 'cooperating'] as const;
export type Amended = (typeof AMENDED)[number];

export type Amendment = { readonly [K in Amended]?: string | undefined } & {
  readonly commitment: string;
  readonly reason?: string | undefined;
};

/** What stands in the register, as a form is filled in with it; nothing of what the viewer may not see. */
export async function amendable(
  house: House,
  actor: Actor,
  ref: string,
): Promise<{ commitment: CommitmentView; values: Readonly<Partial<Record<Amended, string>>> }> {
  requireCoordinator(actor);
  const commitment = await theCommitment(house.store.read(actor), ref);
  return { commitment, values: valuesOf(commitment) };
}

function valuesOf(commitment: CommitmentView): Partial<Record<Amended, string>> {
  // Restricted to this viewer: not even the deadline is shown.
  if (commitment.title === null) return {};
  return {
    title: commitment.title,
    due: dueTyped(commitment.due),
    lead: shortName(commitment.lead),
    partners: commitment.partners.join('; '),
    instrument: commitment.instrument ?? '',
    cooperating: commitment.cooperating.map(shortName).join('; '),
  };
}

/** Its name, where a choice holds it (Slack's value: 75 characters) and no list would cut it in two. */
const shortName = ({ name, code }: AgencyView): string => (name.length > 75 || name.includes(';') ? code : name);

/** A due date as it was typed; where a sheet said nothing, nothing. */
const dueTyped = (due: DueDate): string => due.raw || due.end || '';

/** Columns of the register, as history keeps them, by the blank they belong to. */
const COLUMNS: Readonly<Record<Amended, readonly string[]>> = {
  title: ['title'],
  due: ['due_raw', 'due_end'],
  lead: ['lead_id'],
  partners: ['partners'],
  instrument: ['instrument'],
  cooperating: ['cooperating'],
};

/**
 * Corrects what was registered, with a reason; only what differs is written. `emptied`: blanks that were sent in
 * empty. A version that is no longer the record's is refused with what somebody else made of each field meanwhile;
 * sent again, it goes through. Whoever answers for it is told.
 */
export async function amendCommitment(
  house: House,
  actor: Actor,
  wish: Amendment,
  emptied: ReadonlySet<string>,
  version: number | undefined,
): Promise<{ commitment: CommitmentView; changed: readonly Amended[]; told: string | null }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const was = await theCommitment(writer, wish.commitment);
    const before = valuesOf(was);
    // Only a form that showed what stood there can take it away: it carries the version it was filled in from.
    const shown = version !== undefined && was.title !== null;
    const gone = (name: Amended) => shown && wish[name] === undefined && emptied.has(name);
    if (version !== undefined && version !== was.version) throw await changedMeanwhile(writer, was, wish, version);
    if (gone('title') || gone('due') || gone('lead'))
      throw new UserError(
        'amend-empty',
        { ref: was.ref },
        { field: gone('title') ? 'title' : gone('due') ? 'due' : 'lead' },
      );
    if (wish.reason === undefined) throw new UserError('reason-missing', { ref: was.ref }, { field: 'reason' });
    const given = (name: Amended) => wish[name] !== undefined && wish[name] !== before[name];
    const found = await findAll({
      due: () => (given('due') ? theDue(wish.due ?? '') : null),
      lead: () => (given('lead') ? theAgency(writer, wish.lead ?? '', 'lead') : null),
      cooperating: () =>
        given('cooperating') ? agenciesIn(writer, wish.cooperating) : gone('cooperating') ? [] : null,
    });
    if (found.due?.end && was.signedOn !== null && found.due.end < was.signedOn)
      throw new UserError('due-before-signed', { due: wish.due ?? '', signed: was.signedOn }, { field: 'due' });
    const partners = given('partners') ? namesIn(wish.partners) : gone('partners') ? [] : null;
    const patches: Record<Amended, CommitmentPatch | null> = {
      title: given('title') ? { title: wish.title ?? '' } : null,
      due: found.due ? { due: found.due } : null,
      lead: found.lead && found.lead.id !== was.lead.id ? handedTo(house, was, found.lead) : null,
      partners: partners && { partners },
      instrument: given('instrument')
        ? { instrument: wish.instrument ?? null }
        : gone('instrument')
          ? { instrument: null }
          : null,
      cooperating: found.cooperating && { cooperatingIds: found.cooperating.map((agency) => agency.id) },
    };
    const changed = AMENDED.filter((name) => patches[name] !== null && !sameAsBefore(name, patches[name], was));
    if (changed.length === 0) throw new UserError('nothing-amended', { ref: was.ref });
    const patch = Object.assign({}, ...changed.map((name) => patches[name]));
    const after = await writer.changeCommitment(was.id, { ...patch, reason: wish.reason }, 'amended', version);
    const told = changed.includes('lead') ? await tellAssigned(writer, house, after) : null;
    const facts = { what: 'amended', fields: changed, reason: wish.reason } as const;
    // Whoever answered is told, though another agency does from now on.
    const owner = await tellChanged(writer, house, was, after.version, facts);
    return { commitment: after, changed, told: (told ?? owner)?.name ?? null };
  });
}

/** Another agency answers: its first officer, until one is named. */
const handedTo = (house: House, was: CommitmentView, lead: AgencyView): CommitmentPatch => ({
  leadId: lead.id,
  officerId: null,
  assignedAt: house.clock.now(),
  disownedAt: null,
  coLeadIds: was.coLeads.map((agency) => agency.id).filter((id) => id !== lead.id),
  cooperatingIds: was.cooperating.map((agency) => agency.id).filter((id) => id !== lead.id),
});

/** The same in other words: the agencies of a line in the same order, a name with its code. */
function sameAsBefore(name: Amended, patch: CommitmentPatch | null, was: CommitmentView): boolean {
  const same = (one: readonly unknown[], other: readonly unknown[]) => JSON.stringify(one) === JSON.stringify(other);
  if (was.title === null) return false;
  if (name === 'partners') return same(patch?.partners ?? [], was.partners);
  if (name === 'instrument') return (patch?.instrument ?? null) === was.instrument;
  if (name === 'cooperating')
    return same(
      patch?.cooperatingIds ?? [],
      was.cooperating.map((agency) => agency.id),
    );
  return false;
}

/** Who changed it, and under each field that differs now from what was sent in, what it became. */
async function changedMeanwhile(
  reader: Reader,
  now: CommitmentView,
  wish: Amendment,
  version: number,
): Promise<UserError> {
  const changes = await reader.changesSince(now.id, version);
  const last = changes.at(-1);
  const values = valuesOf(now);
  const others = AMENDED.flatMap((field) => {
    const by = changes.findLast(({ columns }) => COLUMNS[field].some((column) => columns.includes(column)))?.by;
    const differs = values[field] !== undefined && (wish[field] ?? '') !== values[field];
    return by !== undefined && differs
      ? [new UserError('field-changed', { by, now: values[field] || '–' }, { field })]
      : [];
  });
  return new UserError(
    'changed-meanwhile',
    { ref: now.ref, by: last?.by ?? '', at: last?.at ?? '' },
    { version: now.version, others },
  );
}
