import { NO, Problems } from './problems.ts';
import type { World } from './world.ts';

/** The id, if it is one. */
export function snowflake(id: string): string {
  if (/^\d{15,20}$/.test(id)) return id;
  const problems = new Problems();
  problems.add(['id'], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`);
  problems.throwIfAny();
  return id;
}

/** The bot is in one guild. */
export function demandGuild(world: World, id: string | undefined): void {
  if (id !== world.guildId || !world.bot.inGuild) throw NO.access();
}

/** Commands are those of the bot's own application. */
export function demandOwn(world: World, application: string | undefined): void {
  if (application !== world.bot.id) throw NO.notYourApplication();
}
