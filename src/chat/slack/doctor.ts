import { WebClient } from '@slack/web-api';
import { type ChannelToSee, type Doctor, examineClock, type Finding } from '../doctor.ts';
import { slackCode } from './errors.ts';
import { sdkLogger } from './logger.ts';
import { SCOPES } from './register.ts';

export interface SlackDoctorOptions {
  readonly botToken: string;
  /** Socket Mode's token; absent where Slack sends signed requests. */
  readonly appToken?: string;
  readonly apiUrl?: string;
  readonly now: () => string;
}

const OF = 'slack';
const fine = (what: string, facts: Finding['facts'] = {}): Finding => ({ of: OF, what, problem: null, facts });
const wrong = (what: string, problem: string, facts: Finding['facts'] = {}): Finding => ({
  of: OF,
  what,
  problem,
  facts,
});

/** Looks at the tokens, the scopes, Socket Mode, the clock, and at each channel: is the bot in it? */
export function createSlackDoctor(options: SlackDoctorOptions): Doctor {
  const slackApiUrl = options.apiUrl ?? 'https://slack.com/api/';
  const client = new WebClient(options.botToken, {
    slackApiUrl,
    // What goes wrong is a finding; the SDK need not say it too.
    logger: sdkLogger({ info() {}, warn() {}, error() {} }),
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

  async function bot(): Promise<Finding[]> {
    try {
      const me = await client.auth.test();
      const granted = me.response_metadata?.scopes ?? [];
      const missing = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
      return [
        fine('bot-token', { name: me.user ?? '', team: me.team ?? '' }),
        missing.length === 0 ? fine('scopes') : wrong('scopes', 'missing', { scopes: missing.join(', ') }),
      ];
    } catch (error) {
      return [refused('bot-token', error)];
    }
  }

  async function socket(appToken: string): Promise<Finding> {
    try {
      // An address that nobody opens is forgotten within the minute.
      await client.apps.connections.open({ token: appToken });
      return fine('app-token');
    } catch (error) {
      const code = slackCode(error);
      if (code === 'access_denied') return wrong('app-token', 'socket-mode-off');
      return refused('app-token', error);
    }
  }

  async function channel({ conversation, label }: ChannelToSee): Promise<Finding> {
    const facts = { channel: label };
    try {
      const { channel: found } = await client.conversations.info({ channel: conversation });
      if (found?.is_archived) return wrong('channel', 'archived', facts);
      if (found?.is_member === false) return wrong('channel', 'not-in', facts);
      return fine('channel', facts);
    } catch (error) {
      const code = slackCode(error);
      if (code === 'channel_not_found') return wrong('channel', 'not-seen', facts);
      if (code === 'missing_scope') return wrong('channel', 'missing-scope', facts);
      return { ...refused('channel', error), facts: { ...facts, why: code ?? '' } };
    }
  }

  return {
    async examine(channels) {
      const clock = await examineClock(OF, `${slackApiUrl}api.test`, options.now);
      const found = await bot();
      if (options.appToken !== undefined) found.push(await socket(options.appToken));
      if (clock) found.push(clock);
      // With a token that is refused, every channel would say the same.
      if (found[0]?.problem === null) for (const each of channels) found.push(await channel(each));
      return found;
    },
  };
}

function refused(what: string, error: unknown): Finding {
  const code = slackCode(error);
  if (code === null) return wrong(what, 'not-reached', { why: error instanceof Error ? error.message : String(error) });
  return wrong(what, code === 'missing_scope' ? 'missing-scope' : 'refused', { why: code });
}
