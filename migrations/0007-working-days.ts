import { type Kysely, sql } from 'kysely';

/** Which days are worked on, whose zone an officer lives in, and how often a reminder was postponed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // What differs from the week: a holiday, or a day worked in exchange for another.
    sql`create table special_days (
      day date primary key,
      worked boolean not null,
      name text not null check (length(name) between 1 and 200)
    )`,
    // A year is known once its days are in; decided once the government's exchanges for it are known too.
    sql`create table calendar_years (
      year integer primary key check (year between 1900 and 2200),
      decided boolean not null
    )`,
    // Without one it is the zone of the house.
    sql`alter table officers add column zone text`,
    // Who approves for an agency, and hears of what is long overdue: one at most.
    sql`alter table officers add column approver boolean not null default false`,
    sql`create unique index officers_approver on officers (agency_id) where approver and active`,
    sql`alter table snoozes add column times integer not null default 1`,
    // The reminders of the last weeks are counted before each new one.
    sql`create index deliveries_reminders on deliveries (made_at) where kind = 'reminder' and verb = 'post'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
