import type { Trials } from './contract.ts';
import { WHAT_PEOPLE_DO } from './what-people-do.ts';
import { WHAT_THE_HOUSE_SAYS } from './what-the-house-says.ts';

/** Every capability's test. One that is missing does not compile. */
export const TRIALS: Trials = { ...WHAT_PEOPLE_DO, ...WHAT_THE_HOUSE_SAYS };
