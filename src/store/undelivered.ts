import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PromisedDelivery, Reader, UndeliveredView, Writer } from '../use-cases/ports.ts';
import { channelOf } from './deliveries.ts';
import { tooLate } from './outbox.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

/** Since when a delivery has not arrived. */
const SINCE = sql<string>`coalesce(d.settled_at, d.doubt_since, d.made_at)`;
/** Its time ran out; what had nothing left to say is no loss. */
const hasExpired = (row: 'd' | 'i') =>
  sql<SqlBool>`(${sql.ref(`${row}.state`)} = 'expired' and ${sql.ref(`${row}.error`)} = 'expired')`;
export const EXPIRED = hasExpired('d');
/** In doubt, and people are not asked yet. */
export const BEING_FOUND_OUT = sql<SqlBool>`(d.state = 'in-doubt' and d.error is distinct from 'cannot-tell')`;
/**
 * In doubt once people are asked. An edit leaves what stands, and is shown where it may have said more. The telling
 * itself goes to each coordinator, and there it ends.
 */
const NOT_ARRIVED = sql<SqlBool>`(
  ((d.state = 'refused' or ${EXPIRED}) and d.verb <> 'edit' or (d.state = 'in-doubt' and not ${BEING_FOUND_OUT}))
  and d.kind <> 'undelivered')`;
/** Said in the agency's channel or to a stand-in instead, or nothing was left to say by then. */
const SAID_INSTEAD = sql<SqlBool>`exists (select 1 from deliveries i
  where i.key = d.key || ':instead' and i.state <> 'refused' and not ${hasExpired('i')})`;

/** What somebody may still see to: a doubt for ever, what was refused or has expired since an instant. */
export const isListed = (since: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${NOT_ARRIVED} and (d.state = 'in-doubt' or ${SINCE} >= ${since}) and not ${SAID_INSTEAD})`;

/** What was promised and did not arrive. */
export function undeliveredReads(db: Db): Pick<Reader, 'undelivered' | 'promised'> {
  return {
    async undelivered({ since, until, limit, offset }) {
      const among = db
        .selectFrom('deliveries as d')
        .innerJoin('channels as c', 'c.id', 'd.channel_id')
        .where(isListed(since))
        .$if(until !== undefined, (query) => query.where(SINCE, '>=', since).where(SINCE, '<', until ?? since));
      const { total } = await among.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const rows = await among
        .leftJoin('officers as o', 'o.id', 'c.officer_id')
        .leftJoin('agencies as a', (join) => join.on(sql<SqlBool>`a.id = coalesce(c.agency_id, o.agency_id)`))
        .select(['d.id', 'd.kind', 'd.state', 'd.error', 'c.platform', 'c.kind as place', 'c.group_id'])
        .select(['o.name as officer', 'a.name as agency', SINCE.as('since')])
        // What wants a decision stands on top, then the newest.
        .orderBy(sql`(d.state <> 'in-doubt'), ${SINCE} desc, d.id`)
        .limit(limit)
        .offset(offset)
        .execute();
      return {
        total,
        found: rows.map(
          (row): UndeliveredView => ({
            id: row.id,
            kind: row.kind,
            state: row.state as UndeliveredView['state'],
            why: row.error ?? '',
            since: row.since,
            place: row.place as UndeliveredView['place'],
            platform: row.platform,
            officer: row.officer,
            agency: row.agency,
            groupId: row.group_id,
          }),
        ),
      };
    },
    async promised(id) {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return null;
      const channel = await db
        .selectFrom('channels')
        .selectAll()
        .where('id', '=', row.channel_id)
        .executeTakeFirstOrThrow();
      return {
        id: row.id,
        key: row.key,
        kind: row.kind,
        verb: row.verb as PromisedDelivery['verb'],
        facts: row.facts,
        state: row.state as PromisedDelivery['state'],
        since: row.settled_at ?? row.doubt_since ?? row.made_at,
        expiresAt: row.expires_at,
        channel: channelOf(channel),
      };
    },
  };
}

export function undeliveredWrites(
  db: Db,
  trace: Trace,
): Pick<Writer, 'refuseDelivery' | 'expireDeliveries' | 'askPeople' | 'confirmDelivery'> {
  return {
    async refuseDelivery(id, error, at) {
      const refused = await db
        .updateTable('deliveries')
        .set({ state: 'refused', error, settled_at: at, worker: null, lease_until: null })
        .where('id', '=', id)
        .where('state', 'not in', ['sent', 'refused', 'expired'])
        .returning('key')
        .executeTakeFirst();
      if (!refused) return false;
      trace('delivery', String(id), 'refused', null, { key: refused.key, error });
      return true;
    },
    async expireDeliveries(ids, now) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'expired', error: 'expired', settled_at: now })
        .where(sql<SqlBool>`id = any(${ids}::int[])`)
        .where('state', '=', 'pending')
        .where('doubt_since', 'is', null)
        .where(tooLate(now))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async askPeople(id) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ error: 'cannot-tell' })
        .where('id', '=', id)
        .where('state', '=', 'in-doubt')
        .where('error', 'is distinct from', 'cannot-tell')
        .executeTakeFirst();
      return numUpdatedRows > 0;
    },
    async confirmDelivery(id, at) {
      const confirmed = await db
        .updateTable('deliveries')
        .set({
          // The part in doubt counts as said, under no message of its own; what comes after it is still to be said.
          said: sql<(string | null)[]>`said || array[null]::text[]`,
          state: 'pending',
          not_before: at,
          error: 'arrived',
          worker: null,
          lease_until: null,
          doubt_since: null,
        })
        .where('id', '=', id)
        .where('state', '=', 'in-doubt')
        .where('verb', 'in', ['post', 'edit'])
        .returning('key')
        .executeTakeFirst();
      if (!confirmed) return false;
      trace('delivery', String(id), 'confirmed', { state: 'in-doubt' }, { key: confirmed.key });
      return true;
    },
  };
}
