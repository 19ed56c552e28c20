/** What a commitment needs before anybody can be held to it. */
export const CLEARS = ['person', 'work', 'time', 'responsibility', 'authority', 'result'] as const;
export type Clear = (typeof CLEARS)[number];

/** Which of the six are missing, in their usual order. Authority is clear where the agency that answers can decide: a group cannot. */
export function lackingClears(facts: {
  readonly officerId: number | null;
  readonly title: string;
  readonly precision: string;
  readonly leadKind: string;
  readonly result: string | null;
}): Clear[] {
  const lacking: Clear[] = [];
  if (facts.officerId === null) lacking.push('person');
  if (facts.title.trim() === '') lacking.push('work');
  if (facts.precision === 'unknown') lacking.push('time');
  if (facts.leadKind === 'group') lacking.push('responsibility', 'authority');
  if (facts.result === null || facts.result.trim() === '') lacking.push('result');
  return lacking;
}
