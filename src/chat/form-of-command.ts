import type { CommandShape, OptionShape, Phrases } from './command.ts';
import type { Field, Form } from './form.ts';
import { stepsOf } from './form-steps.ts';
import type { Lang } from './language.ts';

/**
 * The form of a command: the blanks still open ('open'), every one that a form asks at all ('all'), or those named (a
 * form that comes back). A field with an error is always shown. Where they are more than the dialect has room for, the
 * whole form comes in steps: the one wished for, else the first that has an error, else the first.
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
  /** How many fields fit at once; without it all do. */
  room?: number;
  step?: number;
}): Form {
  const { shape, lang, blanks, phrases, errors = {} } = wish;
  const shown = (option: OptionShape): boolean => {
    if (errors[option.name] !== undefined) return true;
    if (!option.asked) return false;
    if (wish.show === 'all') return true;
    if (wish.show !== undefined && wish.show !== 'open') return wish.show.includes(option.name);
    return (blanks[option.name] ?? '') === '';
  };
  const open = shape.options.filter(shown);
  const room = wish.room ?? Number.POSITIVE_INFINITY;
  // The steps are made of everything a form asks, so that they stay the same while they fill.
  const whole = shape.options.filter((option) => option.asked || errors[option.name] !== undefined);
  const steps = open.length > room ? stepsOf(whole, room) : [];
  const wrong = steps.findIndex((step) => step.some((option) => errors[option.name] !== undefined));
  const at = Math.min(wish.step ?? Math.max(wrong, 0) + 1, steps.length);
  const chosen = new Set((steps[at - 1] ?? open).map((option) => option.name));
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
      ...(at > 0 ? { step: at } : {}),
    },
    title: shape.title(lang),
    ...(at > 0 ? { progress: phrases.find(lang, 'step.of', { at, of: steps.length }) ?? `${at}/${steps.length}` } : {}),
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
    ...(option.field === 'person' && !option.completes ? { unsearched: true as const } : {}),
    ...(option.maxLength > 0 ? { maxLength: option.maxLength } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
