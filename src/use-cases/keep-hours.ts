import { addDays, type Day } from '../domain/calendar.ts';
import { isAway } from '../domain/stand-in.ts';
import { digestsIn, type Facts, numbers, text, thingsIn } from './delivery-facts.ts';
import type { SeenBeforehand } from './digest-beforehand.ts';
import type { House } from './house.ts';
import { dayTaken, remindedBefore } from './plan-reminders.ts';
import type { OfficerView, Writer } from './ports.ts';
import { answeringFor, directChannel } from './tell.ts';
import type { Waiting } from './waiting-ports.ts';
import { workCalendarAround, workHoursOf } from './work-hours.ts';
import { dayIn, later, todayOf } from './zoned.ts';

/**
 * What waits for people's working hours waits for those that they have now, in the zone and by the calendar that were
 * just changed: never earlier than it was to come, so that no day has two. Of one officer, or of everybody.
 */
export async function moveToHours(house: House, writer: Writer, officerId?: number): Promise<void> {
  const waiting = await writer.waitingDirect(house.clock.now(), officerId);
  if (waiting.length === 0) return;
  const officers = await writer.officers({ ids: [...new Set(waiting.map((each) => each.officerId))] });
  const calendar = await workCalendarAround(house, writer, todayOf(house));
  for (const each of waiting) {
    const officer = officers.find(({ id }) => id === each.officerId);
    if (!officer) continue;
    const hours = workHoursOf(house, calendar, officer, { now: each.notBefore });
    if (hours.from === each.notBefore) continue;
    const worthMs = each.expiresAt === null ? null : Date.parse(each.expiresAt) - Date.parse(each.notBefore);
    const until = worthMs === null ? null : later(hours.from, { milliseconds: worthMs });
    await writer.putOff(each.id, hours.from, each.kind === 'reminder' ? hours.until : until);
  }
}

/**
 * What somebody would have been reminded of while they are away is said to whoever answers for them: in the message that
 * waits for that person, or in one of its own. Theirs says nothing then, since none of it is theirs any more.
 */
export async function handOnReminders(house: House, writer: Writer, absent: OfficerView): Promise<void> {
  const waiting = await writer.waitingDirect(house.clock.now(), absent.id);
  for (const each of waiting) {
    const day = dayIn(each.notBefore, absent.zone ?? house.zone);
    if (each.kind !== 'reminder' || !isAway(absent, day)) continue;
    const acting = await answeringFor(writer, absent, day);
    if (acting.id !== absent.id) await handOn(house, writer, { reminder: each, absent, acting });
  }
}

async function handOn(
  house: House,
  writer: Writer,
  { reminder, absent, acting }: { reminder: Waiting; absent: OfficerView; acting: OfficerView },
): Promise<void> {
  const now = house.clock.now();
  const own = (await writer.waitingDirect(now, acting.id)).find((each) => each.kind === 'reminder');
  const day: Day = text(reminder.facts, 'day');
  const facts = together(house, own?.facts ?? { officerId: acting.id, day, marks: [] }, reminder.facts, absent.id);
  if (own) return writer.redeliver(own.id, facts, now);
  const channel = await directChannel(writer, house, acting);
  if (!channel) return;
  const sent = await remindedBefore(house, writer, addDays(day, 2));
  const calendar = await workCalendarAround(house, writer, day);
  const hours = workHoursOf(house, calendar, acting, { taken: dayTaken(house, acting, sent) });
  await writer.deliver({
    key: `handed-on:${acting.id}:${absent.id}:${day}`,
    channelId: channel.id,
    verb: 'post',
    kind: 'reminder',
    facts,
    notBefore: hours.from,
    expiresAt: hours.until,
  });
}

/** What both were to see of the digests to come, each agency's part once. */
function partsOfBoth(own: Facts, theirs: Facts): Partial<Omit<SeenBeforehand, 'standingInFor'>> {
  const agencies = new Map<Day, Set<number>>();
  for (const { monday, agencyIds } of [...digestsIn(own), ...digestsIn(theirs)])
    agencies.set(monday, new Set([...(agencies.get(monday) ?? []), ...agencyIds]));
  if (agencies.size === 0) return {};
  return {
    digests: [...agencies].map(([monday, ids]) => ({ monday, agencyIds: [...ids] })),
    commitmentIds: [...new Set([...numbers(own, 'commitmentIds'), ...numbers(theirs, 'commitmentIds')])],
  };
}

/** A person's reminder with what another was to be reminded of behind it. */
function together(house: House, own: Facts, theirs: Facts, absentId: number): Facts {
  const known = thingsIn(own);
  const both = [
    ...known,
    ...thingsIn(theirs).filter((thing) => known.every((each) => each.commitmentId !== thing.commitmentId)),
  ];
  const things = both.slice(0, house.rules.perReminder);
  const named = new Set(things.map((each) => each.commitmentId));
  const others = [
    ...both.map((each) => each.commitmentId),
    ...numbers(own, 'otherIds'),
    ...numbers(theirs, 'otherIds'),
  ];
  return {
    ...own,
    ...partsOfBoth(own, theirs),
    things,
    keys: things.map((each) => each.key),
    otherIds: [...new Set(others)].filter((id) => !named.has(id)),
    standingInFor: [...new Set([...numbers(own, 'standingInFor'), absentId])],
  };
}
