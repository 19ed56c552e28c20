import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { CommandShape } from '../command.ts';
import { commandsOf } from './commands.ts';

/** What of a registered command we wrote ourselves; Discord adds ids, versions and permissions. */
const ours = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'required',
  'choices',
  'autocomplete',
  'max_length',
  'options',
  'value',
  'contexts',
  'integration_types',
] as const;

/** Names of commands, by what became of them. All empty: nothing was sent. */
export interface Registered {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes Discord know the house's commands: in one guild, or (`guild` undefined) everywhere, direct messages included.
 * Written only where they differ: a guild takes 200 new commands a day, and a rewritten command is gone from people's
 * screens for a moment. Left-overs of the other way, in any of `guilds` or everywhere, go: they would be offered twice.
 */
export async function register(
  rest: REST,
  application: string,
  where: { readonly guild: string | undefined; readonly guilds: readonly string[] },
  shapes: readonly CommandShape[],
): Promise<Registered> {
  const here = await write(rest, routeOf(application, where.guild), commandsOf(shapes, where.guild === undefined));
  const others = where.guild === undefined ? where.guilds : [undefined];
  const removed = [...here.removed];
  for (const other of others) {
    const gone = await write(rest, routeOf(application, other), []).catch((error: unknown) => {
      // A guild that the bot was invited to without its commands has none of them.
      if (error instanceof DiscordAPIError && error.code === 50001) return null;
      throw error;
    });
    removed.push(...(gone?.removed ?? []));
  }
  return { ...here, removed };
}

const routeOf = (application: string, guild: string | undefined) =>
  guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);

type Command = { readonly name: string };

async function write(rest: REST, route: `/${string}`, wanted: readonly Command[]): Promise<Registered> {
  const present = z
    .array(z.looseObject({ name: z.string() }))
    .parse(await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) }));
  const found = (list: readonly Command[], name: string) => list.find((command) => command.name === name);
  const names = (list: readonly Command[]) => list.map((command) => command.name);
  const change = {
    added: names(wanted.filter(({ name }) => !found(present, name))),
    changed: names(
      wanted.filter((command) => {
        const before = found(present, command.name);
        return before && !isDeepStrictEqual(essence(before), essence(command));
      }),
    ),
    removed: names(present.filter(({ name }) => !found(wanted, name))),
  };
  // One request for all of them: those that stay as they were keep their ids and are not counted as new.
  if (Object.values(change).some((list) => list.length > 0)) await rest.put(route, { body: wanted });
  return change;
}

/** A command without what Discord adds, and without what means nothing (false, null, empty). */
function essence(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(essence);
  if (typeof part !== 'object' || part === null) return part;
  const known = new Set<string>(ours);
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) => {
      if (key.endsWith('_localizations')) return value && Object.keys(value).length > 0 ? [[key, { ...value }]] : [];
      const empty =
        value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
      return known.has(key) && !empty ? [[key, essence(value)]] : [];
    }),
  );
}
