import type { WebClient } from '@slack/web-api';
import type { Field, Form, FormState } from '../form.ts';
import type { Inbound } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { ModalView } from './block-kit.ts';
import { bounded } from './bounded.ts';
import { platformError } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './logger.ts';
import type { CommandNames } from './names.ts';
import {
  fitsMetadata,
  metadata,
  type Origin,
  readMetadata,
  renderForm,
  renderNotice,
  type Typed,
} from './render-form.ts';

/** A view on somebody's screen, in the state in which it was opened. */
export interface OpenedView {
  readonly id: string;
  readonly hash: string;
}

/** Forms as views: opened, built again, read back. */
export function createForms(parts: { client: WebClient; inbound: Inbound; names: CommandNames; log: Log }) {
  const { client, inbound, names, log } = parts;
  /** States that no view can carry, shown or unseen; after a restart they are gone, and the person is told so. */
  const kept = bounded<FormState>(1000);
  const sayIn = (lang: Lang) => (phrase: Parameters<Inbound['phrase']>[1]) => inbound.phrase(lang, phrase);

  /** A form's own words name commands as they are called here. */
  const said = ({ intro, error }: Form) => ({
    ...(intro === undefined ? {} : { intro: names.inText(intro) }),
    ...(error === undefined ? {} : { error: names.inText(error) }),
  });

  const view = (wished: Form, origin: Origin): ModalView => {
    const form = showLongest(wished, origin);
    return renderForm(
      { ...form, ...said(form) },
      metadata(form.state, origin, (state) => kept.set(state.nonce, state)),
      sayIn(form.lang),
    );
  };

  /**
   * A view carries little unseen. Words that do not fit are shown in a field of their own, so that the form needs
   * nobody's memory: any process can take it in, and a restart loses nothing.
   */
  function showLongest(form: Form, origin: Origin): Form {
    if (fitsMetadata(form.state, origin)) return form;
    const options = inbound.commands.find((command) => command.path === form.state.path)?.options ?? [];
    const [longest] = Object.entries(form.state.blanks)
      .filter(([name, value]) => value.length <= LIMITS.inputText && options.some((option) => option.name === name))
      .toSorted(([, one], [, other]) => other.length - one.length);
    const option = options.find((each) => each.name === longest?.[0]);
    if (!longest || !option) return form;
    const [name, value] = longest;
    const { [name]: _, ...blanks } = form.state.blanks;
    const label = option.label(form.lang);
    const field: Field = { name, label, kind: 'paragraph', required: option.required, value };
    return showLongest({ ...form, fields: [...form.fields, field], state: { ...form.state, blanks } }, origin);
  }

  /** Opens a view; null where Slack does not (any more). */
  async function openView(trigger: string | undefined, made: ModalView, what: string): Promise<OpenedView | null> {
    if (trigger === undefined) return null;
    try {
      const answer = await client.views.open({ trigger_id: trigger, view: made });
      return { id: answer.view?.id ?? '', hash: answer.view?.hash ?? '' };
    } catch (error) {
      log.warn({ form: what, error: platformError(error).message }, 'a form could not be opened');
      return null;
    }
  }

  return {
    view,
    notice: (lang: Lang, title: string, text: string, typed: readonly Typed[] = []): ModalView =>
      renderNotice(title, text, sayIn(lang), typed),
    read: (privateMetadata: string) => readMetadata(privateMetadata, kept.get),

    open: (trigger: string | undefined, form: Form, origin: Origin): Promise<OpenedView | null> =>
      trigger === undefined ? Promise.resolve(null) : openView(trigger, view(form, origin), form.state.path),

    /** Opens a view that says it is being worked on, to be replaced. */
    wait(trigger: string | undefined, lang: Lang): Promise<OpenedView | null> {
      const working = inbound.phrase(lang, 'working');
      return openView(trigger, renderNotice(working, working, sayIn(lang)), 'waiting');
    },

    /** Puts another view in the place of an open one; false where it was closed, or with a hash changed, meanwhile. */
    async replace(opened: { readonly id: string; readonly hash?: string }, next: ModalView): Promise<boolean> {
      const { id, hash } = opened;
      try {
        await client.views.update({ view_id: id, ...(hash === undefined ? {} : { hash }), view: next });
        return true;
      } catch (error) {
        log.info({ error: platformError(error).message }, 'a view could not be changed');
        return false;
      }
    },
  };
}
export type Forms = ReturnType<typeof createForms>;
