import { sql } from 'kysely';
import type { Attempt, Claimed, InDoubt, Outbox, Settlement } from '../outbox/ports.ts';
import { later } from '../use-cases/zoned.ts';
import { channelOf } from './deliveries.ts';
import type { Database } from './index.ts';

/** How long one delivery in doubt keeps its channel waiting before the next is said all the same. */
const DOUBT_HOLDS_MINUTES = 10;

interface Row {
  readonly id: number;
  readonly token: string;
  readonly channel: Parameters<typeof channelOf>[0];
  readonly verb: Claimed['verb'];
  readonly kind: string;
  readonly facts: Record<string, unknown>;
  readonly cut: Claimed['cut'];
  readonly attempts: number;
  readonly said: (string | null)[];
  readonly edits: number | null;
  readonly original_said: (string | null)[] | null;
  readonly overtaken: boolean;
  readonly attempted_at: string;
  readonly faults: number;
  readonly error: string | null;
  readonly doubt_since: string | null;
}

const claimedOf = (row: Row): Claimed => ({
  id: row.id,
  token: row.token,
  channel: channelOf(row.channel),
  verb: row.verb,
  kind: row.kind,
  facts: row.facts,
  cut: row.cut,
  attempts: row.attempts,
  said: row.said,
  edits: row.edits === null ? null : { id: row.edits, said: row.original_said ?? [], overtaken: row.overtaken },
  faults: row.faults,
  error: row.error,
  doubtSince: row.doubt_since,
});

const RETURNED = sql`d.id, d.token, (select row_to_json(c) from channels c where c.id = d.channel_id) as channel, d.verb, d.kind, d.facts, d.cut, d.attempts, d.said, d.edits, d.attempted_at, d.faults, d.error, d.doubt_since,
  (select o.said || array(
      select message from deliveries e, unnest(e.said) with ordinality as parts (message, at)
      where e.edits = o.id and e.id < d.id order by e.id, at)
    from deliveries o where o.id = d.edits) as original_said,
  (d.edits is not null and exists (
      select from deliveries l where l.channel_id = d.channel_id and l.ord > d.ord and l.edits = d.edits
        and l.state in ('sending', 'sent', 'in-doubt'))) as overtaken`;

/**
 * Keeps a subquery from being made a join. Between two bursts nearly nothing waits, and by those figures the planner
 * compares each that waits with every other: 400 of them are then 0.4 s a claim, and 5 ms by the index of each channel.
 */
const ROW_BY_ROW = sql`offset 0`;

/** Nobody wants to hear it any more. What was begun is finished: half a message is worse than a late one. */
export const tooLate = (now: string) => sql<boolean>`(expires_at < ${now} and cardinality(said) = 0)`;

/** The row, while it is said in this very attempt. */
const heldBy = (id: number, { worker, attempts }: Attempt) => ({ id, state: 'sending', worker, attempts });

/**
 * The outbox on the house's database. Claims skip what another worker holds; only a channel's head can be claimed. What is
 * planned for later and was never tried (a message that waits for the morning) is no head: it holds up nothing.
 */
export function createOutbox(db: Database): Outbox {
  return {
    async sweep(now, inHand) {
      // What may have been said already has not simply expired.
      const { rows } = await sql<{ id: number }>`with doubtful as (
          update deliveries set state = 'in-doubt', lease_until = ${later(now, { minutes: 1 })}
          where state = 'pending' and ${tooLate(now)} and doubt_since is not null),
        left_behind as (
          update deliveries set state = 'in-doubt', error = 'no-answer', doubt_since = coalesce(doubt_since, attempted_at), worker = null, lease_until = null
          where state = 'sending' and lease_until < ${now} and id <> all(${inHand}::int[]))
        select id from deliveries where state = 'pending' and ${tooLate(now)} and doubt_since is null order by id`.execute(
        db,
      );
      return rows.map(({ id }) => id);
    },
    async claim(worker, now, leaseUntil, limit) {
      const held = later(now, { minutes: -DOUBT_HOLDS_MINUTES });
      // Another bot's clock may be ahead by a minute: what is due by it is not planned for later.
      const soon = later(now, { minutes: 1 });
      const { rows } = await sql<Row>`
        update deliveries d set state = 'sending', attempts = d.attempts + 1, attempted_at = ${now}, worker = ${worker}, lease_until = ${leaseUntil}
        where d.id in (
          select h.id from deliveries h
          where h.state = 'pending' and h.not_before <= ${now} and ${tooLate(now)} is not true
            and not exists (
              select 1 from deliveries b where b.channel_id = h.channel_id and b.ord < h.ord
                and (b.state = 'sending' or (b.state = 'pending' and (b.attempts > 0 or b.not_before <= ${soon})) or (b.state = 'in-doubt' and b.doubt_since > ${held}))
              ${ROW_BY_ROW})
          order by h.id limit ${limit} for update skip locked)
        returning ${RETURNED}`.execute(db);
      return rows.map(claimedOf);
    },
    async extend(id, by, now, leaseUntil) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ lease_until: leaseUntil })
        .where((eb) => eb.and(heldBy(id, by)))
        .where(sql<boolean>`${tooLate(now)} is not true`)
        .executeTakeFirst();
      return numUpdatedRows > 0;
    },
    async keepCut(id, by, cut) {
      await db
        .updateTable('deliveries')
        .set({ cut })
        .where((eb) => eb.and(heldBy(id, by)))
        .execute();
    },
    async claimInDoubt(worker, now, leaseUntil, limit) {
      const { rows } = await sql<Row>`
        update deliveries d set worker = ${worker}, lease_until = ${leaseUntil}
        where d.id in (
          select h.id from deliveries h
          where h.state = 'in-doubt' and (h.lease_until is null or h.lease_until < ${now})
          order by h.id limit ${limit} for update skip locked)
        returning ${RETURNED}`.execute(db);
      return rows.map((row): InDoubt => ({ ...claimedOf(row), doubtSince: row.doubt_since ?? row.attempted_at }));
    },
    async recordSaid(id, after, message, then) {
      const next =
        'leaseUntil' in then
          ? // By its doubt a delivery holds its channel, for as long as somebody looks into it.
            sql`lease_until = case when state = 'sending' then ${then.leaseUntil}::timestamptz else lease_until end,
              doubt_since = case when state = 'in-doubt' then doubt_since end`
          : // What was settled for good meanwhile stays as it was settled.
            sql`worker = null, lease_until = null, doubt_since = null, cut = null,
              error = case when state in ('refused', 'expired') then error end,
              sent_at = case when state in ('sent', 'refused', 'expired') then sent_at else ${then.sentAt}::timestamptz end,
              state = case when state in ('refused', 'expired') then state else 'sent' end`;
      await sql`update deliveries set ${next},
        said = case when cardinality(said) = ${after} then said || ${message}::text else said end where id = ${id}`.execute(
        db,
      );
    },
    async settle(id, settlement, now, by) {
      await settleRow(db, id, settlement, now, by);
    },
    async setConversation(channelId, conversation) {
      await db.updateTable('channels').set({ conversation }).where('id', '=', channelId).execute();
    },
    async nextAt() {
      const { rows } = await sql<{ at: string | null }>`
        select min(case d.state when 'pending' then d.not_before else coalesce(d.lease_until, d.attempted_at) end) as at
        from deliveries d where d.state in ('sending', 'in-doubt') or (d.state = 'pending' and not exists (
          select 1 from deliveries b where b.channel_id = d.channel_id and b.ord < d.ord
            and (b.state in ('sending', 'in-doubt') or (b.state = 'pending' and (b.attempts > 0 or b.not_before <= d.not_before)))
            ${ROW_BY_ROW}))`.execute(db);
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

async function settleRow(db: Database, id: number, settlement: Settlement, now: string, by: Attempt): Promise<void> {
  const comesBack = settlement.state === 'pending' || settlement.state === 'in-doubt';
  await db
    .updateTable('deliveries')
    .set({ worker: null, state: settlement.state, ...columnsOf(settlement, now) })
    .where('id', '=', id)
    .where('state', 'not in', ['sent', 'refused', 'expired'])
    .$if(comesBack, (query) => query.where('worker', '=', by.worker).where('attempts', '=', by.attempts))
    .execute();
}

function columnsOf(settlement: Settlement, now: string) {
  switch (settlement.state) {
    case 'sent':
      return { lease_until: null, sent_at: now, doubt_since: null, error: null, cut: null };
    case 'refused':
    case 'expired':
      return { lease_until: null, settled_at: now, error: settlement.error };
    case 'pending':
      return {
        lease_until: null,
        not_before: settlement.notBefore,
        error: settlement.error,
        ...(settlement.unsaid ? { doubt_since: null } : {}),
        ...(settlement.fault ? { faults: sql<number>`faults + 1` } : {}),
      };
    case 'in-doubt':
      return {
        lease_until: settlement.lookAt,
        error: settlement.error,
        doubt_since: sql<string>`coalesce(doubt_since, attempted_at)`,
      };
    default:
      return settlement satisfies never;
  }
}
