import { sql } from 'kysely';
import type { Conversation, ConversationKind, Ledger, LedgerBody, LedgerMessage } from '../chat/playground/ledger.ts';
import type { Database } from './index.ts';

/** The playground's memory in the house's database: what was said is there after a restart, and once. */
export function createPlaygroundLedger(db: Database): Ledger {
  const conversations = () =>
    db
      .selectFrom('playground_conversations as c')
      .selectAll('c')
      .select(
        sql<number>`(select count(*) from playground_messages m where m.conversation_id = c.id and m.only_for is null)`.as(
          'said',
        ),
      )
      .orderBy('c.id');
  type Row = Awaited<ReturnType<ReturnType<typeof conversations>['execute']>>[number];
  const conversationOf = (row: Row): Conversation => ({
    id: String(row.id),
    name: row.name,
    topic: row.topic,
    kind: row.kind as ConversationKind,
    members: row.members,
    archived: row.archived,
    said: row.said,
  });
  const one = async (id: string): Promise<Conversation | null> => {
    const row = await conversations().where('c.id', '=', idOf(id)).executeTakeFirst();
    return row ? conversationOf(row) : null;
  };
  const messages = () => db.selectFrom('playground_messages').selectAll();
  type MessageRow = Awaited<ReturnType<ReturnType<typeof messages>['execute']>>[number];
  const messageOf = (row: MessageRow): LedgerMessage => ({
    id: String(row.id),
    order: row.id,
    conversation: String(row.conversation_id),
    author: row.author,
    at: row.at,
    body: row.body as LedgerBody,
    only: row.only_for,
    edits: row.edits,
  });

  return {
    async conversations() {
      return (await conversations().execute()).map(conversationOf);
    },
    conversation: one,
    async open(request) {
      const members = [...new Set(request.members)];
      await db
        .insertInto('playground_conversations')
        .values({ key: request.key, name: request.name, topic: request.topic, kind: request.kind, members })
        .onConflict((on) => on.column('key').doNothing())
        .execute();
      return conversationOf(await conversations().where('c.key', '=', request.key).executeTakeFirstOrThrow());
    },
    async addMembers(id, members) {
      await sql`update playground_conversations set members = array(select distinct unnest(members || ${[...members]}::text[])) where id = ${idOf(id)}`.execute(
        db,
      );
    },
    async removeMembers(id, members) {
      await sql`update playground_conversations set members = array(select unnest(members) except select unnest(${[...members]}::text[])) where id = ${idOf(id)}`.execute(
        db,
      );
    },
    async archive(id) {
      await db.updateTable('playground_conversations').set({ archived: true }).where('id', '=', idOf(id)).execute();
    },
    async write(message) {
      await db
        .insertInto('playground_messages')
        .values({
          key: message.key,
          conversation_id: idOf(message.conversation),
          author: message.author,
          at: message.at,
          body: JSON.stringify(message.body),
          only_for: message.only,
        })
        .onConflict((on) => on.column('key').doNothing())
        .execute();
      return messageOf(await messages().where('key', '=', message.key).executeTakeFirstOrThrow());
    },
    async rewrite(conversation, id, body) {
      const row = await db
        .updateTable('playground_messages')
        .set((eb) => ({ body: JSON.stringify(body), edits: eb('edits', '+', 1) }))
        .where('id', '=', idOf(id))
        .where('conversation_id', '=', idOf(conversation))
        .returningAll()
        .executeTakeFirst();
      return row ? messageOf(row) : null;
    },
    async message(id) {
      const row = await messages().where('id', '=', idOf(id)).executeTakeFirst();
      return row ? messageOf(row) : null;
    },
    async messages(conversation, { viewer, limit, before }) {
      const rows = await messages()
        .where('conversation_id', '=', idOf(conversation))
        .where((eb) => eb.or([eb('only_for', 'is', null), eb('only_for', '=', viewer)]))
        .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(messageOf).toReversed();
    },
    async find(conversation, key) {
      const row = await db
        .selectFrom('playground_messages')
        .select('id')
        .where('key', '=', key)
        .where('conversation_id', '=', idOf(conversation))
        .executeTakeFirst();
      return row ? String(row.id) : null;
    },
  };
}

/** Ids are numbers here; whatever else a visitor sends is nobody's. */
const idOf = (id: string): number => (/^\d{1,9}$/.test(id) ? Number(id) : 0);
