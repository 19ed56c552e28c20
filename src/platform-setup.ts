import { shapesOf } from './chat/read-commands.ts';
import { ConfigProblems, readConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { houseCommands } from './house-commands.ts';
import { phrases } from './locales/index.ts';

/**
 * What an administrator pastes or opens to connect a platform: `slack` prints the app's manifest as JSON, `discord`
 * the address that invites the bot (with the application's id).
 */
async function main(): Promise<void> {
  loadEnvFile();
  const [platform = '', applicationId = ''] = process.argv.slice(2);
  if (platform === 'slack') {
    const { manifest } = await import('./chat/slack/register.ts');
    const commands = shapesOf(await houseCommands(), phrases);
    const { ACCORD_LANG } = readConfig({ ACCORD_LANG: process.env['ACCORD_LANG'] });
    console.log(JSON.stringify(manifest(commands, { name: 'Accord', lang: ACCORD_LANG }), null, 2));
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
  throw new ConfigProblems([
    'say which platform: `npm run -s slack:manifest`, or `npm run -s discord:invite -- APPLICATION_ID` (discord.com/developers, your application, General Information)',
  ]);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigProblems ? error.message : error);
  process.exitCode = 1;
}
