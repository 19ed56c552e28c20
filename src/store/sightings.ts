import type { Account } from '../chat/interaction.ts';
import type { Database } from './index.ts';

/**
 * Where people speak from, noted after their answer, in a statement of its own that nobody waits for. No history: it
 * is nothing that anybody changed. `failed` is told what could not be noted; the next interaction notes it again.
 */
export function createSightings(db: Database, parts: { now(): string; failed(error: unknown): void }) {
  const inHand = new Set<Promise<void>>();
  async function note({ platform, id }: Account): Promise<void> {
    const at = parts.now();
    await db
      .updateTable('accounts')
      .set({ last_seen: at })
      .where('platform', '=', platform)
      .where('account', '=', id)
      .where((eb) => eb.or([eb('last_seen', 'is', null), eb('last_seen', '<', at)]))
      .execute();
  }
  return {
    note(account: Account): void {
      const work: Promise<void> = note(account)
        .catch(parts.failed)
        .finally(() => inHand.delete(work));
      inHand.add(work);
    },
    /** Resolves when everything handed in has been noted. */
    async settle(): Promise<void> {
      await Promise.all(inHand);
    },
  };
}
