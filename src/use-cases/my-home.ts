import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { myList } from './my-list.ts';
import { type WrittenTo, whereWrittenTo } from './people.ts';
import type { Actor, OfficerView } from './ports.ts';

export interface MyHome {
  readonly list: Awaited<ReturnType<typeof myList>>;
  readonly self: OfficerView | null;
  readonly standIn: OfficerView | null;
  readonly writtenTo: WrittenTo;
  /** IANA name of the zone they live in, and when they are written to there ('HH:MM'). */
  readonly zone: string;
  readonly hours: { readonly from: string; readonly until: string };
}

/** What the actor answers for, and how they are written to. */
export async function myHome(house: House, actor: Actor): Promise<MyHome> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const [list, self, writtenTo] = await Promise.all([
    myList(house, actor, 1),
    reader.officer(actor.officerId),
    whereWrittenTo(house, actor),
  ]);
  const standIn = self === null || self.standInId === null ? null : await reader.officer(self.standInId);
  return { list, self, standIn, writtenTo, zone: self?.zone ?? house.zone, hours: house.rules.workHours };
}
