/**
 * What an import does with one field: 'same' as in the register; 'take' what the sheet says; 'keep' what a hand wrote,
 * for the sheet says what it said before; 'ask' where both changed, for a person to decide.
 */
export type FieldFate = 'same' | 'take' | 'keep' | 'ask';

/** `base`: what the sheet last said, where a hand has amended the field since; else undefined. */
export function fateOf(parts: {
  readonly base: string | undefined;
  readonly present: string;
  readonly incoming: string;
}): FieldFate {
  const { base, present, incoming } = parts;
  if (incoming === present) return 'same';
  if (base === undefined || base === present) return 'take';
  return incoming === base ? 'keep' : 'ask';
}
