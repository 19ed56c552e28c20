import {
  type Attachment,
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  ComponentType,
  GuildMember,
  InteractionContextType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Account, Blank, Blanks, IncomingFile, Interaction, Place } from '../interaction.ts';
import { PlatformError } from '../platform.ts';
import type { FormStates } from './form-states.ts';
import { LIMITS } from './limits.ts';
import { chosenHere, fieldName } from './render-form.ts';

/** What can be answered with a message. */
export type Answerable = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/** `lost`: a form came in whose state went with the process that had opened it. */
export type Read = { readonly interaction: Interaction; readonly lost?: true };

/** An incoming thing in the house's words, or null where it is none of ours. */
export function read(incoming: Answerable, forms: FormStates): Read | null {
  const head = {
    id: incoming.id,
    account: accountOf(incoming),
    place: placeOf(incoming),
    fieldsAtOnce: LIMITS.modalComponents,
  };
  if (incoming.isChatInputCommand())
    return { interaction: { ...head, said: { by: 'options', path: pathOf(incoming), blanks: optionsOf(incoming) } } };
  if (incoming.isModalSubmit()) {
    const code = forms.decode(incoming.customId);
    if (!code) return null;
    const blanks = fieldsOf(incoming);
    if ('lost' in code) return { interaction: { ...head, said: { by: 'form', state: code.lost, blanks } }, lost: true };
    return { interaction: { ...head, said: { by: 'form', state: code.state, blanks } } };
  }
  const code = incoming.isStringSelectMenu() ? incoming.values[0] : incoming.customId;
  return code === undefined ? null : { interaction: { ...head, said: { by: 'press', code } } };
}

/** The path of a typed command: its noun and its verb. */
export function pathOf(incoming: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const verb = incoming.options.getSubcommand(false);
  return verb === null ? incoming.commandName : `${incoming.commandName}/${verb}`;
}

/** Who speaks. Discord tells no e-mail address. */
export function accountOf(incoming: Answerable | AutocompleteInteraction): Account {
  const { user, member } = incoming;
  const nick = member instanceof GuildMember ? member.nickname : (member?.nick ?? null);
  return { platform: 'discord', id: user.id, name: nick ?? user.globalName ?? user.username, locale: incoming.locale };
}

function placeOf(incoming: Answerable): Place {
  const { channel } = incoming;
  const direct =
    incoming.context === InteractionContextType.BotDM || channel?.type === ChannelType.DM || !incoming.guildId;
  const message = incoming.isChatInputCommand() ? undefined : incoming.message?.id;
  const name = channel && 'name' in channel ? channel.name : null;
  return {
    conversation: incoming.channelId ?? '',
    direct,
    ...(message === undefined ? {} : { message }),
    ...(name === null ? {} : { name }),
  };
}

function optionsOf(incoming: ChatInputCommandInteraction): Blanks {
  const options = incoming.options.data[0]?.options ?? [];
  return Object.fromEntries(
    options.flatMap(({ name, value, attachment }): [string, Blank][] => {
      if (attachment) return [[name, incomingFile(attachment)]];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

function fieldsOf(incoming: ModalSubmitInteraction): Blanks {
  const chosen = new Map<string, string>();
  for (const [id, field] of incoming.fields.fields)
    if (field.type === ComponentType.UserSelect && field.values[0] !== undefined)
      chosen.set(fieldName(id), chosenHere(field.values[0]));
  return Object.fromEntries(
    incoming.fields.fields
      .map((field, name): [string, Blank | undefined] => {
        switch (field.type) {
          case ComponentType.TextInput:
            // What was typed counts before the list beside it, which may show who was chosen earlier.
            return [name, field.value || chosen.get(name) || ''];
          case ComponentType.StringSelect:
            return [name, field.values[0] ?? ''];
          case ComponentType.FileUpload: {
            const first = field.attachments?.first();
            return [name, first && incomingFile(first)];
          }
          default:
            return [name, undefined];
        }
      })
      .filter((entry): entry is [string, Blank] => entry[1] !== undefined),
  );
}

/** Longest wait for a file. */
const FETCH_MS = 20_000;

/** A file that somebody attached; what is larger than Discord's own request limit is not read. */
export function incomingFile(
  attachment: Pick<Attachment, 'name' | 'size' | 'url'> & { readonly title?: string | null },
): IncomingFile {
  const { size, url } = attachment;
  return {
    name: attachment.title ?? attachment.name,
    size,
    async fetch() {
      if (size > LIMITS.requestBytes) throw new PlatformError('refused', 'file-too-large');
      const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'error' }).catch(
        (cause: unknown) => {
          throw new PlatformError('later', 'file-not-read', { cause });
        },
      );
      if (!response.ok || !response.body) throw new PlatformError('refused', 'file-gone');
      const chunks: Uint8Array[] = [];
      let total = 0;
      for await (const chunk of response.body) {
        total += chunk.byteLength;
        if (total > LIMITS.requestBytes) throw new PlatformError('refused', 'file-too-large');
        chunks.push(chunk);
      }
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}
