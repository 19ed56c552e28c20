import { type Kysely, sql } from 'kysely';

/** When its officer said that a commitment is not theirs: whoever decides whose it is holds it from then on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table commitments add column disowned_at timestamptz`.execute(db);
}
