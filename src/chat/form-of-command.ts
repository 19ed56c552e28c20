import type { CommandShape, OptionShape, Phrases } from './command.ts';
import type { Field, Form } from './form.ts';
import type { Lang } from './language.ts';

/** Discord's modal holds five components; the smaller limit rules what a form asks at once. */
export const FIELDS_AT_ONCE = 5;

/**
 * The form of a command: the blanks still open ('open'), every one that a form asks at all ('all'), or those named (a
 * form that comes back). A field with an error is always shown; required ones come before optional ones.
 */
export function buildForm(wish: {
  shape: CommandShape;
  lang: Lang;
  blanks: Readonly<Record<string, string>>;
  nonce: string;
  phrases: Phrases;
  version?: number;
  show?: 'open' | 'all' | readonly string[];
  errors?: Readonly<Record<string, string>>;
  error?: string;
  /** The row that holds these blanks already: they need not travel with the form. */
  draft?: { id: string; blanks: Readonly<Record<string, string>> };
}): Form {
  const { shape, lang, blanks, phrases, errors = {} } = wish;
  const shown = (option: OptionShape): boolean => {
    if (errors[option.name] !== undefined) return true;
    if (!option.asked) return false;
    if (wish.show === 'all') return true;
    if (wish.show !== undefined && wish.show !== 'open') return wish.show.includes(option.name);
    return (blanks[option.name] ?? '') === '';
  };
  const weight = (option: OptionShape) => (errors[option.name] !== undefined ? 0 : option.required ? 1 : 2);
  const chosen = new Set(
    shape.options
      .filter(shown)
      .toSorted((a, b) => weight(a) - weight(b))
      .slice(0, FIELDS_AT_ONCE)
      .map((option) => option.name),
  );
  const fields = shape.options
    .filter((option) => chosen.has(option.name))
    .map((option) => fieldOf(option, lang, blanks[option.name], errors[option.name]));
  // What was typed since the draft was kept is in no row yet.
  const hidden = Object.fromEntries(
    Object.entries(blanks).filter(([name, value]) => !chosen.has(name) && wish.draft?.blanks[name] !== value),
  );
  // An introduction names the record the form is about; without one there is nothing to introduce.
  const ref = blanks['commitment'] ?? '';
  const intro = ref === '' ? null : phrases.find(lang, `form.${shape.path}.intro`, { ref });
  return {
    lang,
    state: {
      path: shape.path,
      blanks: hidden,
      nonce: wish.nonce,
      ...(wish.draft === undefined ? {} : { draft: wish.draft.id }),
      ...(wish.version === undefined ? {} : { version: wish.version }),
    },
    title: shape.title(lang),
    ...(intro === null ? {} : { intro }),
    ...(wish.error === undefined ? {} : { error: wish.error }),
    fields,
    submit: phrases.find(lang, `form.${shape.path}.submit`) ?? phrases.find(lang, 'form.submit') ?? 'OK',
  };
}

function fieldOf(option: OptionShape, lang: Lang, value: string | undefined, error: string | undefined): Field {
  return {
    name: option.name,
    label: option.label(lang),
    hint: option.hint(lang),
    kind: option.field,
    required: option.required,
    ...(value === undefined ? {} : { value }),
    ...(option.kind === 'choice' ? { choices: option.choices(lang) } : {}),
    ...(option.maxLength > 0 ? { maxLength: option.maxLength } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
