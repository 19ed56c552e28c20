import { CannotStart } from './chat/cannot-start.ts';
import { shapesOf } from './chat/read-commands.ts';
import { ConfigProblems, readConfig, startProblem } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { houseCommands } from './house-commands.ts';
import { phrases } from './locales/index.ts';

/**
 * What an administrator pastes or opens to connect a platform: `slack` prints the app's manifest as JSON, `discord`
 * the address that invites the bot (with the application's id); `register` makes Discord know the commands and prints
 * what changed.
 */
async function main(): Promise<void> {
  loadEnvFile();
  const [platform = '', applicationId = ''] = process.argv.slice(2);
  if (platform === 'slack') {
    const { manifest } = await import('./chat/slack/register.ts');
    const commands = shapesOf(await houseCommands(), phrases);
    const { ACCORD_LANG, SLACK_COMMAND_PREFIX, SLACK_PUBLIC_URL } = readConfig(
      onlyOf(['ACCORD_LANG', 'SLACK_COMMAND_PREFIX', 'SLACK_PUBLIC_URL']),
    );
    const requests = SLACK_PUBLIC_URL;
    console.log(
      JSON.stringify(
        manifest(commands, { name: 'Accord', lang: ACCORD_LANG, prefix: SLACK_COMMAND_PREFIX, requests }),
        null,
        2,
      ),
    );
    return;
  }
  if (platform === 'discord' && /^\d{5,25}$/.test(applicationId)) {
    const { INVITE_PERMISSIONS } = await import('./chat/discord/index.ts');
    const query = new URLSearchParams({
      client_id: applicationId,
      scope: 'bot applications.commands',
      permissions: String(INVITE_PERMISSIONS),
    });
    console.log(`https://discord.com/oauth2/authorize?${query}`);
    return;
  }
  if (platform === 'register') return registerInDiscord();
  throw new ConfigProblems([
    'say which platform: `npm run -s slack:manifest`, `npm run -s discord:invite -- APPLICATION_ID` (discord.com/developers, your application, General Information), or `npm run -s discord:register`',
  ]);
}

async function registerInDiscord(): Promise<void> {
  const { DISCORD_TOKEN, DISCORD_GUILD_ID, DISCORD_COMMANDS, DISCORD_API_URL } = readConfig(process.env);
  if (DISCORD_TOKEN === undefined)
    throw new ConfigProblems(['DISCORD_TOKEN is missing: discord.com/developers, your application, Bot, Reset Token']);
  const { registerByHand } = await import('./chat/discord/register-by-hand.ts');
  const shapes = shapesOf(await houseCommands(), phrases);
  const options = {
    token: DISCORD_TOKEN,
    ...(DISCORD_COMMANDS === 'server' && DISCORD_GUILD_ID !== undefined ? { guild: DISCORD_GUILD_ID } : {}),
    ...(DISCORD_API_URL === undefined ? {} : { apiUrl: DISCORD_API_URL }),
  };
  const changes = await registerByHand(options, shapes).catch((error: unknown) => {
    if (error instanceof CannotStart) throw new ConfigProblems([startProblem(error)]);
    throw new ConfigProblems([
      `Discord cannot be reached or refuses the commands: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  });
  const lines = Object.entries(changes).flatMap(([what, names]: [string, readonly string[]]) =>
    names.length === 0 ? [] : [`${what}: ${names.map((name) => `/${name}`).join(' ')}`],
  );
  console.log(lines.length === 0 ? 'Nothing has changed: Discord knows these commands.' : lines.join('\n'));
}

/** What the manifest depends on; tokens come after it. */
const onlyOf = (names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, process.env[name]]));

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigProblems ? error.message : error);
  process.exitCode = 1;
}
