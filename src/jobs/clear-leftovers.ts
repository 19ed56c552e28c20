import { addDays } from '../domain/calendar.ts';
import { instantOf } from '../use-cases/zoned.ts';
import type { Job } from './runner.ts';

/** Days after which nobody comes back to what they typed and what was refused. */
const DRAFT_DAYS = 30;
/** Days after which no platform repeats a press or a form: Slack and Discord do so within minutes. */
const ONCE_DAYS = 90;

/** Every night what is kept for a while is cleared: drafts of forms, and the keys by which a press happens once. */
export const clearLeftovers: Job = {
  name: 'clear-leftovers',
  awaited: false,
  async run(house, writer, tick) {
    const before = (days: number) => instantOf(addDays(tick.day, -days), '00:00', house.zone);
    await writer.clearLeftovers({ draftsBefore: before(DRAFT_DAYS), onceBefore: before(ONCE_DAYS) });
    return 0;
  },
};
