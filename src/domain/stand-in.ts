import type { Day } from './calendar.ts';

/** Who may be away, and who acts then. */
export interface Replaceable {
  readonly id: number;
  readonly standInId: number | null;
  readonly awayFrom: Day | null;
  readonly awayUntil: Day | null;
}

/** The officer, or their stand-in while they are away (a stand-in who is away too leaves it with the officer). */
export function whoAnswers<P extends Replaceable>(owner: P, people: ReadonlyMap<number, P>, today: Day): P {
  if (!isAway(owner, today)) return owner;
  const standIn = owner.standInId === null ? undefined : people.get(owner.standInId);
  return standIn && !isAway(standIn, today) ? standIn : owner;
}

export const isAway = (person: Pick<Replaceable, 'awayFrom' | 'awayUntil'>, today: Day): boolean =>
  person.awayFrom !== null && person.awayUntil !== null && person.awayFrom <= today && today <= person.awayUntil;
