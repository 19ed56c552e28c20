import type { ReminderMark } from '../messages/reminder.ts';

export type Facts = Readonly<Record<string, unknown>>;

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
