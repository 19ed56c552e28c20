import { type Kysely, sql } from 'kysely';

/** What a delivery of several messages was cut into, kept until the last of them is said. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Nothing looks into it: as it was written, and read as it was written.
  await sql`alter table deliveries add column cut json`.execute(db);
}
