import { type Action, fitsCode } from './action.ts';
import { textBlanks } from './blanks.ts';
import type { CommandShape } from './command.ts';
import type { DispatchParts, Draft, Explained } from './dispatch-parts.ts';
import type { Form } from './form.ts';
import { buildForm } from './form-of-command.ts';
import { stepKept } from './form-steps.ts';
import { parseWords } from './grammar.ts';
import type { Account, Blanks, Interaction, Outcome } from './interaction.ts';
import type { Lang } from './language.ts';
import type { MessageDocument } from './message.ts';
import { nearestCommands } from './nearest-command.ts';

/** Which command with which blanks, from any of the four ways of saying it. */
export interface Resolved {
  readonly path: string;
  readonly blanks: Blanks;
  readonly version?: number;
  /** Words that fitted no blank. */
  readonly rest?: string;
  readonly draft?: {
    readonly id: string;
    readonly blanks?: Readonly<Record<string, string>>;
    readonly origin?: Draft['origin'];
    readonly problems?: Draft['problems'];
  };
  /** The step of a form of several to go on at. */
  readonly step?: number;
}

/** How many fields the dialect holds at once, as a wish to the form. */
const roomOf = ({ fieldsAtOnce }: Interaction) => (fieldsAtOnce === undefined ? {} : { room: fieldsAtOnce });

export const versionOf = (version: number | undefined) => (version === undefined ? {} : { version });

/** Says no and loses nothing: a form comes back filled in, words come back behind a button that opens the form. */
export function createRefusals<H, A>(parts: DispatchParts<H, A>, shapeOf: ReadonlyMap<string, CommandShape>) {
  const { phrases } = parts;
  const phrase = (lang: Lang, key: string, facts?: Record<string, string | number>) =>
    phrases.find(lang, key, facts) ?? key;

  function formFor(
    interaction: Interaction,
    resolved: Resolved,
    lang: Lang,
    extra: Partial<Parameters<typeof buildForm>[0]> = {},
  ): Form {
    return buildForm({
      shape: shapeOf.get(resolved.path) as CommandShape,
      lang,
      blanks: textBlanks(resolved.blanks),
      nonce: parts.nonce(),
      phrases,
      ...versionOf(resolved.version),
      ...(resolved.draft ? { draft: { id: resolved.draft.id, blanks: resolved.draft.blanks ?? {} } } : {}),
      ...(resolved.draft?.problems ? { errors: resolved.draft.problems } : {}),
      ...(resolved.step === undefined ? {} : { step: resolved.step }),
      ...roomOf(interaction),
      ...extra,
    });
  }

  const refuse = (lang: Lang, text: string): Outcome => ({
    do: 'say',
    to: 'private',
    document: parts.refusal(lang, text, null, null, undefined),
  });

  async function keeping(
    interaction: Interaction,
    resolved: Resolved | null,
    lang: Lang,
    explained: Explained,
  ): Promise<Outcome> {
    if (!resolved) return refuse(lang, textOf(explained));
    const version = explained.version ?? resolved.version;
    const kept = { ...resolved, ...versionOf(version) };
    if (interaction.said.by === 'form') {
      const form = formFor(interaction, kept, lang, {
        show: Object.keys(interaction.said.blanks),
        ...problemsOf(explained, resolved.path),
      });
      return { do: 'ask', form, asDocument: await askDocument(interaction, form, explained, resolved) };
    }
    const blanks = textBlanks(resolved.blanks);
    // A press brings nothing that was typed, unless it came from a draft; what it lacks is asked for by its field.
    const typed = interaction.said.by !== 'press' || resolved.draft !== undefined || explained.field !== undefined;
    const worthKeeping = typed && Object.keys(blanks).length > 0 && hasForm(resolved.path);
    const draft: Draft = {
      path: resolved.path,
      blanks: resolved.rest ? withWords(resolved.path, blanks, resolved.rest) : blanks,
      ...versionOf(version),
      ...originOf(interaction, resolved),
      problems: problemsOf(explained, resolved.path).errors,
    };
    const id = worthKeeping || resolved.rest ? await parts.saveDraft(draft, interaction.account) : null;
    const next = id === null ? [] : await presses(explained, draft, id, interaction.account);
    return {
      do: 'say',
      to: 'private',
      document: parts.refusal(lang, textOf(explained), resolved.path, id, next, version),
    };
  }

  /** Every problem under its field; what belongs to no field of this form stands on top of it. */
  function problemsOf(explained: Explained, path: string) {
    const errors: Record<string, string> = {};
    const onTop: string[] = [];
    for (const { field, text } of [explained, ...(explained.others ?? [])]) {
      if (field !== undefined && shapeOf.get(path)?.options.some((option) => option.name === field))
        errors[field] ??= text;
      else onTop.push(text);
    }
    return { errors, ...(onTop.length > 0 ? { error: onTop.join('\n') } : {}) };
  }

  /** The presses that mend a refusal; a blank too long for a button's code waits in a draft of its own. */
  async function presses(explained: Explained, draft: Draft, id: string, account: Account) {
    const { path } = draft;
    const made: { label: string; does: Action }[] = [];
    for (const { label, blanks } of explained.next ?? []) {
      const short: Action = { path, blanks: { draft: id, ...blanks }, ...versionOf(draft.version) };
      const does = fitsCode(short)
        ? short
        : inDraft(draft, await parts.saveDraft({ ...draft, blanks: { ...draft.blanks, ...blanks } }, account));
      made.push({ label, does });
    }
    return made;
  }

  const inDraft = ({ path, version }: Draft, id: string): Action => ({
    path,
    blanks: { draft: id },
    ...versionOf(version),
  });

  const hasForm = (path: string) => (shapeOf.get(path)?.options ?? []).some((option) => option.asked);

  /** Words that fitted nowhere go into the longest text there is, so that they come back in the form. */
  function withWords(path: string, blanks: Record<string, string>, rest: string): Record<string, string> {
    const home = shapeOf
      .get(path)
      ?.options.findLast((option) => option.asked && (option.kind === 'long-text' || option.kind === 'text'));
    if (!home) return blanks;
    return { ...blanks, [home.name]: [blanks[home.name], rest].filter(Boolean).join(' ') };
  }

  /** The form as a message with a button that opens it, for a dialect that cannot show a form now. */
  async function askDocument(
    interaction: Interaction,
    form: Form,
    explained: Explained | null,
    resolved: Resolved | null,
  ): Promise<MessageDocument> {
    const blanks = resolved ? textBlanks(resolved.blanks) : {};
    const values = Object.fromEntries(
      form.fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value]])),
    );
    const draft: Draft = {
      path: form.state.path,
      blanks: { ...blanks, ...form.state.blanks, ...values },
      ...versionOf(form.state.version),
      ...originOf(interaction, resolved),
      problems: Object.fromEntries(
        form.fields.flatMap(({ name, error }) => (error === undefined ? [] : [[name, error]])),
      ),
    };
    const id = await parts.saveDraft(draft, interaction.account);
    const text = explained ? textOf(explained) : phrase(form.lang, 'refusal.form-waits', { form: form.title });
    const next = explained ? await presses(explained, draft, id, interaction.account) : [];
    return parts.refusal(form.lang, text, form.state.path, id, next, form.state.version);
  }

  /** One step of a form of several is in: it is kept, and the next one waits behind a button. */
  async function keepStep(
    interaction: Interaction,
    resolved: Resolved,
    lang: Lang,
    step: { readonly at: number; readonly of: number; readonly complete: boolean },
  ): Promise<Outcome> {
    const { path } = resolved;
    const version = versionOf(resolved.version);
    const draft: Draft = {
      path,
      blanks: wordsIn(resolved.blanks),
      ...version,
      ...originOf(interaction, resolved),
    };
    const id = await parts.saveDraft(draft, interaction.account);
    const next = { ...resolved, draft: { ...draft, id }, step: step.at + 1 };
    const form = formFor(interaction, next, lang, { show: 'all' });
    return {
      do: 'ask',
      form,
      asDocument: stepKept(phrases, { lang, path, form: form.title, draft: id, ...step, ...version }),
    };
  }

  /** A command that nobody knows: what may have been meant, each a press that brings the words along; null where nothing is like it. */
  async function didYouMean(
    interaction: Interaction,
    said: Extract<Interaction['said'], { by: 'words' }>,
    lang: Lang,
    offered: (shape: CommandShape) => boolean,
  ): Promise<Outcome | null> {
    const near = nearestCommands(
      said.path,
      parts.shapes.filter((shape) => !shape.hidden && offered(shape)),
    );
    if (near.length === 0) return null;
    const next: { label: string; does: Action }[] = [];
    for (const shape of near) {
      const { blanks, rest } = parseWords(shape.options, said.words, said.files);
      const words = textBlanks(blanks);
      const action: Action = { path: shape.path, blanks: words };
      const draft: Draft = { path: shape.path, blanks: rest ? withWords(shape.path, words, rest) : words };
      const does =
        rest === '' && fitsCode(action) ? action : inDraft(draft, await parts.saveDraft(draft, interaction.account));
      next.push({ label: `/${shape.noun} ${shape.verb}`, does });
    }
    const text = phrase(lang, 'refusal.did-you-mean', { typed: `/${said.path.replace('/', ' ')}` });
    return { do: 'say', to: 'private', document: parts.refusal(lang, text, null, null, next) };
  }

  return { phrase, formFor, refuse, keeping, keepStep, askDocument, didYouMean };
}

/** The blanks that are words, the emptied ones too: a step that took something away is remembered. */
const wordsIn = (blanks: Blanks): Record<string, string> =>
  Object.fromEntries(
    Object.entries(blanks).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

const textOf = ({ text, others = [] }: Explained): string => [text, ...others.map((each) => each.text)].join('\n');

/** The message an interaction began with: a draft's, else the one pressed. */
function originOf({ place }: Interaction, resolved: Resolved | null): Pick<Draft, 'origin'> {
  if (resolved?.draft?.origin) return { origin: resolved.draft.origin };
  return place.message === undefined ? {} : { origin: { conversation: place.conversation, message: place.message } };
}
