import type { CommandShape } from './command.ts';
import type { Choice, Form, FormState } from './form.ts';
import type { Lang } from './language.ts';
import type { MessageDocument } from './message.ts';

/** Who speaks, as the platform knows them. */
export interface Account {
  readonly platform: string;
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** The platform's word for their language ('vi', 'en-US'), where it says. */
  readonly locale?: string;
}

/** Where it was said. */
export interface Place {
  readonly conversation: string;
  readonly direct: boolean;
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: string;
  /** The channel's name, where the platform tells. */
  readonly name?: string;
}

/** A file that came in; its bytes are fetched when the handler asks for them. */
export interface IncomingFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  fetch(): Promise<Uint8Array>;
}

export type Blank = string | IncomingFile;
export type Blanks = Readonly<Record<string, Blank>>;

/** The same intent in four ways: words after a slash command, typed options, a press, a form sent in. */
export type Said =
  | { readonly by: 'words'; readonly path: string; readonly words: string; readonly files?: readonly IncomingFile[] }
  /** `suggested`: the blanks come from elsewhere (a message), so the form opens with them and nothing is done yet. */
  | { readonly by: 'options'; readonly path: string; readonly blanks: Blanks; readonly suggested?: boolean }
  | { readonly by: 'press'; readonly code: string }
  | { readonly by: 'form'; readonly state: FormState; readonly blanks: Blanks };

export interface Interaction {
  /** The platform's id of it: the same for a redelivery. */
  readonly id: string;
  readonly account: Account;
  readonly place: Place;
  readonly said: Said;
  /** How many fields one form holds here; a longer one then comes in steps. Not said: as many as there are. */
  readonly fieldsAtOnce?: number;
}

/**
 * What a platform must know before the handler runs: open this form now, or acknowledge and run.
 * `answers`: only the speaker sees it; all in the place see it; the pressed message is edited.
 * `slow`: may take longer than a second, so show that it is being worked on.
 */
export type Plan =
  | { readonly do: 'open-form'; readonly form: Form }
  | { readonly do: 'run'; readonly answers: 'private' | 'public' | 'edit'; readonly slow: boolean };

/** What came of it. A document may need `fit` before it is said. `ask`: a form (again, with values and errors). */
export type Outcome =
  | { readonly do: 'say'; readonly document: MessageDocument; readonly to: 'private' | 'public' }
  | { readonly do: 'ask'; readonly form: Form; readonly asDocument: MessageDocument }
  | { readonly do: 'edit'; readonly document: MessageDocument };

export interface CompletionQuery {
  readonly account: Account;
  readonly path: string;
  /** The blank being filled in. */
  readonly name: string;
  readonly typed: string;
  /** At most so many; Discord shows 25, Slack 100. */
  readonly limit: number;
}

/** The door through which a platform hands in what people do. None of these throws. */
export interface Inbound {
  readonly commands: readonly CommandShape[];
  /** Decided from the declaration and the blanks alone, without the database (a form that continues a draft excepted). */
  plan(interaction: Interaction): Promise<Plan>;
  /** Runs it. `progress` is called with a short document while a slow handler works. */
  run(interaction: Interaction, progress?: (document: MessageDocument) => void): Promise<Outcome>;
  complete(query: CompletionQuery): Promise<readonly Choice[]>;
  /** The best guess without the database: what they used last, else their platform's locale, else the house's. */
  languageOf(account: Account): Lang;
  /** A short sentence of the dialects themselves ('saving', 'open-again', 'search', 'nothing-found', 'working', 'lost'). */
  phrase(lang: Lang, phrase: DialectPhrase): string;
}

/** What a dialect says of its own accord, around documents and forms. */
export const DIALECT_PHRASES = [
  'saving',
  'open-again',
  'search',
  'choose',
  'working',
  'lost',
  'cancel',
  'more',
  'optional',
  'close',
  'send-file',
  'not-shown',
  'not-listed',
] as const;
export type DialectPhrase = (typeof DIALECT_PHRASES)[number];
