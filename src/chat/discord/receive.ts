import {
  type AutocompleteInteraction,
  DiscordAPIError,
  type Interaction as Incoming,
  RESTJSONErrorCodes,
} from 'discord.js';
import { inTime } from '../in-time.ts';
import type { Inbound, Plan } from '../interaction.ts';
import type { MessageDocument } from '../message.ts';
import { acknowledge, fromPrompt } from './answer.ts';
import type { FormStates } from './form-states.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { lostForm } from './lost-form.ts';
import { shorten } from './markdown.ts';
import { type Answerable, accountOf, pathOf, read } from './read.ts';
import { renderForm } from './render-form.ts';

/** What receiving needs of the rest of the adapter. */
export interface Desk {
  readonly inbound: Inbound;
  readonly forms: FormStates;
  readonly log: Log;
  /** Milliseconds that the house may take to decide: Discord waits three seconds for the first answer. */
  readonly patienceMs: number;
  edit(conversation: string, message: string, document: MessageDocument): Promise<void>;
}

/** One thing that somebody did on Discord, from its arrival to its answer. Never throws. */
export async function receive(incoming: Incoming, desk: Desk): Promise<void> {
  try {
    if (incoming.isAutocomplete()) return await complete(incoming, desk);
    if (incoming.isChatInputCommand() || incoming.isMessageComponent() || incoming.isModalSubmit())
      return await answer(incoming, desk);
  } catch (error) {
    // Whoever asked was told meanwhile that nobody answers; nothing was done.
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInteraction)
      return desk.log.warn({ interaction: incoming.id }, 'an interaction came too late to be answered');
    desk.log.error({ err: error, interaction: incoming.id, user: incoming.user.id }, 'an answer did not reach Discord');
  }
}

async function complete(incoming: AutocompleteInteraction, { inbound, patienceMs }: Desk): Promise<void> {
  const focused = incoming.options.getFocused(true);
  const looked = inbound.complete({
    account: accountOf(incoming),
    path: pathOf(incoming),
    name: focused.name,
    typed: focused.value,
    limit: LIMITS.completions,
  });
  // What is found too late is of no use: without suggestions the words can still be typed.
  const choices = (await inTime(looked, patienceMs)) ?? [];
  await incoming.respond(
    choices
      .filter((choice) => choice.value.length <= LIMITS.choiceValue)
      .slice(0, LIMITS.completions)
      .map((choice) => ({ name: shorten(choice.label, LIMITS.choiceName) || choice.value, value: choice.value })),
  );
}

/** The answer's place itself is gone: nothing can be shown there any more. */
const GONE: readonly number[] = [
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.InvalidWebhookToken,
];

const LATE: Plan = { do: 'run', answers: 'private', slow: true };

async function answer(incoming: Answerable, desk: Desk): Promise<void> {
  const { inbound, forms, log } = desk;
  const said = read(incoming, forms);
  if (!said) return log.warn({ interaction: incoming.id }, 'an interaction of another program was left alone');
  const { interaction } = said;
  if (said.lost) {
    const document = lostForm(interaction, inbound);
    const hand = await acknowledge(incoming, 'private');
    return hand.show({ do: 'say', to: 'private', document }, async () => {});
  }
  // A form that goes on from a draft may wait for the database; then it is acknowledged, and opens from a button.
  const plan = (await inTime(inbound.plan(interaction), desk.patienceMs)) ?? LATE;
  if (plan.do === 'open-form' && !incoming.isModalSubmit()) {
    const { lang, state } = plan.form;
    // Between the two of a direct message, a list of people shows nobody else.
    const notListed = interaction.place.direct ? null : inbound.phrase(lang, 'not-listed');
    const words = { choose: inbound.phrase(lang, 'choose'), notListed };
    return incoming.showModal(renderForm(plan.form, forms.encode(state), words)).then(() => {});
  }
  const answers = plan.do === 'run' ? plan.answers : 'private';
  const hand = await acknowledge(incoming, answers, fromPrompt(incoming, interaction));
  const progress = (document: MessageDocument) =>
    hand.progress(document, (error) =>
      log.warn({ err: error, interaction: incoming.id }, 'a word of progress was not shown'),
    );
  const outcome = await inbound.run(interaction, progress);
  try {
    await hand.show(outcome, (message, document) => desk.edit(interaction.place.conversation, message, document));
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || GONE.includes(Number(error.code))) throw error;
    // Whoever asked is not left with an answer that is being written for ever: a file too large, a text refused.
    log.error({ err: error, interaction: incoming.id }, 'Discord takes no such answer');
    const lang = inbound.languageOf(interaction.account);
    const text = inbound.phrase(lang, 'not-shown');
    const document: MessageDocument = { lang, summary: text, blocks: [{ block: 'paragraph', text }] };
    await hand.show({ do: 'say', to: 'private', document }, async () => {});
  }
}
