import type { WebClient } from '@slack/web-api';
import type { Account } from '../interaction.ts';
import { type Person, PlatformError } from '../platform.ts';
import { bounded } from './bounded.ts';
import { asPlatform, platformError, slackCode } from './errors.ts';
import type { Log } from './logger.ts';

/** How long a person's name, address and language are believed, in milliseconds. */
const BELIEVED = 60 * 60_000;
const REMEMBERED = 5000;

/**
 * "<@U123|lan>", as Slack writes a mention in a command's words, or the member id that a profile shows ("U123"). Ids
 * begin with U, or W in an Enterprise organisation: https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
 */
export const accountIn = (typed: string): string | null =>
  /^(?:<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|@?([UW][A-Z0-9]+))$/.exec(typed.trim())?.slice(1).find(Boolean) ?? null;

/** The people of the workspace, as far as the bot has met them. */
export function createPeople(parts: { client: WebClient; log: Log; now: () => string }) {
  const { client, log } = parts;
  const met = bounded<{ person: Person; at: number }>(REMEMBERED);
  const directs = bounded<string>(REMEMBERED);
  const moment = () => Date.parse(parts.now());

  const fresh = (id: string): Person | undefined => {
    const known = met.get(id);
    return known && moment() - known.at < BELIEVED ? known.person : undefined;
  };

  /** By account id; null where Slack knows nobody. */
  async function byId(id: string): Promise<Person | null> {
    const known = fresh(id);
    if (known) return known;
    try {
      const { user } = await client.users.info({ user: id, include_locale: true });
      return user ? remember(user) : null;
    } catch (error) {
      if (['user_not_found', 'user_not_visible'].includes(slackCode(error) ?? '')) return null;
      throw platformError(error);
    }
  }

  /** By e-mail address; null where nobody has it, or where the token may not ask. */
  async function byEmail(email: string): Promise<Person | null> {
    try {
      const { user } = await client.users.lookupByEmail({ email });
      return user ? remember(user) : null;
    } catch (error) {
      const code = slackCode(error) ?? '';
      if (code === 'missing_scope') log.warn({ scope: 'users:read.email' }, 'a scope is missing');
      if (['users_not_found', 'user_not_found', 'missing_scope'].includes(code)) return null;
      throw platformError(error);
    }
  }

  function remember(user: SlackUser): Person | null {
    if (!user.id) return null;
    const name = user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id;
    const known = met.get(user.id)?.person;
    const email = user.profile?.email ?? known?.email;
    const locale = user.locale ?? known?.locale;
    const person: Person = {
      id: user.id,
      name,
      ...(email === undefined ? {} : { email }),
      ...(locale === undefined ? {} : { locale }),
    };
    // Only an answer with the language in it is whole.
    if (user.locale !== undefined) met.set(user.id, { person, at: moment() });
    return person;
  }

  return {
    byId,
    byEmail,
    /** The account as far as it is known without asking: for what must be decided within three seconds. */
    glimpse: (id: string, name: string): Account => accountOf(met.get(id)?.person ?? { id, name }),
    /** The account with what Slack tells of the person; without it where Slack does not answer. */
    async account(id: string, name: string): Promise<Account> {
      try {
        return accountOf((await byId(id)) ?? { id, name });
      } catch (error) {
        log.warn({ account: id, error }, 'a person could not be looked up');
        return accountOf({ id, name });
      }
    },
    /** The conversation between the bot and one person. */
    async direct(id: string): Promise<string> {
      const known = directs.get(id);
      if (known !== undefined) return known;
      const { channel } = await asPlatform(() => client.conversations.open({ users: id }));
      if (!channel?.id) throw new PlatformError('unknown', 'no-answer');
      directs.set(id, channel.id);
      return channel.id;
    },
  };
}
export type People = ReturnType<typeof createPeople>;

interface SlackUser {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly locale?: string;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string; readonly email?: string };
}

const accountOf = ({ id, name, email, locale }: Person): Account => ({
  platform: 'slack',
  id,
  name,
  ...(email === undefined ? {} : { email }),
  ...(locale === undefined ? {} : { locale }),
});
