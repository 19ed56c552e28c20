import { UserError } from '../domain/user-error.ts';
import { requireCoordinator, requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { moveToHours } from './keep-hours.ts';
import type { Actor } from './ports.ts';

/** An officer says in which zone they live: they are written to in their own working hours. Resolves to its name. */
export async function setZone(house: House, actor: Actor, typed: string): Promise<string> {
  requireOfficer(actor);
  const zone = theZone(typed);
  await house.store.write(actor, async (writer) => {
    await writer.changeOfficer(actor.officerId, { zone: zone === house.zone ? null : zone });
    await moveToHours(house, writer, actor.officerId);
  });
  return zone;
}

/**
 * A coordinator says in which zone a channel's people live: its planned digest waits for the digest's hour there, where
 * that is later than in the house. Resolves to the zone's name.
 */
export async function setChannelZone(
  house: House,
  actor: Actor,
  place: { readonly platform: string; readonly conversation: string },
  typed: string,
): Promise<string> {
  requireCoordinator(actor);
  const zone = theZone(typed);
  await house.store.write(actor, async (writer) => {
    const here = (await writer.channels({ platform: place.platform })).filter(
      (each) => each.conversation === place.conversation && (each.kind === 'agency' || each.kind === 'coordination'),
    );
    if (here.length === 0) throw new UserError('channel-not-linked');
    for (const { id } of here) await writer.setChannelZone(id, zone === house.zone ? null : zone);
  });
  return zone;
}

function theZone(typed: string): string {
  const zone = zoneNamed(typed);
  if (zone === null) throw new UserError('no-such-zone', { zone: typed }, { field: 'zone' });
  return zone;
}

/** The IANA name of a zone as typed, in any case; null where there is none. */
function zoneNamed(typed: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed.trim().replaceAll(' ', '_') }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
