import { UserError } from '../domain/user-error.ts';
import { theCommitment } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, CommitmentView } from './ports.ts';
import { tellChanged } from './tell-changed.ts';

/**
 * Takes a commitment out of counts, lists and reminders, with a reason; its card and history stay. Whoever answers
 * for it is told.
 */
export async function withdrawCommitment(
  house: House,
  actor: Actor,
  ref: string,
  reason: string,
): Promise<{ commitment: CommitmentView; told: string | null }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const was = await theCommitment(writer, ref);
    const at = house.clock.now();
    const commitment = await writer.changeCommitment(was.id, { withdrawn: { at, why: reason }, reason }, 'withdrawn');
    const told = await tellChanged(writer, house, was, commitment.version, { what: 'withdrawn', fields: [], reason });
    return { commitment, told: told?.name ?? null };
  });
}

/** Brings a withdrawn commitment back as it was. */
export async function restoreCommitment(
  house: House,
  actor: Actor,
  ref: string,
): Promise<{ commitment: CommitmentView; told: string | null }> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const was = await theCommitment(writer, ref, { withdrawn: true });
    if (was.withdrawnAt === null) throw new UserError('not-withdrawn', { ref: was.ref }, { field: 'commitment' });
    const commitment = await writer.changeCommitment(was.id, { withdrawn: null }, 'restored');
    const changed = { what: 'restored', fields: [], reason: null } as const;
    const told = await tellChanged(writer, house, commitment, commitment.version, changed);
    return { commitment, told: told?.name ?? null };
  });
}
