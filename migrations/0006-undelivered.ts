import { type Kysely, sql } from 'kysely';

/** What became of deliveries that did not arrive: since when it is settled, and since when it is in doubt. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // The first attempt whose answer never came: a later attempt that is only put off takes no doubt away.
    sql`alter table deliveries add column doubt_since timestamptz`,
    sql`update deliveries set doubt_since = attempted_at where state = 'in-doubt'`,
    // Faults of ours, counted apart from what a platform puts off: an outage of a day uses nothing up.
    sql`alter table deliveries add column faults integer not null default 0`,
    sql`alter table deliveries add column settled_at timestamptz`,
    sql`update deliveries set settled_at = coalesce(attempted_at, made_at) where state in ('refused', 'expired')`,
    // The list of what did not arrive, newest first.
    sql`create index deliveries_undelivered on deliveries (settled_at) where state in ('refused', 'expired')`,
  ];
  for (const statement of statements) await statement.execute(db);
}
