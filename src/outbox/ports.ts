/** A delivery that this worker has taken: committed as being sent before anything is said. */
export interface Claimed {
  readonly id: number;
  readonly channelId: number;
  readonly verb: 'post' | 'edit' | 'open' | 'invite';
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** The messages it has said so far: a long document is several, and a crash may come between two. */
  readonly said: readonly string[];
  /** Of an edit: the delivery edited, and the messages that it and its earlier edits said. */
  readonly edits: { readonly id: number; readonly said: readonly string[] } | null;
}

export interface InDoubt extends Claimed {
  /** When the attempt was made whose answer never came. */
  readonly attemptedAt: string;
}

/** Why a channel's next delivery waits, or that it will not be said. */
export type Settlement =
  | { readonly state: 'sent' }
  | { readonly state: 'refused' | 'expired'; readonly error: string }
  | { readonly state: 'pending'; readonly notBefore: string; readonly error: string }
  | { readonly state: 'in-doubt'; readonly error: string };

/** The table of promises, as the relay sees it. All instants are handed in. */
export interface Outbox {
  /** Marks what has expired before a word of it was said, and what was being sent by a worker whose lease ran out as in doubt. */
  sweep(now: string): Promise<void>;
  /** Takes the heads of at most `limit` channels: the lowest delivery of each that is not settled, where it is due. */
  claim(worker: string, now: string, leaseUntil: string, limit: number): Promise<readonly Claimed[]>;
  /** Takes what is in doubt, to find out; at most `limit`. */
  claimInDoubt(worker: string, now: string, leaseUntil: string, limit: number): Promise<readonly InDoubt[]>;
  /** One more message of a delivery has been said; its worker keeps it so much longer. */
  recordSaid(id: number, message: string, leaseUntil: string): Promise<void>;
  settle(id: number, settlement: Settlement, now: string): Promise<void>;
  setConversation(channelId: number, conversation: string): Promise<void>;
  /** When there is something to do next, or null. */
  nextAt(): Promise<string | null>;
  /** How many deliveries are in each state: shown to coordinators and tests. */
  counts(): Promise<Readonly<Record<string, number>>>;
}
