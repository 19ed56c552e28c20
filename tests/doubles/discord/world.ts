import type { DoubleClock } from '../clock.ts';
import { NO } from './problems.ts';

const EPOCH = 1_420_070_400_000;

export const PERMISSIONS = {
  manageChannels: 1n << 4n,
  addReactions: 1n << 6n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageThreads: 1n << 34n,
  publicThreads: 1n << 35n,
  privateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
  attach: 1n << 15n,
  history: 1n << 16n,
  manageRoles: 1n << 28n,
};
const OTHER_SENDING = PERMISSIONS.publicThreads | PERMISSIONS.privateThreads | PERMISSIONS.sendInThreads;
/** What everybody may do in a guild of this kind, and what the bot was invited with. */
const EVERYONE =
  PERMISSIONS.view |
  PERMISSIONS.send |
  PERMISSIONS.attach |
  PERMISSIONS.history |
  PERMISSIONS.addReactions |
  OTHER_SENDING;
export const BOT_PERMISSIONS = EVERYONE | PERMISSIONS.manageChannels | PERMISSIONS.manageRoles;

export interface User {
  readonly id: string;
  readonly username: string;
  readonly global_name: string;
  readonly bot: boolean;
  readonly locale: string;
  /** Whether people they share a guild with may write to them. */
  dmsOpen: boolean;
  inGuild: boolean;
}

export interface Overwrite {
  id: string;
  type: number;
  allow: string;
  deny: string;
}

export interface Channel {
  readonly id: string;
  /** 0 text, 1 direct, 11 and 12 threads of a text channel: public and private. */
  readonly type: 0 | 1 | 11 | 12;
  name: string;
  topic: string | null;
  overwrites: Overwrite[];
  /** The other side of a direct conversation. */
  readonly recipient?: string;
  readonly thread?: { readonly parent: string; readonly members: Set<string>; archived: boolean; locked: boolean };
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly title?: string;
  readonly size: number;
  readonly content_type: string;
  readonly url: string;
  readonly bytes: Uint8Array;
}

export interface Message {
  readonly id: string;
  readonly channel_id: string;
  readonly author: string;
  readonly timestamp: number;
  edited: number | null;
  flags: number;
  content: string;
  components: readonly unknown[];
  attachments: Attachment[];
  allowed_mentions: unknown;
  readonly nonce?: string;
  /** The interaction it answers. */
  readonly interaction?: string;
  /** Who alone sees it. */
  readonly onlyFor?: string;
  /** "… is thinking": the answer is still being written. */
  loading: boolean;
}

/** One guild, its people and channels, the bot's direct conversations and every message. */
export class World {
  readonly now: () => number;
  readonly after: DoubleClock['after'];
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  readonly files = new Map<string, Attachment>();
  readonly guildId: string;
  readonly bot: User;
  /** What the bot's role allows it. */
  botPermissions = BOT_PERMISSIONS;
  #count = 0;

  constructor(clock: DoubleClock) {
    this.now = clock.now;
    this.after = clock.after;
    this.guildId = this.id();
    this.bot = this.addUser('accord', 'en-US', true);
  }

  /** A new snowflake of this moment. */
  id(): string {
    this.#count += 1;
    return String((BigInt(Math.floor(this.now()) - EPOCH) << 22n) | BigInt(this.#count & 0x3fffff));
  }

  addUser(name: string, locale = 'en-US', bot = false): User {
    const id = this.id();
    const user: User = {
      id,
      username: name.toLowerCase().replaceAll(/\W+/g, '.'),
      global_name: name,
      bot,
      locale,
      dmsOpen: true,
      inGuild: true,
    };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(name: string, more: { topic?: string | null; overwrites?: Overwrite[] } = {}): Channel {
    const channel: Channel = {
      id: this.id(),
      type: 0,
      name,
      topic: more.topic ?? null,
      overwrites: more.overwrites ?? [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  addThread(parent: Channel, name: string, type: 11 | 12): Channel {
    const members = new Set([this.bot.id]);
    const thread = { parent: parent.id, members, archived: false, locked: false };
    const channel: Channel = { id: this.id(), type, name, topic: null, overwrites: [], thread };
    this.channels.set(channel.id, channel);
    return channel;
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw NO.unknownUser();
    return user;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw NO.unknownChannel();
    return channel;
  }

  /** The direct conversation of the bot with somebody, made where there is none. */
  direct(user: string): Channel {
    const present = [...this.channels.values()].find((channel) => channel.recipient === user);
    if (present) return present;
    const channel: Channel = { id: this.id(), type: 1, name: '', topic: null, overwrites: [], recipient: user };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** What somebody may do in a channel: the guild's grant, then the overwrite for everyone, then their own. */
  permissions(user: string, channel: Channel): bigint {
    if (channel.type === 1) return user === channel.recipient || user === this.bot.id ? EVERYONE : 0n;
    if (!this.users.get(user)?.inGuild) return 0n;
    if (channel.thread) return this.#permissionsInThread(user, channel.thread, channel.type);
    let may = user === this.bot.id ? this.botPermissions : EVERYONE;
    for (const id of [this.guildId, user]) {
      const overwrite = channel.overwrites.find((each) => each.id === id);
      if (overwrite) may = (may & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
    }
    return (may & PERMISSIONS.view) === 0n ? 0n : may;
  }

  /** A private thread is for its members; what may be said in one is a permission of its own. */
  #permissionsInThread(user: string, { parent, members }: NonNullable<Channel['thread']>, type: number): bigint {
    const above = this.permissions(user, this.channel(parent));
    if (type === 12 && !members.has(user) && (above & PERMISSIONS.manageThreads) === 0n) return 0n;
    const sends = (above & PERMISSIONS.sendInThreads) === 0n ? 0n : PERMISSIONS.send;
    return (above & ~PERMISSIONS.send) | sends;
  }

  /** Refuses what the bot may not do there, as Discord does. */
  demand(channel: Channel, wanted: bigint): void {
    const may = this.permissions(this.bot.id, channel);
    if ((may & PERMISSIONS.view) === 0n) throw NO.access();
    if ((may & wanted) !== wanted) throw NO.permission();
  }

  sees(user: string, message: Message): boolean {
    if (message.onlyFor !== undefined && message.onlyFor !== user) return false;
    const channel = this.channels.get(message.channel_id);
    return channel !== undefined && (this.permissions(user, channel) & PERMISSIONS.view) !== 0n;
  }

  /** Messages of a channel, oldest first. */
  messagesOf(channel: string): Message[] {
    return [...this.messages.values()].filter((message) => message.channel_id === channel);
  }
}
