/**
 * Who is looking. 'chat' is anything said on a platform, a direct message included: a message travels, is quoted and
 * is kept by others. 'shell' is the operator at the machine itself. 'house' plans and counts, and shows nothing.
 */
export type Sight = 'chat' | 'shell' | 'house';

/** A restricted record shows its reference only, in any chat. */
export const mayRead = (classification: 'open' | 'restricted', sight: Sight): boolean =>
  classification === 'open' || sight !== 'chat';
