import { UserError } from '../domain/user-error.ts';
import type { Actor, CommitmentView } from './ports.ts';

/** An actor who is an officer of the register. */
export type OfficerActor = Actor & { readonly officerId: number; readonly agencyId: number };

export function requireOfficer(actor: Actor): asserts actor is OfficerActor {
  if (actor.officerId === null || actor.agencyId === null)
    throw new UserError('not-linked', { name: actor.displayName });
}

/** Coordinators keep the register; the house and the operator's shell act with their rights. */
export function requireCoordinator(actor: Actor): void {
  if (actor.role !== 'coordinator' && actor.role !== 'house') throw new UserError('not-coordinator');
}

/** The agencies that have a part in it. */
export const concernedAgencies = ({ lead, coLeads, cooperating }: CommitmentView): number[] =>
  [lead, ...coLeads, ...cooperating].map((agency) => agency.id);

/** Whoever answers for it: an officer of a lead or cooperating agency, its named officer or their stand-in, or a coordinator. */
export function requireConcerned(actor: Actor, commitment: CommitmentView, standsInFor: readonly number[] = []): void {
  if (actor.role === 'coordinator' || actor.role === 'house') return;
  if (actor.agencyId !== null && concernedAgencies(commitment).includes(actor.agencyId)) return;
  if (
    commitment.officerId !== null &&
    (commitment.officerId === actor.officerId || standsInFor.includes(commitment.officerId))
  )
    return;
  throw new UserError('not-concerned', { ref: commitment.ref, lead: commitment.lead.name });
}
