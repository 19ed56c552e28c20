import type { WebClient } from '@slack/web-api';
import type { MessageDocument } from '../message.ts';
import { platformError } from './errors.ts';
import type { Log } from './logger.ts';
import type { CommandNames } from './names.ts';
import type { People } from './people.ts';
import { type Posts, quiet } from './post.ts';
import { fitted, render } from './render.ts';
import type { Responses, ResponseUrl } from './respond.ts';

/** Where an interaction came from, and so where its answer goes. */
export interface Spot {
  readonly conversation: string;
  /** The conversation of the bot and this person alone: what is said there is private and stays. */
  readonly direct: boolean;
  readonly user: string;
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: string;
  /** Whether that message is seen by one person only, and so cannot be changed by its id. */
  readonly ephemeral?: boolean;
  readonly answer?: ResponseUrl;
}

type Audience = 'private' | 'public';

/** Shows answers. None of these throws: an answer is best effort, what must arrive is a delivery. */
export function createAnswers(parts: {
  client: WebClient;
  people: People;
  posts: Posts;
  responses: Responses;
  /** What commands are called here; known once the bot has started. */
  names: () => CommandNames;
  log: Log;
}) {
  const { client, people, posts, responses, names, log } = parts;

  async function attempt(ways: readonly (() => Promise<unknown>)[], spot: Spot): Promise<void> {
    for (const [index, way] of ways.entries()) {
      try {
        await way();
        return;
      } catch (error) {
        const problem = platformError(error);
        // Said perhaps: a second way might say it twice.
        if (problem.kind === 'unknown' || index === ways.length - 1) {
          log.warn({ conversation: spot.conversation, error: problem.message }, 'an answer could not be shown');
          return;
        }
      }
    }
  }

  function payload(document: MessageDocument) {
    const { blocks, text } = render(document);
    return { blocks, text };
  }

  /** Says one message; the answer is its id where others may see it. `thread`: the message that it goes on from. */
  async function sayPart(spot: Spot, document: MessageDocument, to: Audience, thread?: string): Promise<string | null> {
    const body = payload(document);
    const { conversation, user, answer } = spot;
    let said: string | null = null;
    const postIn = (channel: string) => async () => {
      const { ts } = await client.chat.postMessage({
        channel,
        ...body,
        ...quiet,
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
      said = ts ?? null;
    };
    const respond = (response_type: 'ephemeral' | 'in_channel') =>
      answer && responses.left(answer) > 0
        ? [() => responses.send(answer, { response_type, replace_original: false, ...body })]
        : [];
    const { files } = render(document);
    if (files.length > 0) {
      const place = async () => (to === 'public' || spot.direct ? conversation : await people.direct(user));
      await attempt([async () => posts.share(await place(), files)], spot);
    }
    if (spot.direct || to === 'public') {
      await attempt([postIn(conversation), ...respond(spot.direct ? 'ephemeral' : 'in_channel')], spot);
      return said;
    }
    const whisper = () =>
      client.chat.postEphemeral({ channel: conversation, user, ...body, parse: 'none', link_names: false });
    const inDirect = async () => postIn(await people.direct(user))();
    await attempt([...respond('ephemeral'), whisper, inDirect], spot);
    return null;
  }

  /** Says a document; the first part takes the place of what is pending, where the same people may see it. */
  async function say(spot: Spot, document: MessageDocument, to: Audience, pending: Pending = nothingPending) {
    const [first, ...rest] = fitted(names().inDocument(document));
    if (first === undefined) return;
    const suits = pending.audience === 'both' || pending.audience === to;
    const hasFiles = render(first).files.length > 0;
    const replaced =
      suits &&
      !hasFiles &&
      (await pending.show(first).then(
        () => true,
        () => false,
      ));
    let begun: string | null = null;
    if (!replaced) {
      await pending.remove().catch(() => {});
      begun = await sayPart(spot, first, to);
    }
    // What others read too goes on in a thread, so that a long answer takes one place in the channel.
    const thread = begun === null || spot.direct ? undefined : begun;
    for (const part of rest) await sayPart(spot, part, to, thread);
  }

  return {
    say,

    /** Puts a document in the place of the message that was pressed; what does not fit there follows it. */
    async edit(spot: Spot, document: MessageDocument): Promise<void> {
      const { conversation, message, answer } = spot;
      const to = spot.ephemeral || message === undefined ? 'private' : 'public';
      const [first, ...rest] = fitted(names().inDocument(document));
      if (message === undefined || first === undefined) return say(spot, document, to);
      const body = payload(first);
      const respond =
        answer && responses.left(answer) > 0
          ? [
              () =>
                responses.send(answer, {
                  response_type: spot.ephemeral ? 'ephemeral' : 'in_channel',
                  replace_original: true,
                  ...body,
                }),
            ]
          : [];
      const update = () =>
        client.chat.update({ channel: conversation, ts: message, ...body, parse: 'none', link_names: false });
      // A message of one person's has no id that can be changed. What can no longer be changed at all, being gone or
      // too old, is said anew to whoever pressed.
      const anew = () => sayPart({ ...spot, ephemeral: true }, first, 'private');
      await attempt([...(spot.ephemeral ? [] : [update]), ...respond, anew], spot);
      for (const part of rest) await sayPart(spot, part, to);
    },

    /** A message that shows work going on, and becomes the answer. */
    async begin(spot: Spot, working: MessageDocument): Promise<Pending> {
      const blocks = payload(working);
      try {
        const { ts } = await client.chat.postMessage({ channel: spot.conversation, ...blocks, ...quiet });
        if (!ts) return nothingPending;
        const { conversation } = spot;
        return {
          audience: spot.direct ? 'both' : 'public',
          show: (document) => posts.edit(conversation, ts, document),
          remove: async () => void (await client.chat.delete({ channel: conversation, ts })),
        };
      } catch {
        return nothingPending;
      }
    },

    /** The private line under a slash command that was acknowledged with words. */
    pendingResponse(answer: ResponseUrl): Pending {
      return {
        audience: 'private',
        show: (document) =>
          responses.send(answer, { response_type: 'ephemeral', replace_original: true, ...payload(document) }),
        remove: () => responses.send(answer, { delete_original: true }),
        room: () => responses.left(answer),
      };
    },
  };
}
export type Answers = ReturnType<typeof createAnswers>;

/** An answer that is still being worked on. */
export interface Pending {
  /** For whom it may become the answer. */
  readonly audience: 'private' | 'public' | 'both' | 'nobody';
  show(document: MessageDocument): Promise<void>;
  remove(): Promise<void>;
  /** How often it can still be changed, where that is limited. */
  room?(): number;
}

export const nothingPending: Pending = { audience: 'nobody', show: async () => {}, remove: async () => {} };
