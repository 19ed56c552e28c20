import type { Day } from '../domain/calendar.ts';
import { planReminders, type ReminderFor } from '../domain/reminder-plan.ts';
import type { House } from './house.ts';
import type { CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
import { directChannel, platformOf } from './tell.ts';
import { dayIn, later } from './zoned.ts';

/** Who would be reminded of what on a day, from the register as it stands. */
export async function remindersOn(
  house: House,
  reader: Reader,
  since: Day,
  today: Day,
  counts: (commitment: CommitmentView) => boolean,
): Promise<{ plan: readonly ReminderFor[]; people: ReadonlyMap<number, OfficerView> }> {
  const open = (await reader.allCommitments({ open: true })).filter(counts);
  const officers = await reader.officers();
  const items = open.map((each) => ({
    id: each.id,
    dueEnd: each.due.end,
    doneOn: each.doneOn,
    verified: each.verifiedAt !== null,
    claimed: each.claimedAt !== null,
    lastWord: dayIn(each.lastReportAt ?? each.registeredAt, house.zone),
    officerId: each.officerId,
  }));
  const plan = planReminders(items, officers, await reader.snoozes(since), since, today, {
    perMessage: house.rules.perReminder,
    silentDays: house.rules.silentDays,
  });
  return { plan, people: new Map(officers.map((each) => [each.id, each])) };
}

/** Promises the day's reminders: one message per person, under a key of person and day. Resolves to their number. */
export async function promiseReminders(house: House, writer: Writer, since: Day, today: Day): Promise<number> {
  const now = house.clock.now();
  const { plan, people } = await remindersOn(house, writer, since, today, (each) => !each.held);
  let promised = 0;
  for (const reminder of plan) {
    const officer = people.get(reminder.officerId);
    if (!officer || platformOf(house, officer) === null) continue;
    const channel = await directChannel(writer, house, officer);
    if (!channel) continue;
    const made = await writer.deliver({
      key: `reminder:${officer.id}:${today}`,
      channelId: channel.id,
      verb: 'post',
      kind: 'reminder',
      facts: {
        officerId: officer.id,
        day: today,
        itemIds: reminder.itemIds,
        others: reminder.others,
        standingInFor: reminder.standingInFor,
        marks: [],
      },
      notBefore: now,
      expiresAt: later(now, { hours: 14 }),
    });
    if (made) promised++;
  }
  return promised;
}
