import type { Day } from '../domain/calendar.ts';
import { planCommitments } from './commitments.ts';
import { createLuck } from './luck.ts';
import { planObstacles } from './obstacles.ts';
import { planOfficers } from './people.ts';
import type { DemoYear } from './plan.ts';
import { AGENCIES, DEMO_NOTICE } from './republic.ts';

export type { DemoCommitment, DemoYear } from './plan.ts';

/** Another number is another year. */
const SEED = 20_250_917;

/**
 * An invented republic and its nine months of signing, as seen on a day: the same for the same day. Everything that
 * happened lies before that day, in office hours at UTC+7.
 */
export function demoYear(today: Day): DemoYear {
  const luck = createLuck(SEED);
  const officers = planOfficers(AGENCIES, today, luck);
  const republic = { agencies: AGENCIES, officers };
  const commitments = planCommitments(republic, today, luck);
  return { notice: DEMO_NOTICE, ...republic, commitments, ...planObstacles(republic, commitments, today, luck) };
}
