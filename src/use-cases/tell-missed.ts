import type { House } from './house.ts';
import type { Writer } from './ports.ts';
import { tellCoordinators } from './tell.ts';

/** The coordinators hear which planned runs of a job did not take place (ISO instants, oldest first); once for each. */
export async function tellMissed(house: House, writer: Writer, job: string, planned: readonly string[]): Promise<void> {
  await tellCoordinators(writer, house, {
    key: `job-missed:${job}:${planned.at(-1)}`,
    kind: 'job-missed',
    facts: { job, planned },
  });
}
