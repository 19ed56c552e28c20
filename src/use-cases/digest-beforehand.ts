import { addDays, type Day, mondayOf, weekdayOf } from '../domain/calendar.ts';
import { whoAnswers } from '../domain/stand-in.ts';
import type { WorkCalendar } from '../domain/working-days.ts';
import { type Counted, hasNews, weekFacts } from './digest-data.ts';
import { plannedMoment } from './digest-week.ts';
import type { House } from './house.ts';
import type { OfficerView, Reader } from './ports.ts';
import { byId } from './tell.ts';

/** Agencies of which the digest of a week has a part. */
export interface ComingParts {
  readonly monday: Day;
  readonly agencyIds: readonly number[];
}

/** What a person sees of the digests before they are posted. */
export interface SeenBeforehand {
  readonly digests: readonly ComingParts[];
  /** Whatever those parts speak of. */
  readonly commitmentIds: readonly number[];
  /** Whose place they take in it. */
  readonly standingInFor: readonly number[];
}

export interface Beforehand {
  /** By officer. */
  readonly seen: ReadonlyMap<number, SeenBeforehand>;
  /** The parts that nobody answers for: no officer is named, and nobody approves for the agency. */
  readonly unseen: readonly ComingParts[];
}

/** A rest is no longer: a house in which nobody ever works does not make us look for ever. */
const LONGEST_REST = 60;

/**
 * The Mondays of the weeks whose digests are told of today: today is the last workday with reminders before them. None on
 * most days; several before a rest that is longer than a week.
 */
export function comingDigests(
  house: Pick<House, 'digestAt' | 'reminderDays'>,
  calendar: WorkCalendar,
  today: Day,
): Day[] {
  const isTold = (day: Day) => calendar.isWorkday(day) && house.reminderDays.includes(weekdayOf(day));
  const mondays: Day[] = [];
  if (!isTold(today)) return mondays;
  for (let day = addDays(today, 1), days = 0; days < LONGEST_REST; day = addDays(day, 1), days++) {
    if (weekdayOf(day) === house.digestAt.weekday) mondays.push(mondayOf(day));
    if (isTold(day)) break;
  }
  return mondays;
}

/**
 * On the last workday before a digest: of each agency that will stand in it, the officers who answer for what will be said
 * (their stand-ins while they are away), or whoever approves for it where nobody is named.
 */
export async function beforehandOn(
  house: House,
  reader: Reader,
  parts: {
    readonly calendar: WorkCalendar;
    readonly officers: readonly OfficerView[];
    readonly today: Day;
    readonly counted: Counted;
  },
): Promise<Beforehand> {
  const seen = new Map<number, { digests: ComingParts[]; commitmentIds: Set<number>; standingInFor: Set<number> }>();
  const unseen: ComingParts[] = [];
  const people = byId(parts.officers);
  for (const monday of comingDigests(house, parts.calendar, parts.today)) {
    const week = await weekFacts(house, reader, await plannedMoment(house, reader, monday), parts.counted);
    const agenciesOf = new Map<number, number[]>();
    const ownerless: number[] = [];
    for (const part of week.digest.parts) {
      const obstacles = week.obstacles.filter((each) => each.agency.id === part.leadId);
      if (!hasNews(part, obstacles.length)) continue;
      const items = [...[...part.overdue, ...part.dueSoon, ...part.silent].map(({ item }) => item), ...part.done];
      const named = [
        ...items.flatMap(({ commitment }) => commitment.officerId ?? []),
        ...obstacles.map((each) => each.officerId),
      ];
      const approver = parts.officers.find((each) => each.approver && each.agency.id === part.leadId);
      const owners = named.length > 0 ? named : approver ? [approver.id] : [];
      const readers = new Map<number, Set<number>>();
      for (const owner of owners.flatMap((id) => people.get(id) ?? [])) {
        const reader = whoAnswers(owner, people, parts.today).id;
        readers.set(reader, (readers.get(reader) ?? new Set()).add(owner.id));
      }
      if (readers.size === 0) ownerless.push(part.leadId);
      for (const [id, answeredFor] of readers) {
        agenciesOf.set(id, [...(agenciesOf.get(id) ?? []), part.leadId]);
        const own = seen.get(id) ?? { digests: [], commitmentIds: new Set(), standingInFor: new Set() };
        for (const each of [...items.map((item) => item.id), ...obstacles.map((each) => each.commitmentId)])
          own.commitmentIds.add(each);
        for (const each of answeredFor) if (each !== id) own.standingInFor.add(each);
        seen.set(id, own);
      }
    }
    for (const [id, agencyIds] of agenciesOf) seen.get(id)?.digests.push({ monday, agencyIds });
    if (ownerless.length > 0) unseen.push({ monday, agencyIds: ownerless });
  }
  return {
    seen: new Map(
      [...seen].map(([id, { digests, ...own }]) => [
        id,
        { digests, commitmentIds: [...own.commitmentIds], standingInFor: [...own.standingInFor] },
      ]),
    ),
    unseen,
  };
}
