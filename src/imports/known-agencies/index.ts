import type { KnownBody } from './vn.ts';
import { vietnamAgencies } from './vn.ts';

export type { KnownBody } from './vn.ts';

/** Public bodies by every name they go by: whoever adds a country adds a file beside this one and a line here. */
export const knownBodies: readonly KnownBody[] = [...vietnamAgencies];
