import { addDays } from '../domain/calendar.ts';
import { promiseReminders } from '../use-cases/plan-reminders.ts';
import { dayIn } from '../use-cases/zoned.ts';
import type { Job } from './runner.ts';

/** Each person gets at most one message a day, with what is most urgent. */
export const dailyReminders: Job = {
  name: 'daily-reminders',
  async run(house, writer, tick, previous) {
    // Thresholds crossed since the last plan count, so that a week-end or a missed day loses none.
    const since = previous === null ? addDays(tick.day, -1) : dayIn(previous, house.zone);
    return promiseReminders(house, writer, since < tick.day ? since : addDays(tick.day, -1), tick.day);
  },
};
