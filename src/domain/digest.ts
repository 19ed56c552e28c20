import { type Day, daysBetween } from './calendar.ts';
import { type Counts, countStates, daysOverdue, isLongOverdue, type StateFacts, stateOf } from './state.ts';

/** What the digest needs to know of a commitment. */
export interface DigestFacts extends StateFacts {
  readonly id: number;
  readonly leadId: number;
  readonly flagship: boolean;
  readonly obligor: 'us' | 'partner' | 'both';
  /** The day of the last report, or of registration where there is none. */
  readonly lastWord: Day;
  /** The day it came into the register: before that it was nobody's figure. */
  readonly registeredOn: Day;
  /** Verified since the digest before, whenever the work was done: open until then. */
  readonly newlyDone: boolean;
}

/** The days a digest speaks of: its own, and that of the digest before, which it compares with. */
export interface DigestDays {
  readonly today: Day;
  readonly before: Day;
}

export interface DigestRules {
  /** Overdue for more days than this is long overdue. */
  readonly longOverdueDays: number;
  readonly dueSoonDays: number;
  readonly silentDays: number;
}

export interface DigestPart<I> {
  readonly leadId: number;
  readonly counts: Counts;
  /** Longest overdue first. */
  readonly overdue: readonly { readonly item: I; readonly days: number; readonly long: boolean }[];
  /** Due first on top. */
  readonly dueSoon: readonly { readonly item: I; readonly inDays: number }[];
  /** Open, not overdue, not due soon, and nobody has said anything for long: longest first. */
  readonly silent: readonly { readonly item: I; readonly days: number }[];
  readonly done: readonly I[];
}

export interface Digest<I> {
  readonly counts: Counts;
  readonly overdueLastWeek: number;
  readonly longOverdue: number;
  readonly flagships: readonly { readonly item: I; readonly days: number }[];
  readonly owedByPartners: Counts;
  /** Agencies with the most overdue first. */
  readonly parts: readonly DigestPart<I>[];
}

/**
 * The week as of a day: what is overdue, due soon, silent and done, by the agency that answers for it. Items are as
 * they were then: what was verified later is not. Pure.
 */
export function digestOf<I extends DigestFacts>(
  items: readonly I[],
  { today, before }: DigestDays,
  rules: DigestRules,
): Digest<I> {
  const byLead = groupByLead(items);
  const overdue = items.filter((item) => stateOf(item, today) === 'open-overdue');
  return {
    counts: countStates(items, today),
    overdueLastWeek: items.filter((item) => wasOverdue(item, before)).length,
    longOverdue: overdue.filter((item) => isLongOverdue(item.dueEnd, today, rules.longOverdueDays)).length,
    flagships: overdue
      .filter((item) => item.flagship)
      .map((item) => ({ item, days: daysOverdue(item.dueEnd, today) }))
      .toSorted((a, b) => b.days - a.days),
    owedByPartners: countStates(
      items.filter((item) => item.obligor !== 'us' && !item.verified),
      today,
    ),
    parts: [...byLead]
      .map(([leadId, own]) => partOf(leadId, own, today, rules))
      .toSorted((a, b) => b.overdue.length - a.overdue.length || a.leadId - b.leadId),
  };
}

/** One agency's part; of an agency without commitments, an empty one. */
export function partOf<I extends DigestFacts>(
  leadId: number,
  items: readonly I[],
  today: Day,
  rules: DigestRules,
): DigestPart<I> {
  const open = items.filter((item) => !item.verified);
  const overdue = open
    .filter((item) => stateOf(item, today) === 'open-overdue')
    .map((item) => ({
      item,
      days: daysOverdue(item.dueEnd, today),
      long: isLongOverdue(item.dueEnd, today, rules.longOverdueDays),
    }))
    .toSorted((a, b) => b.days - a.days);
  const inTerm = open.filter((item) => stateOf(item, today) === 'open-in-term');
  const dueSoon = inTerm
    .flatMap((item) => (item.dueEnd === null ? [] : [{ item, inDays: daysBetween(today, item.dueEnd) }]))
    .filter(({ inDays }) => inDays <= rules.dueSoonDays)
    .toSorted((a, b) => a.inDays - b.inDays);
  const soon = new Set(dueSoon.map(({ item }) => item.id));
  const silent = inTerm
    .filter((item) => !soon.has(item.id))
    .map((item) => ({ item, days: daysBetween(item.lastWord, today) }))
    .filter(({ days }) => days > rules.silentDays)
    .toSorted((a, b) => b.days - a.days);
  const done = items.filter((item) => item.verified && item.newlyDone);
  return { leadId, counts: countStates(items, today), overdue, dueSoon, silent, done };
}

/** Overdue at the digest before: what was verified since then was open then. */
function wasOverdue(item: DigestFacts, day: Day): boolean {
  if (item.registeredOn > day || item.dueEnd === null || day <= item.dueEnd) return false;
  return !item.verified || item.newlyDone;
}

function groupByLead<I extends DigestFacts>(items: readonly I[]): Map<number, I[]> {
  const groups = new Map<number, I[]>();
  for (const item of items) {
    const group = groups.get(item.leadId);
    if (group) group.push(item);
    else groups.set(item.leadId, [item]);
  }
  return groups;
}
