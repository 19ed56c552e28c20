import type { Choice, FieldKind } from './form.ts';
import type { Account, Place } from './interaction.ts';
import type { Lang } from './language.ts';
import type { MessageDocument } from './message.ts';
import type { Filled, OptionKind, Options } from './option.ts';

/** What a handler returns; it never sends. */
export type Reply =
  | { readonly say: MessageDocument; readonly to?: 'private' | 'public' }
  | { readonly edit: MessageDocument }
  /** The form of this or another command, with what is known filled in. */
  | {
      readonly ask: {
        readonly path?: string;
        readonly blanks: Readonly<Record<string, string>>;
        readonly version?: number;
      };
    };

export const say = (document: MessageDocument): Reply => ({ say: document });
export const edit = (document: MessageDocument): Reply => ({ edit: document });

/** What a handler knows of the moment. `H` is the house it works in, `A` who acts. */
export interface Context<H, A> {
  readonly house: H;
  readonly actor: A;
  readonly account: Account;
  readonly place: Place;
  readonly lang: Lang;
  /** The version of the record that the button or form was made from. */
  readonly version?: number;
  /** The blanks that a form showed and that were sent in empty. */
  readonly emptied: ReadonlySet<string>;
}

/**
 * A command: the file's path is what people type. `answers` says how it is answered, before it runs; `slow` that it
 * may take over a second; `open` that a person who is linked to no officer may use it; `formerly` the paths it had, whose buttons keep working;
 * `hidden` that it is reached by buttons and not offered for typing first; `home` that it is what a platform's own page
 * of the bot shows.
 */
export interface Command<H, A, O extends Options = Options> {
  readonly options: O;
  readonly answers: 'private' | 'public' | 'edit';
  readonly slow?: boolean;
  readonly open?: boolean;
  readonly hidden?: boolean;
  /** Offered to coordinators alone; the use case refuses everybody else. */
  readonly forCoordinators?: boolean;
  readonly formerly?: readonly string[];
  readonly home?: boolean;
  readonly shortcut?: Shortcut;
  handle(blanks: Filled<O>, context: Context<H, A>): Promise<Reply> | AsyncGenerator<MessageDocument, Reply>;
}

/**
 * A command that is reached by a click where the platform has a place for it: from anywhere (its form opens), or on a
 * message, whose text the named blank is filled with.
 */
export interface Shortcut {
  readonly anywhere?: boolean;
  readonly onMessage?: string;
}

/** An option as a platform needs it to register, complete and show it. Labels are at most 45 characters (Discord). */
export interface OptionShape {
  readonly name: string;
  readonly kind: OptionKind;
  readonly field: FieldKind;
  readonly required: boolean;
  readonly completes: boolean;
  readonly asked: boolean;
  readonly positional: 'token' | 'rest' | null;
  readonly maxLength: number;
  label(lang: Lang): string;
  /** At most 100 characters (Discord's description). */
  hint(lang: Lang): string;
  choices(lang: Lang): readonly Choice[];
}

/** A command as a platform needs it. */
export interface CommandShape {
  readonly path: string;
  readonly noun: string;
  readonly verb: string;
  /** The noun's name in a language, where it has one. */
  nounName?(lang: Lang): string | null;
  readonly hidden: boolean;
  readonly forCoordinators?: boolean;
  readonly home?: boolean;
  /** `label` names it on a message; at most 24 characters (Slack's shortcut). From anywhere it is called by its title. */
  readonly shortcut?: Shortcut & { label(lang: Lang): string };
  /** At most 100 characters (Discord's description). */
  description(lang: Lang): string;
  /** At most 24 characters (Slack's view title). */
  title(lang: Lang): string;
  readonly options: readonly OptionShape[];
}

/** Finds the sentences; the house's locales behind it. */
export interface Phrases {
  /** The sentence under a key, or null where there is none in any language. */
  find(lang: Lang, key: string, facts?: Readonly<Record<string, string | number>>): string | null;
}
