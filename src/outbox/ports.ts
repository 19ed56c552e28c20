import type { MessageDocument } from '../chat/message.ts';
import type { ChannelView } from '../use-cases/ports.ts';

/** A delivery that this worker has taken: committed as being sent before anything is said. */
export interface Claimed {
  readonly id: number;
  /** What its messages are recognised by (`saying-key.ts`). */
  readonly token: string;
  /** Where it goes, as it was when it was taken: of each channel only one is in hand. */
  readonly channel: ChannelView;
  readonly verb: 'post' | 'edit' | 'open' | 'invite' | 'archive';
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** How often something of ours failed in making it. */
  readonly faults: number;
  /** Why it was not delivered the last time; null at the first. */
  readonly error: string | null;
  /** When an attempt was made whose answer never came, and nobody could tell since: it may have been said. */
  readonly doubtSince: string | null;
  /**
   * The messages it has said so far: a long document is several, and a crash may come between two. Null where only a
   * person has seen that it stands, and nobody knows its id.
   */
  readonly said: readonly (string | null)[];
  /** What it was cut into when its first message was said, where there are several. */
  readonly cut: readonly MessageDocument[] | null;
  /**
   * Of an edit: the delivery edited, the messages that it and its earlier edits said, and whether a later edit of it has
   * been made or may have been.
   */
  readonly edits: { readonly id: number; readonly said: Claimed['said']; readonly overtaken: boolean } | null;
}

/** Whose a delivery is while it is being sent: a worker that has taken it anew is not what it was before. */
export interface Attempt {
  readonly worker: string;
  readonly attempts: number;
}

export interface InDoubt extends Claimed {
  readonly doubtSince: string;
}

/** Why a channel's next delivery waits, or that it will not be said. */
export type Settlement =
  | { readonly state: 'sent' }
  | { readonly state: 'refused' | 'expired'; readonly error: string }
  /** `unsaid`: it is certain that nothing was said, whatever was in doubt. `fault`: it was ours. */
  | {
      readonly state: 'pending';
      readonly notBefore: string;
      readonly error: string;
      readonly unsaid?: true;
      readonly fault?: true;
    }
  /** `lookAt`: when it is looked into next. */
  | { readonly state: 'in-doubt'; readonly error: string; readonly lookAt: string };

/** The table of promises, as the relay sees it. All instants are handed in. */
export interface Outbox {
  /**
   * Marks what was being sent by a worker whose lease ran out as in doubt, but for what whoever asks has in hand and will
   * settle. Resolves to what has expired before a word of it was said: that is settled by whoever tells of it.
   */
  sweep(now: string, inHand: readonly number[]): Promise<readonly number[]>;
  /** Takes the heads of at most `limit` channels: the lowest delivery of each that is not settled, where it is due. */
  claim(worker: string, now: string, leaseUntil: string, limit: number): Promise<readonly Claimed[]>;
  /**
   * Keeps a delivery longer, in the attempt that is under way; false where it is that attempt's no more, or has expired
   * before a word of it was said.
   */
  extend(id: number, by: Attempt, now: string, leaseUntil: string): Promise<boolean>;
  /** Keeps what a delivery's messages are cut into (as `Claimed.cut`, in JSON) until the last of them is said. */
  keepCut(id: number, by: Attempt, cut: string | null): Promise<void>;
  /** Takes what is in doubt, to find out; at most `limit`. */
  claimInDoubt(worker: string, now: string, leaseUntil: string, limit: number): Promise<readonly InDoubt[]>;
  /**
   * The message that a delivery says after so many others has been said: its worker keeps it so much longer for the
   * next, or it was the last and all is sent.
   */
  recordSaid(
    id: number,
    after: number,
    message: string,
    then: { readonly leaseUntil: string } | { readonly sentAt: string },
  ): Promise<void>;
  /**
   * What has been settled for good stays so: a person may have said meanwhile that it arrived. To put it off, or in
   * doubt, is for the attempt whose it is.
   */
  settle(id: number, settlement: Settlement, now: string, by: Attempt): Promise<void>;
  setConversation(channelId: number, conversation: string): Promise<void>;
  /** When there is something to do next, or null. */
  nextAt(): Promise<string | null>;
  /** How many deliveries are in each state. */
  counts(): Promise<Readonly<Record<string, number>>>;
}
