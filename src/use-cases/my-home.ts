import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { myList } from './my-list.ts';
import type { Actor, OfficerView } from './ports.ts';

/** What the actor answers for, and how they are written to. */
export async function myHome(
  house: House,
  actor: Actor,
): Promise<{ list: Awaited<ReturnType<typeof myList>>; self: OfficerView | null; standIn: OfficerView | null }> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const [list, self] = await Promise.all([myList(house, actor, 1), reader.officer(actor.officerId)]);
  const standIn = self === null || self.standInId === null ? null : await reader.officer(self.standInId);
  return { list, self, standIn };
}
