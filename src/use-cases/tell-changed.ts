import type { House } from './house.ts';
import type { CommitmentView, OfficerView, Writer } from './ports.ts';
import { answering, tellDirectly } from './tell.ts';
import { todayOf } from './zoned.ts';

/** What a coordinator did to a commitment, for whoever answers for it. */
export interface Changed {
  readonly what: 'amended' | 'withdrawn' | 'restored';
  /** The blanks that were amended. */
  readonly fields: readonly string[];
  readonly reason: string | null;
}

/**
 * Tells the officer who answers for a commitment what became of it; once for each version. Nothing about what an
 * import holds back, and nothing to whoever did it. Resolves to whoever is told, or null.
 */
export async function tellChanged(
  writer: Writer,
  house: House,
  commitment: CommitmentView,
  version: number,
  changed: Changed,
): Promise<OfficerView | null> {
  if (commitment.held || commitment.verifiedAt !== null) return null;
  const officer = await answering(writer, commitment, todayOf(house));
  if (!officer || officer.id === writer.actor.officerId) return null;
  const told = await tellDirectly(writer, house, officer, {
    key: `commitment-changed:${commitment.id}:${version}`,
    kind: 'commitment-changed',
    facts: { commitmentId: commitment.id, by: writer.actor.displayName, ...changed },
    expiresHours: 72,
  });
  return told === null ? null : officer;
}
