import { addDays, type Day } from './calendar.ts';

export interface GroupRules {
  /** Distinct sectors that must have met an obstacle. */
  readonly minSectors: number;
  /** Days within which their reports must lie. */
  readonly windowDays: number;
}

export interface ReportFacts {
  readonly id: number;
  readonly sector: string;
  readonly agencyId: number;
  readonly officerId: number;
  readonly commitmentId: number;
  /** The day it was reported. */
  readonly on: Day;
  readonly open: boolean;
  /** The agency the reporter says can decide, where the name is known. */
  readonly deciderId: number | null;
}

/** The distinct sectors that met an obstacle in the window, taken from the agencies and never from the texts. */
export function sectorsConcerned(reports: readonly ReportFacts[], today: Day, rules: GroupRules): string[] {
  const from = addDays(today, -rules.windowDays);
  return [
    ...new Set(reports.filter((report) => report.open && report.on >= from).map((report) => report.sector)),
  ].toSorted();
}

/** Whether the people who can remove it should be called together. */
export const shouldCall = (reports: readonly ReportFacts[], today: Day, rules: GroupRules): boolean =>
  sectorsConcerned(reports, today, rules).length >= rules.minSectors;

/**
 * Whether it may be asked for again after groups were declined or concluded: only once a report has joined that was
 * not among those they were decided on, of a further sector or of one that was there. Saying the same again is no news.
 */
export const hasNews = (reportIds: readonly number[], weighed: readonly (readonly number[])[]): boolean =>
  reportIds.some((id) => !weighed.some((ids) => ids.includes(id)));

/**
 * Of two shared obstacles made one, the one that stays: which has the open group, else the older. Null where both have
 * one: a person decides first which of the groups goes on.
 */
export function whichStays(
  one: { readonly id: number; readonly hasGroup: boolean },
  other: { readonly id: number; readonly hasGroup: boolean },
): number | null {
  if (one.hasGroup && other.hasGroup) return null;
  if (one.hasGroup !== other.hasGroup) return one.hasGroup ? one.id : other.id;
  return Math.min(one.id, other.id);
}

/**
 * The platform a group's conversation is opened on: where most members have an account; between equals, where more of
 * them are written to; then the first connected. Null where nothing is connected.
 */
export function platformOfGroup(
  members: readonly { readonly on: readonly string[]; readonly home: string | null }[],
  connected: readonly string[],
): string | null {
  const there = (platform: string) => members.filter((member) => member.on.includes(platform)).length;
  const home = (platform: string) => members.filter((member) => member.home === platform).length;
  return connected.toSorted((a, b) => there(b) - there(a) || home(b) - home(a))[0] ?? null;
}

/**
 * The agency proposed for the chair, by a stated rule: the one that most reporters name as able to decide; where none
 * is named, the one with most reports; between equals, the one that reported first. Null without reports.
 */
export function proposeChair(
  reports: readonly ReportFacts[],
): { agencyId: number; rule: 'named-to-decide' | 'most-reports' } | null {
  const named = reports.flatMap((report) => (report.deciderId === null ? [] : [report.deciderId]));
  const first = mostFrequent(named);
  if (first !== null) return { agencyId: first, rule: 'named-to-decide' };
  const reporter = mostFrequent(reports.map((report) => report.agencyId));
  return reporter === null ? null : { agencyId: reporter, rule: 'most-reports' };
}

function mostFrequent(ids: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  let best: number | null = null;
  // A Map keeps the order of first mention, so equals stay with whoever came first.
  for (const [id, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = id;
  return best;
}
