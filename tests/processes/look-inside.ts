import { openEmbedded } from '../../src/store/embedded/open.ts';
import type { Home } from './bot.ts';

/** What a query finds in the database of a home that no process has open; one cut off is recovered by looking. */
export async function lookInside<T extends object>(home: Home, statement: string): Promise<readonly T[]> {
  const embedded = await openEmbedded({ dataDir: home.dataDir, keepThread: true });
  try {
    return (await embedded.pool.query<T>(statement)).rows;
  } finally {
    await embedded.close();
  }
}

export async function countRows(home: Home, table: 'commitments' | 'imports' | 'history'): Promise<number> {
  const [row] = await lookInside<{ count: number }>(home, `select count(*)::int as count from ${table}`);
  return row?.count ?? 0;
}
