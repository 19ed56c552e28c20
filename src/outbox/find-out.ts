import { type Platform, PlatformError } from '../chat/platform.ts';
import { lookAgain } from './back-off.ts';
import { cutOf } from './cut.ts';
import type { InDoubt, Settlement } from './ports.ts';
import type { RelayParts } from './relay.ts';
import { keyOf } from './saying-key.ts';
import type { Waits } from './waits.ts';

/** What is needed to find out what became of a delivery whose answer never came. */
interface FinderParts extends Pick<RelayParts, 'platforms' | 'compose' | 'tellDoubt' | 'now' | 'log'> {
  readonly waits: Waits;
  settle(delivery: InDoubt, settlement: Settlement): Promise<void>;
  record(delivery: InDoubt, after: number, message: string): Promise<void>;
}

/** What stands on a row once people are asked about it. */
const ASKED = 'cannot-tell';
/** For so long a doubt holds its channel: whoever waits behind it wants to know by then. */
const PATIENCE_MINUTES = 10;

/** Was it said? Asks the platform before anything is repeated. Changing a conversation may simply be done again. */
export function createFinder(parts: FinderParts): (delivery: InDoubt) => Promise<void> {
  const { settle, record, log } = parts;

  async function findOut(delivery: InDoubt): Promise<void> {
    try {
      const { channel } = delivery;
      const platform = parts.platforms().find((each) => each.name === channel.platform);
      const repeat = { state: 'pending', notBefore: parts.now(), error: 'repeated' } as const;
      const certain = { ...repeat, unsaid: true } as const;
      const posts = delivery.verb === 'post' || delivery.verb === 'edit';
      if (!posts || channel.conversation === null) return await settle(delivery, certain);
      if (!platform) return await unanswered(delivery, 'platform-off', lookAgain(delivery.doubtSince, parts.now()));
      // An edit may post too, where the message has grown.
      const part = (delivery.edits?.said.length ?? 0) + delivery.said.length;
      const first = delivery.edits?.said[0] ?? delivery.said[0] ?? undefined;
      const key = keyOf(delivery, part);
      const { conversation } = channel;
      const found = await parts.waits.asked(platform, 'findPosted', conversation, () =>
        platform.findPosted(conversation, key, delivery.doubtSince, first),
      );
      if (found === 'cannot-tell') {
        if (platform.repeatable(delivery.doubtSince, parts.now())) return await settle(delivery, repeat);
        if (delivery.verb === 'edit' && !(await grows(delivery, platform, part)))
          return await settle(delivery, certain);
        return await undecided(delivery, lookAgain(delivery.doubtSince, parts.now()));
      }
      if (found !== null) await record(delivery, delivery.said.length, found);
      await settle(delivery, certain);
    } catch (error) {
      log.warn({ delivery: delivery.id, error }, 'could not find out whether a delivery arrived');
      const wait = error instanceof PlatformError ? (error.retryAfterMs ?? 0) : 0;
      const lookAt = lookAgain(delivery.doubtSince, parts.now(), wait);
      // Where the platform will never say, nobody but a person can.
      if (error instanceof PlatformError && error.kind === 'refused') return undecided(delivery, lookAt);
      await unanswered(delivery, error instanceof PlatformError ? error.code : 'fault', lookAt);
    }
  }

  /** Whether an edit says more messages than stand there: changing those that stand may simply be done again. */
  async function grows(delivery: InDoubt, platform: Platform, stand: number): Promise<boolean> {
    return ((await cutOf(parts, delivery, platform))?.length ?? 0) > stand;
  }

  /** It stays in doubt, and is looked into ever more rarely; the coordinators are asked the first time. */
  async function undecided(delivery: InDoubt, lookAt: string): Promise<void> {
    if (delivery.error !== ASKED) await parts.tellDoubt(delivery.id);
    await settle(delivery, { state: 'in-doubt', error: ASKED, lookAt });
  }

  /** The platform could not be asked: where that goes on for long, people are, who may be able to look. */
  async function unanswered(delivery: InDoubt, error: string, lookAt: string): Promise<void> {
    const patience = Date.parse(delivery.doubtSince) + PATIENCE_MINUTES * 60_000;
    if (delivery.error === ASKED || Date.parse(parts.now()) >= patience) return undecided(delivery, lookAt);
    await settle(delivery, { state: 'in-doubt', error, lookAt });
  }

  return findOut;
}
