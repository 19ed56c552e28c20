import type { Day } from '../../src/domain/calendar.ts';
import { dayIn } from '../../src/use-cases/zoned.ts';
import type { Broken, Delivery } from './invariants.ts';
import type { HistoryRow } from './owed-oracle.ts';
import type { World } from './world.ts';

/** What a digest says of the four states, in the words of the house. */
const COUNTS = /(\d+) registered: (\d+) done on time, (\d+) done late, (\d+) open in term, (\d+) open overdue\./;

interface Kept {
  readonly leadId: number;
  readonly end: Day | null;
  readonly registered: string;
  doneOn: Day | null;
  verified: string | null;
}

/**
 * Every digest counts each commitment once: its four states add up to what was registered, and each is what the history
 * says of the digest's instant, by the rules in words: done where a coordinator has verified it, late where the work was
 * done after the last day of its period; overdue from the day after it.
 */
export function fourStatesAddUp(
  world: World,
  history: readonly HistoryRow[],
  deliveries: readonly Delivery[],
  broken: Broken,
): void {
  const commitments = keptIn(history);
  const words = new Map(
    world.services.flatMap((service) => service.said.map((each) => [each.id, each.words] as const)),
  );
  for (const each of deliveries) {
    if ((each.kind !== 'digest-summary' && each.kind !== 'digest-agency') || each.verb !== 'post') continue;
    const [first] = each.said;
    const text = first === undefined ? undefined : words.get(first);
    const at = each.facts['at'];
    if (text === undefined || typeof at !== 'string') continue;
    const said = COUNTS.exec(text)?.slice(1).map(Number);
    if (!said) {
      broken('states', `${each.key} does not say how many are in which state`);
      continue;
    }
    const [all = 0, ...states] = said;
    if (states.reduce((sum, count) => sum + count, 0) !== all)
      broken('states', `${each.key} says ${said.join(', ')}, which does not add up`);
    const leadId = each.kind === 'digest-agency' ? Number(each.facts['agencyId']) : null;
    const own = commitments.filter((one) => one.registered <= at && (leadId === null || one.leadId === leadId));
    const known = countedAt(own, at, dayIn(at, world.zone));
    if (known.join() !== said.join())
      broken('states', `${each.key} says ${said.join(', ')}; by the history it was ${known.join(', ')}`);
  }
}

function keptIn(history: readonly HistoryRow[]): readonly Kept[] {
  const commitments = new Map<string, Kept>();
  for (const { thing, thing_id, change, after } of history) {
    if (thing !== 'commitment' || !after) continue;
    if (change === 'registered')
      commitments.set(thing_id, {
        leadId: Number(after['leadId']),
        end: ((after['due'] as { end?: Day | null } | undefined)?.end ?? null) as Day | null,
        registered: String(after['registeredAt']),
        doneOn: null,
        verified: null,
      });
    const known = commitments.get(thing_id);
    if (known && 'done_on' in after) known.doneOn = after['done_on'] as Day | null;
    if (known && 'verified_at' in after) known.verified = after['verified_at'] as string | null;
  }
  return [...commitments.values()];
}

/** All, done on time, done late, open in term, open overdue: at an instant, on its day. */
function countedAt(commitments: readonly Kept[], at: string, today: Day): number[] {
  const counts = [commitments.length, 0, 0, 0, 0];
  for (const { end, doneOn, verified } of commitments) {
    const isDone = verified !== null && Date.parse(verified) <= Date.parse(at);
    const isLate = end !== null && (isDone ? (doneOn ?? today) : today) > end;
    const state = (isDone ? 1 : 3) + (isLate ? 1 : 0);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
