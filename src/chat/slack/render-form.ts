import { z } from 'zod';
import { accountBlank, accountOfBlank } from '../account-blank.ts';
import type { Field, Form, FormState } from '../form.ts';
import type { DialectPhrase } from '../interaction.ts';
import { type InputBlock, type KnownBlock, type ModalView, type PlainTextOption, plain } from './block-kit.ts';
import { clip, LIMITS } from './limits.ts';
import { elements, quote, richText, section } from './rich-text.ts';

/** What a form's view is called, and a view that only tells. */
export const FORM = 'form';
export const NOTICE = 'notice';
/** Every input's action: the block says which field it is. */
export const INPUT = 'value';

/** Where a form was opened: there the answer is said, and the message there is what an edit changes. */
export const originSchema = z.object({
  conversation: z.string(),
  message: z.string().optional(),
  name: z.string().optional(),
  /** The origin's response_url and until when it answers (milliseconds since 1970). */
  answer: z.object({ url: z.string(), until: z.number(), ephemeral: z.boolean() }).optional(),
});
export type Origin = z.infer<typeof originSchema>;

const stateSchema = z.object({
  path: z.string(),
  blanks: z.record(z.string(), z.string()),
  version: z.number().optional(),
  nonce: z.string(),
  draft: z.string().optional(),
});

const metadataSchema = z.object({ state: stateSchema, origin: originSchema });
/** A state too long for a view: its name in memory. */
const keptSchema = z.object({ kept: z.string(), path: z.string(), origin: originSchema });

/** Whether a view can carry a form's state unseen. */
export const fitsMetadata = (state: FormState, origin: Origin): boolean =>
  JSON.stringify({ state, origin }).length <= LIMITS.privateMetadata;

/** What a view carries in private_metadata, or the note that the state itself is kept elsewhere. */
export function metadata(state: FormState, origin: Origin, keep: (state: FormState) => void): string {
  if (fitsMetadata(state, origin)) return JSON.stringify({ state, origin });
  keep(state);
  return JSON.stringify({ kept: state.nonce, path: state.path, origin });
}

/** What a view carried: its state ('lost' where it was kept in memory and is gone) and its origin; null if not ours. */
export function readMetadata(
  text: string,
  kept: (nonce: string) => FormState | undefined,
): { path: string; state: FormState | 'lost'; origin: Origin } | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const whole = metadataSchema.safeParse(json);
  if (whole.success) {
    const { version, draft, ...state } = whole.data.state;
    const full = { ...state, ...(version === undefined ? {} : { version }), ...(draft === undefined ? {} : { draft }) };
    return { path: state.path, state: full, origin: whole.data.origin };
  }
  const short = keptSchema.safeParse(json);
  if (!short.success) return null;
  return { path: short.data.path, state: kept(short.data.kept) ?? 'lost', origin: short.data.origin };
}

/**
 * A field's block id. Slack keeps what was typed in a block whose id stays, whatever the new view says: so a form
 * that comes back has new ids and shows its own values. A file cannot be given back; its block keeps its id, and with
 * it the file.
 */
export const blockId = (field: Pick<Field, 'name' | 'kind'>, nonce: string): string =>
  field.kind === 'file' ? field.name : `${field.name}/${nonce}`;
export const fieldName = (block: string): string => (block.split('/')[0] ?? block).replace(HERE, '');
/** What marks the block that offers a field's people of the workspace, beside the one that finds any. */
const HERE = /@$/;
const hereId = (field: Pick<Field, 'name' | 'kind'>, nonce: string): string => `${field.name}@/${nonce}`;

type Say = (phrase: DialectPhrase) => string;

/** A form as a modal view. Pure. */
export function renderForm(form: Form, privateMetadata: string, say: Say): ModalView {
  const error = form.error === undefined ? [] : [richText(section(elements(form.error, { bold: true })))];
  const intro = form.intro === undefined ? [] : [richText(section(elements(form.intro)))];
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: privateMetadata,
    title: plain(clip(form.title, LIMITS.viewTitle)),
    submit: plain(clip(form.submit, LIMITS.viewTitle)),
    close: plain(clip(say('cancel'), LIMITS.viewTitle)),
    blocks: [...error, ...intro, ...form.fields.flatMap((field) => renderField(field, form.state.nonce, say))],
  };
}

/** What was typed in a field, to be shown and copied. */
export interface Typed {
  readonly label: string;
  readonly value: string;
}

/** A view that tells one thing, and what was typed where that would be lost; it can only be closed. */
export function renderNotice(title: string, text: string, say: Say, typed: readonly Typed[] = []): ModalView {
  const words = typed.map(({ label, value }) => richText(section(elements([{ bold: label }])), quote(elements(value))));
  const blocks: KnownBlock[] = [richText(section(elements(text))), ...words];
  return {
    type: 'modal',
    callback_id: NOTICE,
    title: plain(clip(title, LIMITS.viewTitle)),
    close: plain(clip(say('close'), LIMITS.viewTitle)),
    blocks,
  };
}

function renderField(field: Field, nonce: string, say: Say): KnownBlock[] {
  const person = field.kind === 'person';
  const block: InputBlock = {
    type: 'input',
    block_id: blockId(field, nonce),
    label: plain(clip(person ? say('not-listed') : field.label, LIMITS.inputLabel)),
    // One of the two ways of naming a person is enough; that it is one, the answer says.
    optional: person || !field.required,
    element: renderElement(field, say),
    ...(field.hint === undefined || field.hint === '' ? {} : { hint: plain(clip(field.hint, LIMITS.inputLabel)) }),
  };
  const here = person ? [renderHere(field, nonce, say)] : [];
  const error = field.error === undefined ? [] : [richText(section(elements(field.error, { bold: true })))];
  return [...here, block, ...error];
}

/** The workspace's own list of people. */
function renderHere(field: Field, nonce: string, say: Say): InputBlock {
  const chosen = accountHere(field);
  return {
    type: 'input',
    block_id: hereId(field, nonce),
    label: plain(clip(field.label, LIMITS.inputLabel)),
    optional: true,
    element: {
      type: 'users_select',
      action_id: INPUT,
      placeholder: plain(clip(say('choose'), LIMITS.placeholder)),
      ...(chosen === null ? {} : { initial_user: chosen }),
    },
  };
}

/** Who is chosen in a field, where it is somebody of the workspace. */
function accountHere(field: Field): string | null {
  const account = accountOfBlank(field.value ?? '');
  return account?.platform === 'slack' ? account.id : null;
}

function withoutHere(field: Field): Field {
  const { value: _, ...empty } = field;
  return accountHere(field) === null ? field : empty;
}

/** Somebody chosen from the workspace's own list, as a blank. */
export const chosenHere = (user: string): string => accountBlank('slack', user);

function renderElement(field: Field, say: Say): InputBlock['element'] {
  switch (field.kind) {
    case 'line':
    case 'date':
    case 'paragraph':
      return renderText(field);
    case 'choice': {
      const options = (field.choices ?? []).slice(0, LIMITS.options).map((each) => option(each.value, each.label));
      const initial = options.find((each) => each.value === field.value);
      return {
        type: 'static_select',
        action_id: INPUT,
        placeholder: plain(clip(say('choose'), LIMITS.placeholder)),
        options,
        ...(initial ? { initial_option: initial } : {}),
      };
    }
    case 'person':
      return renderElement({ ...withoutHere(field), kind: field.unsearched ? 'line' : 'search' }, say);
    case 'search':
      // A search cannot show words longer than an option; a line keeps them.
      if ((field.value?.length ?? 0) > LIMITS.optionValue) return renderText(field);
      return {
        type: 'external_select',
        action_id: INPUT,
        min_query_length: 0,
        placeholder: plain(clip(say('search'), LIMITS.placeholder)),
        ...(field.value ? { initial_option: option(field.value, field.valueLabel ?? field.value) } : {}),
      };
    case 'file':
      return { type: 'file_input', action_id: INPUT, max_files: 1 };
    default:
      return field.kind satisfies never;
  }
}

function renderText(field: Field): InputBlock['element'] {
  // What was typed stays, even where it is longer than the field asks for; the input itself has an end.
  const wished = Math.max(field.maxLength ?? LIMITS.inputText, field.value?.length ?? 0, 1);
  const max = Math.min(wished, LIMITS.inputText);
  return {
    type: 'plain_text_input',
    action_id: INPUT,
    multiline: field.kind === 'paragraph',
    max_length: max,
    ...(field.value ? { initial_value: clip(field.value, max) } : {}),
  };
}

/** An option; its value is a code, and codes are short (Choice says how short). */
export const option = (value: string, label: string): PlainTextOption => ({
  text: plain(clip(label.trim() === '' ? value : label, LIMITS.optionText)),
  value: value.slice(0, LIMITS.optionValue),
});
