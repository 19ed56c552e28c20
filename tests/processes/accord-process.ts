import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../src/run.mjs', import.meta.url));

/** How a process ended, and all that it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of Accord, from its own sources, started as production starts them. */
export class Accord {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;

  constructor(
    script: 'main' | 'cli' | 'doctor',
    home: { readonly cwd: string; readonly dataDir: string },
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
