import { type Kysely, sql } from 'kysely';

/** Where a person is spoken to, who is a coordinator by configuration, and what a group was decided on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // An account that a coordinator or an address book gave has not been seen until somebody speaks from it.
    sql`alter table accounts alter column last_seen drop not null`,
    // The platform they chose to be written to on; without one it is where they were last seen.
    sql`alter table officers add column platform text`,
    // An entry of the configured coordinators is one officer, however many of their words arrive at once.
    sql`alter table officers add column configured_as text`,
    sql`create unique index officers_configured on officers (configured_as) where active`,
    // The reports a group was declined or concluded on: it is not proposed again for these alone.
    sql`alter table working_groups add column weighed integer[] not null default '{}'`,
    // A shared obstacle that was made part of another keeps its reference, and points on.
    sql`alter table shared_obstacles add column merged_into integer references shared_obstacles check (merged_into <> id)`,
    sql`alter table shared_obstacles add check (merged_into is null or state = 'solved')`,
    // A pair is told apart from both of its ends.
    sql`create index obstacle_events_other on obstacle_events (other_id) where event = 'rejected'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
