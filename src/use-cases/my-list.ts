import { daysBetween } from '../domain/calendar.ts';
import type { OwedKind } from '../domain/reminder-plan.ts';
import { actsFor, whoAnswers, whoIsIn } from '../domain/stand-in.ts';
import { type Counts, countStates } from '../domain/state.ts';
import { type Asked, stateFacts } from '../messages/commitment-list.ts';
import { requireOfficer } from './guards.ts';
import type { House } from './house.ts';
import { owedBy } from './owed.ts';
import type { Actor, CommitmentView, OfficerView, Reader } from './ports.ts';
import { byId } from './tell.ts';
import { todayOf } from './zoned.ts';

const PER_PAGE = 8;

/**
 * What the actor answers for, most urgent first: their own, and those of whoever they stand in for today; and all that
 * is theirs to decide.
 */
export async function myList(
  house: House,
  actor: Actor,
  page: number,
): Promise<{
  items: readonly CommitmentView[];
  more: number;
  page: number;
  counts: Counts;
  today: string;
  asked: readonly Asked[];
}> {
  requireOfficer(actor);
  const reader = house.store.read(actor);
  const today = todayOf(house);
  const officers = await reader.officers();
  const people = byId(officers);
  const away = actsFor(actor.officerId, people, today);
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
    asked: await askedOf(house, reader, actor, people, today),
  };
}

/** What waits for a decision: the same that reminders speak of. */
const DECISIONS: ReadonlySet<OwedKind> = new Set(['approval', 'verification', 'disowned', 'long-overdue']);

/** Reports to approve, claims to verify, officers to name and what is long overdue, for whoever decides; longest waiting first. */
async function askedOf(
  house: House,
  reader: Reader,
  actor: Actor & { readonly officerId: number },
  people: ReadonlyMap<number, OfficerView>,
  today: string,
): Promise<readonly Asked[]> {
  const officers = [...people.values()];
  const approvesFor = officers
    .filter((each) => each.approver && whoIsIn(each, people, today)?.id === actor.officerId)
    .map((each) => each.agency.id);
  const isCoordinators = (officer: OfficerView) =>
    officer.role === 'coordinator' && whoAnswers(officer, people, today).id === actor.officerId;
  const lists = officers.some(isCoordinators)
    ? [await reader.allCommitments({ open: true })]
    : await Promise.all(approvesFor.map((leadId) => reader.allCommitments({ leadId, open: true })));
  const open = lists.flat().filter((each) => !each.held);
  if (open.length === 0) return [];
  const waiting = await reader.waitingReports(open.map((each) => each.id));
  const seen = new Set<string>();
  return owedBy(house, open, [], officers, { waiting, returned: [] }, today)
    .filter(({ kind, holderId, key }) => {
      const holder = people.get(holderId);
      const isTheirs = holder !== undefined && whoAnswers(holder, people, today).id === actor.officerId;
      return DECISIONS.has(kind) && isTheirs && !seen.has(`${kind} ${key}`) && seen.add(`${kind} ${key}`);
    })
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.commitmentId - b.commitmentId))
    .flatMap(({ kind, commitmentId, since }): Asked[] => {
      const commitment = open.find((each) => each.id === commitmentId);
      const report = kind === 'approval' ? waiting.find((each) => each.commitmentId === commitmentId) : undefined;
      return commitment ? [{ commitment, kind, since, ...(report ? { report } : {}) }] : [];
    });
}
