import { UserError } from '../domain/user-error.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type { Actor } from './ports.ts';

/** An officer says in which zone they live: they are written to in their own working hours. Resolves to its name. */
export async function setZone(house: House, actor: Actor, typed: string): Promise<string> {
  requireOfficer(actor);
  const zone = zoneNamed(typed);
  if (zone === null) throw new UserError('no-such-zone', { zone: typed }, { field: 'zone' });
  await house.store.write(actor, (writer) =>
    writer.changeOfficer(actor.officerId, { zone: zone === house.zone ? null : zone }),
  );
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
