import type { Action } from './action.ts';
import type { Lang } from './language.ts';
import type { Text } from './text.ts';

export interface Button {
  readonly label: string;
  readonly does: Action;
  readonly style?: 'primary' | 'danger';
}

/** One line of a list, with at most one thing to do about it. */
export interface Entry {
  readonly text: Text;
  /** Said below, smaller. */
  readonly detail?: Text;
  readonly button?: Button;
}

/**
 * What is said, by meaning. Every dialect decides how each of these looks; a new one breaks the build until someone
 * has decided.
 */
export type Block =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: Text }
  | { readonly block: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | {
      readonly block: 'entries';
      readonly title?: Text;
      readonly numbered?: boolean;
      /** The number of the first entry, where it is not 1. */
      readonly from?: number;
      /** The list began in an earlier message. */
      readonly continues?: true;
      readonly entries: readonly Entry[];
    }
  | { readonly block: 'quote'; readonly text: string; readonly by?: string }
  | {
      readonly block: 'meter';
      readonly label: string;
      readonly parts: readonly { readonly label: string; readonly count: number }[];
    }
  | { readonly block: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly block: 'buttons'; readonly buttons: readonly Button[] }
  /** One choice out of several actions, where buttons would be too many (2 to 25). */
  | { readonly block: 'menu'; readonly label: string; readonly choices: readonly Button[] }
  /** Small print: where a figure comes from, what a press does not do. */
  | { readonly block: 'note'; readonly text: Text }
  | { readonly block: 'file'; readonly name: string; readonly type: string; readonly bytes: Uint8Array }
  | { readonly block: 'divider' };

export interface MessageDocument {
  readonly lang: Lang;
  /** One plain line for the notification and the screen reader. */
  readonly summary: string;
  readonly blocks: readonly Block[];
  /** '(continued)' in its language: behind what a further message repeats, should it become several. */
  readonly continued?: string;
}
