import { whoAnswers } from '../domain/stand-in.ts';
import type { House } from './house.ts';
import type { ChannelView, CommitmentView, OfficerView, Reader, Writer } from './ports.ts';
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

/** The officer who answers for a commitment today: the named one, or their stand-in while they are away. */
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

/** The officer, or their stand-in while they are away. */
export async function answeringFor(reader: Reader, owner: OfficerView, today: string): Promise<OfficerView> {
  const standIn = owner.standInId === null ? null : await reader.officer(owner.standInId);
  return whoAnswers(owner, new Map([owner, ...(standIn ? [standIn] : [])].map((each) => [each.id, each])), today);
}

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
  const channel = await directChannel(writer, house, officer);
  if (!channel) return null;
  const now = house.clock.now();
  const key = assignedKey(officer.id, today);
  const facts = { officerId: officer.id, day: today, marks: [] };
  const first = await writer.deliver({
    key,
    channelId: channel.id,
    verb: 'post',
    kind: 'assigned',
    facts,
    notBefore: now,
    expiresAt: later(now, { hours: 72 }),
  });
  const told = first ? null : await writer.deliveryByKey(key);
  if (told) await writer.redeliver(told.id, told.facts, now);
  return officer;
}

/** Whether a commitment became an officer's on a day. */
export const assignedOn = (commitment: CommitmentView, zone: string): string => dayIn(commitment.assignedAt, zone);

export async function coordinationChannels(reader: Reader): Promise<readonly ChannelView[]> {
  return reader.channels({ kind: 'coordination' });
}

/** To the coordination channels; where there is none, to each coordinator directly (`besides`: but this one). */
export async function tellCoordinators(
  writer: Writer,
  house: House,
  message: { key: string; kind: string; facts: Readonly<Record<string, unknown>>; besides?: number | null },
): Promise<void> {
  const now = house.clock.now();
  let channels = await coordinationChannels(writer);
  if (channels.length === 0) {
    const coordinators = (await writer.officers({ role: 'coordinator' })).filter((each) => each.id !== message.besides);
    const direct = await Promise.all(coordinators.map((each) => directChannel(writer, house, each)));
    channels = direct.filter((channel) => channel !== null);
  }
  for (const channel of channels) {
    await writer.deliver({
      key: `${message.key}:${channel.id}`,
      channelId: channel.id,
      verb: 'post',
      kind: message.kind,
      facts: message.facts,
      notBefore: now,
    });
  }
}
