import type { Day } from '../domain/calendar.ts';
import { actsFor, isAway, whoAnswers, whoIsIn } from '../domain/stand-in.ts';
import type { House } from './house.ts';
import type { ChannelView, CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
import { workCalendarAround, workHoursOf } from './work-hours.ts';
import { dayIn, later, todayOf } from './zoned.ts';

/**
 * Where a person is written to, of the connected platforms they have an account on: the one they chose, else the one
 * they were last seen on. Who has none yet is looked for on the first, by e-mail.
 */
export function platformOf(house: House, officer: OfficerView): string | null {
  const reached = officer.seenOn.filter((platform) => house.platforms.includes(platform));
  if (officer.platform !== null && reached.includes(officer.platform)) return officer.platform;
  return reached[0] ?? (officer.email === null ? null : (house.platforms[0] ?? null));
}

export async function directChannel(writer: Writer, house: House, officer: OfficerView): Promise<ChannelView | null> {
  const platform = platformOf(house, officer);
  return platform === null
    ? null
    : writer.setChannel({ platform, conversation: null, kind: 'direct', officerId: officer.id });
}

/** Something for one person, which they did not ask for. */
export interface DirectMessage {
  readonly key: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Hours within which it is worth saying, from when it may be said; for ever where there are none. */
  readonly expiresHours?: number;
}

/**
 * Promises a direct message. Outside the person's working hours it waits until they begin; what answers the actor's own
 * press does not wait. Resolves to 'known' where its key has been promised before, and to null where nobody can write to them.
 */
export async function tellDirectly(
  writer: Writer,
  house: House,
  officer: OfficerView,
  message: DirectMessage,
): Promise<'promised' | 'known' | null> {
  const channel = await directChannel(writer, house, officer);
  if (!channel) return null;
  const notBefore = await whenToTell(writer, house, officer);
  const promised = await writer.deliver({
    key: message.key,
    channelId: channel.id,
    verb: 'post',
    kind: message.kind,
    facts: message.facts,
    notBefore,
    ...(message.expiresHours === undefined ? {} : { expiresAt: later(notBefore, { hours: message.expiresHours }) }),
  });
  return promised ? 'promised' : 'known';
}

/** From when a person may be written to of something they did not ask for. */
export async function whenToTell(writer: Writer, house: House, officer: OfficerView): Promise<string> {
  if (officer.id === writer.actor.officerId) return house.clock.now();
  return workHoursOf(house, await workCalendarAround(house, writer, todayOf(house)), officer).from;
}

/** The officer who answers for a commitment today: the named one, or whoever acts for them while they are away. */
export async function answering(
  reader: Reader,
  commitment: CommitmentView,
  today: string,
): Promise<OfficerView | null> {
  if (commitment.officerId === null) return null;
  const owner = await reader.officer(commitment.officerId);
  if (!owner) return null;
  return answeringFor(reader, owner, today);
}

/** The officer, or whoever answers for them while they are away. */
export async function answeringFor(reader: Reader, owner: OfficerView, today: Day): Promise<OfficerView> {
  return isAway(owner, today) ? whoAnswers(owner, await peopleOf(reader), today) : owner;
}

/** The officer, or the first of their stand-ins who is in; the officer too where none of them is. */
export async function inPlaceOf(reader: Reader, owner: OfficerView, today: Day): Promise<OfficerView> {
  return isAway(owner, today) ? (whoIsIn(owner, await peopleOf(reader), today) ?? owner) : owner;
}

/** For whom an officer acts today: whoever is away and leaves it to them. */
export async function standsInFor(reader: Reader, officerId: number, today: Day): Promise<number[]> {
  return actsFor(officerId, await peopleOf(reader), today).map((each) => each.id);
}

export const byId = (officers: readonly OfficerView[]): ReadonlyMap<number, OfficerView> =>
  new Map(officers.map((each) => [each.id, each]));

export const peopleOf = async (reader: Reader): Promise<ReadonlyMap<number, OfficerView>> =>
  byId(await reader.officers());

export const assignedKey = (officerId: number, day: string): string => `assigned:${officerId}:${day}`;

/**
 * Tells the officer who answers that a commitment is theirs: one message a day, which takes in whatever else becomes
 * theirs that day. What an import holds back is told when the import is started. Resolves to whoever is told, or null.
 */
export async function tellAssigned(
  writer: Writer,
  house: House,
  commitment: CommitmentView,
): Promise<OfficerView | null> {
  if (commitment.held || commitment.verifiedAt !== null) return null;
  const today = todayOf(house);
  const officer = await answering(writer, commitment, today);
  if (!officer || officer.id === writer.actor.officerId) return null;
  const key = assignedKey(officer.id, today);
  const facts = { officerId: officer.id, day: today, marks: [] };
  const outcome = await tellDirectly(writer, house, officer, { key, kind: 'assigned', facts, expiresHours: 72 });
  if (outcome === null) return null;
  const told = outcome === 'known' ? await writer.deliveryByKey(key) : null;
  if (told) {
    // What changes where it stands disturbs nobody; what is promised again is a message.
    const at = told.state === 'expired' ? await whenToTell(writer, house, officer) : house.clock.now();
    await writer.redeliver(told.id, told.facts, at);
  }
  return officer;
}

/** Whether a commitment became an officer's on a day. */
export const assignedOn = (commitment: CommitmentView, zone: string): string => dayIn(commitment.assignedAt, zone);

/** Agencies' own channels on platforms that are switched on: of one agency, or of all. */
export async function agencyChannels(house: House, reader: Reader, agencyId?: number): Promise<readonly ChannelView[]> {
  const channels = await reader.channels({ kind: 'agency', ...(agencyId === undefined ? {} : { agencyId }) });
  return channels.filter(({ platform }) => house.platforms.includes(platform));
}

/**
 * The coordination channels on platforms that are switched on: on another nobody would read it. A shell has no platforms,
 * and what is promised from it is said by the bot.
 */
export async function coordinationChannels(house: House, reader: Reader): Promise<readonly ChannelView[]> {
  const channels = await reader.channels({ kind: 'coordination' });
  return channels.filter(({ platform }) => house.platforms.length === 0 || house.platforms.includes(platform));
}

/**
 * To the coordination channels; where none can be reached, to each coordinator who is in, else to each (`besides`: but this
 * one). Never to a stand-in, who could not decide about it.
 */
export async function tellCoordinators(
  writer: Writer,
  house: House,
  message: { key: string; kind: string; facts: Readonly<Record<string, unknown>>; besides?: number | null },
): Promise<void> {
  const channels = await coordinationChannels(house, writer);
  for (const channel of channels) {
    await writer.deliver({
      key: `${message.key}:${channel.id}`,
      channelId: channel.id,
      verb: 'post',
      kind: message.kind,
      facts: message.facts,
      notBefore: house.clock.now(),
    });
  }
  if (channels.length > 0) return;
  const asked = (await writer.officers({ role: 'coordinator' })).filter((each) => each.id !== message.besides);
  const present = asked.filter((each) => !isAway(each, todayOf(house)));
  for (const coordinator of present.length > 0 ? present : asked) {
    const channel = await directChannel(writer, house, coordinator);
    if (channel) await tellDirectly(writer, house, coordinator, { ...message, key: `${message.key}:${channel.id}` });
  }
}
