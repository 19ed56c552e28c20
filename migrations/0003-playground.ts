import { type Kysely, sql } from 'kysely';

/** What was said in the playground: the one platform whose own memory is this database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table playground_conversations (
      id integer generated always as identity primary key,
      key text not null unique,
      name text not null,
      topic text not null,
      kind text not null check (kind in ('channel', 'direct', 'private')),
      members text[] not null,
      archived boolean not null default false
    )`,
    // The key makes a saying happen once, whoever repeats it.
    sql`create table playground_messages (
      id integer generated always as identity primary key,
      key text not null unique,
      conversation_id integer not null references playground_conversations,
      author text not null,
      at timestamptz not null,
      body jsonb not null,
      only_for text,
      edits integer not null default 0
    )`,
    sql`create index playground_messages_conversation on playground_messages (conversation_id, id)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
