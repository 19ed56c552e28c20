import type { WebClient } from '@slack/web-api';
import type { MessageDocument } from '../message.ts';
import { PlatformError, type SayingKey } from '../platform.ts';
import { bounded } from './bounded.ts';
import { asPlatform, platformError, slackCode } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './logger.ts';
import { type Rendered, render } from './render.ts';

/** The name of the metadata a delivery carries; an id and nothing else, for other apps may read it. */
const DELIVERY = 'accord_delivery';
/** Our clock may be ahead of Slack's by so much: a message that seems older than its attempt is looked at too. In seconds. */
const SLACK_OF_CLOCKS = 30 * 60;
/** How many pages are read in search of one message. */
const PAGES = 10;
/** Milliseconds an upload may take. */
const UPLOAD_TIMEOUT = 60_000;

/** What every message of ours says besides its words: nothing in it is unfurled or parsed. */
export const quiet = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

/** Long messages go on in a thread where several people read; with one person alone they follow each other. */
const threadOf = (conversation: string, after: string | undefined): { thread_ts?: string } =>
  after === undefined || conversation.startsWith('D') ? {} : { thread_ts: after };

/** Saying deliveries, changing them, and finding out whether they were said. */
export function createPosts(parts: { client: WebClient; log: Log }) {
  const { client, log } = parts;
  /** Deliveries whose files are in the conversation already, should the words come later. */
  const shared = bounded<true>(1000);

  async function upload(conversation: string, files: Rendered['files']): Promise<void> {
    const uploaded: { id: string; title: string }[] = [];
    for (const file of files) {
      const place = await client.files.getUploadURLExternal({ filename: file.name, length: file.bytes.byteLength });
      if (!place.upload_url || !place.file_id) throw new PlatformError('unknown', 'no-answer');
      const answer = await fetch(place.upload_url, {
        method: 'POST',
        headers: { 'content-type': file.type },
        body: new Uint8Array(file.bytes),
        redirect: 'error',
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT),
      }).catch((error: unknown) => {
        // Bytes that nobody shares are seen by nobody: they may be sent again.
        throw new PlatformError('later', 'upload-failed', { cause: error });
      });
      if (!answer.ok) throw new PlatformError('later', 'upload-failed');
      uploaded.push({ id: place.file_id, title: file.name });
    }
    const [first, ...rest] = uploaded;
    if (first) await client.files.completeUploadExternal({ channel_id: conversation, files: [first, ...rest] });
  }

  return {
    /** Puts files into a conversation. */
    share: (conversation: string, files: Rendered['files']): Promise<void> =>
      asPlatform(() => upload(conversation, files)),

    /** `after`: the first message of what this one goes on with; in a channel it is said in that message's thread. */
    post: (conversation: string, document: MessageDocument, key: SayingKey, after?: string): Promise<string> =>
      asPlatform(async () => {
        const { blocks, text, files } = render(document);
        // Files first: the words carry the mark by which the whole is found again, so they are said last.
        if (files.length > 0 && shared.get(key) === undefined) {
          await upload(conversation, files);
          shared.set(key, true);
        }
        const { ts } = await client.chat.postMessage({
          channel: conversation,
          text,
          blocks,
          metadata: { event_type: DELIVERY, event_payload: { id: key } },
          ...quiet,
          ...threadOf(conversation, after),
        });
        if (!ts) throw new PlatformError('unknown', 'no-answer');
        return ts;
      }),

    edit: (conversation: string, message: string, document: MessageDocument): Promise<void> =>
      asPlatform(async () => {
        const { blocks, text } = render(document);
        await client.chat.update({
          channel: conversation,
          ts: message,
          text,
          blocks,
          parse: 'none',
          link_names: false,
        });
      }),

    /** Looks for the delivery among what was said since. Null: it is not there. */
    async find(
      conversation: string,
      key: SayingKey,
      since: string,
      after?: string,
    ): Promise<string | null | 'cannot-tell'> {
      const { thread_ts: thread } = threadOf(conversation, after);
      const oldest = String(Date.parse(since) / 1000 - SLACK_OF_CLOCKS);
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        try {
          const wanted = {
            channel: conversation,
            include_all_metadata: true,
            oldest,
            inclusive: true,
            limit: LIMITS.historyPage,
            ...(cursor ? { cursor } : {}),
          } as const;
          const answer = await (thread === undefined
            ? client.conversations.history(wanted)
            : client.conversations.replies({ ...wanted, ts: thread }));
          for (const { ts, metadata } of answer.messages ?? []) {
            const payload: Readonly<Record<string, unknown>> = metadata?.event_payload ?? {};
            if (ts && metadata?.event_type === DELIVERY && payload.id === key) return ts;
          }
          cursor = answer.response_metadata?.next_cursor;
          if (!cursor) return null;
        } catch (error) {
          if (slackCode(error) !== 'missing_scope') throw platformError(error);
          log.warn({ conversation }, 'the scope to read a conversation is missing');
          return 'cannot-tell';
        }
      }
      return 'cannot-tell';
    },
  };
}
export type Posts = ReturnType<typeof createPosts>;
