import type { MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { digestUnseen } from '../messages/coordinator-notices.ts';
import { type ComingDigest, digestBeforehand } from '../messages/reminder.ts';
import { digestsIn, type Facts, marksIn } from './delivery-facts.ts';
import { agencyWeek, hasNews, POSTED } from './digest-data.ts';
import { plannedAt, plannedMoment } from './digest-week.ts';
import type { House } from './house.ts';
import type { Reader } from './ports.ts';
import { dayIn, timeIn } from './zoned.ts';

/** What the digests that a message tells of would say now; null where they say nothing of these agencies any more. */
export async function comingDigestsIn(house: House, reader: Reader, facts: Facts) {
  const digests: ComingDigest[] = [];
  for (const { monday, agencyIds } of digestsIn(facts)) {
    const moment = await plannedMoment(house, reader, monday);
    const agencies = await Promise.all(agencyIds.map((id) => reader.agency(id)));
    const parts = [];
    for (const agency of agencies.flatMap((each) => each ?? [])) {
      const week = await agencyWeek(house, reader, moment, agency.id, POSTED);
      if (hasNews(week.part, week.obstacles.length)) parts.push({ ...house.rules, ...week, held: null, agency });
    }
    const when = { day: dayIn(moment.at, house.zone), time: timeIn(moment.at, house.zone) };
    if (parts.length > 0) digests.push({ ...when, parts });
  }
  if (digests.length === 0) return null;
  const items = digests.flatMap(({ parts }) =>
    parts.flatMap(({ part }) => [
      ...[...part.overdue, ...part.dueSoon, ...part.silent].map(({ item }) => item.id),
      ...part.done.map((item) => item.id),
    ]),
  );
  return { digests, shows: new Set(items) };
}

/** An agency's part of the coming digests, for its own channel. */
export async function beforehandMessage(
  house: House,
  reader: Reader,
  speak: Speaker,
  facts: Facts,
): Promise<MessageDocument | null> {
  const coming = await comingDigestsIn(house, reader, facts);
  return coming && digestBeforehand(speak, { digests: coming.digests, marks: marksIn(facts) });
}

/** Of which agencies nobody has been shown what the coming digests say; null once they are posted. */
export async function unseenMessage(
  house: House,
  reader: Reader,
  speak: Speaker,
  facts: Facts,
): Promise<MessageDocument | null> {
  const digests = digestsIn(facts).filter(({ monday }) => house.clock.now() < plannedAt(house, monday));
  const coming = await comingDigestsIn(house, reader, { digests });
  return coming && digestUnseen(speak, coming.digests);
}
