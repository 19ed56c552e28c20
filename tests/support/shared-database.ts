import type pg from 'pg';
import type { TestDatabase } from './databases.ts';

/**
 * One database for tests that have it one after the other. Whoever gives it back leaves it empty, with its counters at
 * their beginning and no session of theirs; where that cannot be (a client was not given back, a table was made, it was
 * closed), the next gets a new one.
 */
export function createShared(makeOne: () => Promise<TestDatabase>): { open(): Promise<TestDatabase> } {
  let spare: Made | undefined;

  async function open(): Promise<TestDatabase> {
    const { database, things } = spare ?? (await made(makeOne));
    spare = undefined;
    return {
      kind: database.kind,
      pool: database.pool,
      async [Symbol.asyncDispose]() {
        if (spare === undefined && (await emptied(database.pool, things))) spare = { database, things };
        else await database[Symbol.asyncDispose]();
      },
    };
  }
  return { open };
}

interface Made {
  readonly database: TestDatabase;
  readonly things: string;
}

async function made(makeOne: () => Promise<TestDatabase>): Promise<Made> {
  const database = await makeOne();
  return { database, things: await thingsIn(database.pool) };
}

/** Everything that stands in the schema, by its number. */
async function thingsIn(db: Pick<pg.Pool, 'query'>): Promise<string> {
  const { rows } = await db.query(
    "select array_agg(oid order by oid)::text as things from pg_class where relnamespace = 'public'::regnamespace",
  );
  return String(rows[0]?.things);
}

/** Whether the database is as new again. Its tables are small: deleting takes a hundredth of the time of truncating. */
async function emptied(pool: pg.Pool, things: string): Promise<boolean> {
  if (pool.ending || pool.waitingCount > 0 || pool.idleCount < pool.totalCount) return false;
  try {
    const client = await pool.connect();
    let emptied = false;
    try {
      emptied = (await thingsIn(client)) === things;
      if (emptied) await client.query(EMPTY);
    } finally {
      client.release(true);
    }
    return emptied;
  } catch {
    // It ended by itself, as some tests make it.
    return false;
  }
}

/** What the migrations wrote about themselves stays. */
const EMPTY = `do $$
declare thing record;
begin
  set local session_replication_role = replica;
  for thing in select relname, relkind from pg_class where relnamespace = 'public'::regnamespace loop
    if thing.relkind = 'r' and thing.relname not like 'kysely%' then execute format('delete from %I', thing.relname);
    elsif thing.relkind = 'S' then perform setval(format('%I', thing.relname)::regclass, 1, false);
    end if;
  end loop;
end $$`;
