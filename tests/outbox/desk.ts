import type { Platform } from '../../src/chat/platform.ts';
import type { Outbox } from '../../src/outbox/ports.ts';
import { createRelay, type Relay, type RelayParts } from '../../src/outbox/relay.ts';
import { wakeByTimer } from '../../src/outbox/wake.ts';
import { createStore, type Database, openDatabase } from '../../src/store/index.ts';
import { createOutbox } from '../../src/store/outbox.ts';
import type { Actor, ChannelView, NewDelivery, Store } from '../../src/use-cases/ports.ts';
import type { TestDatabase } from '../support/databases.ts';
import { standingClock } from '../support/open-house.ts';
import { createFakePlatform, type FakePlatform } from './fake-platform.ts';

export const CLERK: Actor = {
  sight: 'house',
  officerId: null,
  name: 'job:test',
  displayName: 'test',
  role: 'house',
  agencyId: null,
  via: 'job',
};

export const NOW = '2025-11-17T01:00:00.000Z';

/** A delivery's row as a test looks at it. */
export interface DeliveryRow {
  readonly key: string;
  readonly state: string;
  readonly error: string | null;
  readonly attempts: number;
  readonly said: readonly (string | null)[];
}

interface Wish {
  readonly outbox?: Partial<Outbox>;
  readonly platforms?: readonly Platform[];
  readonly now?: () => string;
  readonly refuse?: RelayParts['refuse'];
}

export interface Desk extends AsyncDisposable {
  readonly db: Database;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: ReturnType<typeof standingClock>;
  readonly platform: FakePlatform;
  readonly relay: Relay;
  /** What the relay complained of. */
  readonly complaints: string[];
  /** Moves the clock so many seconds and lets the relay do what is due. */
  passes(seconds: number): Promise<void>;
  channel(conversation: string, platform?: string): Promise<ChannelView>;
  /** Promises words in a channel, one message a line. */
  promise(key: string, channel: ChannelView, words: string, more?: Partial<NewDelivery>): Promise<boolean>;
  /** Says a promised message anew. */
  changes(key: string, words: string): Promise<void>;
  rows(): Promise<readonly DeliveryRow[]>;
  row(key: string): Promise<DeliveryRow>;
  /** Another worker on the same table, with whatever of its own. */
  worker(name: string, wish?: Wish): Relay;
}

/** The relay on a real table, with a platform that a test can upset and messages of plain words. */
export async function openDesk(database: TestDatabase): Promise<Desk> {
  const clock = standingClock(NOW);
  const db = openDatabase(database.pool);
  const store = createStore(db, clock);
  const outbox = createOutbox(db);
  const platform = createFakePlatform();
  const complaints: string[] = [];
  const relays: Relay[] = [];
  const complain = (facts: object, message: string) => {
    const { error } = facts as { error?: unknown };
    complaints.push(`${message}: ${error instanceof Error ? error.message : ''}`);
  };

  const worker: Desk['worker'] = (name, wish = {}) =>
    createRelay({
      outbox: { ...outbox, ...wish.outbox },
      platforms: () => wish.platforms ?? [platform],
      compose: async (_channel, _kind, facts) => {
        if (facts['fault'] === true) throw new Error('cannot be composed');
        const words = String(facts['words']);
        if (words === '') return null;
        const blocks = words.split('\n').map((text) => ({ block: 'paragraph', text }) as const);
        return { lang: 'en', summary: words, blocks };
      },
      accountOf: async () => null,
      conversationFor: async () => ({ name: 'group', topic: '', members: [] }),
      invited: async () => [],
      notLetIn: async () => {},
      refuse:
        wish.refuse ??
        ((id, error) => outbox.settle(id, { state: 'refused', error }, clock.now(), { worker: name, attempts: 1 })),
      expire: async (ids) => {
        await store.write(CLERK, (writer) => writer.expireDeliveries(ids, clock.now()));
      },
      tellDoubt: async () => {},
      now: wish.now ?? clock.now,
      luck: () => 0,
      worker: name,
      wake: wakeByTimer,
      log: { warn: complain, error: complain },
    });
  const relay = worker('first');
  relays.push(relay);

  const desk: Desk = {
    db,
    store,
    outbox,
    clock,
    platform,
    relay,
    complaints,
    worker,
    async passes(seconds) {
      clock.moveTo(new Date(Date.parse(clock.now()) + seconds * 1000).toISOString());
      await relay.settle();
    },
    async channel(conversation, on = platform.name) {
      // Each agency has a channel of its own: as many conversations as a test wants.
      return store.write(CLERK, async (writer) => {
        const agency = await writer.addAgency({ name: conversation, kind: 'ministry', sector: 'trade' });
        return writer.setChannel({ platform: on, conversation, kind: 'agency', agencyId: agency.id });
      });
    },
    promise: (key, channel, words, more = {}) =>
      store.write(CLERK, (writer) =>
        writer.deliver({
          key,
          channelId: channel.id,
          verb: 'post',
          kind: 'words',
          facts: { words },
          notBefore: clock.now(),
          ...more,
        }),
      ),
    changes: (key, words) =>
      store.write(CLERK, async (writer) => {
        const delivery = await writer.deliveryByKey(key);
        if (!delivery) throw new Error(`nothing was promised as ${key}`);
        await writer.redeliver(delivery.id, { words }, clock.now());
      }),
    rows: () =>
      db.selectFrom('deliveries').select(['key', 'state', 'error', 'attempts', 'said']).orderBy('id').execute(),
    async row(key) {
      const found = (await desk.rows()).find((each) => each.key === key || each.key.startsWith(`${key}:`));
      if (!found) throw new Error(`no row ${key}`);
      return found;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(relays.map((each) => each.stop()));
    },
  };
  return desk;
}
