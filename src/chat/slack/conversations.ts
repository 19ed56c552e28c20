import type { WebClient } from '@slack/web-api';
import { type NewConversation, type Opened, PlatformError, type SayingKey } from '../platform.ts';
import { channelName, withSuffix } from './channel-name.ts';
import { asPlatform, slackCode } from './errors.ts';
import { clip, LIMITS } from './limits.ts';

/** How many names are tried where the wished one is taken. */
const NAMES_TRIED = 20;
const PAGES = 20;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
}

/** The bot's private conversations: made once for a key, filled, archived. */
export function createConversations(parts: { client: WebClient; self: () => Promise<string> }) {
  const { client } = parts;
  const mark = (key: SayingKey) => clip(`accord ${key}`, LIMITS.topic);

  /** The private channels that the bot made; it sees only those it is in. */
  async function own(): Promise<Found[]> {
    const self = await parts.self();
    const found: Found[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const answer = await client.conversations.list({
        types: 'private_channel',
        exclude_archived: true,
        limit: LIMITS.historyPage,
        ...(cursor ? { cursor } : {}),
      });
      for (const channel of answer.channels ?? [])
        if (channel.id && channel.creator === self)
          found.push({ id: channel.id, name: channel.name ?? '', purpose: channel.purpose?.value ?? '' });
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) break;
    }
    return found;
  }

  /** A new channel under the wished name or one near it; one left unfinished under that name is taken over. */
  async function make(wished: string): Promise<string> {
    for (let attempt = 1; attempt <= NAMES_TRIED; attempt++) {
      const name = withSuffix(wished, attempt);
      try {
        const { channel } = await client.conversations.create({ name, is_private: true });
        if (channel?.id) return channel.id;
      } catch (error) {
        if (slackCode(error) !== 'name_taken') throw error;
        // The mark is set after the channel is made: without it, an earlier attempt's answer was lost in between.
        const unfinished = (await own()).find((each) => each.name === name && each.purpose === '');
        if (unfinished) return unfinished.id;
      }
    }
    throw new PlatformError('refused', 'invalid');
  }

  /** Lets people in; the accounts that could not be. */
  async function invite(conversation: string, accounts: readonly string[]): Promise<string[]> {
    const missing: string[] = [];
    for (let at = 0; at < accounts.length; at += LIMITS.invitedAtOnce)
      missing.push(...(await inviteSome(conversation, accounts.slice(at, at + LIMITS.invitedAtOnce))));
    return missing;
  }

  async function inviteSome(conversation: string, accounts: readonly string[]): Promise<string[]> {
    try {
      const answer = await client.conversations.invite({
        channel: conversation,
        users: accounts.join(','),
        force: true,
      });
      // With `force` the others are in, and the answer says who is not.
      const refused = (answer.errors ?? []).filter((each) => !HARMLESS.has(each.error ?? ''));
      return refused.flatMap(({ user }) => user ?? []);
    } catch (error) {
      const code = slackCode(error) ?? '';
      if (!PERSONAL.has(code)) throw error;
      if (accounts.length === 1) return HARMLESS.has(code) ? [] : [...accounts];
      // One of them is the reason; the others come in.
      const missing: string[] = [];
      for (const account of accounts) missing.push(...(await inviteSome(conversation, [account])));
      return missing;
    }
  }

  /** One person out; whoever left in the meantime is where they should be. */
  async function kick(conversation: string, user: string): Promise<void> {
    try {
      await client.conversations.kick({ channel: conversation, user });
    } catch (error) {
      if (slackCode(error) !== 'not_in_channel') throw error;
    }
  }

  return {
    open: (request: NewConversation, key: SayingKey): Promise<Opened> =>
      asPlatform(async () => {
        const before = (await own()).find((channel) => channel.purpose === mark(key));
        const id = before?.id ?? (await make(channelName(request.name)));
        if (!before) await client.conversations.setPurpose({ channel: id, purpose: mark(key) });
        await client.conversations.setTopic({ channel: id, topic: clip(request.topic, LIMITS.topic) });
        return { conversation: id, missing: await invite(id, request.members) };
      }),
    invite: (conversation: string, accounts: readonly string[]): Promise<readonly string[]> =>
      asPlatform(() => invite(conversation, accounts)),
    remove: (conversation: string, accounts: readonly string[]): Promise<void> =>
      asPlatform(async () => {
        for (const user of accounts) await kick(conversation, user);
      }),
    archive: (conversation: string): Promise<void> =>
      asPlatform(async () => {
        try {
          await client.conversations.archive({ channel: conversation });
        } catch (error) {
          if (slackCode(error) !== 'already_archived') throw error;
        }
      }),
  };
}

/** Who is in already is where they should be. */
const HARMLESS = new Set(['already_in_channel', 'cant_invite_self']);
/** Refusals that are about one of the people invited. */
const PERSONAL = new Set([
  'already_in_channel',
  'cant_invite_self',
  'user_not_found',
  'cant_invite',
  'user_is_restricted',
  'ura_max_channels',
]);
