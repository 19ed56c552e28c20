import {
  type APIDMChannel,
  type APIGuildMember,
  type APIUser,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type RateLimitData,
  Routes,
} from 'discord.js';
import { type Person, type Platform, PlatformError } from '../platform.ts';
import { archive, invite, openConversation, remove } from './conversations.ts';
import { asVerb } from './errors.ts';
import { fitted } from './fitted.ts';
import { createFormStates } from './form-states.ts';
import type { Log } from './log.ts';
import { edit, findPosted, post, repeatable } from './posts.ts';
import { receive } from './receive.ts';
import { register } from './register.ts';

export interface DiscordOptions {
  readonly token: string;
  /** The guild whose commands and private channels these are; without it commands are global and the bot's only guild is used. */
  readonly guild?: string;
  /** The API's address without its version ("https://discord.com/api"). */
  readonly apiUrl?: string;
  readonly log: Log;
  readonly now: () => string;
}

/** Discord as a platform; `settled` resolves when everything that came in has had its answer. */
export type DiscordPlatform = Platform & { settled(): Promise<void> };

export { INVITE_PERMISSIONS } from './conversations.ts';

/** Milliseconds until a request counts as unanswered. */
const TIMEOUT_MS = 15_000;

/** What the house says of its own accord waits in its outbox, not here; answers and registration may wait their turn. */
const leftToTheRelay = ({ route }: RateLimitData): boolean => /^\/(channels|guilds|users)\b/.test(route);

/** Accord in Discord, by the gateway for what comes in and REST for what goes out. */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { log } = options;
  const client = new Client({
    // Commands, presses and forms reach a bot without any message intent, in direct messages too.
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      retries: 0,
      timeout: TIMEOUT_MS,
      rejectOnRateLimit: leftToTheRelay,
      ...(options.apiUrl === undefined ? {} : { api: options.apiUrl }),
    },
  });
  const { rest } = client;
  const forms = createFormStates();
  const inHand = new Set<Promise<void>>();

  const settled = async () => {
    while (inHand.size > 0) await Promise.all(inHand);
  };
  const self = (): string => {
    if (!client.user) throw new PlatformError('later', 'not-connected');
    return client.user.id;
  };
  const knownGuild = (): string | undefined =>
    options.guild ?? (client.guilds.cache.size === 1 ? client.guilds.cache.firstKey() : undefined);
  const guild = (): string => {
    const id = knownGuild();
    if (id === undefined) throw new PlatformError('refused', 'no-guild');
    return id;
  };
  /** A verb of the outbox: only once we are somebody, and with the house's own error. */
  const verb = <T>(work: (id: string) => Promise<T>): Promise<T> => asVerb(async () => work(self()));

  return {
    name: 'discord',
    async start(inbound) {
      const desk = {
        inbound,
        forms,
        log,
        edit: (place: string, id: string, document: Parameters<Platform['edit']>[2]) => edit(rest, place, id, document),
      };
      client.on(Events.InteractionCreate, (incoming) => {
        const work = receive(incoming, desk).finally(() => inHand.delete(work));
        inHand.add(work);
      });
      client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client met an error'));
      client.on(Events.ShardDisconnect, ({ code }) => log.error({ code }, 'Discord closed the gateway for good'));
      client.on(Events.ShardReconnecting, () => log.warn({}, 'the gateway is being connected again'));
      const ready = new Promise<string>((resolve) =>
        client.once(Events.ClientReady, ({ application }) => resolve(application.id)),
      );
      await client.login(options.token);
      const application = await ready;
      const registered = await register(rest, application, options.guild, inbound.commands);
      log.info({ commands: inbound.commands.length, registered }, 'connected to Discord');
    },
    async stop() {
      // Our own farewell is no news to the operators, and nothing more is taken in.
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.ShardReconnecting);
      await settled();
      await client.destroy();
    },
    settled,
    fit: fitted,
    post: (conversation, document, key) => verb(() => post(rest, conversation, document, key)),
    edit: (conversation, message, document) => verb(() => edit(rest, conversation, message, document)),
    openDirect: (account) =>
      verb(
        async () => ((await rest.post(Routes.userChannels(), { body: { recipient_id: account } })) as APIDMChannel).id,
      ),
    openConversation: (request, key) =>
      verb((me) => openConversation(rest, { guild: guild(), self: me }, request, key)),
    invite: (conversation, accounts) => verb(() => invite(rest, guild(), conversation, accounts)),
    remove: (conversation, accounts) => verb(() => remove(rest, conversation, accounts)),
    archive: (conversation) => verb((me) => archive(rest, conversation, { guild: guild(), self: me })),
    lookUp: (by) =>
      verb(async () => {
        // Discord tells nobody's e-mail address, and finds nobody by one.
        if (!('id' in by)) return null;
        const here = knownGuild();
        const member =
          here === undefined
            ? null
            : await orNull(rest.get(Routes.guildMember(here, by.id)) as Promise<APIGuildMember>);
        if (member) return personOf(member.user, member.nick);
        const user = await orNull(rest.get(Routes.user(by.id)) as Promise<APIUser>);
        return user && personOf(user);
      }),
    findPosted: (conversation, key, since) => verb((me) => findPosted(rest, me, conversation, key, since)),
    repeatable,
  };
}

const personOf = (user: APIUser, nick?: string | null): Person => ({
  id: user.id,
  name: nick ?? user.global_name ?? user.username,
});

/** Null for somebody Discord does not know, or not here (10013 unknown user, 10007 unknown member; 50035 no id at all). */
const orNull = <T>(found: Promise<T>): Promise<T | null> =>
  found.catch((error: unknown) => {
    if (error instanceof DiscordAPIError && [10013, 10007, 50035].includes(Number(error.code))) return null;
    throw error;
  });
