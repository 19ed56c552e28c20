import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { openDesk } from './desk.ts';

eachDatabase('the relay', (open) => {
  test('says what was promised, in order, once', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    for (const word of ['one', 'two', 'three']) await desk.promise(word, room, word);
    await desk.relay.settle();
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['one', 'two', 'three']);
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
  });

  test('does not let one channel that must wait hold up the others', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const [busy, free] = [await desk.channel('busy'), await desk.channel('free')];
    desk.platform.fails('post', { how: 'later', retryAfterMs: 30_000 }, 'busy');
    await desk.promise('b1', busy, 'b1');
    await desk.promise('b2', busy, 'b2');
    await desk.promise('f1', free, 'f1');
    await desk.promise('f2', free, 'f2');
    await desk.relay.settle();
    expect(desk.platform.texts('free')).toEqual(['f1', 'f2']);
    expect(desk.platform.texts('busy')).toEqual([]);
    expect(await desk.row('b1')).toMatchObject({ state: 'pending', error: 'rate-limited' });
    // Not a second before the service said.
    await desk.passes(29);
    expect(desk.platform.texts('busy')).toEqual([]);
    await desk.passes(1);
    expect(desk.platform.texts('busy')).toEqual(['b1', 'b2']);
  });

  test('says what was promised while it looked, though nothing else was in hand any more', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    let looks = 0;
    let [looked, settled] = [() => {}, () => {}];
    const whenLooked = new Promise<void>((resolve) => {
      looked = resolve;
    });
    const whenSettled = new Promise<void>((resolve) => {
      settled = resolve;
    });
    const relay = desk.worker('second', {
      outbox: {
        async claim(...asked) {
          const found = await desk.outbox.claim(...asked);
          looks += 1;
          if (looks === 2) {
            looked();
            await whenSettled;
            await new Promise(setImmediate);
          }
          return found;
        },
        async recordSaid(...asked) {
          if (looks < 2) {
            await whenLooked;
            await desk.promise('two', room, 'two');
          }
          await desk.outbox.recordSaid(...asked);
          settled();
        },
      },
    });
    await relay.settle();
    await relay.stop();
    expect(desk.platform.texts('room')).toEqual(['one', 'two']);
  });

  test('records what was refused and goes on with the next', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'refused', code: 'no-permission' });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    expect(await desk.row('one')).toMatchObject({ state: 'refused', error: 'no-permission' });
    expect(desk.platform.texts('room')).toEqual(['two']);
    await desk.passes(3600);
    expect(desk.platform.texts('room')).toEqual(['two']);
  });

  test('gives up what cannot be composed after some hours, and says the rest', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('broken', room, '', { facts: { fault: true } });
    await desk.promise('next', room, 'next');
    await desk.relay.settle();
    for (let times = 0; times < 12; times++) await desk.passes(20 * 60);
    expect(await desk.row('broken')).toMatchObject({ state: 'refused', error: 'fault', attempts: 12 });
    expect(desk.platform.texts('room')).toEqual(['next']);
    expect(desk.complaints).toContain('a delivery could not be made: cannot be composed');
  });

  test('shows as refused in the end what was refused while nothing could be said instead', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    for (let times = 0; times < 12; times++) desk.platform.fails('post', { how: 'refused', code: 'archived' }, 'room');
    const worker = desk.worker('alone', {
      refuse: async () => {
        throw new Error('nothing can be promised');
      },
    });
    await worker.settle();
    expect(await desk.row('one')).toMatchObject({ state: 'pending', error: 'fault', attempts: 1 });
    for (let times = 0; times < 12; times++) {
      desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 20 * 60_000).toISOString());
      await worker.settle();
    }
    await worker.stop();
    expect(await desk.row('one')).toMatchObject({ state: 'refused', error: 'archived', attempts: 12 });
    expect(desk.platform.texts('room')).toEqual(['two']);
  });

  test('does not say late what has expired, and says nothing where nothing is left to say', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const expiresAt = new Date(Date.parse(desk.clock.now()) + 60_000).toISOString();
    await desk.promise('stale', room, 'stale', { expiresAt });
    await desk.promise('empty', room, '');
    await desk.promise('fresh', room, 'fresh');
    await desk.passes(61);
    expect(await desk.row('stale')).toMatchObject({ state: 'expired', attempts: 0 });
    expect(await desk.row('empty')).toMatchObject({ state: 'expired', error: 'nothing-left-to-say' });
    expect(desk.platform.texts('room')).toEqual(['fresh']);
  });

  test('waits for a platform that is switched off, without a wakeful night', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('there', 'elsewhere');
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    expect(await desk.row('one')).toMatchObject({ state: 'pending', error: 'platform-off' });
    // The second is due, but its turn comes after the first: nothing to wake up for before that.
    expect(Date.parse((await desk.outbox.nextAt()) ?? '')).toBeGreaterThan(Date.parse(desk.clock.now()));
    const { createFakePlatform } = await import('./fake-platform.ts');
    const back = createFakePlatform('elsewhere');
    desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 16 * 60_000).toISOString());
    const relay = desk.worker('after the restart', { platforms: [back] });
    await relay.settle();
    await relay.stop();
    expect(back.texts('there')).toEqual(['one', 'two']);
  });

  test('keeps the order of each channel with two workers', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const rooms = await Promise.all(['a', 'b', 'c'].map((name) => desk.channel(name)));
    const words = Array.from({ length: 20 }, (_, at) => `${at}`);
    for (const word of words) for (const room of rooms) await desk.promise(`${room.id}-${word}`, room, word);
    // A service that answers at different speeds.
    for (const name of ['a', 'b', 'c', 'a', 'b', 'a'])
      desk.platform.fails('post', { how: 'slow', until: new Promise((done) => setTimeout(done, 5)) }, name);
    const second = desk.worker('second');
    for (let rounds = 0; rounds < 5; rounds++) await Promise.all([desk.relay.settle(), second.settle()]);
    await second.stop();
    for (const name of ['a', 'b', 'c']) expect(desk.platform.texts(name)).toEqual(words);
  });

  test('finishes what is in hand when it is stopped, and begins nothing more', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    let answer = () => {};
    desk.platform.fails('post', { how: 'slow', until: new Promise<void>((resolve) => (answer = resolve)) });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    // What it asked the outbox for before it was stopped is in its hand too: it has asked for all.
    let asked = 0;
    const claim: typeof desk.outbox.claim = (...wish) => desk.outbox.claim(...wish).finally(() => asked++);
    const worker = desk.worker('stopping', { outbox: { claim } });
    const running = worker.settle();
    while (desk.platform.calls.length === 0 || asked < 2) await new Promise((done) => setTimeout(done, 2));
    const stopped = worker.stop();
    answer();
    await Promise.all([running, stopped]);
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'pending']);
  });
});
