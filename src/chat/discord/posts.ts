import { type APIMessage, MessageFlags, type REST, Routes, SnowflakeUtil } from 'discord.js';
import type { MessageDocument } from '../message.ts';
import type { SayingKey } from '../platform.ts';
import { LIMITS } from './limits.ts';
import { type Rendered, render } from './render.ts';

/** Our clock may be ahead of Discord's by so much: a message that seems older than its attempt is looked at too. */
const SKEW_MS = 30 * 60_000;
/** Messages looked through after an attempt, in pages; a channel busier than this gives no certainty. */
const PAGES = 10;

/** Says one message. The enforced nonce makes Discord answer a repetition within minutes with the first message. */
export async function post(
  rest: REST,
  conversation: string,
  document: MessageDocument,
  key: SayingKey,
): Promise<string> {
  const rendered = render(document);
  const body = { ...bodyOf(rendered), nonce: key, enforce_nonce: true };
  const message = (await rest.post(Routes.channelMessages(conversation), {
    body,
    files: filesOf(rendered),
  })) as APIMessage;
  return message.id;
}

export async function edit(
  rest: REST,
  conversation: string,
  message: string,
  document: MessageDocument,
): Promise<void> {
  const rendered = render(document);
  await rest.patch(Routes.channelMessage(conversation, message), { body: bodyOf(rendered), files: filesOf(rendered) });
}

const bodyOf = ({ components, files, mentions }: Rendered) => ({
  components,
  flags: MessageFlags.IsComponentsV2,
  attachments: files.map((file, id) => ({ id, filename: file.name, title: file.title })),
  allowed_mentions: { parse: [], users: mentions },
});

const filesOf = ({ files }: Rendered) =>
  files.map((file) => ({ name: file.name, contentType: file.type, data: Buffer.from(file.bytes) }));

/**
 * Looks for the nonce among our messages since the attempt. Discord keeps a nonce only for a while: one of ours that
 * shows none may be the one, so that only a list without such is a no.
 */
export async function findPosted(
  rest: REST,
  self: string,
  conversation: string,
  key: SayingKey,
  since: string,
): Promise<string | null | 'cannot-tell'> {
  let after = String(
    SnowflakeUtil.generate({
      timestamp: Math.max(Date.parse(since) - SKEW_MS, Number(SnowflakeUtil.epoch)),
      increment: 0n,
      processId: 0n,
      workerId: 0n,
    }),
  );
  let unnamed = false;
  for (let page = 0; page < PAGES; page++) {
    const query = new URLSearchParams({ after, limit: String(LIMITS.page) });
    const messages = (await rest.get(Routes.channelMessages(conversation), { query })) as APIMessage[];
    for (const message of messages) {
      // An answer to somebody's command is a reply of the moment, never a delivery.
      if (message.author.id !== self || message.interaction_metadata) continue;
      if (String(message.nonce ?? '') === key) return message.id;
      unnamed ||= message.nonce === undefined;
    }
    if (messages.length < LIMITS.page) return unnamed ? 'cannot-tell' : null;
    after = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
  }
  return 'cannot-tell';
}

/** Whether Discord itself still recognises the key. */
export const repeatable = (attemptedAt: string, now: string): boolean => {
  const passed = Date.parse(now) - Date.parse(attemptedAt);
  return passed >= 0 && passed < LIMITS.nonceMs;
};
