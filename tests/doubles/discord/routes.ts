import { checkCommands } from './check-commands.ts';
import { demandGuild, snowflake } from './demands.ts';
import type { Interactions } from './interactions.ts';
import type { Messages, Upload } from './messages.ts';
import { isJson, type Json, NO } from './problems.ts';
import { channelRoutes, messageRoutes } from './routes-of-channels.ts';
import { channelJson, memberJson, userJson } from './shapes.ts';
import type { World } from './world.ts';

export interface Call {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly list: readonly Json[];
  readonly uploads: readonly Upload[];
}

export interface Route {
  readonly method: string;
  /** Segments; `:` matches anything and becomes a parameter. */
  readonly path: string;
  /** Without a bot's token: the interaction's own is in the path. */
  readonly bare?: true;
  /** Undefined: 204. */
  answer(call: Call): object | undefined;
}

export interface Commands {
  /** By scope: 'global' or a guild's id. */
  readonly registered: Map<string, Json[]>;
  writes: number;
}

export interface Parts {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: Commands;
  gateway(): string;
  tell(t: string, d: unknown): void;
}

/** Every REST route that the adapter and the SDK use; anything else is a 404. */
export const routesOf = (parts: Parts): Route[] => [
  ...general(parts),
  ...commandRoutes(parts),
  ...channelRoutes(parts),
  ...messageRoutes(parts),
  ...interactionRoutes(parts),
];

const general = ({ world, gateway }: Parts): Route[] => [
  {
    method: 'GET',
    path: '/gateway/bot',
    answer: () => ({
      url: gateway(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
    }),
  },
  {
    method: 'GET',
    path: '/users/:',
    answer: ({ params: [id = ''] }) => userJson(world.user(id === '@me' ? world.bot.id : snowflake(id))),
  },
  {
    method: 'GET',
    path: '/guilds/:/members/:',
    answer: ({ params: [guild, id = ''] }) => {
      demandGuild(world, guild);
      const user = world.user(snowflake(id));
      if (!user.inGuild) throw NO.unknownMember();
      return memberJson(user, 0n);
    },
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    answer: ({ body }) => {
      const user = world.user(snowflake(String(body.recipient_id)));
      if (user.bot) throw NO.closed();
      return channelJson(world, world.direct(user.id));
    },
  },
];

function commandRoutes({ world, commands }: Parts): Route[] {
  const read = (scope: string, call: Call) => {
    const full = call.query.get('with_localizations') === 'true';
    return (commands.registered.get(scope) ?? []).map((command) => (full ? command : withoutLocalisations(command)));
  };
  const write = (scope: string, call: Call) => {
    checkCommands(call.list);
    commands.writes += 1;
    const kept = call.list.map((command) => ({
      ...(clean(command) as Json),
      id: world.id(),
      application_id: world.bot.id,
      version: world.id(),
      type: command.type ?? 1,
      default_member_permissions: null,
      dm_permission: true,
      nsfw: false,
      ...(scope === 'global' ? {} : { guild_id: scope }),
    }));
    commands.registered.set(scope, kept);
    return kept;
  };
  const scoped = (work: (scope: string, call: Call) => object) => ({
    global: (call: Call) => work('global', call),
    guild: (call: Call) => {
      demandGuild(world, call.params[1]);
      return work(world.guildId, call);
    },
  });
  const reading = scoped(read);
  const writing = scoped(write);
  return [
    { method: 'GET', path: '/applications/:/commands', answer: reading.global },
    { method: 'PUT', path: '/applications/:/commands', answer: writing.global },
    { method: 'GET', path: '/applications/:/guilds/:/commands', answer: reading.guild },
    { method: 'PUT', path: '/applications/:/guilds/:/commands', answer: writing.guild },
  ];
}

const interactionRoutes = ({ interactions }: Parts): Route[] => [
  {
    method: 'POST',
    path: '/interactions/:/:/callback',
    bare: true,
    answer: ({ params: [id = '', token = ''], body, uploads, query }) => {
      const done = interactions.callback(id, token, body, uploads);
      return query.get('with_response') === 'true' ? done : undefined;
    },
  },
  {
    method: 'POST',
    path: '/webhooks/:/:',
    bare: true,
    answer: ({ params: [, token = ''], body, uploads }) => interactions.followUp(token, body, uploads),
  },
  {
    method: 'PATCH',
    path: '/webhooks/:/:/messages/:',
    bare: true,
    answer: ({ params: [, token = '', id = ''], body, uploads }) => interactions.edit(token, id, body, uploads),
  },
  {
    method: 'GET',
    path: '/webhooks/:/:/messages/:',
    bare: true,
    answer: ({ params: [, token = '', id = ''] }) => interactions.get(token, id),
  },
  {
    method: 'DELETE',
    path: '/webhooks/:/:/messages/:',
    bare: true,
    answer: ({ params: [, token = '', id = ''] }) => {
      interactions.remove(token, id);
      return undefined;
    },
  },
];

/** As Discord gives a command back: what means nothing is left out. */
const clean = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(clean);
  if (!isJson(part)) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) =>
      value === false || value === undefined ? [] : [[key, clean(value)]],
    ),
  );
};

const withoutLocalisations = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withoutLocalisations);
  if (!isJson(part)) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) =>
      key.endsWith('_localizations') ? [] : [[key, withoutLocalisations(value)]],
    ),
  );
};
