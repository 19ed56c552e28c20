import { otherwise } from '../domain/otherwise.ts';
import { isAway } from '../domain/stand-in.ts';
import type { House } from './house.ts';
import {
  type Actor,
  type ChannelView,
  HOUSE,
  type OfficerView,
  type PromisedDelivery,
  type Reader,
  type Writer,
} from './ports.ts';
import { agencyChannels, coordinationChannels, directChannel, platformOf, whenToTell } from './tell.ts';
import { type Matter, mattersOf } from './whose-matter.ts';
import { dayIn, todayOf } from './zoned.ts';

/** The relay as history names it. */
const RELAY: Actor = {
  ...HOUSE,
  name: 'relay',
  displayName: 'relay',
  role: 'house',
  agencyId: null,
  via: 'relay',
};

/** A platform will never say it: that is written down, and what is said instead is promised with it, once. */
export async function refuseDelivery(house: House, id: number, why: string): Promise<void> {
  await house.store.write(RELAY, async (writer) => {
    if (!(await writer.refuseDelivery(id, why, house.clock.now()))) return;
    const refused = await writer.promised(id);
    if (!refused) return;
    const { platform, officerId } = refused.channel;
    const officer = officerId === null ? null : await writer.officer(officerId);
    const matters = officer ? await mattersOf(house, writer, refused, officer) : [];
    const parts = await partsForAgencies(house, writer, matters, platform);
    const standIn = officer && (await standInFor(house, writer, officer, matters));
    const way = otherwise({
      place: refused.channel.kind,
      verb: refused.verb,
      kind: refused.kind,
      why,
      agencyHasChannel: parts.length > 0,
      hasStandIn: standIn !== null,
      isInstead: refused.facts['insteadFor'] !== undefined,
    });
    if (way === 'agency-channel') await sayInstead(house, writer, refused, parts, house.clock.now());
    if (way === 'stand-in' && standIn) await sayToStandIn(house, writer, refused, standIn);
    if (way === 'coordinators') await tellUndelivered(house, writer, dayOf(house, refused), refused.channel.id);
    if (way === 'each-coordinator') await tellEach(house, writer, String(refused.facts['day']));
  });
}

/** Their time ran out before a word of them was said: that is written down, and told with what else did not arrive that day. */
export async function expireDeliveries(house: House, ids: readonly number[]): Promise<void> {
  await house.store.write(RELAY, async (writer) => {
    const now = house.clock.now();
    if ((await writer.expireDeliveries(ids, now)) > 0)
      await tellUndelivered(house, writer, dayIn(now, house.zone), null);
  });
}

/** Whether it was said nobody can tell: that is written down, and the coordinators are asked, who can look; once. */
export async function tellDoubt(house: House, id: number): Promise<void> {
  await house.store.write(RELAY, async (writer) => {
    if (!(await writer.askPeople(id))) return;
    const doubtful = await writer.promised(id);
    if (!doubtful) return;
    // The telling itself: what it has to say is said to each of them, as where it is refused.
    if (doubtful.kind !== 'undelivered') await tellUndelivered(house, writer, dayOf(house, doubtful), null);
    else if (doubtful.channel.kind !== 'direct') await tellEach(house, writer, String(doubtful.facts['day']));
  });
}

/** The day under which a delivery that did not arrive is told. */
export const dayOf = (house: House, delivery: PromisedDelivery): string => dayIn(delivery.since, house.zone);

interface Part {
  readonly channel: ChannelView;
  readonly facts: PromisedDelivery['facts'];
}

/**
 * What each agency reads of a message to one person that is about its work, in its channel; empty where one of them has
 * none that can be reached: nothing of it is for another agency's.
 */
async function partsForAgencies(
  house: House,
  reader: Reader,
  matters: readonly Matter[],
  platform: string,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const { agencyId, facts } of matters) {
    const own = await agencyChannels(house, reader, agencyId);
    // On the person's own platform first.
    const channel = own.find((each) => each.platform === platform) ?? own[0];
    if (!channel) return [];
    parts.push({ channel, facts });
  }
  return parts;
}

/** Who stands in for the person that it was for: a colleague of the agency whose work it is about, and not away. */
async function standInFor(
  house: House,
  reader: Reader,
  officer: OfficerView,
  [matter, ...others]: readonly Matter[],
): Promise<OfficerView | null> {
  const standIn = officer.standInId === null ? null : await reader.officer(officer.standInId);
  if (!standIn || standIn.agency.id !== officer.agency.id || isAway(standIn, todayOf(house))) return null;
  const isOwn = matter?.agencyId === officer.agency.id && others.length === 0;
  return isOwn && platformOf(house, standIn) !== null ? standIn : null;
}

async function sayToStandIn(house: House, writer: Writer, refused: PromisedDelivery, standIn: OfficerView) {
  const channel = await directChannel(writer, house, standIn);
  const notBefore = await whenToTell(writer, house, standIn);
  if (channel) await sayInstead(house, writer, refused, [{ channel, facts: refused.facts }], notBefore);
}

/** The same message, to the same end, by the person's name; once more where what was said instead of it came to nothing. */
async function sayInstead(
  house: House,
  writer: Writer,
  refused: PromisedDelivery,
  parts: readonly Part[],
  notBefore: string,
): Promise<void> {
  for (const [at, { channel, facts }] of parts.entries()) {
    const key = `${refused.key}:instead${at === 0 ? '' : `:${channel.agencyId}`}`;
    const known = await writer.deliveryByKey(key);
    const before = known && (await writer.promised(known.id));
    const promised = await writer.deliver({
      key,
      channelId: channel.id,
      verb: 'post',
      kind: refused.kind,
      facts: { ...facts, insteadFor: refused.channel.officerId },
      notBefore,
      ...(refused.expiresAt === null ? {} : { expiresAt: refused.expiresAt }),
      again: ['refused', 'expired'],
    });
    if (promised && before) await updateUndelivered(house, writer, dayOf(house, before));
  }
}

const noticeKey = (day: string): string => `undelivered:${day}`;

/** One message a day to each coordination channel that can be reached, brought up to date with whatever else of that day does not arrive. */
async function tellUndelivered(house: House, writer: Writer, day: string, besides: number | null): Promise<void> {
  const channels = (await coordinationChannels(house, writer)).filter((each) => each.id !== besides);
  let told = false;
  for (const channel of channels) told = (await tellIn(house, writer, day, channel)) || told;
  if (!told) await tellEach(house, writer, day);
}

async function tellEach(house: House, writer: Writer, day: string): Promise<void> {
  for (const coordinator of await writer.officers({ role: 'coordinator' })) {
    const channel = await directChannel(writer, house, coordinator);
    if (channel) await tellIn(house, writer, day, channel, await whenToTell(writer, house, coordinator));
  }
}

/** Resolves to false where that day's message has been refused there, or may not stand there. */
async function tellIn(
  house: House,
  writer: Writer,
  day: string,
  channel: ChannelView,
  notBefore = house.clock.now(),
): Promise<boolean> {
  const key = `${noticeKey(day)}:${channel.id}`;
  const facts = { day };
  const first = await writer.deliver({
    key,
    channelId: channel.id,
    verb: 'post',
    kind: 'undelivered',
    facts,
    notBefore,
  });
  const told = first ? null : await writer.deliveryByKey(key);
  if (told?.state === 'refused') return false;
  if (told) await writer.redeliver(told.id, facts, house.clock.now());
  return told?.state !== 'in-doubt';
}

/** What was told of a day says how things stand now. */
export async function updateUndelivered(house: House, writer: Writer, day: string): Promise<void> {
  for (const told of await writer.deliveriesByKey(noticeKey(day)))
    if (told.state !== 'refused') await writer.redeliver(told.id, told.facts, house.clock.now());
}
