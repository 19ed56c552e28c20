import pg from 'pg';
import { migrateToLatest } from '../../src/store/migrate.ts';
import { SMALL, YEAR } from './office.ts';
import { simulate } from './simulate.ts';

/** A world to be lived through. */
export interface Task {
  readonly seed: number;
  readonly year: boolean;
  /** Tell what happens, line by line. */
  readonly aloud: boolean;
}

// A process of its own, on a database of its own: it is given one world after the other, and answers with what became of each.
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 4 });
pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
await migrateToLatest(pool);

process.on('message', (task: Task) => {
  const tell = task.aloud ? (line: string) => void process.stdout.write(`${line}\n`) : undefined;
  simulate(task.seed, pool, task.year ? YEAR : SMALL, tell).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => void pool.end());
process.send?.('ready');
