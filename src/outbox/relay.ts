import type { MessageDocument } from '../chat/message.ts';
import { type NewConversation, type Platform, PlatformError } from '../chat/platform.ts';
import type { ChannelView } from '../use-cases/ports.ts';
import { later } from '../use-cases/zoned.ts';
import { backOff, MOST_ATTEMPTS } from './back-off.ts';
import type { Claimed, InDoubt, Outbox } from './ports.ts';

/** What the relay needs of the house: where a delivery goes and what it says. */
export interface RelayParts {
  readonly outbox: Outbox;
  readonly platforms: () => readonly Platform[];
  channel(id: number): Promise<ChannelView | null>;
  /** The document of a delivery, composed now; null where there is nothing left to say. */
  compose(
    channel: ChannelView,
    kind: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<MessageDocument | null>;
  /** The account a direct channel's officer has on its platform; found by e-mail where none is linked. */
  accountOf(channel: ChannelView, platform: Platform): Promise<string | null>;
  /** The conversation that a group's channel is to become. */
  conversationFor(channel: ChannelView, platform: Platform): Promise<NewConversation>;
  /** The accounts that an invitation brings in. */
  invited(facts: Readonly<Record<string, unknown>>, platform: Platform): Promise<readonly string[]>;
  readonly now: () => string;
  /** Accounts could not be let into a channel's conversation: whoever can help is told. */
  notLetIn(channel: ChannelView, accounts: readonly string[]): Promise<void>;
  /** 0 to 1. */
  readonly luck: () => number;
  readonly worker: string;
  /** Does something after so many milliseconds, unless called off first. */
  readonly wake: Wake;
  readonly log: { warn(facts: object, message: string): void; error(facts: object, message: string): void };
}

export type Wake = (milliseconds: number, work: () => void) => () => void;

/** The machine's own timer, which keeps no process alive. */
export const wakeByTimer: Wake = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};

/** A lease outlasts every client's time-out (30 s), so that nobody repeats what may still be under way. */
const LEASE_SECONDS = 90;
const leaseFrom = (now: string): string => later(now, { seconds: LEASE_SECONDS });
const AT_ONCE = 8;
/** A run looks at no more rounds than this: a fault must not make it turn for ever. */
const MOST_ROUNDS = 10_000;

export interface Relay {
  /** Something may be waiting: says it soon. */
  nudge(): void;
  /** Says whatever can be said now; resolves when nothing more can. */
  settle(): Promise<void>;
  /** Finishes what is in hand and stops. */
  stop(): Promise<void>;
}

/** Says what was promised: each channel's deliveries in order, each once, as far as its platform lets us know. */
export function createRelay(parts: RelayParts): Relay {
  const { outbox, log } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let callOff: (() => void) | null = null;

  async function round(): Promise<number> {
    const begun = parts.now();
    await outbox.sweep(begun);
    const doubts = await outbox.claimInDoubt(parts.worker, begun, leaseFrom(begun), AT_ONCE);
    await Promise.all(doubts.map(findOut));
    // What turned out not to have been said may have expired meanwhile.
    if (doubts.length > 0) await outbox.sweep(parts.now());
    // The clock has gone on: what was just found out is due now, and not only in the next round.
    const now = parts.now();
    const claimed = stopped ? [] : await outbox.claim(parts.worker, now, leaseFrom(now), AT_ONCE);
    await Promise.all(claimed.map(deliver));
    return claimed.length;
  }

  async function run(): Promise<void> {
    try {
      for (let rounds = 0; !stopped && rounds < MOST_ROUNDS; rounds++) if ((await round()) === 0) break;
    } catch (error) {
      if (!stopped) log.error({ error }, 'the relay could not reach its outbox');
    }
  }

  async function start(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await run();
      } while (again && !stopped);
    })();
    try {
      await running;
    } finally {
      running = null;
      await wakeLater();
    }
  }

  /** Comes back when the next delivery is due; the minute's knock is the net below. */
  async function wakeLater(): Promise<void> {
    if (stopped) return;
    const at = await outbox.nextAt().catch(() => null);
    if (at === null || stopped) return;
    callOff?.();
    const wait = Math.min(Math.max(Date.parse(at) - Date.parse(parts.now()), 250), 60_000);
    callOff = parts.wake(wait, () => void start());
  }

  /** One delivery from claim to settlement. Whatever goes wrong is written on the row; nothing is thrown. */
  async function deliver(delivery: Claimed): Promise<void> {
    try {
      const channel = await parts.channel(delivery.channelId);
      const platform = channel && parts.platforms().find((each) => each.name === channel.platform);
      if (!channel) return await settle(delivery, { state: 'refused', error: 'no-channel' });
      // A platform that is switched off today may be back tomorrow.
      if (!platform)
        return await settle(delivery, {
          state: 'pending',
          notBefore: later(parts.now(), { minutes: 15 }),
          error: 'platform-off',
        });
      await VERBS[delivery.verb](delivery, channel, platform);
    } catch (error) {
      await failed(delivery, error);
    }
  }

  const VERBS = {
    async post(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const document = await parts.compose(channel, delivery.kind, delivery.facts);
      if (!document) return settle(delivery, { state: 'expired', error: 'nothing-left-to-say' });
      const conversation = await conversationOf(channel, platform);
      if (conversation === null) return settle(delivery, { state: 'refused', error: 'unknown-person' });
      const messages = platform.fit(document);
      let [first] = delivery.said;
      for (const [part, message] of messages.entries()) {
        if (part < delivery.said.length) continue;
        const said = await say(delivery, part, platform, conversation, message, first);
        first ??= said;
      }
      await settle(delivery, { state: 'sent' });
    },
    async edit(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const said = delivery.edits?.said ?? [];
      // What was never said needs no correction.
      if (said.length === 0 || channel.conversation === null)
        return settle(delivery, { state: 'expired', error: 'nothing-to-edit' });
      const document = await parts.compose(channel, delivery.kind, delivery.facts);
      if (!document) return settle(delivery, { state: 'expired', error: 'nothing-left-to-say' });
      const messages = platform.fit(document);
      for (const [part, message] of messages.entries()) {
        const known = said[part];
        if (known !== undefined) await platform.edit(channel.conversation, known, message);
        else if (part - said.length >= delivery.said.length)
          await say(delivery, part, platform, channel.conversation, message, said[0]);
      }
      await settle(delivery, { state: 'sent' });
    },
    async open(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const { conversation, missing } = await platform.openConversation(
        await parts.conversationFor(channel, platform),
        keyOf(delivery.id, 0),
      );
      await outbox.setConversation(channel.id, conversation);
      if (missing.length > 0) await parts.notLetIn(channel, missing);
      await settle(delivery, { state: 'sent' });
    },
    async invite(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      if (channel.conversation === null) return settle(delivery, { state: 'refused', error: 'no-conversation' });
      const accounts = await parts.invited(delivery.facts, platform);
      const missing = await platform.invite(channel.conversation, accounts);
      if (missing.length > 0) await parts.notLetIn(channel, missing);
      await settle(delivery, { state: 'sent' });
    },
  } as const;

  async function say(
    delivery: Claimed,
    part: number,
    platform: Platform,
    conversation: string,
    message: MessageDocument,
    after: string | undefined,
  ): Promise<string> {
    const said = await platform.post(conversation, message, keyOf(delivery.id, part), after);
    try {
      await record(delivery, said);
    } catch (cause) {
      // It was said, and the row does not know: it is looked for before anything is repeated.
      throw new PlatformError('unknown', 'not-recorded', { cause });
    }
    return said;
  }

  const record = (delivery: Claimed, message: string) =>
    outbox.recordSaid(delivery.id, message, leaseFrom(parts.now()));

  /** Was it said? Asks the platform before anything is repeated. Changing a conversation may simply be done again. */
  async function findOut(delivery: InDoubt): Promise<void> {
    try {
      const channel = await parts.channel(delivery.channelId);
      const platform = channel && parts.platforms().find((each) => each.name === channel.platform);
      if (!channel || !platform) return;
      const repeat = { state: 'pending', notBefore: parts.now(), error: 'repeated' } as const;
      const posts = delivery.verb === 'post' || delivery.verb === 'edit';
      if (!posts || channel.conversation === null) return await settle(delivery, repeat);
      // An edit may post too, where the message has grown.
      const part = (delivery.edits?.said.length ?? 0) + delivery.said.length;
      const first = delivery.edits?.said[0] ?? delivery.said[0];
      const key = keyOf(delivery.id, part);
      const found = await platform.findPosted(channel.conversation, key, delivery.attemptedAt, first);
      if (found === 'cannot-tell') {
        if (delivery.verb === 'edit' || platform.repeatable(delivery.attemptedAt, parts.now()))
          return await settle(delivery, repeat);
        return await settle(delivery, { state: 'in-doubt', error: 'cannot-tell' });
      }
      if (found !== null) await record(delivery, found);
      await settle(delivery, repeat);
    } catch (error) {
      log.warn({ delivery: delivery.id, error }, 'could not find out whether a delivery arrived');
      await settle(delivery, { state: 'in-doubt', error: error instanceof PlatformError ? error.code : 'fault' });
    }
  }

  async function conversationOf(channel: ChannelView, platform: Platform): Promise<string | null> {
    if (channel.conversation !== null) return channel.conversation;
    const account = await parts.accountOf(channel, platform);
    if (account === null) return null;
    const conversation = await platform.openDirect(account);
    await outbox.setConversation(channel.id, conversation);
    return conversation;
  }

  async function failed(delivery: Claimed, error: unknown): Promise<void> {
    const soon = (ms: number) => later(parts.now(), { milliseconds: Math.max(1, Math.round(ms)) });
    if (error instanceof PlatformError) {
      if (error.kind === 'refused') return settle(delivery, { state: 'refused', error: error.code });
      if (error.kind === 'unknown') return settle(delivery, { state: 'in-doubt', error: error.code });
      return settle(delivery, {
        state: 'pending',
        notBefore: soon(error.retryAfterMs ?? backOff(delivery.attempts, parts.luck())),
        error: error.code,
      });
    }
    log.error({ delivery: delivery.id, kind: delivery.kind, error }, 'a delivery could not be made');
    if (delivery.attempts >= MOST_ATTEMPTS) return settle(delivery, { state: 'refused', error: 'fault' });
    await settle(delivery, {
      state: 'pending',
      notBefore: soon(backOff(delivery.attempts, parts.luck())),
      error: 'fault',
    });
  }

  const settle = (delivery: Claimed, settlement: Parameters<Outbox['settle']>[1]) =>
    outbox.settle(delivery.id, settlement, parts.now());

  return {
    nudge() {
      if (!stopped) void start();
    },
    settle: start,
    async stop() {
      stopped = true;
      callOff?.();
      await running;
    },
  };
}

/** The same for every repetition of one message: what a platform recognises it by. At most 25 characters. */
const keyOf = (delivery: number, part: number): string => `accord-${delivery.toString(36)}-${part.toString(36)}`;
