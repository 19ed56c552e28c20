import { pino } from 'pino';
import { NoCommand } from './chat/read-commands.ts';
import { ConfigProblems, readConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { startAccord } from './start-accord.ts';

/** Read the configuration, build, start, wait for a signal, stop. */
async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const flags = new Set(process.argv.slice(2));
  const unknown = [...flags].filter((flag) => flag !== '--empty' && flag !== '--demo');
  if (unknown.length > 0)
    throw new ConfigProblems([
      `${unknown.join(' ')} is no option: there are --empty (no demonstration) and --demo (the demonstration, though a token is configured)`,
    ]);
  const connected = config.SLACK_BOT_TOKEN !== undefined || config.DISCORD_TOKEN !== undefined;
  const demo = flags.has('--demo') || (!connected && !flags.has('--empty'));
  const log = pino(
    { level: config.LOG_LEVEL === 'info' && config.playground ? 'warn' : config.LOG_LEVEL },
    pino.destination(2),
  );
  const tell = (line: string) => console.log(`Accord: ${line}`);
  tell('starting');
  await using started = await startAccord(config, demo, log, tell);
  for (const platform of started.accord.platforms)
    tell('url' in platform ? `the playground is open at ${String(platform.url)}` : `connected to ${platform.name}`);
  const why = await Promise.race([signalled(), started.opened.stopped]);
  if (why instanceof Error) throw why;
  tell('stopping');
}

function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}

try {
  await main();
} catch (error) {
  const readable =
    error instanceof ConfigProblems ||
    error instanceof NoCommand ||
    (error instanceof Error && ['DataDirectoryInUse', 'DatabaseNotReached'].includes(error.name));
  console.error(readable ? (error as Error).message : error);
  process.exitCode = 1;
}
