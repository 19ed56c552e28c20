import { addDays } from '../domain/calendar.ts';
import { promiseReminders } from '../use-cases/plan-reminders.ts';
import { keepCalendar } from '../use-cases/work-calendar.ts';
import { dayIn } from '../use-cases/zoned.ts';
import type { Job } from './runner.ts';

/** Each person gets at most one message a day, with what is most urgent, on the days that are worked on. */
export const dailyReminders: Job = {
  name: 'daily-reminders',
  awaited: true,
  async run(house, writer, tick, previous) {
    // Whether today is worked on is asked of the calendar, which is therefore looked after first.
    const asked = await keepCalendar(house, writer, tick.day);
    // Thresholds crossed since the last plan count, so that a week-end or a missed day loses none.
    const since = previous === null ? addDays(tick.day, -1) : dayIn(previous, house.zone);
    return asked + (await promiseReminders(house, writer, since < tick.day ? since : addDays(tick.day, -1), tick.day));
  },
};
