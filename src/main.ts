import { pino } from 'pino';
import { ConfigProblems, readConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { whyNotStarted } from './start-problem.ts';
import { openPool } from './store/open-pool.ts';

/** Read the configuration, build, start, wait for a signal, stop. `asked` ends whatever is being waited for. */
async function main(asked: AbortSignal): Promise<void> {
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
  // The database opens in its own thread while this one reads the rest of the house.
  const opening = openPool(config, (step) => tell(`${OPENING[step]} (${config.DATA_DIR})`), asked);
  opening.catch(() => {});
  const { startAccord, unlessAsked } = await import('./start-accord.ts');
  await using started = await startAccord(config, await opening, { demo, log, tell, asked });
  for (const platform of started.accord.platforms)
    if ('url' in platform) tell(`the playground is open at ${String(platform.url)}`);
    else if (platform.connected?.() === false)
      tell(`${platform.name} cannot be reached yet; trying again until it can`);
    else tell(`connected to ${platform.name}`);
  const why = await unlessAsked(started.opened.stopped, asked);
  if (why) throw why;
}

const OPENING = {
  creating: 'making the database',
  opening: 'opening the database',
  recovering: 'recovering the database after it was cut off',
} as const;

// Listened for from the beginning. Whoever asks twice is not kept waiting: the second time it ends at once.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    console.log('Accord: stopping');
    stop.abort();
  });

// Whoever read our words may have gone; the house goes on without a reader.
process.stdout.on('error', () => {});

try {
  await main(stop.signal);
} catch (error) {
  if (error !== stop.signal.reason) {
    console.error(whyNotStarted(error) ?? error);
    process.exitCode = 1;
  }
}
