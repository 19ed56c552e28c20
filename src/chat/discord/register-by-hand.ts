import { type APIApplication, REST, type RESTAPIPartialCurrentUserGuild, Routes } from 'discord.js';
import type { CommandShape } from '../command.ts';
import { restOptions } from './connection.ts';
import { asStartError } from './errors.ts';
import { type Registered, register } from './register.ts';

/** Longest wait for an answer. */
const TIMEOUT_MS = 15_000;

/** Registers the commands without connecting. Throws CannotStart where the token or the guild is the reason. */
export async function registerByHand(
  options: { readonly token: string; readonly guild?: string; readonly apiUrl?: string },
  shapes: readonly CommandShape[],
): Promise<Registered> {
  const rest = new REST({ version: '10', ...restOptions(TIMEOUT_MS, options.apiUrl) }).setToken(options.token);
  try {
    const { id } = (await rest.get('/applications/@me')) as APIApplication;
    const guilds = (await rest.get(Routes.userGuilds())) as RESTAPIPartialCurrentUserGuild[];
    return await register(rest, id, { guild: options.guild, guilds: guilds.map((guild) => guild.id) }, shapes);
  } catch (error) {
    throw asStartError(error);
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}
