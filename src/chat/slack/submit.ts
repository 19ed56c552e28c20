import type { Field, Form, FormState } from '../form.ts';
import { inTime } from '../in-time.ts';
import type { Account, Blanks, Inbound, Interaction, Outcome } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { Answers, Spot } from './answer.ts';
import type { ModalView } from './block-kit.ts';
import { isDirect } from './converse.ts';
import type { Forms } from './forms.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './logger.ts';
import type { People } from './people.ts';
import { blockId, type Origin, type Typed } from './render-form.ts';

/** What Slack may be told about a view that was sent in. */
export type ViewAnswer =
  | { readonly response_action: 'clear' }
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | { readonly response_action: 'push'; readonly view: ModalView };

/** A form that was sent in. */
export interface Submitted {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly viewId: string;
  readonly title: string;
  readonly privateMetadata: string;
  readonly blanks: Blanks;
  /** The ids of the input blocks that are on the screen, and their fields' names. */
  readonly shown: ReadonlyMap<string, string>;
  acknowledge(answer?: ViewAnswer): Promise<void>;
}

interface Parts {
  readonly inbound: Inbound;
  readonly people: People;
  readonly answers: Answers;
  readonly forms: Forms;
  readonly log: Log;
  /** Milliseconds after which the view says that it is being saved; Slack waits for three seconds. */
  readonly patience: number;
}

/** What follows a form: it closes, comes back with what is wrong, or says that it is being saved. */
export function createSubmit({ inbound, people, answers, forms, log, patience }: Parts) {
  const warn = (error: unknown) => log.warn({ error }, 'a form could not be acknowledged');

  return async function submit(submitted: Submitted): Promise<void> {
    const { user } = submitted;
    const glimpse = people.glimpse(user.id, user.name);
    const carried = forms.read(submitted.privateMetadata);
    if (carried === null || carried.state === 'lost') {
      const lang = inbound.languageOf(glimpse);
      // Half a form is not acted on; what was typed comes back to be copied.
      const typed = typedIn(submitted, carried?.path, lang);
      const view = forms.notice(lang, submitted.title, inbound.phrase(lang, 'lost'), typed);
      return submitted.acknowledge({ response_action: 'update', view });
    }
    const { state, origin } = carried;
    const started = prepare(submitted, state, origin);
    const quick = await inTime(started, patience);
    if (quick) {
      // It is done; a lost acknowledgement must not keep the answer back.
      await submitted.acknowledge(answerTo(quick.outcome, state, origin, submitted)).catch(warn);
      return follow(quick.outcome, quick.spot);
    }
    const lang = inbound.languageOf(glimpse);
    await submitted
      .acknowledge({
        response_action: 'update',
        view: forms.notice(lang, submitted.title, inbound.phrase(lang, 'saving')),
      })
      .catch(warn);
    const late = await started;
    return showLate(submitted, origin, late);
  };

  function typedIn({ blanks }: Submitted, path: string | undefined, lang: Lang): Typed[] {
    const options = inbound.commands.find((command) => command.path === path)?.options ?? [];
    return Object.entries(blanks).flatMap(([name, value]) => {
      if (typeof value !== 'string' || value === '') return [];
      return [{ label: options.find((option) => option.name === name)?.label(lang) ?? name, value }];
    });
  }

  interface Done {
    readonly outcome: Outcome;
    readonly spot: Spot;
    readonly account: Account;
  }

  async function prepare(submitted: Submitted, state: FormState, origin: Origin): Promise<Done> {
    const { user } = submitted;
    const conversation = origin.conversation || (await people.direct(user.id).catch(() => ''));
    const [account, direct] = await Promise.all([
      people.account(user.id, user.name),
      isDirect(people, user.id, conversation),
    ]);
    const interaction: Interaction = {
      id: submitted.id,
      account,
      place: {
        conversation,
        direct,
        ...(origin.message === undefined ? {} : { message: origin.message }),
        ...(origin.name === undefined ? {} : { name: origin.name }),
      },
      said: { by: 'form', state, blanks: submitted.blanks },
    };
    const spot: Spot = {
      conversation,
      direct,
      user: user.id,
      ...(origin.message === undefined ? {} : { message: origin.message }),
      ...(origin.answer === undefined ? {} : { answer: origin.answer, ephemeral: origin.answer.ephemeral }),
    };
    return { outcome: await inbound.run(interaction), spot, account };
  }

  function answerTo(outcome: Outcome, state: FormState, origin: Origin, { shown }: Submitted): ViewAnswer {
    if (outcome.do !== 'ask') return { response_action: 'clear' };
    const errors = errorsOnScreen(outcome.form, state, shown);
    if (errors) return { response_action: 'errors', errors };
    // A further step lies on the form that led to it; the same form with what is wrong takes its own place.
    if (outcome.form.state.path !== state.path)
      return { response_action: 'push', view: forms.view(outcome.form, origin) };
    return { response_action: 'update', view: forms.view(outcome.form, origin) };
  }

  async function follow(outcome: Outcome, spot: Spot): Promise<void> {
    if (outcome.do === 'say') return answers.say(spot, outcome.document, outcome.to);
    if (outcome.do === 'edit') return answers.edit(spot, outcome.document);
  }

  /** The view says "saving" by now; it can be changed but not closed. */
  async function showLate(submitted: Submitted, origin: Origin, { outcome, spot, account }: Done): Promise<void> {
    const lang: Lang = inbound.languageOf(account);
    if (outcome.do === 'ask') {
      if (await forms.replace({ id: submitted.viewId }, forms.view(outcome.form, origin))) return;
      return answers.say(spot, outcome.asDocument, 'private');
    }
    await follow(outcome, spot);
    await forms.replace({ id: submitted.viewId }, forms.notice(lang, submitted.title, outcome.document.summary));
  }
}

/**
 * The errors by block, where nothing but the fields' errors differs from what is on the screen: then Slack keeps what
 * was typed, files too. Null where the form itself must be shown again.
 */
function errorsOnScreen(
  form: Form,
  state: FormState,
  shown: ReadonlyMap<string, string>,
): Record<string, string> | null {
  const wrong = form.fields.filter((field): field is Field & { error: string } => field.error !== undefined);
  if (form.error !== undefined || wrong.length === 0) return null;
  const { nonce: _, ...before } = state;
  const { nonce: __, ...after } = form.state;
  if (before.path !== after.path || before.version !== after.version || before.draft !== after.draft) return null;
  const names = new Set(shown.values());
  if (!wrong.every((field) => names.has(field.name))) return null;
  return Object.fromEntries(
    wrong.map((field) => [blockId(field, state.nonce), field.error.slice(0, LIMITS.inputLabel)]),
  );
}
