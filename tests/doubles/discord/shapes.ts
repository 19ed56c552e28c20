import type { Attachment, Channel, Message, User, World } from './world.ts';

/** How long Discord shows a message's nonce to whoever sent it. */
const NONCE_MS = 5 * 60_000;

export const userJson = (user: User) => ({
  id: user.id,
  username: user.username,
  global_name: user.global_name,
  discriminator: '0',
  avatar: null,
  bot: user.bot,
});

export const memberJson = (user: User, permissions: bigint) => ({
  user: userJson(user),
  nick: null,
  avatar: null,
  roles: [],
  joined_at: '2025-01-01T00:00:00.000000+00:00',
  deaf: false,
  mute: false,
  flags: 0,
  permissions: String(permissions),
});

export const channelJson = (world: World, channel: Channel) =>
  channel.thread
    ? {
        id: channel.id,
        type: channel.type,
        guild_id: world.guildId,
        name: channel.name,
        parent_id: channel.thread.parent,
        owner_id: world.bot.id,
        rate_limit_per_user: 0,
        last_message_id: null,
        member_count: channel.thread.members.size,
        message_count: 0,
        thread_metadata: {
          archived: channel.thread.archived,
          locked: channel.thread.locked,
          auto_archive_duration: 4320,
          archive_timestamp: new Date(world.now()).toISOString(),
        },
      }
    : channel.type === 1
      ? {
          id: channel.id,
          type: 1,
          last_message_id: null,
          recipients: channel.recipient ? [userJson(world.user(channel.recipient))] : [],
        }
      : {
          id: channel.id,
          type: 0,
          guild_id: world.guildId,
          name: channel.name,
          topic: channel.topic,
          position: 0,
          nsfw: false,
          parent_id: null,
          rate_limit_per_user: 0,
          last_message_id: null,
          permission_overwrites: channel.overwrites,
        };

export const attachmentJson = ({ bytes: _, ...attachment }: Attachment) => ({
  ...attachment,
  proxy_url: attachment.url,
});

export const messageJson = (world: World, message: Message) => ({
  id: message.id,
  channel_id: message.channel_id,
  type: message.interaction ? 20 : 0,
  author: userJson(world.user(message.author)),
  content: message.content,
  timestamp: new Date(message.timestamp).toISOString(),
  edited_timestamp: message.edited === null ? null : new Date(message.edited).toISOString(),
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: message.attachments.map(attachmentJson),
  embeds: [],
  pinned: false,
  flags: message.flags | (message.loading ? 128 : 0),
  components: message.components,
  ...(message.nonce !== undefined && world.now() - message.timestamp < NONCE_MS ? { nonce: message.nonce } : {}),
  ...(message.interaction
    ? {
        interaction_metadata: {
          id: message.interaction,
          type: 2,
          user: userJson(world.bot),
          authorizing_integration_owners: {},
        },
      }
    : {}),
});

export const guildJson = (world: World) => ({
  id: world.guildId,
  name: 'Government Office',
  icon: null,
  owner_id: world.bot.id,
  unavailable: false,
  large: false,
  member_count: world.users.size,
  joined_at: '2025-01-01T00:00:00.000000+00:00',
  roles: [
    {
      id: world.guildId,
      name: '@everyone',
      color: 0,
      hoist: false,
      position: 0,
      permissions: '0',
      managed: false,
      mentionable: false,
    },
  ],
  emojis: [],
  features: [],
  stickers: [],
  voice_states: [],
  members: [memberJson(world.bot, 0n)],
  channels: [...world.channels.values()]
    .filter((channel) => channel.type === 0)
    .map((channel) => channelJson(world, channel)),
  threads: [...world.channels.values()]
    .filter((channel) => channel.thread && !channel.thread.archived)
    .map((channel) => channelJson(world, channel)),
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  preferred_locale: 'en-US',
  nsfw_level: 0,
  premium_tier: 0,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  afk_timeout: 300,
  system_channel_flags: 0,
});
