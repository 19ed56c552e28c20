import type { Action } from './action.ts';
import type { OptionShape, Phrases } from './command.ts';
import type { Lang } from './language.ts';
import type { Button, MessageDocument } from './message.ts';

/** The blank by which a button says at which step of a form to go on, or (`send`) that what is kept is all. */
export const STEP = 'step';
export const SEND = 'send';

/**
 * The blanks of a form as the steps that a dialect with room for so many at once takes: required ones first, so that
 * whoever has little to say is done early; files last, since a draft keeps words alone.
 */
export function stepsOf(options: readonly OptionShape[], room: number): readonly (readonly OptionShape[])[] {
  const weight = (option: OptionShape) => (option.kind === 'file' ? 2 : option.required ? 0 : 1);
  const ordered = options.toSorted((a, b) => weight(a) - weight(b));
  return Array.from({ length: Math.ceil(ordered.length / room) }, (_, at) => ordered.slice(at * room, (at + 1) * room));
}

/** Said after a step: it is kept and nothing is sent; on to the next, back to any before, or away with it as it is. */
export function stepKept(
  phrases: Phrases,
  facts: {
    readonly lang: Lang;
    readonly path: string;
    /** The form's title. */
    readonly form: string;
    readonly draft: string;
    /** The step that was filled in, from 1, and of how many. */
    readonly at: number;
    readonly of: number;
    /** Whether nothing required is missing any more. */
    readonly complete: boolean;
    readonly version?: number;
  },
): MessageDocument {
  const { lang, path, draft, at, of } = facts;
  const say = (key: string, step: number) => phrases.find(lang, key, { form: facts.form, at: step, of }) ?? key;
  const does = (step: string): Action => ({
    path,
    blanks: { draft, [STEP]: step },
    ...(facts.version === undefined ? {} : { version: facts.version }),
  });
  const text = say('step.kept', at);
  const buttons: Button[] = [
    { label: say('step.next', at + 1), does: does(String(at + 1)), style: 'primary' },
    ...(facts.complete ? [{ label: say('step.send', at), does: does(SEND) }] : []),
    ...Array.from({ length: at }, (_, back) => ({ label: say('step.back', back + 1), does: does(String(back + 1)) })),
  ];
  return {
    lang,
    summary: text,
    blocks: [
      { block: 'paragraph', text },
      { block: 'buttons', buttons },
    ],
  };
}
