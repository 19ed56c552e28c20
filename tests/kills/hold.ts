import pg from 'pg';
import { pause } from '../processes/accord-process.ts';

/** Milliseconds after which nobody is expected to come any more. */
const PATIENCE = 20_000;

/** A lock, and the statement that waits for it. */
export interface Hold {
  readonly lock: string;
  readonly statement: string;
}

/**
 * Holds up on the server, by a lock, whoever comes to a certain statement: there a bot can be killed in the middle of
 * its transaction, or between what it asked for and the answer. The work is handed the name of who waits: the wanted one,
 * the first to come where nobody is wanted, or null where nobody came in time.
 */
export async function whileHeldUp(
  url: string,
  { lock, statement }: Hold,
  wanted: string | null,
  work: (who: string | null) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await client.query(lock);
    await work(await whoWaits(url, statement, wanted));
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function whoWaits(url: string, statement: string, wanted: string | null): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(5)) {
      const { rows } = await client.query<{ name: string }>(
        `select application_name as name from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query ilike $1`,
        [`%${statement}%`],
      );
      const found = rows.find(({ name }) => wanted === null || name === wanted);
      if (found) return found.name;
    }
    return null;
  } finally {
    await client.end();
  }
}

/** Numbers of the locks at which triggers wait. */
const CLAIMS = 4101;
const RECORDS = 4102;

/** Whoever takes deliveries, in the middle of it; and whoever writes down that one was said. */
export const CLAIMING: Hold = { lock: `select pg_advisory_xact_lock(${CLAIMS})`, statement: "set state = 'sending'" };
export const RECORDING: Hold = {
  lock: `select pg_advisory_xact_lock(${RECORDS})`,
  statement: 'update deliveries set said',
};

/** Where a bot takes deliveries or records one, it comes past a lock that nobody holds but whoever wants to kill it there. */
export async function makeHoldable(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create function comes_past_a_lock() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
      return new;
    end $$;
    create trigger claims before update on deliveries for each row
      when (new.state = 'sending' and old.state = 'pending') execute function comes_past_a_lock('${CLAIMS}');
    create trigger records before update on deliveries for each row
      when (new.said <> old.said) execute function comes_past_a_lock('${RECORDS}');`);
}

/** Whoever promises something to a channel, somewhere in the middle of a planned run. */
export const promising = (channelId: number): Hold => ({
  lock: `select 1 from channels where id = ${channelId} for update`,
  statement: 'update "channels" set "next_order"',
});
