import {
  type APIGuildMember,
  type APIOverwrite,
  type APIUser,
  DiscordAPIError,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  Routes,
} from 'discord.js';
import { type ChannelToSee, type Doctor, examineClock, type Finding } from '../doctor.ts';
import { restOptions } from './connection.ts';
import { INVITE_PERMISSIONS } from './conversations.ts';

export interface DiscordDoctorOptions {
  readonly token: string;
  readonly guild?: string;
  readonly apiUrl?: string;
  readonly now: () => string;
}

interface Guild {
  readonly id: string;
  readonly name: string;
  readonly permissions: string;
}
interface Channel {
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly APIOverwrite[];
  readonly thread_metadata?: { readonly archived: boolean; readonly locked: boolean };
}

const OF = 'discord';
const fine = (what: string, facts: Finding['facts'] = {}): Finding => ({ of: OF, what, problem: null, facts });
const wrong = (what: string, problem: string, facts: Finding['facts'] = {}): Finding => ({
  of: OF,
  what,
  problem,
  facts,
});

/** Discord's words (topics/opcodes-and-status-codes): no such channel; may not see it. */
const UNKNOWN_CHANNEL = 10_003;
const MISSING_ACCESS = 50_001;
const TO_POST =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.SendMessages;
/** Starts a day, of 1,000 (topics/gateway, session start limit), below which connecting again and again has eaten them up. */
const FEW_STARTS = 10;

/**
 * Looks at the token, the gateway, the server, what the bot may do there, the clock, and at each channel: does it see
 * it, and may it post? Intents need no look: the bot asks for none that is privileged.
 */
export function createDiscordDoctor(options: DiscordDoctorOptions): Doctor {
  const rest = new REST({ version: '10', ...restOptions(10_000, options.apiUrl) }).setToken(options.token);

  async function server(): Promise<{ guild: Guild | null; finding: Finding }> {
    const guilds = (await rest.get(Routes.userGuilds())) as Guild[];
    const guild = options.guild === undefined ? guilds[0] : guilds.find(({ id }) => id === options.guild);
    if (!guild) return { guild: null, finding: wrong('server', options.guild === undefined ? 'none' : 'not-in') };
    if (options.guild === undefined && guilds.length > 1)
      return {
        guild: null,
        finding: wrong('server', 'several', { servers: guilds.map(({ name }) => name).join(', ') }),
      };
    return { guild, finding: fine('server', { server: guild.name }) };
  }

  async function channel({ conversation, label }: ChannelToSee, guild: Guild, me: APIGuildMember): Promise<Finding> {
    const facts = { channel: label };
    try {
      const found = (await rest.get(Routes.channel(conversation))) as Channel;
      if (found.thread_metadata?.archived && found.thread_metadata.locked) return wrong('channel', 'archived', facts);
      const rules = found.thread_metadata
        ? ((await rest.get(Routes.channel(found.parent_id ?? ''))) as Channel)
        : found;
      const may = permissionsIn(rules.permission_overwrites ?? [], guild, me);
      const needed = found.thread_metadata ? PermissionFlagsBits.SendMessagesInThreads : TO_POST;
      const missing = (needed | PermissionFlagsBits.ViewChannel) & ~may;
      return missing === 0n ? fine('channel', facts) : wrong('channel', 'may-not', { ...facts, may: namesOf(missing) });
    } catch (error) {
      if (error instanceof DiscordAPIError && error.code === UNKNOWN_CHANNEL) return wrong('channel', 'gone', facts);
      if (error instanceof DiscordAPIError && error.code === MISSING_ACCESS) return wrong('channel', 'not-seen', facts);
      return { ...refused('channel', error), facts: { ...facts, ...refused('channel', error).facts } };
    }
  }

  async function look(channels: readonly ChannelToSee[], found: Finding[]): Promise<void> {
    const me = (await rest.get(Routes.user())) as APIUser;
    found.push(fine('token', { name: me.username }));
    const { session_start_limit: starts } = (await rest.get(Routes.gatewayBot())) as {
      session_start_limit: { remaining: number; reset_after: number };
    };
    const facts = { left: String(starts.remaining), minutes: String(Math.ceil(starts.reset_after / 60_000)) };
    found.push(starts.remaining < FEW_STARTS ? wrong('gateway', 'few-starts', facts) : fine('gateway', facts));
    const { guild, finding } = await server();
    found.push(finding);
    if (!guild) return;
    const missing = isAdministrator(guild) ? 0n : INVITE_PERMISSIONS & ~BigInt(guild.permissions);
    found.push(
      missing === 0n
        ? fine('permissions')
        : wrong('permissions', 'missing', { permissions: namesOf(missing), application: me.id }),
    );
    const member = (await rest.get(Routes.guildMember(guild.id, me.id))) as APIGuildMember;
    for (const each of channels) found.push(await channel(each, guild, member));
  }

  return {
    async examine(channels) {
      const found: Finding[] = [];
      const clock = await examineClock(OF, `${options.apiUrl ?? 'https://discord.com/api'}/v10/gateway`, options.now);
      await look(channels, found).catch((error: unknown) =>
        found.push(refused(found.length === 0 ? 'token' : 'server', error)),
      );
      if (clock) found.push(clock);
      return found;
    },
  };
}

const isAdministrator = (guild: Guild): boolean =>
  (BigInt(guild.permissions) & PermissionFlagsBits.Administrator) !== 0n;

/** What the bot may do in a channel: the server's rules, then everybody's there, its roles', its own (topics/permissions). */
function permissionsIn(overwrites: readonly APIOverwrite[], guild: Guild, me: APIGuildMember): bigint {
  let may = BigInt(guild.permissions);
  if (isAdministrator(guild)) return PermissionsBitField.All;
  const apply = (some: readonly APIOverwrite[]): void => {
    for (const { deny } of some) may &= ~BigInt(deny);
    for (const { allow } of some) may |= BigInt(allow);
  };
  apply(overwrites.filter(({ id }) => id === guild.id));
  apply(overwrites.filter(({ id }) => me.roles.includes(id)));
  apply(overwrites.filter(({ id }) => id === me.user.id));
  return may;
}

/** As the settings name them, near enough to be found: ManageRoles is "Manage Roles". */
const namesOf = (permissions: bigint): string =>
  new PermissionsBitField(permissions)
    .toArray()
    .map((name) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '))
    .join(', ');

function refused(what: string, error: unknown): Finding {
  const status = (error as { status?: unknown }).status;
  if (status === 401) return wrong(what, 'refused', { why: '401' });
  if (error instanceof DiscordAPIError) return wrong(what, 'refused', { why: `${error.code} ${error.message}` });
  return wrong(what, 'not-reached', { why: error instanceof Error ? error.message : String(error) });
}
