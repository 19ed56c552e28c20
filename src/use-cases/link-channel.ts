import { UserError } from '../domain/user-error.ts';
import { theAgency } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, AgencyView } from './ports.ts';

/** This channel is an agency's own, or (without an agency) the coordination channel. */
export async function linkChannel(
  house: House,
  actor: Actor,
  place: { platform: string; conversation: string; direct: boolean },
  agencyTyped: string | undefined,
): Promise<AgencyView | null> {
  requireCoordinator(actor);
  if (place.direct) throw new UserError('not-in-a-channel');
  return house.store.write(actor, async (writer) => {
    const agency = agencyTyped === undefined ? null : await theAgency(writer, agencyTyped);
    const kind = agency ? { kind: 'agency' as const, agencyId: agency.id } : { kind: 'coordination' as const };
    await writer.setChannel({ platform: place.platform, conversation: place.conversation, ...kind });
    return agency;
  });
}
