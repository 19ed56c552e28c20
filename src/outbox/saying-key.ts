import type { SayingKey } from '../chat/platform.ts';

/**
 * The same for every repetition of one message: what a platform recognises it by. At most 25 characters, with a token of
 * 14 and a part of two. A token is drawn at random, for another register (one begun anew, one restored, a second bot) counts
 * its rows from one as well.
 */
export const keyOf = ({ token }: { readonly token: string }, part: number): SayingKey =>
  `accord-${token}-${part.toString(36)}`;
