import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process of its own that has, or wants, a data directory. What it prints comes line by line. */
export class EmbeddedChild {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #heard: (() => void)[] = [];

  constructor(job: 'commit' | 'own' | 'race', dataDir: string, ...more: string[]) {
    const script = fileURLToPath(new URL('./embedded-child.ts', import.meta.url));
    this.#process = spawn(process.execPath, ['--import', 'tsx', script, job, dataDir, ...more], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#process, 'close');
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('a child without an output');
    createInterface(stdout).on('line', (line) => {
      this.lines.push(line);
      this.#tellListeners();
    });
    this.#process.once('close', () => this.#tellListeners());
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the child did not start');
    return this.#process.pid;
  }

  /** The first line that begins like this, once it is there. Rejects when the child ends without it. */
  async line(beginning: string): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => line.startsWith(beginning));
      if (found !== undefined) return found;
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
        await this.#ended;
        const last = this.lines.find((line) => line.startsWith(beginning));
        if (last !== undefined) return last;
        throw new Error(`the child ended without '${beginning}': ${this.lines.slice(-5).join(' | ')}`);
      }
      await new Promise<void>((heard) => this.#heard.push(heard));
    }
  }

  say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** `kill -9`, and the wait until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #tellListeners(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const tell of heard) tell();
  }
}
