import type { WebClient } from '@slack/web-api';
import type { Form, FormState } from '../form.ts';
import type { Inbound } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { ModalView } from './block-kit.ts';
import { bounded } from './bounded.ts';
import { platformError } from './errors.ts';
import type { Log } from './logger.ts';
import { metadata, type Origin, readMetadata, renderForm, renderNotice, type Typed } from './render-form.ts';

/** A view on somebody's screen, in the state in which it was opened. */
export interface OpenedView {
  readonly id: string;
  readonly hash: string;
}

/** Forms as views: opened, built again, read back. */
export function createForms(parts: { client: WebClient; inbound: Inbound; log: Log }) {
  const { client, inbound, log } = parts;
  /** States too long for a view's private_metadata; after a restart they are gone, and the person is told so. */
  const kept = bounded<FormState>(1000);
  const sayIn = (lang: Lang) => (phrase: Parameters<Inbound['phrase']>[1]) => inbound.phrase(lang, phrase);

  const view = (form: Form, origin: Origin): ModalView =>
    renderForm(
      form,
      metadata(form.state, origin, (state) => kept.set(state.nonce, state)),
      sayIn(form.lang),
    );

  return {
    view,
    notice: (lang: Lang, title: string, text: string, typed: readonly Typed[] = []): ModalView =>
      renderNotice(title, text, sayIn(lang), typed),
    read: (privateMetadata: string) => readMetadata(privateMetadata, kept.get),

    /** Opens a form; null where Slack does not (any more). */
    async open(trigger: string | undefined, form: Form, origin: Origin): Promise<OpenedView | null> {
      if (trigger === undefined) return null;
      try {
        const answer = await client.views.open({ trigger_id: trigger, view: view(form, origin) });
        return { id: answer.view?.id ?? '', hash: answer.view?.hash ?? '' };
      } catch (error) {
        log.warn({ form: form.state.path, error: platformError(error).message }, 'a form could not be opened');
        return null;
      }
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
