import { daysBetween } from '../domain/calendar.ts';
import { isAway } from '../domain/stand-in.ts';
import { type Counts, countStates } from '../domain/state.ts';
import { stateFacts } from '../messages/commitment-list.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import type { Actor, CommitmentView } from './ports.ts';
import { todayOf } from './zoned.ts';

const PER_PAGE = 8;

/** What the actor answers for, most urgent first: their own, and those of whoever they stand in for today. */
export async function myList(
  house: House,
  actor: Actor,
  page: number,
): Promise<{ items: readonly CommitmentView[]; more: number; page: number; counts: Counts; today: string }> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const today = todayOf(house);
  const away = (await reader.officers()).filter((each) => each.standInId === actor.officerId && isAway(each, today));
  const lists = await Promise.all(
    [actor.officerId, ...away.map((each) => each.id)].map((officerId) => reader.allCommitments({ officerId })),
  );
  const all = lists.flat();
  const open = all
    .filter((each) => each.verifiedAt === null)
    .toSorted(
      (a, b) =>
        (a.due.end === null ? 1e6 : daysBetween(today, a.due.end)) -
        (b.due.end === null ? 1e6 : daysBetween(today, b.due.end)),
    );
  const shown = open.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  return {
    items: shown,
    more: Math.max(0, open.length - page * PER_PAGE),
    page,
    counts: countStates(all.map(stateFacts), today),
    today,
  };
}
