import { theOfficer } from './find-things.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, OfficerView } from './ports.ts';

/** A coordinator says who approves for an agency, or that somebody does no longer: one at most, the newest. */
export async function nameApprover(house: House, actor: Actor, typed: string, approver: boolean): Promise<OfficerView> {
  requireCoordinator(actor);
  return house.store.write(actor, async (writer) => {
    const officer = await theOfficer(writer, typed);
    if (approver)
      for (const other of await writer.officers({ agencyId: officer.agency.id }))
        if (other.approver && other.id !== officer.id) await writer.changeOfficer(other.id, { approver: false });
    return writer.changeOfficer(officer.id, { approver });
  });
}
