import { z } from 'zod';
import type { FieldKind } from './form.ts';
import type { IncomingFile } from './interaction.ts';

export type OptionKind =
  | 'text'
  | 'long-text'
  | 'choice'
  | 'number'
  | 'due-date'
  | 'day'
  | 'commitment'
  | 'obstacle'
  | 'working-group'
  | 'agency'
  | 'officer'
  | 'account'
  | 'file';

/** One blank of a command: its kind owns how it is validated, filled in, completed and typed. */
export interface Option<T = unknown> {
  readonly kind: OptionKind;
  readonly required: boolean;
  readonly schema: z.ZodType<T>;
  readonly field: FieldKind;
  /** Whether it can be completed while typed. */
  readonly completes: boolean;
  /** Takes words without its name: one token, or all the rest. */
  readonly positional: 'token' | 'rest' | null;
  /** Whether a form asks for it: an option that is never asked can only be typed or carried by a button. */
  readonly asked: boolean;
  readonly maxLength: number;
  /** The values of a choice; their labels are sentences (`choice.<option>.<value>`). */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;
/** What a handler receives: each blank parsed, the optional ones possibly undefined. */
export type Filled<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

interface Wishes {
  readonly required?: boolean;
  readonly positional?: boolean;
  readonly asked?: boolean;
  readonly maxLength?: number;
}
type Optional<T, W extends Wishes> = W extends { readonly required: true } ? T : T | undefined;

/** Codes that a schema may give as its message; the edge finds the sentence (`invalid.<code>`). */
export const INVALID = [
  'required',
  'too-long',
  'not-a-number',
  'not-a-choice',
  'not-a-reference',
  'not-a-file',
] as const;

function option<T, W extends Wishes>(
  wishes: W,
  parts: {
    kind: OptionKind;
    field: FieldKind;
    maxLength: number;
    schema: z.ZodType<T>;
    completes?: boolean;
    positional: 'token' | 'rest';
    choices?: readonly string[];
  },
): Option<Optional<T, W>> {
  const required = wishes.required ?? false;
  const schema = required
    ? parts.schema
    : z.preprocess((value) => (value === '' ? undefined : value), parts.schema.optional());
  return {
    kind: parts.kind,
    required,
    schema: schema as z.ZodType<Optional<T, W>>,
    field: parts.field,
    completes: parts.completes ?? false,
    positional: wishes.positional ? parts.positional : null,
    asked: wishes.asked ?? true,
    maxLength: wishes.maxLength ?? parts.maxLength,
    ...(parts.choices ? { choices: parts.choices } : {}),
  };
}

const words = (max: number) => z.string({ error: 'required' }).trim().min(1, 'required').max(max, 'too-long');
/** Arabic and Persian digits as the ones that references are written in. */
const latinDigits = (typed: string): string =>
  typed.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** "C-142", "c142", "C 142" and a bare 142 are the same, with whichever dash a keyboard or an autocorrection puts. */
const reference = (prefix: string) =>
  words(60)
    .transform(latinDigits)
    .pipe(z.string().regex(new RegExp(`^(?:${prefix}\\s?[-\\u2010-\\u2013]?\\s?)?\\d{1,9}$`, 'i'), 'not-a-reference'))
    .transform((typed) => `${prefix}-${Number(typed.replace(/\D/g, ''))}`);

/** A line of text. */
export const text = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'text',
    field: 'line',
    maxLength: wishes.maxLength ?? 300,
    schema: words(wishes.maxLength ?? 300),
    positional: 'rest',
  });

/** A paragraph: at most 3,000 characters, what Slack's plain_text_input holds (Discord's: 4,000). */
export const longText = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'long-text',
    field: 'paragraph',
    maxLength: wishes.maxLength ?? 3000,
    schema: words(wishes.maxLength ?? 3000),
    positional: 'rest',
  });

/** One of a few stated values. */
export const choice = <const V extends string, const W extends Wishes>(values: readonly V[], wishes: W) =>
  option(wishes, {
    kind: 'choice',
    field: 'choice',
    maxLength: 75,
    choices: values,
    schema: z
      .string({ error: 'required' })
      .refine(
        (value): value is V => (values as readonly string[]).includes(value),
        'not-a-choice',
      ) as unknown as z.ZodType<V>,
    positional: 'token',
  });

export const number = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'number',
    field: 'line',
    maxLength: 12,
    schema: words(12).regex(/^\d+$/, 'not-a-number').transform(Number),
    positional: 'token',
  });

/** A due date as people write it ("Quarter III/2025"); its meaning is found by the use case. */
export const dueDate = <const W extends Wishes>(wishes: W) =>
  option(wishes, { kind: 'due-date', field: 'line', maxLength: 120, schema: words(120), positional: 'token' });

/** One calendar day. */
export const day = <const W extends Wishes>(wishes: W) =>
  option(wishes, { kind: 'day', field: 'line', maxLength: 40, schema: words(40), positional: 'token' });

/** A commitment's reference, C-142. */
export const commitment = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'commitment',
    field: 'search',
    maxLength: 60,
    schema: reference('C'),
    completes: true,
    positional: 'token',
  });

/** An obstacle report's reference, OB-7. */
export const obstacle = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'obstacle',
    field: 'search',
    maxLength: 60,
    schema: reference('OB'),
    completes: true,
    positional: 'token',
  });

/** A working group's reference, WG-3. */
export const workingGroup = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'working-group',
    field: 'search',
    maxLength: 60,
    schema: reference('WG'),
    completes: true,
    positional: 'token',
  });

/** An agency, by code, name, alias or former name. */
export const agency = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'agency',
    field: 'search',
    maxLength: 200,
    schema: words(200),
    completes: true,
    positional: 'token',
  });

/** An officer, by e-mail or name, or by the account they are linked to. */
export const officer = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'officer',
    field: 'person',
    maxLength: 200,
    schema: words(200),
    completes: true,
    positional: 'token',
  });

/** An officer who may have no account yet: by e-mail or name. */
export const officerByName = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'officer',
    field: 'search',
    maxLength: 200,
    schema: words(200),
    completes: true,
    positional: 'token',
  });

/** Somebody's account on a platform: a mention, an id or an e-mail address. */
export const account = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'account',
    field: 'person',
    maxLength: wishes.maxLength ?? 120,
    schema: words(wishes.maxLength ?? 120),
    positional: 'token',
  });

/** A file that comes with the command. */
export const file = <const W extends Wishes>(wishes: W) =>
  option(wishes, {
    kind: 'file',
    field: 'file',
    maxLength: 0,
    schema: z.custom<IncomingFile>(
      (value) => typeof value === 'object' && value !== null && 'fetch' in value,
      'not-a-file',
    ),
    positional: 'token',
  });
