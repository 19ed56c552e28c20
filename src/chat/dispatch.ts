import { withAccounts } from './account-blank.ts';
import { decodeAction } from './action.ts';
import { cleaned, parseBlanks } from './blanks.ts';
import type { Command, Context, Reply } from './command.ts';
import type { DispatchParts, Draft, Explained } from './dispatch-parts.ts';
import { SEND, STEP, stepsOf } from './form-steps.ts';
import { parseWords } from './grammar.ts';
import type { Account, Blanks, Inbound, Interaction, Outcome, Plan } from './interaction.ts';
import { type Lang, langOf } from './language.ts';
import type { MessageDocument } from './message.ts';
import { onceKey } from './once-key.ts';
import { withRecentDrafts } from './recent-drafts.ts';
import { createRefusals, type Resolved, versionOf } from './refusals.ts';
import { fromPeople } from './text.ts';

export type { DispatchParts, Draft, Explained };

/** Turns what people say into commands run and answers returned; the one place where all three dialects meet. */
export function createDispatch<H, A>(given: DispatchParts<H, A>): Inbound {
  const parts = withRecentDrafts(given);
  const { commands, shapes } = parts;
  const shapeOf = new Map(shapes.map((shape) => [shape.path, shape]));
  const renamed = new Map(
    [...commands].flatMap(([path, command]) => (command.formerly ?? []).map((old) => [old, path] as const)),
  );
  const lastLang = new Map<string, Lang>();
  /** Who was last seen to be no coordinator: they are told so before a form is filled in, not after. */
  const notCoordinators = new Set<string>();
  const keyOf = ({ platform, id }: Account) => `${platform}:${id}`;
  const languageOf = (account: Account): Lang =>
    lastLang.get(`${account.platform}:${account.id}`) ?? langOf(account.locale) ?? parts.defaultLang;
  const { phrase, formFor, refuse, keeping, keepStep, askDocument, didYouMean } = createRefusals(parts, shapeOf);
  const known = (path: string): string | null => (commands.has(path) ? path : (renamed.get(path) ?? null));

  /** Which command with which blanks, from any of the four ways of saying it; null where it is no longer known. */
  async function resolve(interaction: Interaction): Promise<Resolved | null> {
    const { said } = interaction;
    if (said.by === 'press') {
      const decoded = decodeAction(said.code);
      const path = decoded && known(decoded.action.path);
      if (!decoded || !path) return null;
      const draftId = decoded.action.blanks['draft'];
      if (draftId !== undefined) {
        const draft = await parts.loadDraft(draftId, interaction.account);
        const { draft: _, [STEP]: step = SEND, ...others } = decoded.action.blanks;
        return {
          path,
          blanks: { ...draft?.blanks, ...others },
          ...versionOf(decoded.action.version ?? draft?.version),
          draft: draftOf(draftId, draft),
          ...(step === SEND ? {} : { step: Number(step) }),
        };
      }
      return { path, blanks: decoded.action.blanks, ...versionOf(decoded.action.version) };
    }
    const path = known(said.by === 'form' ? said.state.path : said.path);
    const shape = path === null ? undefined : shapeOf.get(path);
    if (path === null || !shape) return null;
    if (said.by === 'words') {
      const { blanks, rest } = parseWords(shape.options, fromPeople(said.words), said.files);
      return { path, blanks, rest };
    }
    if (said.by === 'options') return { path, blanks: cleaned(said.blanks) };
    const draft = said.state.draft === undefined ? null : await parts.loadDraft(said.state.draft, interaction.account);
    const filled = Object.entries(cleaned(said.blanks)).filter(([, value]) => value !== undefined);
    const blanks = { ...draft?.blanks, ...said.state.blanks, ...Object.fromEntries(filled) };
    return {
      path,
      blanks: blanks,
      ...versionOf(said.state.version),
      ...(said.state.draft === undefined ? {} : { draft: draftOf(said.state.draft, draft) }),
    };
  }

  /** Whether the form opens first: something required is missing, or the command always shows it. */
  function wantsForm(command: Command<H, A>, said: Interaction['said'], blanks: Blanks): boolean {
    if (said.by === 'form') return false;
    // A form opened again from a draft shows what was typed, complete or not; a press that mends a blank of it does
    // what was meant.
    if (showsAll(said)) return true;
    const missing = Object.entries(command.options).some(
      ([name, option]) => option.required && (blanks[name] ?? '') === '',
    );
    return missing;
  }

  /** Of a form of several steps: the one that came in, where others follow. */
  function stepBefore({
    said,
    fieldsAtOnce,
  }: Interaction): { at: number; of: number; names: readonly string[] } | null {
    if (said.by !== 'form' || said.state.step === undefined || fieldsAtOnce === undefined) return null;
    const asked = shapeOf.get(known(said.state.path) ?? '')?.options.filter((option) => option.asked) ?? [];
    const steps = stepsOf(asked, fieldsAtOnce);
    const at = said.state.step;
    if (at >= steps.length) return null;
    return { at, of: steps.length, names: (steps[at - 1] ?? []).map((option) => option.name) };
  }

  async function plan(interaction: Interaction): Promise<Plan> {
    try {
      const { said } = interaction;
      if (said.by === 'form') {
        // What was filled in is run as it is: no draft has to be read to know how it is answered.
        const command = commands.get(known(said.state.path) ?? '');
        if (!command || stepBefore(interaction)) return { do: 'run', answers: 'private', slow: false };
        return { do: 'run', answers: command.answers, slow: command.slow ?? false };
      }
      const resolved = await resolve(interaction);
      const command = resolved && commands.get(resolved.path);
      if (!resolved || !command) return { do: 'run', answers: 'private', slow: false };
      if (resolved.rest) return { do: 'run', answers: 'private', slow: false };
      const lang = languageOf(interaction.account);
      const refused = command.forCoordinators === true && notCoordinators.has(keyOf(interaction.account));
      if (!refused && wantsForm(command, said, resolved.blanks)) {
        const show = showsAll(said) ? 'all' : 'open';
        return { do: 'open-form', form: formFor(interaction, resolved, lang, { show }) };
      }
      return { do: 'run', answers: command.answers, slow: command.slow ?? false };
    } catch {
      // Whatever is wrong is said by `run`, which meets it again.
      return { do: 'run', answers: 'private', slow: false };
    }
  }

  async function run(interaction: Interaction, progress?: (document: MessageDocument) => void): Promise<Outcome> {
    let lang = languageOf(interaction.account);
    let resolved: Resolved | null = null;
    try {
      resolved = await resolve(interaction);
      const unknown = resolved === null && interaction.said.by === 'words' ? interaction.said : null;
      if (!resolved && !unknown) return refuse(lang, phrase(lang, 'refusal.old-button'));
      const {
        actor,
        lang: chosen,
        linked,
        coordinator,
      } = await parts.recognise(interaction.account, onceKey(interaction));
      lang = chosen ?? lang;
      lastLang.set(`${interaction.account.platform}:${interaction.account.id}`, lang);
      if (coordinator === false) notCoordinators.add(keyOf(interaction.account));
      else notCoordinators.delete(keyOf(interaction.account));
      if (!resolved) {
        const meant =
          unknown && linked
            ? await didYouMean(interaction, unknown, lang, (shape) => !shape.forCoordinators || coordinator !== false)
            : null;
        if (meant) return meant;
        const help = parts.help === undefined ? undefined : shapeOf.get(parts.help);
        if (!help || !unknown) return refuse(lang, phrase(lang, 'refusal.old-button'));
        resolved = { path: help.path, blanks: parseWords(help.options, lineOf(unknown).slice(0, 200)).blanks };
      }
      const command = commands.get(resolved.path) as Command<H, A>;
      const { platform } = interaction.account;
      const accountIn = (typed: string) => parts.accountIn?.(platform, typed) ?? null;
      resolved = { ...resolved, blanks: withAccounts(command.options, resolved.blanks, platform, accountIn) };
      if (!linked && !command.open)
        return refuse(lang, phrase(lang, 'refusal.not-linked', { name: interaction.account.name }));
      if (resolved.rest)
        return await keeping(interaction, resolved, lang, {
          text: phrase(lang, 'refusal.words-left', { words: resolved.rest }),
        });
      if (command.forCoordinators && coordinator === false) return refuse(lang, phrase(lang, 'error.not-coordinator'));
      if (wantsForm(command, interaction.said, resolved.blanks)) {
        const form = formFor(interaction, resolved, lang, { show: showsAll(interaction.said) ? 'all' : 'open' });
        return { do: 'ask', form, asDocument: await askDocument(interaction, form, null, resolved) };
      }
      const step = stepBefore(interaction);
      const options = step
        ? Object.fromEntries(Object.entries(command.options).filter(([name]) => step.names.includes(name)))
        : command.options;
      const parsed = parseBlanks(options, resolved.blanks);
      if ('problems' in parsed) {
        const options = shapeOf.get(resolved.path)?.options ?? [];
        const said = parsed.problems.map(({ name, code, max }) => {
          const label = options.find((option) => option.name === name)?.label(lang) ?? name;
          return { text: phrase(lang, `invalid.${code}`, { field: label, max }), field: name };
        });
        const [first, ...others] = said;
        return await keeping(interaction, resolved, lang, { text: '', ...first, others });
      }
      if (step) {
        const complete = 'filled' in parseBlanks(command.options, resolved.blanks);
        return await keepStep(interaction, resolved, lang, { ...step, complete });
      }
      const context: Context<H, A> = {
        house: parts.house,
        actor,
        account: interaction.account,
        // A form that was refused and opened again still belongs to the message it began with.
        place: { ...interaction.place, ...resolved.draft?.origin },
        lang,
        ...versionOf(resolved.version),
        emptied: new Set(Object.keys(resolved.blanks).filter((name) => resolved?.blanks[name] === '')),
      };
      const reply = await finish(command.handle(parsed.filled, context), progress);
      return await outcomeOf(reply, command, interaction, lang);
    } catch (error) {
      const explained = parts.explain(error, lang);
      if (explained)
        return await keeping(interaction, resolved, lang, explained).catch(() => refuse(lang, explained.text));
      const number = parts.fault(error, interaction);
      const text = phrase(lang, 'refusal.fault', { number });
      return await keeping(interaction, resolved, lang, { text }).catch(() => refuse(lang, text));
    } finally {
      parts.afterwards(interaction.account);
    }
  }

  async function outcomeOf(
    reply: Reply,
    command: Command<H, A>,
    interaction: Interaction,
    lang: Lang,
  ): Promise<Outcome> {
    if ('edit' in reply) return { do: 'edit', document: splittable(reply.edit) };
    if ('say' in reply)
      return {
        do: 'say',
        document: splittable(reply.say),
        to: reply.to ?? (command.answers === 'public' ? 'public' : 'private'),
      };
    const path = reply.ask.path ?? pathOf(interaction);
    const form = formFor(interaction, { path, blanks: reply.ask.blanks, ...versionOf(reply.ask.version) }, lang, {
      show: 'all',
    });
    return { do: 'ask', form, asDocument: await askDocument(interaction, form, null, null) };
  }

  /** An answer may be long: it knows the word that its further messages repeat their headings with. */
  const splittable = (document: MessageDocument): MessageDocument => ({
    ...document,
    continued: phrase(document.lang, 'message.continued'),
  });

  function pathOf(interaction: Interaction): string {
    const { said } = interaction;
    const typed =
      said.by === 'press' ? decodeAction(said.code)?.action.path : said.by === 'form' ? said.state.path : said.path;
    return known(typed ?? '') ?? '';
  }

  return {
    commands: shapes,
    plan,
    run,
    languageOf,
    phrase: (lang, key) => phrase(lang, `dialect.${key}`),
    async complete(query) {
      try {
        const option = shapeOf.get(query.path)?.options.find((each) => each.name === query.name);
        if (!option) return [];
        if (option.kind === 'choice') return option.choices(languageOf(query.account));
        return await parts.complete({ ...query, typed: fromPeople(query.typed) }, option.kind);
      } catch {
        // A completion is a convenience: without it the words can still be typed.
        return [];
      }
    },
  };
}

/** What was typed, without the slash. */
const lineOf = ({ path, words }: { path: string; words: string }): string => `${path.replace('/', ' ')} ${words}`;

/** Whether the form shows what is filled in already. */
const showsAll = (said: Interaction['said']): boolean =>
  isReopening(said) || (said.by === 'options' && said.suggested === true);

/** A press that carries a draft, perhaps a step of its form, and nothing else. */
function isReopening(said: Interaction['said']): boolean {
  const blanks = said.by === 'press' ? decodeAction(said.code)?.action.blanks : undefined;
  if (blanks?.['draft'] === undefined || blanks[STEP] === SEND) return false;
  return Object.keys(blanks).every((name) => name === 'draft' || name === STEP);
}

const draftOf = (id: string, draft: Draft | null): NonNullable<Resolved['draft']> => ({
  id,
  ...(draft ? { blanks: draft.blanks } : {}),
  ...(draft?.origin ? { origin: draft.origin } : {}),
  ...(draft?.problems ? { problems: draft.problems } : {}),
});

async function finish(
  work: Promise<Reply> | AsyncGenerator<MessageDocument, Reply>,
  progress?: (document: MessageDocument) => void,
): Promise<Reply> {
  if (!(Symbol.asyncIterator in work)) return work;
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    progress?.(step.value);
  }
}
