import { inTime } from '../in-time.ts';
import type { Inbound, Interaction, Outcome, Place, Said } from '../interaction.ts';
import type { Lang } from '../language.ts';
import type { MessageDocument } from '../message.ts';
import { type Answers, nothingPending, type Pending, type Spot } from './answer.ts';
import type { Forms, OpenedView } from './forms.ts';
import type { People } from './people.ts';
import type { Origin } from './render-form.ts';

/** Milliseconds it may take to find out what is meant; what then remains of Slack's three seconds opens a view. */
const PLANNING = 1000;

/** Something said that is answered with a message: words or a press. */
export interface Heard {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly said: Said;
  readonly spot: Omit<Spot, 'direct' | 'user'>;
  readonly placeName?: string;
  /** Opens views for three seconds. */
  readonly trigger?: string;
  /** Tells Slack that it arrived; with words, where a private line under the command can be shown. */
  acknowledge(line?: string): Promise<void>;
  /** Whether words given to `acknowledge` are shown. */
  readonly showsLine: boolean;
}

interface Parts {
  readonly inbound: Inbound;
  readonly people: People;
  readonly answers: Answers;
  readonly forms: Forms;
}

/** What follows words or a press: a form at once, or an acknowledgement, the work, and the answer. */
export function createConverse({ inbound, people, answers, forms }: Parts) {
  return async function converse(heard: Heard): Promise<void> {
    const { user, said, trigger } = heard;
    const glimpse = people.glimpse(user.id, user.name);
    const place = placeOf(heard, heard.spot.conversation.startsWith('D'));
    const planned = inbound.plan({ id: heard.id, account: glimpse, place, said });
    const lang = inbound.languageOf(glimpse);
    const quick = await inTime(planned, PLANNING);
    const slow = quick?.do === 'run' && quick.slow;
    await heard.acknowledge(slow && heard.showsLine ? inbound.phrase(lang, 'working') : undefined);
    // What the form is to hold is still being looked for: the view that waits for it must open now or never.
    const waiting = quick ? null : await forms.wait(trigger, lang);
    const plan = quick ?? (await planned);
    if (plan.do === 'open-form') {
      if (waiting && (await forms.replace(waiting, forms.view(plan.form, originOf(heard))))) return;
      const opened = await forms.open(trigger, plan.form, originOf(heard));
      if (opened) return glimpse.locale === undefined ? translate(heard, opened, plan.form.lang) : undefined;
    }

    const conversation = heard.spot.conversation || (await people.direct(user.id).catch(() => ''));
    const direct = await isDirect(people, user.id, conversation);
    const spot: Spot = { ...heard.spot, conversation, direct, user: user.id };
    const pending = slow && plan.do === 'run' ? await begin(heard, spot, plan.answers, lang) : nothingPending;
    const account = await people.account(user.id, user.name);
    const interaction: Interaction = { id: heard.id, account, place: placeOf({ ...heard, spot }, direct), said };
    const { progress, settled } = progressOf(pending);
    const outcome = await inbound.run(interaction, progress);
    await settled();
    if (waiting && 'document' in outcome)
      await forms.replace(waiting, forms.notice(lang, inbound.phrase(lang, 'working'), outcome.document.summary));
    await show(outcome, { heard, spot, pending });
  };

  /**
   * Whoever is met for the first time gets the form in the house's language, for Slack does not wait: once their own
   * language is known, the form is shown in that.
   */
  async function translate(heard: Heard, opened: OpenedView, lang: Lang): Promise<void> {
    const account = await people.account(heard.user.id, heard.user.name);
    if (inbound.languageOf(account) === lang) return;
    const place = placeOf(heard, heard.spot.conversation.startsWith('D'));
    const plan = await inbound.plan({ id: heard.id, account, place, said: heard.said });
    if (plan.do === 'open-form') await forms.replace(opened, forms.view(plan.form, originOf(heard)));
  }

  async function begin(
    heard: Heard,
    spot: Spot,
    answersTo: 'private' | 'public' | 'edit',
    lang: Lang,
  ): Promise<Pending> {
    if (heard.showsLine && spot.answer) return answers.pendingResponse(spot.answer);
    // Elsewhere a private line could not be taken away again.
    if (!spot.direct && answersTo !== 'public') return nothingPending;
    const text = inbound.phrase(lang, 'working');
    return answers.begin(spot, { lang, summary: text, blocks: [{ block: 'paragraph', text }] });
  }

  async function show(outcome: Outcome, about: { heard: Heard; spot: Spot; pending: Pending }): Promise<void> {
    const { heard, spot, pending } = about;
    switch (outcome.do) {
      case 'say':
        return answers.say(spot, outcome.document, outcome.to, pending);
      case 'edit':
        await pending.remove().catch(() => {});
        return answers.edit(spot, outcome.document);
      case 'ask':
        if (await forms.open(heard.trigger, outcome.form, originOf(heard))) return pending.remove().catch(() => {});
        return answers.say(spot, outcome.asDocument, 'private', pending);
      default:
        return outcome satisfies never;
    }
  }
}

/** Whether a conversation is the bot's own with this person; two people's conversation is not. */
export async function isDirect(people: People, user: string, conversation: string): Promise<boolean> {
  if (!conversation.startsWith('D')) return false;
  return (await people.direct(user).catch(() => '')) === conversation;
}

function placeOf({ spot, placeName }: Heard, direct: boolean): Place {
  return {
    conversation: spot.conversation,
    direct,
    ...(spot.message === undefined ? {} : { message: spot.message }),
    ...(placeName === undefined ? {} : { name: placeName }),
  };
}

function originOf({ spot, placeName }: Heard): Origin {
  return {
    conversation: spot.conversation,
    ...(spot.message === undefined ? {} : { message: spot.message }),
    ...(placeName === undefined ? {} : { name: placeName }),
    ...(spot.answer === undefined ? {} : { answer: { ...spot.answer, ephemeral: spot.ephemeral ?? false } }),
  };
}

/** Shows progress one after another; a pending answer that can be changed only so often keeps room for the end. */
function progressOf(pending: Pending) {
  let chain: Promise<void> = Promise.resolve();
  return {
    progress: (document: MessageDocument): void => {
      chain = chain
        .then(async () => {
          if ((pending.room?.() ?? 9) > 3) await pending.show(document);
        })
        .catch(() => {});
    },
    settled: (): Promise<void> => chain,
  };
}
