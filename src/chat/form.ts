import type { Lang } from './language.ts';
import type { Text } from './text.ts';

export interface Choice {
  /** At most 75 characters: Slack's option value (its types say 75; Discord's choice holds 100). */
  readonly value: string;
  readonly label: string;
}

/**
 * What a blank looks like to whoever fills it in. A dialect without one of these offers the nearest (search → line).
 * 'person': somebody who may have an account here, chosen in the platform's own way (the blank is then an
 * `accountBlank`), or else found as in a search.
 */
export type FieldKind = 'line' | 'paragraph' | 'choice' | 'search' | 'person' | 'date' | 'file';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly value?: string;
  /** What `value` is called, where the value is a code (an agency's). */
  readonly valueLabel?: string;
  readonly choices?: readonly Choice[];
  /** Of a person: searching finds nobody, for they stand in no register yet. */
  readonly unsearched?: true;
  /** Characters, at most. */
  readonly maxLength?: number;
  /** What is wrong with `value`, said under the field. */
  readonly error?: string;
}

/**
 * What a form carries from opening to submission, untouched by the dialect. `nonce` makes a submission happen once;
 * `draft` names the row that holds what does not fit a code.
 */
export interface FormState {
  readonly path: string;
  readonly blanks: Readonly<Record<string, string>>;
  readonly version?: number;
  readonly nonce: string;
  readonly draft?: string;
  /** The step of the form that this is, from 1, where it has several. */
  readonly step?: number;
}

/** The blanks of a command that are still open. */
export interface Form {
  readonly lang: Lang;
  readonly state: FormState;
  /** At most 24 characters: Slack's view title (Discord's modal: 45). */
  readonly title: string;
  /** Which step of how many this is, in words ("2 of 3"), where there are several. */
  readonly progress?: string;
  readonly intro?: Text;
  /** What is wrong with the form as a whole, said on top. */
  readonly error?: Text;
  readonly fields: readonly Field[];
  /** The submit button, at most 24 characters (Slack). */
  readonly submit: string;
}
