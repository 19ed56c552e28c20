import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Outcome } from './simulate.ts';
import type { Task } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * Lives through worlds in so many processes at once, each with a database of its own on one server; `found` is given
 * each outcome as it comes and says whether to go on. A world that comes to no end is a failure of its own.
 */
export async function liveThroughAll(
  tasks: readonly Task[],
  parts: { readonly server: string; readonly jobs: number; found(outcome: Outcome, task: Task): boolean },
): Promise<void> {
  const left = [...tasks];
  let enough = false;
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parts.jobs, tasks.length)) }, (_, at) => work(at)));

  async function work(at: number): Promise<void> {
    const url = await databaseOn(parts.server, `worlds_${at}`);
    let worker: ChildProcess | null = null;
    try {
      for (let task = left.shift(); task && !enough; task = left.shift()) {
        worker ??= await begin(url);
        const { outcome, error } = await ask(worker, task);
        // Whatever it still holds is gone with its process.
        if (error !== undefined) {
          await end(worker);
          worker = null;
        }
        if (!parts.found(outcome ?? endless(task.seed, error ?? 'nothing'), task)) enough = true;
      }
    } finally {
      if (worker) await end(worker);
    }
  }
}

async function begin(url: string): Promise<ChildProcess> {
  // What a step makes is gone after it: with room for it, little is ever swept.
  const worker = fork(WORKER, [url], { execArgv: [...process.execArgv, '--max-semi-space-size=32'] });
  const [first] = (await Promise.race([once(worker, 'message'), once(worker, 'exit')])) as [unknown];
  if (first !== 'ready') throw new Error(`a process of the simulation ended with ${String(first)} before it began`);
  return worker;
}

interface Answer {
  readonly outcome?: Outcome;
  readonly error?: string;
}

function ask(worker: ChildProcess, task: Task): Promise<Answer> {
  return new Promise((resolve) => {
    const ended = (code: number | null) => resolve({ error: `the process ended with ${String(code)}` });
    worker.once('exit', ended).once('message', (answer: Answer) => {
      worker.off('exit', ended);
      resolve(answer);
    });
    worker.send(task);
  });
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

const endless = (seed: number, error: string): Outcome => ({
  seed,
  violations: [{ invariant: 'end', text: `the world came to no end: ${error}` }],
  tally: { delivered: 0, expired: 0, refused: 0, inDoubt: 0 },
  faults: {},
  steps: 0,
  moments: 0,
  fingerprint: '',
});

async function databaseOn(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return server.replace('/postgres?', `/${name}?`);
}
