import { type APIMessageTopLevelComponent, MessageFlags } from 'discord.js';
import { decodeAction } from '../action.ts';
import type { Interaction, Outcome, Plan } from '../interaction.ts';
import type { MessageDocument } from '../message.ts';
import { fitted } from './fitted.ts';
import type { Answerable } from './read.ts';
import { type Rendered, render } from './render.ts';

/** How an interaction was acknowledged: a reply that is being written, or the pressed message being kept. */
type Acknowledged = 'private' | 'public' | 'edit';

interface Message {
  components: APIMessageTopLevelComponent[];
  files: { attachment: Buffer; name: string; title: string }[];
  allowedMentions: { parse: []; users: string[] };
}

/** A document as the SDK sends it; nobody is mentioned but whom the document names. */
export function messageOf(rendered: Rendered): Message {
  return {
    components: rendered.components,
    files: rendered.files.map((file) => ({ attachment: Buffer.from(file.bytes), name: file.name, title: file.title })),
    allowedMentions: { parse: [], users: [...rendered.mentions] },
  };
}

const V2 = MessageFlags.IsComponentsV2;
const PRIVATE_V2 = [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const;

/** Whether it comes from a note that only asked to go on with a form: what comes of it takes the note's place. */
export function fromPrompt(incoming: Answerable, { said }: Interaction): boolean {
  if (incoming.isChatInputCommand() || !incoming.message?.flags.has(MessageFlags.Ephemeral)) return false;
  if (incoming.isModalSubmit() && !incoming.isFromMessage()) return false;
  if (said.by === 'form') return said.state.draft !== undefined;
  return said.by === 'press' && decodeAction(said.code)?.action.blanks['draft'] !== undefined;
}

/**
 * Acknowledges at once, as planned; Discord waits three seconds for it. The returned hand shows what comes of it within
 * fifteen minutes. The Components V2 flag comes with the edit: Discord refuses it in a deferred reply.
 */
export async function acknowledge(
  incoming: Answerable,
  answers: Extract<Plan, { do: 'run' }>['answers'],
  prompted = false,
) {
  const pressed = incoming.isChatInputCommand() ? null : incoming.message;
  const how: Acknowledged = prompted || (answers === 'edit' && !pressed) ? 'private' : answers;
  const onMessage = incoming.isMessageComponent() || (incoming.isModalSubmit() && incoming.isFromMessage());
  if ((prompted || how === 'edit') && onMessage) await incoming.deferUpdate();
  else await incoming.deferReply(how === 'public' ? {} : { flags: MessageFlags.Ephemeral });

  const edit = (document: MessageDocument) =>
    incoming.editReply({ ...messageOf(render(document)), attachments: [], flags: V2 });
  const follow = (document: MessageDocument, to: 'private' | 'public') =>
    incoming.followUp({ ...messageOf(render(document)), flags: to === 'private' ? [...PRIVATE_V2] : V2 });

  async function say(document: MessageDocument, to: 'private' | 'public'): Promise<void> {
    const parts = fitted(document);
    if (how === to) {
      const [first, ...others] = parts;
      if (first) await edit(first);
      for (const part of others) await follow(part, to);
      return;
    }
    // A follow-up takes the place and the visibility of a reply that is still being written: that one goes first.
    if (how !== 'edit') await incoming.deleteReply();
    for (const part of parts) await follow(part, to);
  }

  /** Puts the document in the place of the pressed message, wherever the acknowledgement stands. */
  async function replace(
    document: MessageDocument,
    inPlace: (message: string, document: MessageDocument) => Promise<void>,
  ): Promise<void> {
    const [first, ...others] = fitted(document);
    const seenByOne = pressed?.flags.has(MessageFlags.Ephemeral) ?? true;
    if (first && (how === 'edit' || !pressed || seenByOne)) await edit(first);
    else if (first && pressed) {
      await inPlace(pressed.id, first);
      await incoming.deleteReply();
    }
    for (const part of others) await follow(part, seenByOne ? 'private' : 'public');
  }

  let shown: Promise<unknown> = Promise.resolve();
  return {
    /** A word in the pending answer while the work goes on; a pressed message that will be replaced keeps its face. */
    progress(document: MessageDocument, failed: (error: unknown) => void): void {
      const [first] = fitted(document);
      if (how !== 'edit' && first) shown = shown.then(() => edit(first)).catch(failed);
    },
    async show(
      outcome: Outcome,
      inPlace: (message: string, document: MessageDocument) => Promise<void>,
    ): Promise<void> {
      await shown;
      switch (outcome.do) {
        case 'say':
          return say(outcome.document, outcome.to);
        case 'ask':
          // Discord opens a modal only as the first answer, and never after another modal: a button does it.
          return say(outcome.asDocument, 'private');
        case 'edit':
          return replace(outcome.document, inPlace);
        default:
          return outcome satisfies never;
      }
    },
  };
}
