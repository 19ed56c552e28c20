import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Field, Form } from '../form.ts';
import { plainText } from '../text.ts';
import { LIMITS } from './limits.ts';
import { literal, markdown, shorten } from './markdown.ts';

/** What a form says of Discord's own accord. */
export interface FormWords {
  readonly choose: string;
}

/** A form as Discord's modal. `customId` carries its state. */
export function renderForm(form: Form, customId: string, words: FormWords): APIModalInteractionResponseCallbackData {
  const fields = form.fields.slice(0, LIMITS.modalComponents).map((field) => label(field, words));
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

function input(field: Field, words: FormWords): APIComponentInLabel {
  switch (field.kind) {
    case 'line':
    case 'search':
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
