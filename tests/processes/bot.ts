import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyOfEmbeddedTemplate } from '../support/databases.ts';

const RUN = fileURLToPath(new URL('../../src/run.mjs', import.meta.url));

/** A folder to run in, with a migrated database in `data`; a developer's own `.env` is not in it. */
export interface Home extends AsyncDisposable {
  readonly cwd: string;
  readonly dataDir: string;
}

export async function newHome(database: 'migrated' | 'none' = 'migrated'): Promise<Home> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'accord-test-home-'));
  const dataDir = database === 'migrated' ? await copyOfEmbeddedTemplate() : path.join(cwd, 'data');
  return {
    cwd,
    dataDir,
    async [Symbol.asyncDispose]() {
      await rm(cwd, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** How a process ended, and all that it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of Accord, from its own sources. */
export class Accord {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;

  constructor(
    script: 'main' | 'cli' | 'doctor',
    home: Home,
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) {
    const { PATH = '', HOME = '' } = process.env;
    this.#process = spawn(process.execPath, [RUN, `src/${script}.ts`, ...argv], {
      cwd: home.cwd,
      env: { PATH, HOME, DATA_DIR: home.dataDir, PORT: '0', LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = once(this.#process, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** What the output holds, once it does. Rejects when the process ends without it. */
  async shows(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      if (!this.running) {
        const { code, stderr } = await this.ended;
        throw new Error(`ended with ${code} before ${pattern}: ${this.stdout}\n${stderr}`);
      }
      await pause(20);
    }
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    this.#process.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.running) await this.signal('SIGKILL');
  }
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The bot with the playground on a free port, once it is open. */
export async function startBot(
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Accord & { readonly url: string }> {
  const bot = new Accord('main', home, ['--empty'], env);
  try {
    const [, url = ''] = await bot.shows(/the playground is open at (\S+)/);
    return Object.assign(bot, { url });
  } catch (error) {
    await bot[Symbol.asyncDispose]();
    throw error;
  }
}

export const runCli = (home: Home, ...argv: string[]): Promise<Ended> => new Accord('cli', home, argv).ended;
