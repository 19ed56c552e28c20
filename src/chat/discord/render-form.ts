import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { accountBlank, accountOfBlank } from '../account-blank.ts';
import type { Field, Form } from '../form.ts';
import { plainText } from '../text.ts';
import { LIMITS } from './limits.ts';
import { literal, markdown, shorten } from './markdown.ts';

/** What a form says of Discord's own accord. */
export interface FormWords {
  readonly choose: string;
  /** Before the words for somebody whom the server's own list does not show; null where there is no such list. */
  readonly notListed: string | null;
}

/** What marks the list of the server's people, beside the words for anybody. */
const HERE = '@';
/** The field that an input belongs to. */
export const fieldName = (customId: string): string =>
  customId.endsWith(HERE) ? customId.slice(0, -HERE.length) : customId;
/** Somebody chosen from the server's own list, as a blank. */
export const chosenHere = (user: string): string => accountBlank('discord', user);

/** A form as Discord's modal. `customId` carries its state. */
export function renderForm(form: Form, customId: string, words: FormWords): APIModalInteractionResponseCallbackData {
  const shown = form.fields.slice(0, LIMITS.modalComponents);
  // A list takes a place of its own; where all are taken, words alone still name anybody.
  let free = LIMITS.modalComponents - shown.length;
  const fields = shown.flatMap((field) => {
    if (field.kind !== 'person' || words.notListed === null || free-- <= 0) return [label(field, words)];
    return people(field, words.notListed, words);
  });
  const mentions = new Set<string>();
  const head = [form.error, form.intro]
    .flatMap((text) => (text === undefined ? [] : [markdown(text, mentions)]))
    .join('\n');
  // Five fields leave no room for a text of its own: what is wrong is then said under the first of them.
  if (head !== '' && fields.length < LIMITS.modalComponents)
    return {
      custom_id: customId,
      title: titleOf(form),
      components: [{ type: ComponentType.TextDisplay, content: head.slice(0, LIMITS.text) }, ...fields],
    };
  const [first, ...others] = fields;
  // A modal holds at least one component.
  if (!first)
    return {
      custom_id: customId,
      title: titleOf(form),
      components: [{ type: ComponentType.TextDisplay, content: literal(form.submit) || '–' }],
    };
  const components =
    form.error === undefined
      ? fields
      : [{ ...first, description: shorten(plainText(form.error), LIMITS.labelDescription) }, ...others];
  return { custom_id: customId, title: titleOf(form), components };
}

function titleOf({ title, progress }: Form): string {
  const tail = progress === undefined ? '' : ` · ${progress}`;
  return `${shorten(title, LIMITS.modalTitle - tail.length)}${tail}`;
}

function label(field: Field, words: FormWords): APILabelComponent {
  const description = field.error ?? field.hint ?? '';
  return {
    type: ComponentType.Label,
    label: shorten(field.label, LIMITS.labelText),
    ...(description === '' ? {} : { description: shorten(description, LIMITS.labelDescription) }),
    component: input(field, words),
  };
}

/** The server's own list of people, and words for whoever is not in it: one of the two is enough, as the answer says. */
function people(field: Field, notListed: string, words: FormWords): APILabelComponent[] {
  const account = accountOfBlank(field.value ?? '');
  const { value: _, error, ...open } = { ...field, required: false };
  const here = account?.platform === 'discord' ? account.id : null;
  return [
    {
      type: ComponentType.Label,
      label: shorten(field.label, LIMITS.labelText),
      ...(error === undefined ? {} : { description: shorten(error, LIMITS.labelDescription) }),
      component: {
        type: ComponentType.UserSelect,
        custom_id: `${field.name}${HERE}`,
        required: false,
        min_values: 0,
        max_values: 1,
        placeholder: shorten(words.choose, LIMITS.selectPlaceholder),
        ...(here === null ? {} : { default_values: [{ id: here, type: SelectMenuDefaultValueType.User }] }),
      },
    },
    label({ ...open, label: notListed, ...(here === null && field.value ? { value: field.value } : {}) }, words),
  ];
}

function input(field: Field, words: FormWords): APIComponentInLabel {
  switch (field.kind) {
    case 'line':
    case 'search':
    case 'person':
    case 'date':
      return textInput(field, TextInputStyle.Short);
    case 'paragraph':
      return textInput(field, TextInputStyle.Paragraph);
    case 'choice': {
      const choices = field.choices ?? [];
      if (choices.length === 0 || choices.length > LIMITS.selectOptions) return textInput(field, TextInputStyle.Short);
      return {
        type: ComponentType.StringSelect,
        custom_id: field.name,
        required: field.required,
        min_values: field.required ? 1 : 0,
        max_values: 1,
        placeholder: shorten(words.choose, LIMITS.selectPlaceholder),
        options: choices.map((choice) => ({
          label: shorten(choice.label, LIMITS.selectText),
          value: choice.value,
          default: choice.value === field.value,
        })),
      };
    }
    case 'file':
      return {
        type: ComponentType.FileUpload,
        custom_id: field.name,
        required: field.required,
        min_values: field.required ? 1 : 0,
        max_values: 1,
      };
    default:
      return field.kind satisfies never;
  }
}

function textInput(field: Field, style: TextInputStyle): APIComponentInLabel {
  const value = (field.value ?? '').slice(0, LIMITS.inputValue);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style,
    required: field.required,
    // What was typed too long comes back whole, so that it can be shortened by whoever wrote it.
    max_length: Math.min(LIMITS.inputValue, Math.max(field.maxLength ?? LIMITS.inputValue, value.length, 1)),
    ...(value === '' ? {} : { value }),
  };
}
