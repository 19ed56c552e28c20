import { checkCommands } from './check-commands.ts';
import { demandGuild, demandOwn, snowflake } from './demands.ts';
import type { Interactions } from './interactions.ts';
import type { Messages, Upload } from './messages.ts';
import { isJson, type Json, NO } from './problems.ts';
import { channelRoutes, messageRoutes, threadRoutes } from './routes-of-channels.ts';
import { channelJson, guildJson, memberJson, userJson } from './shapes.ts';
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
  /** New ones by scope and day. */
  readonly made: Map<string, number>;
  writes: number;
}

export interface Parts {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: Commands;
  gateway(): string;
  /** How many sessions may still be begun today. */
  sessionsLeft(): number;
  tell(t: string, d: unknown): void;
}

/** Every REST route that the adapter and the SDK use; anything else is a 404. */
export const routesOf = (parts: Parts): Route[] => [
  ...general(parts),
  ...commandRoutes(parts),
  ...channelRoutes(parts),
  ...threadRoutes(parts),
  ...messageRoutes(parts),
  ...interactionRoutes(parts),
];

const general = ({ world, gateway, sessionsLeft }: Parts): Route[] => [
  {
    method: 'GET',
    path: '/gateway/bot',
    answer: () => ({
      url: gateway(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: sessionsLeft(), reset_after: 86_400_000, max_concurrency: 1 },
    }),
  },
  {
    method: 'GET',
    path: '/users/:',
    answer: ({ params: [id = ''] }) => userJson(world.user(id === '@me' ? world.bot.id : snowflake(id))),
  },
  {
    method: 'GET',
    path: '/applications/@me',
    answer: () => ({ id: world.bot.id, name: 'Accord', bot_public: false, bot_require_code_grant: false, flags: 0 }),
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    answer: () =>
      world.bot.inGuild
        ? [{ id: world.guildId, name: 'Government Office', owner: false, permissions: String(world.botPermissions) }]
        : [],
  },
  {
    method: 'GET',
    path: '/guilds/:',
    answer: ({ params: [guild] }) => {
      demandGuild(world, guild);
      return guildJson(world);
    },
  },
  {
    method: 'GET',
    path: '/guilds/:/roles',
    answer: ({ params: [guild] }) => {
      demandGuild(world, guild);
      return guildJson(world).roles;
    },
  },
  {
    method: 'GET',
    path: '/guilds/:/members/:',
    answer: ({ params: [guild, id = ''] }) => {
      demandGuild(world, guild);
      const user = world.user(id === '@me' ? world.bot.id : snowflake(id));
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
  const present = (scope: string): readonly Json[] => commands.registered.get(scope) ?? [];
  /** As Discord keeps a command: one of a name that is there keeps its id and is no new one. */
  function kept(scope: string, command: Json): Json {
    const before = present(scope).find((each) => each.name === command.name);
    if (!before) {
      const day = Math.floor(world.now() / 86_400_000);
      const made = (commands.made.get(`${scope} ${day}`) ?? 0) + 1;
      if (made > CREATES_A_DAY) throw NO.dailyCommands();
      commands.made.set(`${scope} ${day}`, made);
    }
    return {
      ...(clean(command) as Json),
      id: before?.id ?? world.id(),
      application_id: world.bot.id,
      version: world.id(),
      type: command.type ?? 1,
      default_member_permissions: null,
      dm_permission: true,
      nsfw: false,
      ...(scope === 'global' ? {} : { guild_id: scope }),
    };
  }
  const write = (scope: string, call: Call) => {
    checkCommands(call.list);
    commands.writes += 1;
    const all = call.list.map((command) => kept(scope, command));
    commands.registered.set(scope, all);
    return all;
  };
  const add = (scope: string, call: Call) => {
    const others = present(scope).filter((each) => each.name !== call.body.name);
    checkCommands([...others, call.body].map((command) => clean(command) as Json));
    commands.writes += 1;
    const made = kept(scope, call.body);
    commands.registered.set(scope, [...others, made]);
    return made;
  };
  const remove = (scope: string, call: Call) => {
    const id = call.params.at(-1);
    if (!present(scope).some((each) => each.id === id)) throw NO.unknownCommand();
    commands.writes += 1;
    commands.registered.set(
      scope,
      present(scope).filter((each) => each.id !== id),
    );
    return undefined;
  };
  const scoped = (method: string, tail: string, work: (scope: string, call: Call) => object | undefined): Route[] => [
    {
      method,
      path: `/applications/:/commands${tail}`,
      answer: (call) => {
        demandOwn(world, call.params[0]);
        return work('global', call);
      },
    },
    {
      method,
      path: `/applications/:/guilds/:/commands${tail}`,
      answer: (call) => {
        demandOwn(world, call.params[0]);
        demandGuild(world, call.params[1]);
        return work(world.guildId, call);
      },
    },
  ];
  return [
    ...scoped('GET', '', read),
    ...scoped('PUT', '', write),
    ...scoped('POST', '', add),
    ...scoped('DELETE', '/:', remove),
  ];
}

const CREATES_A_DAY = 200;

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
