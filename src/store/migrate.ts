import { Kysely, type Migration, Migrator, PostgresDialect } from 'kysely';
import type pg from 'pg';
import * as register from '../../migrations/0001-register.ts';
import * as deliveries from '../../migrations/0002-deliveries.ts';
import * as playground from '../../migrations/0003-playground.ts';
import * as corrections from '../../migrations/0004-corrections.ts';
import * as people from '../../migrations/0005-people.ts';

const migrations: Record<string, Migration> = {
  '0001-register': register,
  '0002-deliveries': deliveries,
  '0003-playground': playground,
  '0004-corrections': corrections,
  '0005-people': people,
};

/**
 * Brings a database up to today's shape: the same steps on both databases, each run once, in one transaction.
 * Throws what the database says where a step fails; nothing of it stays then.
 */
export async function migrateToLatest(pool: pg.Pool): Promise<void> {
  // Not destroyed: that would end the pool, which is the caller's.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
