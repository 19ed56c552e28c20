/** What was said in the playground, kept by whoever keeps things: in memory for tests, in the database otherwise. */
export interface Ledger {
  /** Every conversation, oldest first. */
  conversations(): Promise<readonly Conversation[]>;
  conversation(id: string): Promise<Conversation | null>;
  /** Makes it, or returns the one that was made under this key. */
  open(request: NewLedgerConversation): Promise<Conversation>;
  /** Adds people; who is in already stays in once. */
  addMembers(conversation: string, members: readonly string[]): Promise<void>;
  /** Takes people out; who is not in is no error. */
  removeMembers(conversation: string, members: readonly string[]): Promise<void>;
  archive(conversation: string): Promise<void>;
  /** Writes it, or returns what was written under this key, unchanged. */
  write(message: NewLedgerMessage): Promise<LedgerMessage>;
  /** Puts another body in its place; null where there is no such message in this conversation. */
  rewrite(conversation: string, message: string, body: LedgerBody): Promise<LedgerMessage | null>;
  message(id: string): Promise<LedgerMessage | null>;
  /** The last `limit` messages that this viewer may see, oldest first; with `before`, those of a smaller order. */
  messages(
    conversation: string,
    view: { readonly viewer: string; readonly limit: number; readonly before?: number },
  ): Promise<readonly LedgerMessage[]>;
  /** The message written under this key in this conversation. */
  find(conversation: string, key: string): Promise<string | null>;
}

export type ConversationKind = 'channel' | 'direct' | 'private';

export interface NewLedgerConversation {
  readonly name: string;
  readonly topic: string;
  readonly kind: ConversationKind;
  /** Account ids; a channel is open to all and lists nobody. */
  readonly members: readonly string[];
  readonly key: string;
}

export interface Conversation extends Omit<NewLedgerConversation, 'key'> {
  readonly id: string;
  readonly archived: boolean;
  /** Messages that all its members see: the unread marks are counted from it. */
  readonly said: number;
}

/** The bot's own name as an author. */
export const ACCORD = 'accord';

/** `document` is what `documentToJson` made of it. */
export type LedgerBody =
  | { readonly text: string; readonly files: readonly { readonly name: string; readonly size: number }[] }
  | { readonly document: string };

export interface NewLedgerMessage {
  readonly conversation: string;
  /** ACCORD or an account id. */
  readonly author: string;
  /** ISO instant, the house's time. */
  readonly at: string;
  readonly body: LedgerBody;
  /** The one person who sees it, or null for all. */
  readonly only: string | null;
  /** Unique in the whole ledger. */
  readonly key: string;
}

export interface LedgerMessage extends Omit<NewLedgerMessage, 'key'> {
  readonly id: string;
  /** Grows with every message. */
  readonly order: number;
  /** How often it was edited. */
  readonly edits: number;
}
