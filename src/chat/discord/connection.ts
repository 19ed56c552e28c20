import { Client, Events, GatewayIntentBits, type Interaction as Incoming, type RateLimitData } from 'discord.js';
import { CannotStart } from '../cannot-start.ts';
import { inTime } from '../in-time.ts';
import { persistent } from '../persistent.ts';
import { asStartError, startErrorOfClose } from './errors.ts';
import type { Log } from './log.ts';

/** Longest time that a start waits for the gateway before it goes on without. */
const START_MS = 20_000;

/** What the house says of its own accord waits in its outbox, not here; answers and registration may wait their turn. */
export const leftToTheRelay = ({ route }: RateLimitData): boolean => /^\/(channels|guilds|users)\b/.test(route);

/** What every client of ours is told of Discord's REST side. No retries: the relay repeats, and knows what it may. */
export const restOptions = (timeoutMs: number, apiUrl: string | undefined) => ({
  retries: 0,
  timeout: timeoutMs,
  rejectOnRateLimit: leftToTheRelay,
  ...(apiUrl === undefined ? {} : { api: apiUrl }),
});

interface Parts {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  readonly log: Log;
  hear(incoming: Incoming): void;
  /** Done at each connection anew, before it counts as one: the bot's application, its user and the guilds it is in. */
  prepare(application: string, self: string, guilds: readonly string[]): Promise<void>;
}

/**
 * The gateway. Once connected, the SDK comes back after any outage by itself, resumes its session and hands in what
 * was missed; it gives up where it never was, and where Discord closes for good. There this begins anew, with another
 * client: one that was destroyed is not used again.
 */
export function createConnection(parts: Parts) {
  const { log } = parts;
  let client: Client | null = null;
  let connected = false;
  let guilds: readonly string[] = [];

  async function attempt(): Promise<void> {
    await client?.destroy();
    const mine = new Client({
      // Commands, presses and forms reach a bot without any message intent, in direct messages too.
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [] },
      rest: restOptions(parts.timeoutMs, parts.apiUrl),
    });
    client = mine;
    const ready = new Promise<Client<true>>((resolve) => mine.once(Events.ClientReady, resolve));
    const closed = new Promise<never>((_, reject) => {
      mine.on(Events.ShardDisconnect, ({ code }) => {
        connected = false;
        reject(startErrorOfClose(code));
        log.error({ code }, 'Discord closed the gateway for good');
        line.again();
      });
    });
    closed.catch(() => {});
    mine.on(Events.InteractionCreate, parts.hear);
    mine.on(Events.GuildDelete, ({ id }) => {
      guilds = guilds.filter((each) => each !== id);
      log.error({ guild: id }, 'the bot was removed from a server: the address of discord:invite brings it back');
    });
    mine.on(Events.GuildCreate, ({ id }) => {
      guilds = [...new Set([...guilds, id])];
      if (!connected || !mine.isReady()) return;
      parts
        .prepare(mine.application.id, mine.user.id, guilds)
        .catch((error: unknown) => log.error({ error, guild: id }, 'the commands could not be registered anew'));
    });
    mine.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client met an error'));
    mine.on(Events.ShardReconnecting, () => {
      connected = false;
      log.warn({}, 'the gateway is being connected again');
    });
    for (const event of [Events.ShardResume, Events.ShardReady] as const)
      mine.on(event, () => {
        connected = line.wanted() && client === mine;
        if (!connected) void leaveAgain(mine);
      });
    try {
      await Promise.race([mine.login(parts.token), closed]);
      const { application, user } = await Promise.race([ready, closed]);
      guilds = [...mine.guilds.cache.keys()];
      await parts.prepare(application.id, user.id, guilds);
      connected = line.wanted();
      if (!connected) await mine.destroy();
    } catch (error) {
      connected = false;
      await mine.destroy();
      throw asStartError(error);
    }
  }

  const line = persistent('discord', attempt, log);

  return {
    /** Throws CannotStart where the configuration can never work; where Discord cannot be reached it goes on trying. */
    async start(): Promise<void> {
      const begun = line.begin();
      begun.catch((error: unknown) => {
        // After the start nobody waits for it any more.
        if (error instanceof CannotStart) log.error({ error }, 'Discord cannot be connected as it is configured');
      });
      if (
        (await inTime(
          begun.then(() => true),
          START_MS,
        )) === null
      )
        log.warn({}, 'discord cannot be reached; trying again until it can');
    },
    /** No more is heard from now on. */
    deaf(): void {
      line.end();
      client?.removeAllListeners(Events.InteractionCreate);
      client?.removeAllListeners(Events.ShardReconnecting);
    },
    async stop(): Promise<void> {
      connected = false;
      await client?.destroy();
    },
    connected: () => connected,
    /** The servers the bot is in; one that Discord has an outage in is among them. */
    guilds: () => guilds,
  };
}

/**
 * The SDK's farewell is lost while it is reconnecting, and it takes no second one: it comes back as a second session,
 * and must be made to leave then.
 */
function leaveAgain(client: Client): Promise<void> {
  Reflect.set(client.ws, 'destroyed', false);
  return client.destroy();
}
