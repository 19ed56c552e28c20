import type { MessageDocument } from '../../src/chat/message.ts';
import { type Platform, PlatformError } from '../../src/chat/platform.ts';
import type { Instance } from './instance.ts';
import type { Steps } from './steps.ts';
import type { PlatformFault, Weather } from './weather.ts';

/** One message that stands in a conversation, as the service knows it. */
export interface Said {
  readonly id: string;
  readonly conversation: string;
  readonly key: string;
  readonly at: number;
  words: string;
  readonly summary: string;
}

interface Conversation {
  archived: boolean;
  readonly members: Set<string>;
  /** Of a direct one: whose. */
  readonly with?: string;
}

/**
 * A chat service as the house meets it, without a wire: what it remembers of keys, whom it refuses, what it forgets.
 * 'history' finds a key in a channel for ever (as Slack's metadata does); 'nonce' recognises a repetition for five
 * minutes and shows the nonce no longer than that (as Discord does).
 */
export interface Service {
  readonly name: string;
  readonly memory: 'history' | 'nonce';
  readonly said: readonly Said[];
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** The keys of messages about which an answer never came. */
  readonly unanswered: readonly string[];
  leave(account: string): void;
  archive(conversation: string): void;
  open(conversation: string): void;
  /** The service through the eyes of one running bot. */
  adapter(instance: Instance): Platform;
}

const NONCE_MS = 5 * 60_000;
/** How long the clients wait for an answer. */
const CLIENT_WAITS_MS = 30_000;
/** What happens before the service has done anything. */
const UNDONE: ReadonlySet<PlatformFault | null> = new Set([
  'rate-limited',
  'dropped',
  'server-error',
  'timeout-before',
  'crash-before',
]);
/** How far before an attempt the adapters look: by so much a bot's clock may be ahead of a service's. */
const LOOKS_BACK_MS = 30 * 60_000;

export function createService(parts: {
  readonly name: string;
  readonly memory: Service['memory'];
  readonly people: ReadonlyMap<string, string>;
  readonly steps: Steps;
  readonly weather: Weather;
  readonly time: { now: number };
  readonly luck: { whole(least: number, most: number): number };
  words(document: MessageDocument): string;
}): Service {
  const { steps, weather, time, memory } = parts;
  const said: Said[] = [];
  /** The same by its id, and by where it stands: a year's are too many to go through. */
  const byId = new Map<string, Said>();
  const byPlace = new Map<string, Said[]>();
  const conversations = new Map<string, Conversation>();
  const left = new Set<string>();
  const made = new Map<string, string>();
  let ids = 0;
  const never = new Promise<never>(() => {});

  function placeOf(id: string): Conversation {
    const found = conversations.get(id);
    if (!found) throw new PlatformError('refused', 'channel-gone');
    if (found.archived) throw new PlatformError('refused', 'archived');
    if (found.with !== undefined && left.has(found.with)) throw new PlatformError('refused', 'dm-closed');
    return found;
  }

  const unanswered: string[] = [];

  async function calling<T>(instance: Instance, verb: string, work: () => T, key?: string): Promise<T> {
    const leave = await steps.enter(instance, verb);
    // A call takes its time, and everybody's clock goes on meanwhile.
    time.now += parts.luck.whole(20, 900);
    const fault = weather.platform(time.now);
    if (key !== undefined && fault !== null && fault !== 'rate-limited' && fault !== 'dropped') unanswered.push(key);
    let result: T | undefined;
    try {
      if (!UNDONE.has(fault)) result = work();
    } finally {
      if (fault === 'crash-before' || fault === 'crash-after') instance.crash();
      leave();
    }
    switch (fault) {
      case 'rate-limited':
        throw new PlatformError('later', 'rate-limited', { retryAfterMs: parts.luck.whole(1, 60) * 1000 });
      case 'dropped':
        throw new PlatformError('later', 'not-connected');
      case 'server-error':
        throw new PlatformError('unknown', 'no-answer');
      case 'timeout-before':
      case 'timeout-after':
        // Whoever waits for an answer waits beside all others who do.
        (await steps.enter(instance, `${verb}, no answer`, time.now + CLIENT_WAITS_MS))();
        throw new PlatformError('unknown', 'no-answer');
      case 'crash-before':
      case 'crash-after':
        return never;
      case null:
        return result as T;
      default:
        return fault satisfies never;
    }
  }

  return {
    name: parts.name,
    memory,
    said,
    conversations,
    unanswered,
    leave: (account) => void left.add(account),
    archive(conversation) {
      const found = conversations.get(conversation);
      if (found) found.archived = true;
    },
    open: (conversation) => void conversations.set(conversation, { archived: false, members: new Set() }),
    adapter: (instance) => ({
      name: parts.name,
      countsByConversation: memory === 'nonce' ? ['edit', 'findPosted', 'archive'] : [],
      async start() {},
      async stop() {},
      fit: (document) => [document],
      post: (conversation, document, key) =>
        calling(
          instance,
          'post',
          () => {
            placeOf(conversation);
            const there = byPlace.get(conversation) ?? [];
            const known =
              memory === 'nonce' ? there.find((each) => each.key === key && time.now - each.at < NONCE_MS) : undefined;
            if (known) return known.id;
            const message: Said = {
              id: `${parts.name}-m${++ids}`,
              conversation,
              key,
              at: time.now,
              words: parts.words(document),
              summary: document.summary,
            };
            said.push(message);
            byId.set(message.id, message);
            byPlace.set(conversation, there);
            there.push(message);
            return message.id;
          },
          key,
        ),
      edit: (conversation, message, document) =>
        calling(instance, 'edit', () => {
          placeOf(conversation);
          const found = byId.get(message);
          if (!found) throw new PlatformError('refused', 'message-gone');
          found.words = parts.words(document);
        }),
      openDirect: (account) =>
        calling(instance, 'openDirect', () => {
          if (left.has(account)) throw new PlatformError('refused', 'dm-closed');
          const id = `${parts.name}-direct-${account}`;
          if (!conversations.has(id))
            conversations.set(id, { archived: false, members: new Set([account]), with: account });
          return id;
        }),
      openConversation: (request, key) =>
        calling(instance, 'openConversation', () => {
          const id = made.get(key) ?? `${parts.name}-group-${made.size + 1}`;
          made.set(key, id);
          if (!conversations.has(id)) conversations.set(id, { archived: false, members: new Set(request.members) });
          return { conversation: id, missing: [] };
        }),
      invite: (conversation, accounts) =>
        calling(instance, 'invite', () => {
          const { members } = placeOf(conversation);
          for (const account of accounts) members.add(account);
          return [];
        }),
      accountIn: () => null,
      remove: (conversation, accounts) =>
        calling(instance, 'remove', () => {
          const { members } = placeOf(conversation);
          for (const account of accounts) members.delete(account);
        }),
      archive: (conversation) =>
        calling(instance, 'archive', () => {
          const found = conversations.get(conversation);
          if (found) found.archived = true;
        }),
      lookUp: (by) =>
        calling(instance, 'lookUp', () => {
          const email = 'email' in by ? by.email : undefined;
          const id = 'id' in by ? by.id : (parts.people.get(email ?? '') ?? null);
          return id === null || left.has(id) ? null : { id, name: id, ...(email === undefined ? {} : { email }) };
        }),
      findPosted: (conversation, key, since) =>
        calling(instance, 'findPosted', () => {
          const after = Date.parse(since) - LOOKS_BACK_MS;
          const own = (byPlace.get(conversation) ?? []).filter((each) => each.at >= after);
          const found = own.find((each) => each.key === key && (memory === 'history' || time.now - each.at < NONCE_MS));
          if (found) return found.id;
          // A message that shows its nonce no longer may be the one.
          return memory === 'nonce' && own.some((each) => time.now - each.at >= NONCE_MS) ? 'cannot-tell' : null;
        }),
      repeatable: (attemptedAt, now) => {
        const passed = Date.parse(now) - Date.parse(attemptedAt);
        return memory === 'nonce' && passed >= 0 && passed < NONCE_MS - 60_000;
      },
    }),
  };
}
