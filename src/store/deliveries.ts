import { type Kysely, sql } from 'kysely';
import type { Lang } from '../chat/language.ts';
import type { Reminded } from '../domain/reminder-plan.ts';
import type { ChannelView, DeliveryState, DeliveryView, NewDelivery, Reader, Writer } from '../use-cases/ports.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

/** Why a delivery came to nothing that had nothing to say when its turn came: it was withdrawn, or given to another. */
const NOTHING_LEFT = 'nothing-left-to-say';

export const channelOf = (row: {
  id: number;
  platform: string;
  conversation: string | null;
  kind: string;
  agency_id: number | null;
  officer_id: number | null;
  group_id: number | null;
  lang: string | null;
  zone: string | null;
}): ChannelView => ({
  id: row.id,
  platform: row.platform,
  conversation: row.conversation,
  kind: row.kind as ChannelView['kind'],
  agencyId: row.agency_id,
  officerId: row.officer_id,
  groupId: row.group_id,
  lang: row.lang as Lang | null,
  zone: row.zone,
});

const viewOf = (row: {
  id: number;
  state: string;
  kind: string;
  facts: Readonly<Record<string, unknown>>;
}): DeliveryView => ({ ...row, state: row.state as DeliveryState });

export function deliveryReads(
  db: Db,
): Pick<Reader, 'channels' | 'deliveryOf' | 'deliveryByKey' | 'deliveriesByKey' | 'remindedSince'> {
  return {
    async channels(where = {}) {
      let query = db.selectFrom('channels').selectAll().orderBy('id');
      if (where.kind !== undefined) query = query.where('kind', '=', where.kind);
      if (where.agencyId !== undefined) query = query.where('agency_id', '=', where.agencyId);
      if (where.groupId !== undefined) query = query.where('group_id', '=', where.groupId);
      if (where.platform !== undefined) query = query.where('platform', '=', where.platform);
      return (await query.execute()).map(channelOf);
    },
    async deliveryOf(platform, conversation, message) {
      const row = await db
        .selectFrom('deliveries as said')
        // What an edit added belongs to the message it edited.
        .innerJoin('deliveries as d', (join) => join.on(sql<boolean>`d.id = coalesce(said.edits, said.id)`))
        .innerJoin('channels as c', 'c.id', 'd.channel_id')
        .select(['d.id', 'd.state', 'd.kind', 'd.facts'])
        .where('c.platform', '=', platform)
        .where('c.conversation', '=', conversation)
        .where(sql<boolean>`said.said @> array[${message}::text]`)
        .where('d.verb', '=', 'post')
        .executeTakeFirst();
      return row ? viewOf(row) : null;
    },
    async deliveryByKey(key) {
      const row = await db
        .selectFrom('deliveries')
        .select(['id', 'state', 'kind', 'facts'])
        .where('key', '=', key)
        .executeTakeFirst();
      return row ? viewOf(row) : null;
    },
    async remindedSince(at) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['facts', 'not_before'])
        .where('kind', '=', 'reminder')
        .where('verb', '=', 'post')
        .where('made_at', '>=', at)
        .where('state', 'in', ['pending', 'sending', 'sent', 'in-doubt'])
        .execute();
      return rows.map((row) => ({ ...(row.facts as unknown as Reminded), notBefore: row.not_before }));
    },
    async deliveriesByKey(key) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'state', 'kind', 'facts'])
        .where((eb) => eb.or([eb('key', '=', key), eb('key', 'like', `${key}:%`)]))
        .where('verb', '=', 'post')
        .orderBy('id')
        .execute();
      return rows.map(viewOf);
    },
  };
}

/** A promise that came to nothing. */
interface Failed {
  readonly id: number;
  readonly channel_id: number;
  readonly state: string;
  readonly error: string | null;
  readonly said: readonly (string | null)[];
  readonly facts: NewDelivery['facts'];
}
interface Again {
  /** Where it is said now, if nothing of it was said before. */
  readonly channelId?: number;
  readonly facts?: NewDelivery['facts'];
  readonly notBefore: string;
  readonly expiresAt?: string | undefined;
}

export function deliveryWrites(
  db: Db,
  trace: Trace,
  now: () => string,
  token: () => string,
): Pick<Writer, 'setChannel' | 'setChannelZone' | 'deliver' | 'deliverAgain' | 'redeliver'> {
  /** The next number of a channel, under its row's lock: what is committed first is said first. */
  async function nextOrder(channelId: number): Promise<number> {
    const { next_order } = await db
      .updateTable('channels')
      .set((eb) => ({ next_order: eb('next_order', '+', 1) }))
      .where('id', '=', channelId)
      .returning('next_order')
      .executeTakeFirstOrThrow();
    return next_order - 1;
  }

  /** A promise that came to nothing is made anew, behind what its channel was promised since. */
  async function promiseAgain(before: Failed, wish: Again): Promise<void> {
    // What was begun is finished as it was begun.
    const unsaid = before.said.length === 0;
    const facts = unsaid && wish.facts ? wish.facts : before.facts;
    const channelId = unsaid && wish.channelId !== undefined ? wish.channelId : before.channel_id;
    await db
      .updateTable('deliveries')
      .set({
        state: 'pending',
        channel_id: channelId,
        ord: await nextOrder(channelId),
        facts: JSON.stringify(facts),
        // Of days ago: what may be read where may have changed since.
        cut: null,
        not_before: wish.notBefore,
        expires_at: wish.expiresAt ?? null,
        attempts: 0,
        faults: 0,
        error: null,
        worker: null,
        lease_until: null,
        doubt_since: null,
        settled_at: null,
      })
      .where('id', '=', before.id)
      .execute();
    trace('delivery', String(before.id), 'promised-again', { state: before.state, error: before.error }, null);
  }

  /** Resolves to false where it is in none of these states, or came to nothing because there was nothing to say. */
  async function promiseAmong(id: number, among: readonly DeliveryState[], wish: Again): Promise<boolean> {
    const before = await db
      .selectFrom('deliveries')
      .select(['id', 'channel_id', 'state', 'error', 'said', 'facts'])
      .where('id', '=', id)
      .where('state', 'in', among)
      .where('error', '<>', NOTHING_LEFT)
      .executeTakeFirst();
    if (before) await promiseAgain(before, wish);
    return before !== undefined;
  }

  /** What stands in the agency's channel in place of a refused message. */
  async function sayInsteadAnew(key: string, facts: NewDelivery['facts'], at: string): Promise<void> {
    const instead = await db
      .selectFrom('deliveries')
      .select(['id', 'facts'])
      .where('key', '=', `${key}:instead`)
      .executeTakeFirst();
    if (instead) await writes.redeliver(instead.id, { ...instead.facts, ...facts }, at);
  }

  const writes = {
    async setChannel(wish) {
      const columns = {
        platform: wish.platform,
        conversation: wish.conversation,
        kind: wish.kind,
        agency_id: wish.agencyId ?? null,
        officer_id: wish.officerId ?? null,
        group_id: wish.groupId ?? null,
        lang: wish.lang ?? null,
      };
      let found = db
        .selectFrom('channels')
        .selectAll()
        .where('platform', '=', wish.platform)
        .where('kind', '=', wish.kind);
      if (wish.kind === 'agency') found = found.where('agency_id', '=', wish.agencyId ?? 0);
      if (wish.kind === 'direct') found = found.where('officer_id', '=', wish.officerId ?? 0);
      if (wish.kind === 'group') found = found.where('group_id', '=', wish.groupId ?? 0);
      const row = await found.executeTakeFirst();
      if (
        row &&
        (wish.conversation === null ||
          (row.conversation === wish.conversation && (wish.lang === undefined || wish.lang === row.lang)))
      )
        return channelOf(row);
      const saved = row
        ? await db
            .updateTable('channels')
            .set({ conversation: wish.conversation, ...(wish.lang === undefined ? {} : { lang: wish.lang }) })
            .where('id', '=', row.id)
            .returningAll()
            .executeTakeFirstOrThrow()
        : await db.insertInto('channels').values(columns).returningAll().executeTakeFirstOrThrow();
      trace('channel', String(saved.id), row ? 'changed' : 'added', row ? channelOf(row) : null, channelOf(saved));
      return channelOf(saved);
    },
    async setChannelZone(id, zone) {
      const before = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      await db.updateTable('channels').set({ zone }).where('id', '=', id).execute();
      trace('channel', String(id), 'changed', { zone: before.zone }, { zone });
      return channelOf({ ...before, zone });
    },
    async deliver(wish) {
      // One statement, for hundreds are promised at once: a place in the channel is taken where the key is free.
      const { rows } = await sql<{ id: number }>`
        with place as (
          update channels set next_order = next_order + 1
          where id = ${wish.channelId} and not exists (select from deliveries where key = ${wish.key})
          returning next_order - 1 as ord)
        insert into deliveries (key, token, channel_id, ord, verb, kind, facts, not_before, expires_at, made_at)
        select ${wish.key}, ${token()}, ${wish.channelId}, ord, ${wish.verb}, ${wish.kind}, ${JSON.stringify(wish.facts)},
          ${wish.notBefore}, ${wish.expiresAt ?? null}, ${now()} from place
        on conflict (key) do nothing returning id`.execute(db);
      if (rows.length > 0 || wish.again === undefined || wish.again.length === 0) return rows.length > 0;
      const known = await db.selectFrom('deliveries').select('id').where('key', '=', wish.key).executeTakeFirst();
      return known !== undefined && promiseAmong(known.id, wish.again, wish);
    },
    deliverAgain: (id, notBefore, expiresAt) =>
      promiseAmong(id, ['refused', 'expired', 'in-doubt'], { notBefore, expiresAt }),
    async redeliver(deliveryId, facts, at) {
      const original = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('id', '=', deliveryId)
        .executeTakeFirstOrThrow();
      const unsaid = original.said.length === 0;
      if (unsaid && original.state === 'expired' && original.error === NOTHING_LEFT) {
        const worthMs =
          original.expires_at === null ? null : Date.parse(original.expires_at) - Date.parse(original.not_before);
        const expiresAt = worthMs === null ? undefined : new Date(Date.parse(at) + worthMs).toISOString();
        await promiseAgain(original, { facts, notBefore: at, expiresAt });
        return;
      }
      // The original remembers what it says now; its last edit takes the newer facts where it still waits.
      await db
        .updateTable('deliveries')
        .set({ facts: JSON.stringify(facts) })
        .where('id', '=', deliveryId)
        .execute();
      if (unsaid && original.state === 'refused') return sayInsteadAnew(original.key, facts, at);
      const waiting = await db
        .updateTable('deliveries')
        .set({ facts: JSON.stringify(facts) })
        .where('edits', '=', deliveryId)
        .where('state', '=', 'pending')
        .where(sql<boolean>`not exists (select from deliveries l where l.channel_id = deliveries.channel_id
          and l.ord > deliveries.ord and l.edits = deliveries.edits)`)
        .returning('id')
        .executeTakeFirst();
      if (waiting) return;
      const ord = await nextOrder(original.channel_id);
      await db
        .insertInto('deliveries')
        .values({
          key: `edit:${deliveryId}:${ord}`,
          token: token(),
          channel_id: original.channel_id,
          ord,
          verb: 'edit',
          kind: original.kind,
          facts: JSON.stringify(facts),
          edits: deliveryId,
          not_before: at,
          made_at: now(),
        })
        .execute();
    },
  } satisfies Pick<Writer, 'setChannel' | 'setChannelZone' | 'deliver' | 'deliverAgain' | 'redeliver'>;
  return writes;
}
