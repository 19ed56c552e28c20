import { addDays, type Day } from '../domain/calendar.ts';
import { type Owed, planReminders, type ReminderFor, type Unsent } from '../domain/reminder-plan.ts';
import { workdayUntil } from '../domain/working-days.ts';
import { type Beforehand, beforehandOn } from './digest-beforehand.ts';
import type { House } from './house.ts';
import { owedBy } from './owed.ts';
import type { CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
import { byId, platformOf } from './tell.ts';
import { tellUnseen } from './tell-unseen.ts';
import { workCalendarAround, workHoursOf } from './work-hours.ts';
import { dayIn, instantOf } from './zoned.ts';

/** The setting that remembers what was held back last. */
export const UNSENT = 'reminders-unsent';

export interface DaysReminders {
  readonly plan: readonly ReminderFor[];
  /** What was owed and is left out, by cap or budget. */
  readonly unsent: readonly Unsent[];
  readonly people: ReadonlyMap<number, OfficerView>;
  /** Who sees a part of a digest today, before it is posted, and what nobody sees; on most days there is none. */
  readonly beforehand: Beforehand;
  /** The reminders of the window before it. */
  readonly sent: readonly Promised[];
}

type Promised = Awaited<ReturnType<Reader['remindedSince']>>[number];

/** Who would be reminded of what on a day, from the register as it stands. */
export async function remindersOn(
  house: House,
  reader: Reader,
  since: Day,
  today: Day,
  counts: (commitment: CommitmentView) => boolean,
): Promise<DaysReminders> {
  const { rules } = house;
  const open = (await reader.allCommitments({ open: true })).filter(counts);
  const officers = await reader.officers();
  const milestones = await reader.milestones(open.map((each) => each.id));
  const calendar = await workCalendarAround(house, reader, today);
  const beforehand = await beforehandOn(house, reader, { calendar, officers, today, counted: counts });
  const sent = await remindedBefore(house, reader, today);
  const { reminders, unsent } = planReminders({
    owed: owedBy(
      house,
      open,
      milestones,
      officers,
      { waiting: await reader.waitingReports(), returned: await reader.returnedReports() },
      today,
    ),
    people: officers,
    // What was postponed to a day off comes back on the workday after it, and the runs of the days off are done.
    postponed: await reader.snoozes(workdayUntil(calendar, since)),
    sent,
    since,
    today,
    calendar,
    beforehand: new Set(beforehand.seen.keys()),
    rules: {
      perMessage: rules.perReminder,
      silentDays: rules.silentDays,
      longOverdueDays: rules.longOverdueDays,
      before: rules.remindBefore,
      digestWeekday: house.digestAt.weekday,
      budget: rules.reminderBudget,
      perThing: rules.remindersPerThing,
      windowDays: rules.reminderWindowDays,
    },
  });
  return { plan: reminders, unsent, people: byId(officers), beforehand, sent };
}

/** The reminders of the window before a day. */
export async function remindedBefore(house: House, reader: Reader, today: Day): Promise<readonly Promised[]> {
  const from = addDays(today, -house.rules.reminderWindowDays - 1);
  return (await reader.remindedSince(instantOf(from, '00:00', house.zone))).filter((each) => each.day < today);
}

/**
 * The last day, where the officer lives, that has a reminder already. A run that was caught up late can fall into their
 * night: its message is the next morning's, and that of the next run, on the same day of theirs, the day after's.
 */
export function dayTaken(house: House, officer: OfficerView, sent: readonly Promised[]): Day | undefined {
  const days = sent
    .filter((each) => each.officerId === officer.id)
    .map((each) => dayIn(each.notBefore, officer.zone ?? house.zone));
  return days.toSorted().at(-1);
}

const thingOf = ({ commitmentId, kind, key, since }: Owed) => ({ commitmentId, kind, key, since });

/**
 * Promises the day's reminders: one message per person, under a key of person and day, to be said in the hours in which
 * they work. Resolves to their number.
 */
export async function promiseReminders(house: House, writer: Writer, since: Day, today: Day): Promise<number> {
  const { plan, unsent, people, beforehand, sent } = await remindersOn(
    house,
    writer,
    since,
    today,
    (each) => !each.held,
  );
  const calendar = await workCalendarAround(house, writer, today);
  const direct = new Map(
    (await writer.channels({ kind: 'direct' })).map((each) => [`${each.platform}:${each.officerId}`, each]),
  );
  let promised = 0;
  for (const reminder of plan) {
    const officer = people.get(reminder.officerId);
    // To somebody who has no account yet it is promised too: it is refused, which shows it and has it said elsewhere.
    const platform = officer && (platformOf(house, officer) ?? house.platforms[0]);
    if (!officer || platform === undefined) continue;
    const channel =
      direct.get(`${platform}:${officer.id}`) ??
      (await writer.setChannel({ platform, conversation: null, kind: 'direct', officerId: officer.id }));
    const hours = workHoursOf(house, calendar, officer, { taken: dayTaken(house, officer, sent) });
    const seen = reminder.beforehand ? beforehand.seen.get(officer.id) : undefined;
    const made = await writer.deliver({
      key: `reminder:${officer.id}:${today}`,
      channelId: channel.id,
      verb: 'post',
      kind: 'reminder',
      facts: {
        officerId: officer.id,
        day: today,
        things: reminder.things.map(thingOf),
        keys: reminder.things.map((each) => each.key),
        otherIds: reminder.others,
        marks: [],
        ...seen,
        standingInFor: [...new Set([...reminder.standingInFor, ...(seen?.standingInFor ?? [])])],
      },
      notBefore: hours.from,
      expiresAt: hours.until,
      // What a clock that was ahead let expire is still to come.
      again: ['expired'],
    });
    if (made) promised++;
  }
  promised += await tellUnseen(house, writer, beforehand.unseen, today);
  if (unsent.length > 0) await writer.setSetting(UNSENT, { day: today, unsent });
  return promised;
}
