import { mondayOf } from '../domain/calendar.ts';
import { promiseDigest } from '../use-cases/post-digest.ts';
import type { Job } from './runner.ts';

/** Every week the overdue items are posted by agency. */
export const weeklyDigest: Job = {
  name: 'weekly-digest',
  awaited: true,
  async run(house, writer, tick) {
    return promiseDigest(house, writer, mondayOf(tick.day));
  },
};
