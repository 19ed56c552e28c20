import type { Waiting, WaitingReads, WaitingWrites } from '../use-cases/waiting-ports.ts';
import type { Database } from './index.ts';

export function waitingReads(db: Database): WaitingReads {
  return {
    async waitingDirect(after, officerId) {
      let query = db
        .selectFrom('deliveries as d')
        .innerJoin('channels as c', 'c.id', 'd.channel_id')
        .select(['d.id', 'd.kind', 'd.facts', 'd.not_before', 'd.expires_at', 'c.officer_id'])
        .where('c.kind', '=', 'direct')
        .where('d.verb', '=', 'post')
        .where('d.state', '=', 'pending')
        .where('d.attempts', '=', 0)
        .where('d.not_before', '>', after)
        .orderBy('d.id');
      if (officerId !== undefined) query = query.where('c.officer_id', '=', officerId);
      return (await query.execute()).map(
        (row): Waiting => ({
          id: row.id,
          kind: row.kind,
          facts: row.facts as Waiting['facts'],
          officerId: row.officer_id ?? 0,
          notBefore: row.not_before,
          expiresAt: row.expires_at,
        }),
      );
    },
  };
}

export function waitingWrites(db: Database): WaitingWrites {
  return {
    async putOff(id, notBefore, expiresAt) {
      await db
        .updateTable('deliveries')
        .set({ not_before: notBefore, expires_at: expiresAt })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .where('attempts', '=', 0)
        .execute();
    },
  };
}
