import { addDays, type Day } from '../domain/calendar.ts';
import { tallyAnswers } from '../domain/reminder-answers.ts';
import type { Unsent } from '../domain/reminder-plan.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { UNSENT } from './plan-reminders.ts';
import type { Actor, Reader } from './ports.ts';
import { peopleOf } from './tell.ts';
import type { ReminderTable } from './views.ts';
import { instantOf, todayOf } from './zoned.ts';

const DAYS = 30;
const PER_PAGE = 20;

/** Who was reminded how often in the last thirty days and answered how, for a coordinator: by agency and name. */
export async function reminderTable(house: House, actor: Actor, page: number): Promise<ReminderTable> {
  requireCoordinator(actor);
  const until = todayOf(house);
  const from = addDays(until, -DAYS);
  const reader = house.store.read(actor);
  const { reminders, answers } = await reader.remindersAndAnswers(instantOf(from, '00:00', house.zone));
  const officers = await peopleOf(reader);
  const all = tallyAnswers(reminders, answers)
    .flatMap((tally) => {
      const officer = officers.get(tally.officerId);
      return officer ? [{ officer, tally }] : [];
    })
    .toSorted(
      (a, b) =>
        a.officer.agency.name.localeCompare(b.officer.agency.name, house.lang) ||
        a.officer.name.localeCompare(b.officer.name, house.lang),
    );
  const at = Math.max(1, page);
  return {
    from,
    until,
    rows: all.slice((at - 1) * PER_PAGE, at * PER_PAGE),
    total: all.length,
    page: at,
    perPage: PER_PAGE,
    unsent: await heldBack(reader, from),
  };
}

async function heldBack(reader: Reader, from: Day): Promise<ReminderTable['unsent']> {
  const last = (await reader.setting(UNSENT)) as { day: Day; unsent: readonly Unsent[] } | null;
  if (!last || last.day < from) return null;
  return { day: last.day, people: new Set(last.unsent.map((each) => each.officerId)).size };
}
