import type { SayingKey } from '../chat/platform.ts';

/** The same for every repetition of one message: what a platform recognises it by. At most 25 characters. */
export const keyOf = (delivery: number, part: number): SayingKey =>
  `accord-${delivery.toString(36)}-${part.toString(36)}`;
