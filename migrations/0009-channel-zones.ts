import { type Kysely, sql } from 'kysely';

/** Whose morning a channel's digest comes in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Without one it is the zone of the house.
  await sql`alter table channels add column zone text`.execute(db);
}
