import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { CLERK, openDesk } from './desk.ts';
import { createFakePlatform } from './fake-platform.ts';

const NEVER = new Promise<never>(() => {});

eachDatabase('a delivery in doubt', (open) => {
  test('that is found is not said twice', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('that is not found is said once more, under the same key', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: false });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['one']);
    const posts = desk.platform.calls.filter((call) => call.verb === 'post').map((call) => call.key);
    expect(posts).toHaveLength(2);
    expect(new Set(posts).size).toBe(1);
  });

  test('is not taken for what another register said under the same number', async () => {
    // A register that was restored, or begun anew, or another bot's: their rows are counted alike.
    const platform = createFakePlatform();
    const say = async (words: string, lost: boolean): Promise<void> => {
      await using database = await open();
      await using desk = await openDesk(database);
      const room = await desk.channel('room');
      if (lost) platform.fails('post', { how: 'unknown', done: false });
      await desk.promise('key', room, words);
      const worker = desk.worker('worker', { platforms: [platform] });
      await worker.settle();
      desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 61_000).toISOString());
      await worker.settle();
      await worker.stop();
      expect(await desk.row('key')).toMatchObject({ state: 'sent' });
    };
    await say('before', false);
    await say('after', true);
    expect(platform.texts('room')).toEqual(['before', 'after']);
  });

  test('that nobody can tell of is held and visible; later ones go out after ten minutes', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.remembers = false;
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    await desk.passes(9 * 60);
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect(await desk.outbox.counts()).toEqual({ 'in-doubt': 1, pending: 1 });
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
    // It stays visible, is asked after, and is never guessed at.
    await desk.passes(24 * 3600);
    expect(await desk.row('one')).toMatchObject({ state: 'in-doubt', error: 'cannot-tell' });
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
    desk.platform.remembers = true;
    // By now it is asked after once an hour.
    await desk.passes(3601);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('is repeated at once where the service recognises its key', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.remembers = false;
    desk.platform.recognises = true;
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('is asked after again where the platform could not be asked', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: true });
    desk.platform.fails('findPosted', { how: 'unknown', done: false });
    desk.platform.fails('findPosted', { how: 'later' });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    for (let times = 0; times < 4; times++) await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect((await desk.row('one')).state).toBe('sent');
  });

  test('on a platform that is switched off is put before people after ten minutes', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    const without = desk.worker('without', { platforms: [] });
    const later = async (seconds: number) => {
      desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + seconds * 1000).toISOString());
      await without.settle();
    };
    await later(61);
    expect(await desk.row('one')).toMatchObject({ state: 'in-doubt', error: 'platform-off' });
    await later(600);
    await without.stop();
    expect(await desk.row('one')).toMatchObject({ state: 'in-doubt', error: 'cannot-tell' });
  });

  test('because its worker died between sending and sent is found by the next', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    // Dead before it could write down what it said: it is not stopped, it is gone.
    let rounds = 0;
    const claim: typeof desk.outbox.claim = (...asked) => (rounds++ === 0 ? desk.outbox.claim(...asked) : NEVER);
    void desk.worker('dying', { outbox: { claim, recordSaid: () => NEVER } }).settle();
    while (desk.platform.messages.length === 0) await new Promise((done) => setTimeout(done, 2));
    await desk.passes(60);
    expect(desk.platform.texts('room')).toEqual(['one']);
    await desk.passes(31);
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('because what was said could not be written down is looked for, not repeated', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    let hiccups = 1;
    const worker = desk.worker('hiccup', {
      outbox: {
        recordSaid: async (...row) => {
          if (hiccups-- > 0) throw new Error('connection terminated');
          await desk.outbox.recordSaid(...row);
        },
      },
    });
    await worker.settle();
    desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 61_000).toISOString());
    await worker.settle();
    await worker.stop();
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('that has expired meanwhile is not said late', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const expiresAt = new Date(Date.parse(desk.clock.now()) + 30_000).toISOString();
    desk.platform.fails('post', { how: 'unknown', done: false });
    desk.platform.fails('findPosted', { how: 'later' });
    await desk.promise('one', room, 'one', { expiresAt });
    await desk.relay.settle();
    await desk.passes(120);
    await desk.passes(120);
    expect(desk.platform.texts('room')).toEqual([]);
    expect((await desk.row('one')).state).toBe('expired');
  });

  test('that was said, and expired meanwhile, counts as said', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const expiresAt = new Date(Date.parse(desk.clock.now()) + 30_000).toISOString();
    desk.platform.fails('post', { how: 'unknown', done: true });
    desk.platform.fails('findPosted', { how: 'later' });
    await desk.promise('one', room, 'one', { expiresAt });
    await desk.relay.settle();
    await desk.passes(120);
    await desk.passes(120);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
    expect(desk.platform.texts('room')).toEqual(['one']);
  });

  test('is settled in one go while the clock runs on', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 61_000).toISOString());
    let at = Date.parse(desk.clock.now());
    // A millisecond passes whenever anybody looks at it.
    const running = desk.worker('running', { now: () => new Date(++at).toISOString() });
    await running.settle();
    await running.stop();
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'sent']);
  });

  test('and put off when it is repeated stays in doubt: by then the service may know its key no more', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.remembers = false;
    desk.platform.recognises = true;
    desk.platform.fails('post', { how: 'unknown', done: true });
    desk.platform.fails('post', { how: 'later', retryAfterMs: 600_000 });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    await desk.passes(61);
    expect((await desk.row('one')).state).toBe('in-doubt');
    // The service has forgotten the key when the wait is over.
    desk.platform.recognises = false;
    await desk.passes(601);
    await desk.passes(3600);
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect(await desk.row('one')).toMatchObject({ state: 'in-doubt', error: 'cannot-tell' });
  });

  test('of which a person says that it arrived stays so, whatever the relay finds later', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: false });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    const { id } = await desk.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
    const asking = desk.worker('asking', {
      outbox: {
        claimInDoubt: async (...row) => {
          const doubts = await desk.outbox.claimInDoubt(...row);
          await desk.store.write(CLERK, (writer) => writer.confirmDelivery(id, desk.clock.now()));
          return doubts;
        },
      },
    });
    desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 61_000).toISOString());
    await asking.settle();
    await asking.stop();
    expect(desk.platform.texts('room')).toEqual([]);
    expect((await desk.row('one')).state).toBe('sent');
  });
});
