import { isDeepStrictEqual } from 'node:util';
import { type REST, Routes } from 'discord.js';
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

/**
 * Makes Discord know the house's commands, in one guild or (without one) everywhere. Written only where they differ:
 * a guild takes 200 new commands a day, and a rewritten command is gone from people's screens for a moment.
 */
export async function register(
  rest: REST,
  application: string,
  guild: string | undefined,
  shapes: readonly CommandShape[],
): Promise<'same' | 'written'> {
  const route =
    guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const wanted = commandsOf(shapes, guild === undefined);
  const present = z
    .array(z.looseObject({ name: z.string() }))
    .parse(await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) }));
  if (isDeepStrictEqual(byName(present), byName(wanted))) return 'same';
  await rest.put(route, { body: wanted });
  return 'written';
}

const byName = (commands: readonly { name: string }[]) =>
  commands.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(essence);

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
