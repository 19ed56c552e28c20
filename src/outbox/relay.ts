import type { MessageDocument } from '../chat/message.ts';
import { type Directory, type NewConversation, type Platform, PlatformError } from '../chat/platform.ts';
import type { ChannelView } from '../use-cases/ports.ts';
import { later } from '../use-cases/zoned.ts';
import { archive } from './archive.ts';
import { cutOf, kept } from './cut.ts';
import { createFailures, TAKEN_OVER } from './failures.ts';
import { createFinder } from './find-out.ts';
import { attemptOf, createLeases, leaseFrom } from './leases.ts';
import type { Claimed, Outbox, Settlement } from './ports.ts';
import { keyOf } from './saying-key.ts';
import { createWaits } from './waits.ts';
import type { Wake } from './wake.ts';

/** What the relay needs of the house: where a delivery goes and what it says. */
export interface RelayParts {
  readonly outbox: Outbox;
  readonly platforms: () => readonly Platform[];
  /** The document of a delivery, composed now; null where there is nothing left to say. */
  compose(
    channel: ChannelView,
    kind: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<MessageDocument | null>;
  /** The account a direct channel's officer has on its platform; found by e-mail where none is linked. */
  accountOf(channel: ChannelView, directory: Directory): Promise<string | null>;
  /** The conversation that a group's channel is to become. */
  conversationFor(channel: ChannelView, directory: Directory): Promise<NewConversation>;
  /** The accounts that an invitation brings in. */
  invited(facts: Readonly<Record<string, unknown>>, directory: Directory): Promise<readonly string[]>;
  /** Settles what a platform will never do, and in the same transaction promises what is said instead. */
  refuse(delivery: number, error: string): Promise<void>;
  /** Settles what has expired unsaid, and in the same transaction tells whoever waits for it. */
  expire(deliveries: readonly number[]): Promise<void>;
  /** Nobody can tell whether it was said: that is written down, and in the same transaction coordinators are told, who can look. */
  tellDoubt(delivery: number): Promise<void>;
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

const AT_ONCE = 8;
/** By now the service may know its key no more: it is looked for again before it is repeated. */
const NOT_REPEATABLE = 'not-repeatable';
/** A run takes up the next as soon as one is said; a message is not too old within a second. */
const TIDY_MS = 1000;
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
  const waits = createWaits(parts.now);
  /** Deliveries in hand that may have been said before. */
  const doubtful = new Set<Claimed>();
  const leases = createLeases(parts);
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let callOff: (() => void) | null = null;

  /** Puts away what has expired and finds out about what is in doubt. */
  async function tidy(now: string): Promise<void> {
    await sweep(now);
    const doubts = await outbox.claimInDoubt(parts.worker, now, leaseFrom(now), AT_ONCE);
    await Promise.all(doubts.map(findOut));
    // What turned out not to have been said may have expired meanwhile.
    if (doubts.length > 0) await sweep(parts.now());
  }

  async function sweep(now: string): Promise<void> {
    const expired = await outbox.sweep(now, leases.inHand());
    if (expired.length > 0) await parts.expire(expired);
  }

  /** A channel whose platform is slow to answer keeps its place, and no other channel waits for it. */
  async function run(): Promise<void> {
    const inHand = new Set<Promise<void>>();
    let tidied = Number.NEGATIVE_INFINITY;
    try {
      for (let rounds = 0; !stopped && rounds < MOST_ROUNDS; rounds++) {
        const begun = parts.now();
        if (Math.abs(Date.parse(begun) - tidied) >= TIDY_MS) {
          await tidy(begun);
          tidied = Date.parse(begun);
        }
        // The clock has gone on: what was just found out is due now, and not only in the next round.
        const now = parts.now();
        const alone = inHand.size === 0;
        const room = AT_ONCE - inHand.size;
        const taken = stopped ? [] : await outbox.claim(parts.worker, now, leaseFrom(now), room);
        for (const delivery of taken) {
          leases.take(delivery, now);
          const saying = deliver(delivery).finally(() => inHand.delete(saying));
          inHand.add(saying);
        }
        // What came to its end while the outbox was asked may have promised something that the answer does not hold yet.
        if (inHand.size === 0 && alone) break;
        if (inHand.size > 0 && (taken.length === 0 || inHand.size === AT_ONCE)) await Promise.race(inHand);
      }
    } catch (error) {
      if (!stopped) log.error({ error }, 'the relay could not reach its outbox');
    }
    await Promise.allSettled(inHand);
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
    if (delivery.doubtSince !== null) doubtful.add(delivery);
    try {
      await attempt(delivery);
    } catch (error) {
      log.error({ delivery: delivery.id, error }, 'what became of a delivery could not be written down');
    } finally {
      doubtful.delete(delivery);
      leases.drop(delivery);
    }
  }

  async function attempt(delivery: Claimed): Promise<void> {
    try {
      const { channel } = delivery;
      const platform = parts.platforms().find((each) => each.name === channel.platform);
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
      const messages = await cutOf(parts, delivery, platform);
      if (!messages && delivery.said.length > 0) return settle(delivery, { state: 'sent' });
      if (!messages) return settle(delivery, { state: 'expired', error: 'nothing-left-to-say' });
      const conversation = await conversationOf(channel, platform);
      if (conversation === null)
        return refuse(delivery, channel.kind === 'direct' ? 'unknown-person' : 'no-conversation');
      let [first] = delivery.said;
      for (let part = delivery.said.length; part < messages.length; part++) {
        const said = await say(delivery, part, messages, platform, conversation, first);
        first ??= said;
      }
      if (delivery.said.length >= messages.length) await settle(delivery, { state: 'sent' });
    },
    async edit(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const said = delivery.edits?.said ?? [];
      // What was never said needs no correction.
      if (said.length === 0 || channel.conversation === null)
        return settle(delivery, { state: 'expired', error: 'nothing-to-edit' });
      // It was in doubt for so long that newer words were said: they stay.
      if (delivery.edits?.overtaken) return settle(delivery, { state: 'expired', error: 'overtaken' });
      const messages = await cutOf(parts, delivery, platform);
      if (!messages) return settle(delivery, { state: 'expired', error: 'nothing-left-to-say' });
      for (const [part, message] of messages.entries()) {
        const known = said[part];
        const { conversation } = channel;
        if (known) {
          // Of one that was held up: newer words may stand there by now.
          if (!(await leases.isStillOurs(delivery))) throw new PlatformError('later', TAKEN_OVER);
          await waits.asked(platform, 'edit', conversation, () => platform.edit(conversation, known, message));
        } else if (known === undefined && part - said.length >= delivery.said.length)
          await say(delivery, part, messages, platform, conversation, said[0]);
      }
      await settle(delivery, { state: 'sent' });
    },
    async open(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const request = await parts.conversationFor(channel, directoryOf(platform));
      const { conversation, missing } = await waits.asked(platform, 'openConversation', null, () =>
        platform.openConversation(request, keyOf(delivery, 0)),
      );
      await outbox.setConversation(channel.id, conversation);
      if (missing.length > 0) await parts.notLetIn(channel, missing);
      await settle(delivery, { state: 'sent' });
    },
    async archive(delivery: Claimed, { conversation }: ChannelView, platform: Platform): Promise<void> {
      if (conversation !== null)
        await waits.asked(platform, 'archive', conversation, () => archive(platform, conversation));
      await settle(delivery, { state: 'sent' });
    },
    async invite(delivery: Claimed, channel: ChannelView, platform: Platform): Promise<void> {
      const { conversation } = channel;
      if (conversation === null) return refuse(delivery, 'no-conversation');
      const accounts = await parts.invited(delivery.facts, directoryOf(platform));
      const missing = await waits.asked(platform, 'invite', conversation, () =>
        platform.invite(conversation, accounts),
      );
      if (missing.length > 0) await parts.notLetIn(channel, missing);
      await settle(delivery, { state: 'sent' });
    },
  } as const;

  async function say(
    delivery: Claimed,
    part: number,
    messages: readonly MessageDocument[],
    platform: Platform,
    conversation: string,
    after: string | null | undefined,
  ): Promise<string> {
    const own = part - (delivery.edits?.said.length ?? 0);
    const message = messages[part];
    if (!message) throw new Error(`there is no part ${part}`);
    const isLast = part === messages.length - 1;
    if (own === 0 && !isLast) await outbox.keepCut(delivery.id, attemptOf(parts.worker, delivery), kept(messages));
    if (!(await leases.isStillOurs(delivery))) throw new PlatformError('later', TAKEN_OVER);
    if (doubtful.has(delivery) && !platform.repeatable(delivery.doubtSince ?? '', parts.now()))
      throw new PlatformError('later', NOT_REPEATABLE);
    const said = await platform.post(conversation, message, keyOf(delivery, part), after ?? undefined);
    doubtful.delete(delivery);
    try {
      await record(delivery, own, said, isLast && delivery.verb === 'post');
    } catch (cause) {
      // It was said, and the row does not know: it is looked for before anything is repeated.
      throw new PlatformError('unknown', 'not-recorded', { cause });
    }
    return said;
  }

  /** The row is kept longer where it is being sent; whether by this attempt still, only `extend` can tell. */
  async function record(delivery: Claimed, after: number, message: string, isLast = false): Promise<void> {
    const now = parts.now();
    await outbox.recordSaid(delivery.id, after, message, isLast ? { sentAt: now } : { leaseUntil: leaseFrom(now) });
  }

  /** Whose account is known is looked up nowhere, and waits for nobody else's. */
  const directoryOf = (platform: Platform): Directory => ({
    name: platform.name,
    lookUp: (by) => waits.asked(platform, 'lookUp', null, () => platform.lookUp(by)),
  });

  async function conversationOf(channel: ChannelView, platform: Platform): Promise<string | null> {
    if (channel.conversation !== null) return channel.conversation;
    const account = await parts.accountOf(channel, directoryOf(platform));
    if (account === null) return null;
    const conversation = await waits.asked(platform, 'openDirect', null, () => platform.openDirect(account));
    await outbox.setConversation(channel.id, conversation);
    return conversation;
  }

  const settle = (delivery: Claimed, settlement: Settlement) =>
    outbox.settle(delivery.id, settlement, parts.now(), attemptOf(parts.worker, delivery));

  const { failed, refuse } = createFailures({ ...parts, settle, isDoubtful: (delivery) => doubtful.has(delivery) });
  const findOut = createFinder({ ...parts, waits, settle, record });

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
