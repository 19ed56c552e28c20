import {
  type APIDMChannel,
  type APIGuildMember,
  type APIUser,
  DiscordAPIError,
  type Interaction as Incoming,
  REST,
  Routes,
} from 'discord.js';
import { CannotStart } from '../cannot-start.ts';
import { type Person, type Platform, PlatformError } from '../platform.ts';
import { createConnection, restOptions } from './connection.ts';
import { archive, invite, openConversation, remove } from './conversations.ts';
import { asVerb } from './errors.ts';
import { fitted } from './fitted.ts';
import { createFormStates } from './form-states.ts';
import type { Log } from './log.ts';
import { edit, findPosted, post, repeatable } from './posts.ts';
import { receive } from './receive.ts';
import { recently } from './recently.ts';
import { register } from './register.ts';

export interface DiscordOptions {
  readonly token: string;
  /** The guild whose private channels these are; without it, the only one the bot is in. */
  readonly guild?: string;
  /** Where commands are offered: everywhere, direct messages included, or in `guild` alone. Not said: everywhere. */
  readonly commandsIn?: 'everywhere' | 'guild';
  /** Milliseconds that the house may take to decide how something is answered. */
  readonly patienceMs?: number;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs?: number;
  /** The API's address without its version ("https://discord.com/api"). */
  readonly apiUrl?: string;
  readonly log: Log;
  readonly now: () => string;
}

/** Discord as a platform; `settled` resolves when everything that came in has had its answer. */
export type DiscordPlatform = Platform & { settled(): Promise<void> };

export { INVITE_PERMISSIONS } from './conversations.ts';

/** Half of the three seconds that Discord waits: the other half is for the way. */
const PATIENCE_MS = 1_500;
/** Longest wait for an answer, unless something else is said. */
const TIMEOUT_MS = 15_000;

/** Accord in Discord, by the gateway for what comes in and REST for what goes out. */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { log } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  // What the house says of its own accord needs no gateway: it goes out while that is being connected again.
  const rest = new REST({ version: '10', ...restOptions(timeoutMs, options.apiUrl) }).setToken(options.token);
  const forms = createFormStates();
  let me: string | null = null;
  let hear: (incoming: Incoming) => void = () => {};
  let offer: (application: string, guilds: readonly string[]) => Promise<void> = async () => {};
  const connection = createConnection({
    token: options.token,
    apiUrl: options.apiUrl,
    timeoutMs,
    log,
    hear: (incoming) => hear(incoming),
    async prepare(application, self, guilds) {
      await offer(application, guilds);
      me = self;
    },
  });
  const heard = recently(1000);
  const inHand = new Set<Promise<void>>();

  const settled = async () => {
    while (inHand.size > 0) await Promise.all(inHand);
  };
  /** Whether the bot is in its server: it may have been removed, or not be invited yet. */
  const there = (): boolean => {
    const guilds = connection.guilds();
    return options.guild === undefined ? guilds.length > 0 : guilds.includes(options.guild);
  };
  const self = (): string => {
    // Whoever invites the bot again finds that nothing was given up meanwhile.
    if (me === null || !there()) throw new PlatformError('later', 'not-connected');
    return me;
  };
  const knownGuild = (): string | undefined => {
    const guilds = connection.guilds();
    return options.guild ?? (guilds.length === 1 ? guilds[0] : undefined);
  };
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
        patienceMs: options.patienceMs ?? PATIENCE_MS,
        edit: (place: string, id: string, document: Parameters<Platform['edit']>[2]) => edit(rest, place, id, document),
      };
      hear = (incoming) => {
        // A session that is resumed may hand in again what had arrived.
        if (!heard.first(incoming.id)) return;
        const work = receive(incoming, desk).finally(() => inHand.delete(work));
        inHand.add(work);
      };
      offer = async (application, guilds) => {
        if (options.guild !== undefined && !guilds.includes(options.guild))
          throw new CannotStart('discord', 'guild', 'the bot is not in it');
        if (guilds.length === 0) log.warn({}, 'the bot is in no server yet: open the address of discord:invite');
        if (guilds.length > 1 && options.guild === undefined)
          log.warn({ guilds }, 'the bot is in several servers: name the one for private channels');
        const where = { guild: options.commandsIn === 'guild' ? options.guild : undefined, guilds };
        const registered = await register(rest, application, where, inbound.commands);
        log.info({ commands: inbound.commands.length, ...registered }, 'connected to Discord');
      };
      await connection.start();
    },
    async stop() {
      // Our own farewell is no news to the operators, and nothing more is taken in.
      connection.deaf();
      await settled();
      await connection.stop();
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    },
    // A route is counted for each channel that stands in it: https://docs.discord.com/developers/topics/rate-limits
    countsByConversation: ['edit', 'archive', 'findPosted'],
    connected: () => connection.connected() && there(),
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
    accountIn,
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

/** "<@123>" or "<@!123>", as a mention is typed, or the id itself: https://docs.discord.com/developers/reference#message-formatting */
const accountIn = (typed: string): string | null =>
  /^(?:<@!?(\d+)>|(\d+))$/.exec(typed.trim())?.slice(1).find(Boolean) ?? null;

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
