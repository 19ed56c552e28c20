import { pino } from 'pino';
import { CannotStart } from './chat/cannot-start.ts';
import { NoCommand } from './chat/read-commands.ts';
import { ConfigProblems, readConfig, startProblem } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { openPool } from './store/open-pool.ts';

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
  // Listened for from the beginning: whoever asks it to stop while it starts is heard when it has.
  const asked = signalled();
  tell('starting');
  // The database opens in its own thread while this one reads the rest of the house.
  const opening = openPool(config, (step) => tell(`${OPENING[step]} (${config.DATA_DIR})`));
  opening.catch(() => {});
  const { startAccord } = await import('./start-accord.ts');
  await using started = await startAccord(config, await opening, demo, log, tell);
  for (const platform of started.accord.platforms)
    if ('url' in platform) tell(`the playground is open at ${String(platform.url)}`);
    else if (platform.connected?.() === false)
      tell(`${platform.name} cannot be reached yet; trying again until it can`);
    else tell(`connected to ${platform.name}`);
  const why = await Promise.race([asked, started.opened.stopped]);
  if (why instanceof Error) throw why;
  tell('stopping');
}

const OPENING = {
  creating: 'making the database',
  opening: 'opening the database',
  recovering: 'recovering the database after it was cut off',
} as const;

function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}

// Whoever read our words may have gone; the house goes on without a reader.
process.stdout.on('error', () => {});

try {
  await main();
} catch (error) {
  const readable =
    error instanceof ConfigProblems ||
    error instanceof NoCommand ||
    (error instanceof Error && ['DataDirectoryInUse', 'DatabaseNotReached'].includes(error.name));
  console.error(error instanceof CannotStart ? startProblem(error) : readable ? (error as Error).message : error);
  process.exitCode = 1;
}
