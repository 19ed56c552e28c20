/**
 * A stage: one platform with people on it, driven as people drive it (type, press, fill in, read). The same journey is
 * played on Slack's and Discord's doubles through the real SDKs, and on the playground.
 */
import type { Inbound } from '../../src/chat/interaction.ts';
import type { Platform } from '../../src/chat/platform.ts';

export interface Cast {
  /** People who have an account here. */
  readonly people: readonly { readonly name: string; readonly email: string; readonly locale?: string }[];
  /** Public channels that exist from the start; the bot is in each. */
  readonly channels: readonly string[];
}

/** What is on somebody's screen: plain words as rendered, with the labels of what can be pressed. */
export interface Seen {
  /** Every visible word, in order, lines separated by \n; buttons as [Label]. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** The form that is open now, if one is: labels with present values and errors. */
  readonly form: null | {
    readonly title: string;
    readonly fields: readonly { readonly label: string; readonly value: string; readonly error?: string }[];
    readonly error?: string;
  };
}

export interface SeenMessage extends Seen {
  readonly id: string;
  readonly edited: boolean;
}

/** A file from somebody's disk. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Persona {
  /** Types a line in a channel (or to the bot directly, where `where` is absent). Resolves when the bot has answered. */
  types(line: string, options?: { where?: string; file?: Upload }): Promise<Seen>;
  /**
   * Presses the button or picks the menu choice with this label: on the newest message this person can see that has it
   * (private answers included), or on the newest whose text contains `on`.
   */
  presses(label: string, options?: { on?: string; where?: string }): Promise<Seen>;
  /** Fills fields of the open form by label and sends it. A search field is filled by typing and taking the first suggestion, a file field by a file. */
  fills(values: Readonly<Record<string, string | Upload>>): Promise<Seen>;
  /** What the completion offers for a blank while typing. */
  completes(path: string, blank: string, typed: string): Promise<readonly string[]>;
  /** The bot's direct messages to this person, oldest first. */
  directMessages(): Promise<readonly SeenMessage[]>;
  readonly accountId: string;
}

export interface Stage {
  readonly platform: Platform;
  as(name: string): Persona;
  /** Messages in a channel or private conversation, oldest first, by its name. */
  messagesIn(channel: string): Promise<readonly SeenMessage[]>;
  /** Private conversations the bot has made: name and the names of the members. */
  privateConversations(): Promise<readonly { readonly name: string; readonly members: readonly string[] }[]>;
  /** The platform's id of a channel. */
  channelId(name: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens a stage; the house behind it is bound by `start(inbound)` on `stage.platform`, as in production. */
export type OpenStage = (cast: Cast) => Promise<Stage>;
export type { Inbound };
