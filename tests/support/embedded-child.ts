import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DataDirectoryInUse, takeDataDirectory } from '../../src/store/embedded/lock.ts';

// The other process in the tests of the embedded database: run by `EmbeddedChild` with a job and a data directory.

const [, , job, dataDir = '', ...more] = process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Commits numbered rows as fast as it can, each in a transaction of two statements, and says each number once it is acknowledged. */
async function commit(firstNumber: number): Promise<void> {
  const { openEmbedded } = await import('../../src/store/embedded/open.ts');
  const { pool } = await openEmbedded({ dataDir });
  await pool.query('create table if not exists acknowledged (n int primary key, twin int not null unique)');
  const client = await pool.connect();
  say('ready');
  for (let n = firstNumber; ; n++) {
    await client.query('begin');
    await client.query('insert into acknowledged values ($1, -$1::int)', [n]);
    await client.query('update acknowledged set twin = twin where n = $1', [n]);
    await client.query('commit');
    say(`acknowledged ${n}`);
  }
}

/** Opens the database and keeps it until it is told to close it well. */
async function own(): Promise<void> {
  const { openEmbedded } = await import('../../src/store/embedded/open.ts');
  const embedded = await openEmbedded({
    dataDir,
    onStep: (step) => say(step),
    door: async ({ argv, stdin, files }, out) => {
      out({ stream: 'stdout', text: `heard ${JSON.stringify({ argv, stdin, files })}` });
      out({ stream: 'stderr', text: `by ${process.pid}` });
      return 7;
    },
  });
  say('open');
  await once(process.stdin, 'data');
  await embedded.close();
  process.stdin.destroy();
  say('closed');
}

/** Takes the lock alone each time it is told to, and says how it went. */
async function race(): Promise<void> {
  say('ready');
  for await (const round of createInterface(process.stdin)) {
    const started = performance.now();
    try {
      await takeDataDirectory(dataDir, (visitor) =>
        visitor.end(`${JSON.stringify({ pid: process.pid, startedAt: '' })}\n`),
      );
      say(`${round} won`);
    } catch (error) {
      if (!(error instanceof DataDirectoryInUse)) throw error;
      say(`${round} refused ${Math.round(performance.now() - started)} ${error.pid}`);
    }
  }
}

const jobs: Record<string, () => Promise<void>> = { commit: () => commit(Number(more[0])), own, race };
await jobs[job ?? '']?.();
