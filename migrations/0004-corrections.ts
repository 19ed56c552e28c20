import { type Kysely, sql } from 'kysely';

/** What may be corrected: commitments withdrawn, obstacles solved, groups concluded; and what an import really did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // What applying did, which may differ from what its preview said.
    sql`alter table imports add column created integer, add column updated integer`,
    sql`alter table imports add check ((created is null) = (updated is null))`,

    // A withdrawn commitment keeps its card and history, and is counted and reminded of no more.
    sql`alter table commitments add column withdrawn_at timestamptz, add column withdrawn_why text`,
    sql`alter table commitments add check ((withdrawn_at is null) = (withdrawn_why is null))`,

    // How an obstacle was removed, remembered for whoever meets the same one again.
    sql`alter table obstacles
      add column solved_at timestamptz,
      add column solved_by integer references officers,
      add column solved_how text check (length(solved_how) between 1 and 10000)`,
    sql`alter table obstacles add check ((solved_at is null) = (solved_how is null))`,
    sql`alter table obstacles add check (solved_at is null or state = 'solved')`,
    sql`alter table shared_obstacles
      add column solved_at timestamptz,
      add column solved_how text check (length(solved_how) between 1 and 10000)`,
    sql`alter table shared_obstacles add check (solved_at is null or state = 'solved')`,

    sql`alter table working_groups
      add column concluded_at timestamptz,
      add column concluded_by integer references officers,
      add column outcome text check (length(outcome) between 1 and 10000)`,
    sql`alter table working_groups add check ((concluded_at is null) = (outcome is null))`,
    sql`alter table working_groups add check (concluded_at is null or state = 'concluded')`,

    // A concluded group's conversation is archived by the relay, as everything that a platform is asked to do.
    sql`alter table deliveries drop constraint deliveries_verb_check`,
    sql`alter table deliveries add constraint deliveries_verb_check
      check (verb in ('post', 'edit', 'open', 'invite', 'archive'))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
