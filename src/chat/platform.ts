import type { Inbound } from './interaction.ts';
import type { MessageDocument } from './message.ts';

/** An opaque name for one message of one delivery, at most 25 characters (Discord's nonce). */
export type SayingKey = string;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly locale?: string;
}

export interface NewConversation {
  /** Any text; the dialect makes it a valid name. A name that is taken gets a further mark, by the dialect. */
  readonly name: string;
  readonly topic: string;
  /** Account ids on this platform. */
  readonly members: readonly string[];
}

/** A conversation that was opened, and the accounts that could not be let in: they left, or the platform refuses them. */
export interface Opened {
  readonly conversation: string;
  readonly missing: readonly string[];
}

/** What a platform counts and may ask to wait with, beside posting, which all count in each conversation by itself. */
export type CountedVerb = 'edit' | 'openDirect' | 'openConversation' | 'invite' | 'archive' | 'lookUp' | 'findPosted';

/** Where a person's account is looked for. */
export type Directory = Pick<Platform, 'name' | 'lookUp'>;

/** Everything the house asks of a platform. Every verb but start and stop throws PlatformError and nothing else. */
export interface Platform {
  readonly name: string;
  /** The verbs that it counts in each conversation by itself. The others it counts wherever they are asked. */
  readonly countsByConversation: readonly CountedVerb[];
  /**
   * Connects and begins to hand in what people say. Throws CannotStart where it can never connect as it is configured;
   * a platform that cannot be reached is tried again until it can.
   */
  start(inbound: Inbound): Promise<void>;
  /** Whether it is connected at this moment, where that can be told. */
  connected?(): boolean;
  /** Finishes what is in hand and disconnects. */
  stop(): Promise<void>;
  /** The messages that a document becomes here: nothing is cut, what is too long goes into a further one. Pure. */
  fit(document: MessageDocument): readonly MessageDocument[];
  /**
   * Says one fitted document in a conversation; resolves to the platform's message id. `after` is the first message of
   * a document of several: a platform with threads says the further ones in its thread.
   */
  post(conversation: string, document: MessageDocument, key: SayingKey, after?: string): Promise<string>;
  /** Puts another document in the place of a message. */
  edit(conversation: string, message: string, document: MessageDocument): Promise<void>;
  /** The conversation with one person alone. */
  openDirect(account: string): Promise<string>;
  /** A private conversation with these members. `key` makes a repetition find what was made before. One who cannot be let in keeps nobody else out. */
  openConversation(request: NewConversation, key: SayingKey): Promise<Opened>;
  /** Adds people; who is in already is no error. Resolves to the accounts that could not be let in. */
  invite(conversation: string, accounts: readonly string[]): Promise<readonly string[]>;
  /** Takes people out of a private conversation; who is not in is no error. */
  remove(conversation: string, accounts: readonly string[]): Promise<void>;
  /** Nobody writes there any more, and whoever could read it still can; done already is no error. */
  archive(conversation: string): Promise<void>;
  /** The account that a mention, or the id itself, names in what was typed; null where it is neither. Pure. */
  accountIn(typed: string): string | null;
  lookUp(by: { readonly id: string } | { readonly email: string }): Promise<Person | null>;
  /**
   * Was it said? Asked after a send whose answer never came. `since`: ISO instant of the attempt.
   * 'cannot-tell' where the platform has no way to know; the platform may then be asked to repeat with the same key
   * only if `repeatable(since, now)`.
   */
  findPosted(
    conversation: string,
    key: SayingKey,
    since: string,
    after?: string,
  ): Promise<string | null | 'cannot-tell'>;
  /** Whether a repetition with the same key is recognised by the service itself (Discord's enforced nonce, for minutes). */
  repeatable(attemptedAt: string, now: string): boolean;
}

/**
 * Why a platform did not do it. 'refused': it never will (code says why: 'dm-closed', 'not-in-channel',
 * 'channel-gone', 'no-permission', 'invalid', 'archived', 'unknown-person'); 'later': not now, certainly not done
 * (rate limit, not connected), with the wait if known; 'unknown': no answer came, it may have been done.
 */
export class PlatformError extends Error {
  readonly kind: 'refused' | 'later' | 'unknown';
  readonly code: string;
  readonly retryAfterMs?: number;
  constructor(
    kind: 'refused' | 'later' | 'unknown',
    code: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(`${kind}: ${code}`, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}
