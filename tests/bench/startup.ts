import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** How long one start is waited for, in milliseconds. */
const PATIENCE = 120_000;
/** How long after the first answer memory is read again, in milliseconds. */
const REST = 5_000;

interface Figures {
  readonly seconds: number;
  /** Resident megabytes of the process: highest so far, and after a rest. */
  readonly peak: number;
  readonly rest: number;
}

/**
 * Time from the command to the first HTTP answer, and the memory of the process: a first start (database made,
 * demonstration year filled in), starts on the database that is there, and one after a kill.
 */
export async function startup(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'accord-bench-'));
  console.log(`Node ${process.version}, load ${loadavg()[0]?.toFixed(2)} before`);
  try {
    print('first start, with the demonstration', await start(dataDir, 'SIGTERM'));
    print('start on an existing database', await start(dataDir, 'SIGTERM'));
    print('the same again, then killed', await start(dataDir, 'SIGKILL'));
    print('start after a kill', await start(dataDir, 'SIGTERM'));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

const print = (what: string, { seconds, peak, rest }: Figures): void =>
  console.log(`${what.padEnd(38)} ${seconds.toFixed(2)} s to the first answer, ${peak} MB at most, ${rest} MB at rest`);

async function start(dataDir: string, end: 'SIGTERM' | 'SIGKILL'): Promise<Figures> {
  const began = performance.now();
  const bot = spawn(process.execPath, startCommand(), {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(bot, 'exit');
  try {
    const url = await urlIn(bot.stdout);
    await fetch(url);
    const seconds = (performance.now() - began) / 1000;
    await new Promise((resolve) => setTimeout(resolve, REST));
    const status = await readFile(`/proc/${bot.pid}/status`, 'utf8');
    const megabytes = (field: string) =>
      Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
    return { seconds, peak: megabytes('VmHWM'), rest: megabytes('VmRSS') };
  } finally {
    bot.kill(end);
    await ended;
  }
}

/** What `npm start` runs, after `node`. */
function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

async function urlIn(output: NodeJS.ReadableStream): Promise<string> {
  const late = setTimeout(() => output.emit('error', new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(text)?.[0];
    if (url) {
      clearTimeout(late);
      return url;
    }
  }
  throw new Error(`the bot ended before it answered:\n${text}`);
}
