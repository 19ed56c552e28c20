import type { Choice, Field, Form, FormState } from '../form.ts';
import { directionOf, type Lang } from '../language.ts';
import { renderText, type ViewSpan } from './render.ts';

export interface ViewField {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  /** The page's own search is its list of people. */
  readonly kind: Exclude<Field['kind'], 'person'>;
  readonly required: boolean;
  readonly value: string;
  readonly valueLabel: string | null;
  readonly choices: readonly Choice[];
  readonly maxLength: number | null;
  readonly error: string | null;
}

/** A form as the page receives it. Its state goes out with it and comes back untouched, so that it outlives a restart. */
export interface ViewForm {
  readonly lang: Lang;
  readonly dir: 'ltr' | 'rtl';
  readonly state: FormState;
  readonly title: string;
  readonly intro: readonly ViewSpan[] | null;
  readonly error: readonly ViewSpan[] | null;
  readonly fields: readonly ViewField[];
  readonly submit: string;
}

export const renderForm = (form: Form): ViewForm => ({
  lang: form.lang,
  dir: directionOf(form.lang),
  state: form.state,
  title: form.title,
  intro: form.intro === undefined ? null : renderText(form.intro),
  error: form.error === undefined ? null : renderText(form.error),
  fields: form.fields.map(renderField),
  submit: form.submit,
});

const renderField = (field: Field): ViewField => ({
  name: field.name,
  label: field.label,
  hint: field.hint ?? null,
  kind: field.kind === 'person' ? (field.unsearched ? 'line' : 'search') : field.kind,
  required: field.required,
  value: field.value ?? '',
  valueLabel: field.valueLabel ?? null,
  choices: field.choices ?? [],
  maxLength: field.maxLength ?? null,
  error: field.error ?? null,
});
