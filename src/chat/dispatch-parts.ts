import type { Action } from './action.ts';
import type { Command, CommandShape, Phrases } from './command.ts';
import type { Account, CompletionQuery, Interaction } from './interaction.ts';
import type { Lang } from './language.ts';
import type { MessageDocument } from './message.ts';

/** A problem said in people's words, with the field it belongs to where it belongs to one. */
export interface Explained {
  readonly text: string;
  readonly field?: string;
  /** Further problems of the same blanks: all are said at once. */
  readonly others?: readonly { readonly text: string; readonly field?: string }[];
  /** What to press next. */
  readonly next?: readonly { readonly label: string; readonly blanks: Readonly<Record<string, string>> }[];
  /** The version to go on from, where somebody else changed the record meanwhile. */
  readonly version?: number;
}

export interface Draft {
  readonly path: string;
  readonly blanks: Readonly<Record<string, string>>;
  readonly version?: number;
  /** The message it all began with: what was done is said there. */
  readonly origin?: { readonly conversation: string; readonly message: string };
  /** What is wrong with its fields, said under them when it is opened soon; the message beside it says it in any case. */
  readonly problems?: Readonly<Record<string, string>>;
}

/** What the dispatcher needs of the house; `build.ts` ties it. */
export interface DispatchParts<H, A> {
  readonly commands: ReadonlyMap<string, Command<H, A>>;
  readonly shapes: readonly CommandShape[];
  readonly phrases: Phrases;
  readonly house: H;
  readonly defaultLang: Lang;
  /** The command that answers words which name none. */
  readonly help?: string;
  /** Who an account is. `once` makes whatever this interaction changes happen one time. */
  recognise(
    account: Account,
    once: string,
  ): Promise<{ actor: A; lang: Lang | null; linked: boolean; coordinator?: boolean }>;
  /** The account that a mention names on a platform, or null. */
  accountIn?(platform: string, typed: string): string | null;
  /** The sentence of an error that is a person's to mend, or null for one that is ours. */
  explain(error: unknown, lang: Lang): Explained | null;
  /** Records an error of ours; returns the short number that a person can quote. */
  fault(error: unknown, interaction: Interaction): string;
  /** The documents around refusals: text, the way back to what was typed, and the next presses. */
  refusal(
    lang: Lang,
    text: string,
    path: string | null,
    draft: string | null,
    next: readonly { readonly label: string; readonly does: Action }[] | undefined,
    version?: number,
  ): MessageDocument;
  saveDraft(draft: Draft, account: Account): Promise<string>;
  loadDraft(id: string, account: Account): Promise<Draft | null>;
  complete(query: CompletionQuery, kind: string): Promise<readonly { value: string; label: string }[]>;
  nonce(): string;
  /** Called after every interaction that ran, with who spoke: there may be something to send. */
  afterwards(account: Account): void;
}
