import type { OwedKind } from '../domain/reminder-plan.ts';
import type { ReminderMark } from '../messages/reminder.ts';
import type { ComingParts } from './digest-beforehand.ts';

export type Facts = Readonly<Record<string, unknown>>;

/** Something that a reminder names. */
export interface RemindedThing {
  readonly commitmentId: number;
  readonly kind: OwedKind;
  /** 'C-142', or 'C-142/2' of its second milestone. */
  readonly key: string;
  readonly since: string;
}

// Facts are rows of ours, written by the use cases: what is missing there is a fault, not a person's mistake.
export function text(facts: Facts, name: string): string {
  const value = facts[name];
  if (typeof value !== 'string') throw new Error(`a delivery lacks its ${name}`);
  return value;
}
export const textOr = (facts: Facts, name: string): string | null =>
  typeof facts[name] === 'string' ? facts[name] : null;
export function number(facts: Facts, name: string): number {
  const value = facts[name];
  if (typeof value !== 'number') throw new Error(`a delivery lacks its ${name}`);
  return value;
}
export const numbers = (facts: Facts, name: string): number[] => (facts[name] as number[] | undefined) ?? [];
export const marksIn = (facts: Facts): readonly ReminderMark[] =>
  (facts['marks'] as readonly ReminderMark[] | undefined) ?? [];
export const thingsIn = (facts: Facts): readonly RemindedThing[] =>
  (facts['things'] as readonly RemindedThing[] | undefined) ?? [];
export const digestsIn = (facts: Facts): readonly ComingParts[] =>
  (facts['digests'] as readonly ComingParts[] | undefined) ?? [];
