import type { Day } from './calendar.ts';

/** Who may be away, and who acts then. */
export interface Replaceable {
  readonly id: number;
  readonly standInId: number | null;
  readonly awayFrom: Day | null;
  readonly awayUntil: Day | null;
  /** Who they are beside that, where it is known: it decides to whom things come when no stand-in is in. */
  readonly role?: string;
  readonly approver?: boolean;
  readonly agency?: { readonly id: number };
}

type People<P> = ReadonlyMap<number, P>;

export const isAway = (person: Pick<Replaceable, 'awayFrom' | 'awayUntil'>, today: Day): boolean =>
  person.awayFrom !== null && person.awayUntil !== null && person.awayFrom <= today && today <= person.awayUntil;

/** The officer; while they are away their stand-in, then that one's, up to the first who is in. Nobody twice. */
function lineOf<P extends Replaceable>(owner: P, people: People<P>, today: Day): P[] {
  const line: P[] = [];
  for (let next: P | undefined = owner; next && !line.includes(next); ) {
    line.push(next);
    next = isAway(next, today) && next.standInId !== null ? people.get(next.standInId) : undefined;
  }
  return line;
}

/** The officer, or the first of their stand-ins who is in; null where none of them is. */
export function whoIsIn<P extends Replaceable>(owner: P, people: People<P>, today: Day): P | null {
  const last = lineOf(owner, people, today).at(-1);
  return last && !isAway(last, today) ? last : null;
}

/**
 * Who answers on a day: the officer, or the first of their stand-ins who is in. Where none of them is, whoever approves
 * for their agency, else the first coordinator who is in; it stays with the officer where there is nobody at all.
 */
export function whoAnswers<P extends Replaceable>(owner: P, people: People<P>, today: Day): P {
  const present = whoIsIn(owner, people, today);
  if (present) return present;
  const all = [...people.values()].toSorted((a, b) => a.id - b.id);
  const approver = all.find((each) => each.approver && each.agency?.id === owner.agency?.id);
  const instead = approver && whoIsIn(approver, people, today);
  return instead ?? all.find((each) => each.role === 'coordinator' && !isAway(each, today)) ?? owner;
}

/** For whom somebody may act on a day: whoever is away and named them, or whose stand-ins are away too and lead to them. */
export function actsFor<P extends Replaceable>(id: number, people: People<P>, today: Day): P[] {
  return [...people.values()].filter((each) => {
    if (each.id === id || !isAway(each, today)) return false;
    return lineOf(each, people, today).some((one) => one.id === id) || whoAnswers(each, people, today).id === id;
  });
}

/** The days from `today` on which both are away; null where there are none. */
export function bothAway(one: Replaceable, other: Replaceable, today: Day): { from: Day; until: Day } | null {
  if (one.awayFrom === null || one.awayUntil === null || other.awayFrom === null || other.awayUntil === null)
    return null;
  const from = [one.awayFrom, other.awayFrom, today].toSorted().at(-1) ?? today;
  const until = one.awayUntil < other.awayUntil ? one.awayUntil : other.awayUntil;
  return from <= until ? { from, until } : null;
}
