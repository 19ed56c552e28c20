import { addDays, mondayOf, weekOf } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { hasNews, POSTED, type WeekFacts, weekFacts } from './digest-data.ts';
import { askedMoment, type DigestMoment, LAST_DIGEST, mondayMeant, plannedAt, plannedMoment } from './digest-week.ts';
import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import { type Actor, HOUSE, type NewDelivery, type Reader, type Writer } from './ports.ts';
import { hasCoordination, tellNowhere } from './tell-nowhere.ts';
import { instantOf, later, todayOf } from './zoned.ts';

/** Promises the planned digest of a week, as of its planned instant. Resolves to the number of messages newly promised. */
export async function promiseDigest(house: House, writer: Writer, monday: string): Promise<number> {
  const moment = await plannedMoment(house, writer, monday);
  // What a clock that was ahead let expire is still to come.
  const promised = await promiseParts(house, writer, moment, weekOf(monday), { planned: true, again: ['expired'] });
  if (promised > 0) await writer.setSetting(LAST_DIGEST, { week: weekOf(monday), promised, at: moment.at });
  if (!(await hasCoordination(house, writer))) await tellNowhere(house, writer);
  return promised;
}

/**
 * Every message of the digest, under its key: a second call, or a second process, adds nothing. `again`: what came to
 * this under its key is promised anew. `planned`: a channel whose people live elsewhere has it at the
 * digest's hour there, where that is still to come.
 */
async function promiseParts(
  house: House,
  writer: Writer,
  moment: DigestMoment,
  edition: string,
  { again = [], planned = false }: { again?: NonNullable<NewDelivery['again']>; planned?: boolean } = {},
): Promise<number> {
  const now = house.clock.now();
  const day = addDays(moment.monday, house.digestAt.weekday - 1);
  const zones = new Map((await writer.channels()).map((each) => [each.id, each.zone]));
  const whenIn = (channelId: number): string => {
    const zone = zones.get(channelId);
    const there = planned && zone ? instantOf(day, house.digestAt.time, zone) : now;
    return there > now ? there : now;
  };
  const facts = await weekFacts(house, writer, moment, POSTED);
  let promised = 0;
  const promise = async (channelId: number, part: string, kind: string, more: Record<string, unknown>) => {
    const notBefore = whenIn(channelId);
    const made = await writer.deliver({
      key: `digest:${edition}:${channelId}:${part}`,
      channelId,
      verb: 'post',
      kind,
      facts: { ...moment, ...more },
      notBefore,
      // The day after tomorrow nobody wants Monday's list.
      expiresAt: later(notBefore, { hours: 48 }),
      again,
    });
    if (made) promised++;
  };
  for (const { channelId, agencyId } of await digestMessages(writer, facts)) {
    if (agencyId === null) await promise(channelId, 'summary', 'digest-summary', {});
    else await promise(channelId, `agency-${agencyId}`, 'digest-agency', { agencyId });
  }
  return promised;
}

/**
 * Where a week's digest speaks, in order: to each coordination channel a summary (`agencyId` null) and then one part
 * per agency that has news, to each agency's own channel its part.
 */
export async function digestMessages(
  reader: Reader,
  facts: WeekFacts,
): Promise<readonly { readonly channelId: number; readonly agencyId: number | null }[]> {
  const obstacles = new Map<number, number>();
  for (const { agency } of facts.obstacles) obstacles.set(agency.id, (obstacles.get(agency.id) ?? 0) + 1);
  const newsOf = facts.digest.parts.filter((part) => hasNews(part, obstacles.get(part.leadId) ?? 0));
  const coordination = (await reader.channels({ kind: 'coordination' })).flatMap(({ id }) => [
    { channelId: id, agencyId: null },
    ...newsOf.map((part) => ({ channelId: id, agencyId: part.leadId })),
  ]);
  const own = await reader.channels({ kind: 'agency' });
  return [...coordination, ...own.map(({ id, agencyId }) => ({ channelId: id, agencyId }))];
}

export interface DigestPosted {
  readonly week: string;
  readonly promised: number;
  /** When the planned digest of the week still comes; null where this one is it. */
  readonly planned: string | null;
}

/**
 * A coordinator posts the digest now. Before its planned time it is an edition of its own, one a day, and the planned
 * one comes all the same; after it, it says what of that week was not said.
 */
export async function postDigest(house: House, actor: Actor, week: string | undefined): Promise<DigestPosted> {
  requireCoordinator(actor);
  const monday = mondayMeant(house, week);
  if (monday > mondayOf(todayOf(house)))
    throw new UserError('digest-too-early', { week: weekOf(monday), day: monday }, { field: 'week' });
  const channels = await house.store.read(HOUSE).channels({ kind: 'coordination' });
  if (channels.length === 0) throw new UserError('no-coordination-channel');
  const named = weekOf(monday);
  const planned = plannedAt(house, monday);
  const early = house.clock.now() < planned;
  const promised = await house.store.write(actor, async (writer) => {
    const moment = await askedMoment(house, writer, monday);
    const count = await promiseParts(house, writer, moment, early ? `${named}:early:${todayOf(house)}` : named, {
      again: early ? [] : ['refused', 'expired'],
    });
    // Whoever posted it stands in the history.
    if (count > 0)
      await writer.setSetting(early ? 'early-digest' : LAST_DIGEST, { week: named, promised: count, at: moment.at });
    return count;
  });
  if (promised === 0)
    throw new UserError('digest-posted', {
      week: named,
      next: early ? planned : plannedAt(house, addDays(mondayOf(todayOf(house)), 7)),
    });
  return { week: named, promised, planned: early ? planned : null };
}
