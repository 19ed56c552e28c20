import { findAll, UserError } from '../domain/user-error.ts';
import { theAgency, theDay, theDue, theOfficer } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, AgencyView, CommitmentView, Reader } from './ports.ts';
import { tellAssigned } from './tell.ts';

/** The register's own limit; an import may bring longer titles from a document, a person types shorter ones. */
export const LONGEST_TITLE = 1000;

export interface Registration {
  readonly title: string;
  readonly lead: string;
  readonly due: string;
  readonly partners?: string | undefined;
  readonly instrument?: string | undefined;
  readonly cooperating?: string | undefined;
  readonly officer?: string | undefined;
  readonly event?: string | undefined;
  readonly result?: string | undefined;
  readonly signed?: string | undefined;
  readonly flagship?: boolean | undefined;
  readonly restricted?: boolean | undefined;
}

/** Registers what was promised and tells the officer who answers for it; `told` is their name, where there is one. */
export async function registerCommitment(
  house: House,
  actor: Actor,
  wish: Registration,
): Promise<{ commitment: CommitmentView; told: string | null }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const { due, signedOn, lead, cooperating, officer } = await findAll({
      due: () => theDue(wish.due),
      signedOn: () => (wish.signed === undefined ? null : theDay(wish.signed, 'signed')),
      lead: () => theAgency(writer, wish.lead, 'lead'),
      cooperating: () => agenciesIn(writer, wish.cooperating),
      officer: () => (wish.officer === undefined ? null : theOfficer(writer, wish.officer)),
    });
    if (signedOn !== null && due.end !== null && due.end < signedOn)
      throw new UserError('due-before-signed', { due: wish.due, signed: wish.signed ?? '' }, { field: 'due' });
    const commitment = await writer.addCommitment({
      title: wish.title,
      instrument: wish.instrument ?? null,
      event: wish.event ?? null,
      result: wish.result ?? null,
      partners: namesIn(wish.partners),
      signedOn,
      due,
      leadId: lead.id,
      cooperatingIds: cooperating.map((agency) => agency.id),
      officerId: officer?.id ?? null,
      flagship: wish.flagship ?? false,
      classification: wish.restricted ? 'restricted' : 'open',
      registeredAt: house.clock.now(),
    });
    const told = await tellAssigned(writer, house, commitment);
    return { commitment, told: told?.name ?? null };
  });
}

/** The agencies of a line. */
export async function agenciesIn(reader: Reader, typed: string | undefined): Promise<AgencyView[]> {
  const names = namesIn(typed);
  const found: AgencyView[] = [];
  for (const name of names) found.push(await oneOfSeveral(reader, name, names));
  return found;
}

/** One agency of a list; what may have been meant is offered in its place, beside the others. */
async function oneOfSeveral(reader: Reader, name: string, names: readonly string[]): Promise<AgencyView> {
  return theAgency(reader, name, 'cooperating').catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const nearest = (error.nearest ?? []).map(({ value, label }) => ({
      label,
      value: names.map((each) => (each === name ? value : each)).join('; '),
    }));
    throw new UserError(error.code, error.facts, { field: 'cooperating', nearest });
  });
}

/** Names in one line, between semicolons (a comma is part of many names) or, without any, commas. */
export function namesIn(typed: string | undefined): string[] {
  if (typed === undefined) return [];
  const separator = typed.includes(';') ? ';' : ',';
  return typed
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
