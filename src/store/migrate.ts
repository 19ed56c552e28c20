import { Kysely, type Migration, Migrator, PostgresDialect } from 'kysely';
import type pg from 'pg';
import * as register from '../../migrations/0001-register.ts';
import * as deliveries from '../../migrations/0002-deliveries.ts';
import * as playground from '../../migrations/0003-playground.ts';
import * as corrections from '../../migrations/0004-corrections.ts';
import * as people from '../../migrations/0005-people.ts';
import * as undelivered from '../../migrations/0006-undelivered.ts';
import * as workingDays from '../../migrations/0007-working-days.ts';
import * as approvals from '../../migrations/0008-approvals.ts';
import * as channelZones from '../../migrations/0009-channel-zones.ts';
import * as disowned from '../../migrations/0010-disowned.ts';
import * as deliveryTokens from '../../migrations/0011-delivery-tokens.ts';
import * as deliveryCuts from '../../migrations/0012-delivery-cuts.ts';

const migrations: Record<string, Migration> = {
  '0001-register': register,
  '0002-deliveries': deliveries,
  '0003-playground': playground,
  '0004-corrections': corrections,
  '0005-people': people,
  '0006-undelivered': undelivered,
  '0007-working-days': workingDays,
  '0008-approvals': approvals,
  '0009-channel-zones': channelZones,
  '0010-disowned': disowned,
  '0011-delivery-tokens': deliveryTokens,
  '0012-delivery-cuts': deliveryCuts,
};

/** The register in this database cannot be used by this Accord. The message is for whoever starts it. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** PostgreSQL's codes (Appendix A of its manual): no such table; may not. */
const UNDEFINED_TABLE = '42P01';
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * The steps that are still to be done here, in their order; none where the database is as this Accord wants it.
 * Throws DatabaseUnusable where a newer Accord has been at it.
 */
export async function migrationsToDo(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool
    .query<{ name: string }>('select name from kysely_migration')
    .catch((error: { code?: string }) => {
      if (error.code === UNDEFINED_TABLE) return { rows: [] };
      throw error;
    });
  const newer = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
  if (newer.length > 0)
    throw new DatabaseUnusable(
      `The database was used by a newer Accord (${newer.join(', ')}). Start that version, or restore a backup made before it.`,
    );
  const done = new Set(rows.map(({ name }) => name));
  return Object.keys(migrations).filter((name) => !done.has(name));
}

/**
 * Brings a database up to today's shape: the same steps on both databases, each run once, in one transaction.
 * Throws what the database says where a step fails; nothing of it stays then. DatabaseUnusable where it was made by a
 * newer Accord, or its user may not make tables.
 */
export async function migrateToLatest(pool: pg.Pool): Promise<void> {
  if ((await migrationsToDo(pool)).length === 0) return;
  // Not destroyed: that would end the pool, which is the caller's.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE)
    throw new DatabaseUnusable(
      `The user of DATABASE_URL may not make the tables (${error.message}). Make it the owner of the database.`,
      { cause: error },
    );
  if (error) throw error;
}
