import { type Kysely, sql } from 'kysely';

/** Reports that count only once the agency's approver has approved them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // Whether what its officers report counts only once approved.
    sql`alter table agencies add column approves boolean not null default false`,
    // What was reported before counts, and so does what nobody has to approve.
    sql`alter table progress_updates add column state text not null default 'counted'
      check (state in ('counted', 'waiting', 'sent-back'))`,
    // Who was asked to approve it; null where the coordinators were, or nobody was.
    sql`alter table progress_updates add column asked_id integer references officers`,
    sql`alter table progress_updates add column decided_at timestamptz`,
    sql`alter table progress_updates add column decided_by integer references officers`,
    sql`alter table progress_updates add column decided_why text check (length(decided_why) between 1 and 10000)`,
    sql`alter table progress_updates add check (state <> 'waiting' or decided_at is null)`,
    sql`alter table progress_updates add check (state <> 'sent-back' or (decided_at is not null and decided_why is not null))`,
    // What waits or came back is looked for each morning, among all that was ever reported.
    sql`create index progress_updates_open on progress_updates (commitment_id, at) where state <> 'counted'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
