import { UserError } from '../domain/user-error.ts';
import { theAgency } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, AgencyView } from './ports.ts';

/**
 * This channel is an agency's own, or (without an agency) the coordination channel. `moves`: another channel is it now,
 * and nothing was done before that is agreed to.
 */
export async function linkChannel(
  house: House,
  actor: Actor,
  place: { platform: string; conversation: string; direct: boolean },
  agencyTyped: string | undefined,
  move: boolean,
): Promise<{ agency: AgencyView | null; moves: boolean }> {
  requireCoordinator(actor);
  if (place.direct) throw new UserError('not-in-a-channel');
  return house.store.write(actor, async (writer) => {
    const agency = agencyTyped === undefined ? null : await theAgency(writer, agencyTyped);
    const kind = agency ? { kind: 'agency' as const, agencyId: agency.id } : { kind: 'coordination' as const };
    const [now] = await writer.channels({ ...kind, platform: place.platform });
    if (now && now.conversation !== place.conversation && !move) return { agency, moves: true };
    await writer.setChannel({ platform: place.platform, conversation: place.conversation, ...kind });
    return { agency, moves: false };
  });
}
