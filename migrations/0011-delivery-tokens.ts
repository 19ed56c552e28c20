import { type Kysely, sql } from 'kysely';

/** What a delivery's messages are recognised by: a row's number is another register's as well. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table deliveries add column token text`,
    // What was said under its number (in base 36) is still found by it.
    sql`update deliveries set token = ltrim((
      select string_agg(substr('0123456789abcdefghijklmnopqrstuvwxyz', (id / (36 ^ place)::bigint % 36)::int + 1, 1), '' order by place desc)
      from generate_series(0, 10) as place), '0')`,
    sql`alter table deliveries alter column token set not null`,
    // Two deliveries of one key would be taken for each other.
    sql`create unique index deliveries_token on deliveries (token)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
