import { addDays, type Day, mondayOf, weekdayOf } from '../domain/calendar.ts';
import { whoAnswers } from '../domain/stand-in.ts';
import { addWorkdays, type WorkCalendar } from '../domain/working-days.ts';
import { type Counted, hasNews, weekFacts } from './digest-data.ts';
import { plannedMoment } from './digest-week.ts';
import type { House } from './house.ts';
import type { OfficerView, Reader } from './ports.ts';

/** Who sees which agencies' parts of the digest of a week before it is posted. */
export interface Beforehand {
  readonly monday: Day;
  readonly agenciesOf: ReadonlyMap<number, readonly number[]>;
}

/** The Monday of the week whose digest is told of today: today is the last workday before it. Null on any other day. */
export function comingDigest(house: House, calendar: WorkCalendar, today: Day): Day | null {
  for (let days = 1; days <= 7; days++) {
    const day = addDays(today, days);
    if (weekdayOf(day) === house.digestAt.weekday)
      return addWorkdays(calendar, day, -1) === today ? mondayOf(day) : null;
  }
  return null;
}

/**
 * One workday before the digest: of each agency that will stand in it, the officers who answer for what will be said
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
): Promise<Beforehand | null> {
  const monday = comingDigest(house, parts.calendar, parts.today);
  if (monday === null) return null;
  const week = await weekFacts(house, reader, await plannedMoment(house, reader, monday), parts.counted);
  const people = new Map(parts.officers.map((each) => [each.id, each]));
  const agenciesOf = new Map<number, number[]>();
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
    const readers = new Set(
      owners.flatMap((id) => {
        const owner = people.get(id);
        return owner ? [whoAnswers(owner, people, parts.today).id] : [];
      }),
    );
    for (const id of readers) agenciesOf.set(id, [...(agenciesOf.get(id) ?? []), part.leadId]);
  }
  return { monday, agenciesOf };
}
