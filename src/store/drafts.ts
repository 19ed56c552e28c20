import type { Draft } from '../chat/dispatch.ts';
import type { Account } from '../chat/interaction.ts';
import type { Database } from './index.ts';

/** What was typed and refused, kept until it is sent again: each readable by its own account alone. */
export function createDrafts(db: Database, parts: { now(): string; id(): string }) {
  return {
    async save(draft: Draft, account: Account): Promise<string> {
      const id = parts.id();
      await db
        .insertInto('drafts')
        .values({
          id,
          path: draft.path,
          blanks: JSON.stringify(draft.blanks),
          version: draft.version ?? null,
          platform: account.platform,
          account: account.id,
          origin: draft.origin ? JSON.stringify(draft.origin) : null,
          at: parts.now(),
        })
        .execute();
      return id;
    },
    async load(id: string, account: Account): Promise<Draft | null> {
      const row = await db
        .selectFrom('drafts')
        .selectAll()
        .where('id', '=', id)
        .where('platform', '=', account.platform)
        .where('account', '=', account.id)
        .executeTakeFirst();
      if (!row) return null;
      return {
        path: row.path,
        blanks: row.blanks,
        ...(row.version === null ? {} : { version: row.version }),
        ...(row.origin ? { origin: row.origin as NonNullable<Draft['origin']> } : {}),
      };
    },
  };
}
