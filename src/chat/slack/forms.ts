import type { WebClient } from '@slack/web-api';
import type { Form, FormState } from '../form.ts';
import type { Inbound } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { ModalView } from './block-kit.ts';
import { bounded } from './bounded.ts';
import { platformError } from './errors.ts';
import type { Log } from './logger.ts';
import { metadata, type Origin, readMetadata, renderForm, renderNotice } from './render-form.ts';

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
    notice: (lang: Lang, title: string, text: string): ModalView => renderNotice(title, text, sayIn(lang)),
    read: (privateMetadata: string) => readMetadata(privateMetadata, kept.get),

    /** Opens a form; false where Slack does not (any more). */
    async open(trigger: string | undefined, form: Form, origin: Origin): Promise<boolean> {
      if (trigger === undefined) return false;
      try {
        await client.views.open({ trigger_id: trigger, view: view(form, origin) });
        return true;
      } catch (error) {
        log.warn({ form: form.state.path, error: platformError(error).message }, 'a form could not be opened');
        return false;
      }
    },

    /** Puts another view in the place of an open one; false where it has been closed. */
    async replace(viewId: string, next: ModalView): Promise<boolean> {
      try {
        await client.views.update({ view_id: viewId, view: next });
        return true;
      } catch (error) {
        log.info({ error: platformError(error).message }, 'a view was closed before it could be changed');
        return false;
      }
    },
  };
}
export type Forms = ReturnType<typeof createForms>;
