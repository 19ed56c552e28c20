import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Log } from './build.ts';
import { readConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { whyNotStarted } from './start-problem.ts';
import { callDoor, DoorError } from './store/embedded/door.ts';
import { openPool } from './store/open-pool.ts';

/**
 * Accord from a shell, on whatever database is configured. Where the running bot has the embedded database open, the
 * command line goes through its door and is done there.
 */
async function main(): Promise<number> {
  loadEnvFile();
  const argv = process.argv.slice(2);
  if (argv.length === 0 || argv.includes('--help')) {
    const { usage } = await import('./command-line.ts');
    console.log(await usage());
    return argv.length === 0 ? 1 : 0;
  }
  const config = readConfig({ ...process.env, COORDINATORS: process.env['COORDINATORS'] || 'shell' });
  const out = ({ stream, text }: { stream: 'stdout' | 'stderr'; text: string }) => void process[stream].write(text);
  if (config.DATABASE_URL === undefined) {
    const code = await callDoor(config.DATA_DIR, { argv, cwd: process.cwd(), files: await filesNamed(argv) }, out);
    if (code !== 'nobody-home') return code;
  }
  // Beside a running bot none of this is needed, and most of the time goes into loading it.
  const opening = openPool(config);
  opening.catch(() => {});
  const [{ build }, { runCommandLine }, { rulesOf }] = await Promise.all([
    import('./build.ts'),
    import('./command-line.ts'),
    import('./start-accord.ts'),
  ]);
  const opened = await opening;
  try {
    const accord = await build({
      pool: opened.pool,
      clock: { now: () => new Date().toISOString() },
      lang: config.ACCORD_LANG,
      zone: config.ACCORD_ZONE,
      rules: rulesOf(config),
      coordinators: [],
      digest: config.DIGEST_AT,
      reminders: config.REMINDERS_AT,
      log: quiet,
      // What is promised here is said by the bot, when it runs.
      connect: () => [],
    });
    return await runCommandLine({ argv, cwd: process.cwd() }, accord.house, out);
  } finally {
    await opened.close();
  }
}

const quiet: Log = {
  info() {},
  warn: (facts, message) => console.error(message, facts),
  error: (facts, message) => console.error(message, facts),
};

/** The contents of the files that a command line names: the running bot may not be allowed to read them itself. */
async function filesNamed(argv: readonly string[]): Promise<Record<string, string>> {
  const [command, ...words] = argv;
  const files: Record<string, string> = {};
  if (command !== 'import') return files;
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const bytes = await readFile(resolve(word)).catch(() => null);
    if (bytes) files[word] = bytes.toString('base64');
  }
  return files;
}

/** Why the process that has the database open did not do it, for whoever typed the command. */
const NOT_DONE: Readonly<Record<string, string>> = {
  'not-ready': 'Another Accord process has the database open and cannot take commands yet. Try again in a moment.',
  'hung-up': 'The running bot stopped before it answered. What it had not finished is not done: try again.',
  'request-too-large': 'The file is too large to be handed to the running bot. Stop the bot, and try again.',
};
const notDone = (code: string): string =>
  NOT_DONE[code] ?? `The running bot could not do it (${code}). Its log says why.`;

try {
  process.exitCode = await main();
} catch (error) {
  const why = whyNotStarted(error);
  if (why !== null) console.error(why);
  else if (error instanceof DoorError) console.error(notDone(error.code));
  else if (['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '')) console.error(notDone('hung-up'));
  else console.error(error);
  process.exitCode = 1;
}
