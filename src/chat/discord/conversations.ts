import {
  type APIGuildChannel,
  type APIOverwrite,
  ChannelType,
  DiscordAPIError,
  OverwriteType,
  PermissionFlagsBits,
  type REST,
  Routes,
  type TextChannel,
} from 'discord.js';
import type { NewConversation, Opened, SayingKey } from '../platform.ts';
import { LIMITS } from './limits.ts';
import { shorten } from './markdown.ts';

/**
 * A private conversation is a text channel of the guild that only its members (and the bot) may see: unlike a private
 * thread it needs no parent, does not archive itself after a week, and lists its members in one request.
 */
const SEE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
const SPEAK = PermissionFlagsBits.SendMessages | PermissionFlagsBits.AttachFiles;
const SPEAK_ANYHOW =
  SPEAK |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.CreatePrivateThreads |
  PermissionFlagsBits.AddReactions;

/**
 * What the bot must be invited with: Discord lets a bot grant or take away only what it has itself (topics/permissions),
 * and asks Manage Roles of whoever sets the permissions of a channel.
 */
export const INVITE_PERMISSIONS =
  SEE | SPEAK_ANYHOW | PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageRoles;

type Channel = Omit<APIGuildChannel, 'permission_overwrites'> & {
  topic?: string | null;
  permission_overwrites?: APIOverwrite[];
};

const member = (id: string) => ({ id, type: OverwriteType.Member, allow: String(SEE | SPEAK), deny: '0' });

/** The channel of this key: the one that is there, or a new one. The key stands at the end of its topic. */
export async function openConversation(
  rest: REST,
  where: { guild: string; self: string },
  request: NewConversation,
  key: SayingKey,
): Promise<Opened> {
  const channels = (await rest.get(Routes.guildChannels(where.guild))) as Channel[];
  const mark = `· ${key}`;
  const present = channels.find((channel) => channel.type === ChannelType.GuildText && channel.topic?.endsWith(mark));
  if (present)
    return { conversation: present.id, missing: await invite(rest, where.guild, present.id, request.members) };
  const { here, missing } = await sorted(rest, where.guild, request.members);
  const everyone = {
    id: where.guild,
    type: OverwriteType.Role,
    allow: '0',
    deny: String(PermissionFlagsBits.ViewChannel),
  };
  const self = { ...member(where.self), allow: String(SEE | SPEAK | PermissionFlagsBits.ManageChannels) };
  const body = {
    name: channelName(request.name),
    type: ChannelType.GuildText,
    topic: `${shorten(request.topic, LIMITS.channelTopic - mark.length - 1)} ${mark}`.trim(),
    permission_overwrites: [everyone, self, ...here].map((each) => (typeof each === 'string' ? member(each) : each)),
  };
  const made = (await rest.post(Routes.guildChannels(where.guild), { body })) as TextChannel;
  return { conversation: made.id, missing };
}

/** Nobody of that id, or nobody here (topics/opcodes-and-status-codes#json); 50035: it is no id at all. */
const NOT_HERE: readonly unknown[] = [10007, 10013, 50035];

/** Who of them is in the guild. Discord takes a permission for somebody who left, and they would never come. */
async function sorted(rest: REST, guild: string, accounts: readonly string[]) {
  const here: string[] = [];
  const missing: string[] = [];
  for (const account of new Set(accounts)) {
    try {
      await rest.get(Routes.guildMember(guild, account));
      here.push(account);
    } catch (error) {
      if (!(error instanceof DiscordAPIError && NOT_HERE.includes(error.code))) throw error;
      missing.push(account);
    }
  }
  return { here, missing };
}

/** Who has no permission of their own is not in (topics/opcodes-and-status-codes#json). */
const UNKNOWN_OVERWRITE = 10009;

/** Lets people in; who may see it already is let in again without effect. Resolves to those who are not in the guild. */
export async function invite(
  rest: REST,
  guild: string,
  conversation: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const { here, missing } = await sorted(rest, guild, accounts);
  for (const account of here) {
    const { type, allow, deny } = member(account);
    await rest.put(Routes.channelPermission(conversation, account), { body: { type, allow, deny } });
  }
  return missing;
}

/** Takes people's own permission away, so that the channel is hidden from them again. */
export async function remove(rest: REST, conversation: string, accounts: readonly string[]): Promise<void> {
  for (const account of new Set(accounts))
    await rest.delete(Routes.channelPermission(conversation, account)).catch((error: unknown) => {
      if (!(error instanceof DiscordAPIError && error.code === UNKNOWN_OVERWRITE)) throw error;
    });
}

/** Discord archives no channel: nobody but the bot may write in it any more, and everybody who could read it still can. */
export async function archive(rest: REST, conversation: string, where: { guild: string; self: string }): Promise<void> {
  const channel = (await rest.get(Routes.channel(conversation))) as Channel;
  const others = (channel.permission_overwrites ?? []).map(({ id, type, allow, deny }) =>
    id === where.self
      ? { id, type, allow, deny }
      : { id, type, allow: String(BigInt(allow) & ~SPEAK_ANYHOW), deny: String(BigInt(deny) | SPEAK_ANYHOW) },
  );
  const everyone = others.some(({ id }) => id === where.guild)
    ? []
    : [{ id: where.guild, type: OverwriteType.Role, allow: '0', deny: String(SPEAK_ANYHOW) }];
  await rest.patch(Routes.channel(conversation), { body: { permission_overwrites: [...everyone, ...others] } });
}

/** Any text as a channel's name: lowercase, words joined by hyphens; letters of every script may stay. */
export function channelName(text: string): string {
  const name = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return (
    [...name]
      .slice(0, LIMITS.channelName)
      .join('')
      .slice(0, LIMITS.channelName)
      .toWellFormed()
      .replace(/\uFFFD$/, '') || 'group'
  );
}
