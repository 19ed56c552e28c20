/** How a record is called: C-142, OB-7, SO-3, WG-3. */
export type Prefix = 'C' | 'OB' | 'SO' | 'WG';

export const refOf = (prefix: Prefix, id: number): string => `${prefix}-${id}`;

/** The number behind a reference of this kind, or null where it is none ("c-142", "C142" and "142" are C-142). */
export function idOf(prefix: Prefix, typed: string): number | null {
  const match = new RegExp(`^(?:${prefix}-?)?(\\d{1,9})$`, 'i').exec(typed.trim());
  return match ? Number(match[1]) : null;
}
