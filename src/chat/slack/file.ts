import type { IncomingFile } from '../interaction.ts';
import { PlatformError } from '../platform.ts';

/** Milliseconds. */
const TIMEOUT = 60_000;

/** A file as Slack describes it, as far as it is used. */
export interface SlackFile {
  readonly name?: string | undefined;
  readonly size?: number | undefined;
  readonly mimetype?: string | undefined;
  readonly url_private?: string | undefined;
  readonly url_private_download?: string | undefined;
}

/** A file that came in; its bytes are read with the bot's token when somebody asks for them. */
export function incomingFile(file: SlackFile, botToken: string, apiUrl: string): IncomingFile {
  return {
    name: file.name ?? 'file',
    size: file.size ?? 0,
    async fetch() {
      const url = new URL(file.url_private_download ?? file.url_private ?? '');
      // The token goes to Slack and nowhere else, whatever a payload says.
      const home =
        url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com') || url.host === new URL(apiUrl).host;
      if (!home) throw new PlatformError('refused', 'invalid');
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${botToken}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      }).catch((error: unknown) => {
        throw new PlatformError('later', 'no-answer', { cause: error });
      });
      // Without the right to read files Slack answers with its sign-in page, or sends there.
      const page = answer.headers.get('content-type')?.startsWith('text/html') && file.mimetype !== 'text/html';
      if (!answer.ok || page) throw new PlatformError('refused', 'no-permission');
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}
