import { sql } from 'kysely';
import type { Claimed, InDoubt, Outbox, Settlement } from '../outbox/ports.ts';
import { later } from '../use-cases/zoned.ts';
import type { Database } from './index.ts';

/** How long one delivery in doubt keeps its channel waiting before the next is said all the same. */
const DOUBT_HOLDS_MINUTES = 10;

interface Row {
  readonly id: number;
  readonly channel_id: number;
  readonly verb: Claimed['verb'];
  readonly kind: string;
  readonly facts: Record<string, unknown>;
  readonly attempts: number;
  readonly said: string[];
  readonly edits: number | null;
  readonly original_said: string[] | null;
  readonly attempted_at: string;
}

const claimedOf = (row: Row): InDoubt => ({
  id: row.id,
  channelId: row.channel_id,
  verb: row.verb,
  kind: row.kind,
  facts: row.facts,
  attempts: row.attempts,
  said: row.said,
  edits: row.edits === null ? null : { id: row.edits, said: row.original_said ?? [] },
  attemptedAt: row.attempted_at,
});

const RETURNED = sql`d.id, d.channel_id, d.verb, d.kind, d.facts, d.attempts, d.said, d.edits, d.attempted_at,
  (select o.said || array(
      select message from deliveries e, unnest(e.said) with ordinality as parts (message, at)
      where e.edits = o.id and e.id < d.id order by e.id, at)
    from deliveries o where o.id = d.edits) as original_said`;

/** The outbox on the house's database. Claims skip what another worker holds; only a channel's head can be claimed. */
export function createOutbox(db: Database): Outbox {
  return {
    async sweep(now) {
      await sql`update deliveries set state = 'expired', error = 'expired' where state = 'pending' and expires_at < ${now} and cardinality(said) = 0`.execute(
        db,
      );
      await sql`update deliveries set state = 'in-doubt', error = 'no-answer', worker = null, lease_until = null where state = 'sending' and lease_until < ${now}`.execute(
        db,
      );
    },
    async claim(worker, now, leaseUntil, limit) {
      const held = later(now, { minutes: -DOUBT_HOLDS_MINUTES });
      const { rows } = await sql<Row>`
        update deliveries d set state = 'sending', attempts = d.attempts + 1, attempted_at = ${now}, worker = ${worker}, lease_until = ${leaseUntil}
        where d.id in (
          select h.id from deliveries h
          where h.state = 'pending' and h.not_before <= ${now}
            and not exists (
              select 1 from deliveries b where b.channel_id = h.channel_id and b.ord < h.ord
                and (b.state in ('pending', 'sending') or (b.state = 'in-doubt' and b.attempted_at > ${held})))
          order by h.id limit ${limit} for update skip locked)
        returning ${RETURNED}`.execute(db);
      return rows.map(claimedOf);
    },
    async claimInDoubt(worker, now, leaseUntil, limit) {
      const { rows } = await sql<Row>`
        update deliveries d set worker = ${worker}, lease_until = ${leaseUntil}
        where d.id in (
          select h.id from deliveries h
          where h.state = 'in-doubt' and (h.lease_until is null or h.lease_until < ${now})
          order by h.id limit ${limit} for update skip locked)
        returning ${RETURNED}`.execute(db);
      return rows.map(claimedOf);
    },
    async recordSaid(id, message, leaseUntil) {
      await sql`update deliveries set said = said || ${message}::text,
        lease_until = case when state = 'sending' then ${leaseUntil}::timestamptz else lease_until end where id = ${id}`.execute(
        db,
      );
    },
    async settle(id, settlement, now) {
      await settleRow(db, id, settlement, now);
    },
    async setConversation(channelId, conversation) {
      await db.updateTable('channels').set({ conversation }).where('id', '=', channelId).execute();
    },
    async nextAt() {
      const { rows } = await sql<{ at: string | null }>`
        select min(case d.state when 'pending' then d.not_before else coalesce(d.lease_until, d.attempted_at) end) as at
        from deliveries d where d.state in ('sending', 'in-doubt') or (d.state = 'pending' and not exists (
          select 1 from deliveries b where b.channel_id = d.channel_id and b.ord < d.ord
            and b.state in ('pending', 'sending', 'in-doubt')))`.execute(db);
      return rows[0]?.at ?? null;
    },
    async counts() {
      const { rows } = await sql<{
        state: string;
        count: number;
      }>`select state, count(*) as count from deliveries group by state`.execute(db);
      return Object.fromEntries(rows.map((row) => [row.state, row.count]));
    },
  };
}

async function settleRow(db: Database, id: number, settlement: Settlement, now: string): Promise<void> {
  const common = { worker: null, state: settlement.state };
  const columns =
    settlement.state === 'sent'
      ? { ...common, lease_until: null, sent_at: now, error: null }
      : settlement.state === 'pending'
        ? { ...common, lease_until: null, not_before: settlement.notBefore, error: settlement.error }
        : settlement.state === 'in-doubt'
          ? // Looked into again after a minute.
            { ...common, lease_until: later(now, { minutes: 1 }), error: settlement.error }
          : { ...common, lease_until: null, error: settlement.error };
  await db.updateTable('deliveries').set(columns).where('id', '=', id).execute();
}
