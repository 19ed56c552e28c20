import type { Home, MessageBlock, Modal } from './blocks.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly isBot: boolean;
  disabled: boolean;
  /** Not to be seen by the app: another organisation's, say. */
  hidden: boolean;
  /** A guest, who can be invited nowhere. */
  restricted: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly user: string;
  readonly botId?: string;
  text: string;
  blocks: MessageBlock[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  edited: boolean;
  /** Seen by this person only; it is in no history and cannot be changed by its ts. */
  readonly only?: string;
  readonly threadTs?: string;
  readonly files: readonly StoredFile[];
  /** Grows with every change anywhere: what is new since a moment. */
  changed: number;
}

export interface Channel {
  readonly id: string;
  name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly creator: string;
  readonly members: Set<string>;
  archived: boolean;
  /** Only administrators may post here. */
  readOnly: boolean;
  topic: string;
  purpose: string;
  messages: SlackMessage[];
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes: Uint8Array | null;
  completed: boolean;
  readonly owner: string;
}

export interface OpenView {
  readonly id: string;
  readonly user: string;
  /** The lowest of those that lie on each other, and the one below. */
  readonly root: string;
  readonly previous: string | null;
  hash: string;
  view: Modal;
  /** What is in the inputs now: block → action → value. */
  values: Map<string, Record<string, unknown>>;
  errors: Record<string, string>;
}

/** What somebody sees in the app's own tab. */
export interface ShownHome {
  readonly id: string;
  readonly hash: string;
  readonly view: Home;
}

export interface Trigger {
  readonly user: string;
  readonly at: number;
  used: boolean;
}

export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  readonly at: number;
  uses: number;
  /** The message it replaces or deletes. */
  original: string | null;
}

export const TEAM = { id: 'T0ACCORD', domain: 'accord', name: 'Accord test' };
export const APP = 'A0ACCORD';

/** Everything the service remembers. `now`: milliseconds since 1970. */
export function createWorkspace(now: () => number) {
  let serial = 0;
  let lastTs = 0;
  const id = (prefix: string): string => `${prefix}${(++serial).toString(36).toUpperCase().padStart(8, '0')}`;

  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const files = new Map<string, StoredFile>();
  const views = new Map<string, OpenView>();
  const homes = new Map<string, ShownHome>();
  const triggers = new Map<string, Trigger>();
  const responseUrls = new Map<string, ResponseUrl>();
  let changes = 0;
  /** How long a message may be changed, in milliseconds: an administrator's setting. */
  const editWindow = { ms: Number.POSITIVE_INFINITY };

  function addUser(wish: { name: string; email: string; locale?: string; isBot?: boolean }): User {
    const user: User = {
      id: id('U'),
      name: wish.name,
      email: wish.email,
      locale: wish.locale ?? 'en-US',
      isBot: wish.isBot ?? false,
      disabled: false,
      hidden: false,
      restricted: false,
    };
    users.set(user.id, user);
    return user;
  }
  const bot = addUser({ name: 'accord', email: '', isBot: true });

  function addChannel(wish: Pick<Channel, 'name' | 'kind' | 'creator'> & { members: Iterable<string> }): Channel {
    const channel: Channel = {
      id: id(wish.kind === 'im' ? 'D' : 'C'),
      name: wish.name,
      kind: wish.kind,
      creator: wish.creator,
      members: new Set(wish.members),
      archived: false,
      readOnly: false,
      topic: '',
      purpose: '',
      messages: [],
    };
    channels.set(channel.id, channel);
    return channel;
  }

  return {
    id,
    now,
    users,
    channels,
    files,
    views,
    homes,
    /** Whether the app's settings show a home tab. */
    homeTab: true,
    triggers,
    responseUrls,
    bot,
    botId: 'B0ACCORD',
    addUser,
    editWindow,
    addChannel,
    changes: () => changes,
    touch: () => ++changes,

    /** The one conversation of two people. */
    direct(one: string, other: string): Channel {
      const existing = [...channels.values()].find(
        (channel) => channel.kind === 'im' && channel.members.has(one) && channel.members.has(other),
      );
      return existing ?? addChannel({ name: 'directmessage', kind: 'im', creator: one, members: [one, other] });
    },

    /** "sec.micro", unique and rising. */
    nextTs(): string {
      lastTs = Math.max(now() * 1000, lastTs + 1);
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
    },

    trigger(user: string): string {
      const trigger = `${++serial}.${now()}.${id('t').toLowerCase()}`;
      triggers.set(trigger, { user, at: now(), used: false });
      return trigger;
    },
  };
}
export type Workspace = ReturnType<typeof createWorkspace>;

/** The views that lie on each other, this one's lowest first. */
export const stackOf = (workspace: Workspace, view: OpenView): OpenView[] =>
  [...workspace.views.values()].filter((each) => each.root === view.root);
