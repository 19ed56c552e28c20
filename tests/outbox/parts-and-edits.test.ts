import { expect, test } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { CLERK, type Desk, openDesk } from './desk.ts';

const NEVER = new Promise<never>(() => {});

/** Its second part was posted, the answer was lost, and nobody can tell. Resolves to its number. */
async function secondPartInDoubt(desk: Desk): Promise<number> {
  const room = await desk.channel('room');
  desk.platform.remembers = false;
  desk.platform.fails('post', { how: 'slow', until: Promise.resolve() });
  desk.platform.fails('post', { how: 'unknown', done: true });
  await desk.promise('long', room, 'first\nsecond\nthird');
  await desk.relay.settle();
  await desk.passes(61);
  expect(desk.platform.texts('room')).toEqual(['first', 'second']);
  expect(await desk.row('long')).toMatchObject({ state: 'in-doubt', error: 'cannot-tell' });
  return (await desk.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow()).id;
}

eachDatabase('a document in several parts', (open) => {
  for (const crashAfter of [1, 2, 3]) {
    test(`is finished when its worker died after part ${crashAfter} of 3`, async () => {
      await using database = await open();
      await using desk = await openDesk(database);
      const room = await desk.channel('room');
      await desk.promise('long', room, 'first\nsecond\nthird');
      let recorded = 0;
      let taken = 0;
      const dying = desk.worker('dying', {
        outbox: {
          // The dead take nothing more.
          sweep: (...asked) => (taken++ === 0 ? desk.outbox.sweep(...asked) : NEVER),
          recordSaid: (...row) => (++recorded === crashAfter ? NEVER : desk.outbox.recordSaid(...row)),
        },
      });
      void dying.settle();
      while (desk.platform.messages.length < crashAfter) await new Promise((done) => setTimeout(done, 2));
      await desk.passes(91);
      expect(desk.platform.texts('room')).toEqual(['first', 'second', 'third']);
      expect(await desk.row('long')).toMatchObject({ state: 'sent', said: ['m1', 'm2', 'm3'] });
    });
  }

  test('goes on where it was held up, even past its time: half a message is worse than a late one', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const expiresAt = new Date(Date.parse(desk.clock.now()) + 10_000).toISOString();
    await desk.promise('long', room, 'first\nsecond', { expiresAt });
    desk.platform.fails('post', { how: 'slow', until: Promise.resolve() });
    desk.platform.fails('post', { how: 'later', retryAfterMs: 20_000 });
    await desk.relay.settle();
    await desk.passes(30);
    expect(desk.platform.texts('room')).toEqual(['first', 'second']);
    expect((await desk.row('long')).state).toBe('sent');
  });

  const CHANGED = JSON.stringify({ words: 'B\nC' });
  /** The register changes when the first is said. */
  const changesAfterTheFirst = (desk: Desk, then: () => void) => ({
    recordSaid: async (...row: Parameters<typeof desk.outbox.recordSaid>) => {
      await desk.outbox.recordSaid(...row);
      if (row[1] !== 0) return;
      await desk.db.updateTable('deliveries').set({ facts: CHANGED }).execute();
      then();
    },
  });

  test('is said to its end as it was cut, whatever changes between two of its messages', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('list', room, 'A\nB\nC');
    const limits = () => desk.platform.fails('post', { how: 'later', retryAfterMs: 30_000 });
    const worker = desk.worker('limited', { outbox: changesAfterTheFirst(desk, limits) });
    await worker.settle();
    await worker.stop();
    expect(desk.platform.texts('room')).toEqual(['A']);
    await desk.passes(31);
    expect(desk.platform.texts('room')).toEqual(['A', 'B', 'C']);
    expect(await desk.db.selectFrom('deliveries').select(['state', 'cut']).execute()).toEqual([
      { state: 'sent', cut: null },
    ]);
  });

  test('is said as it was cut where the answer to its first was lost, and as it is by now where nothing was said', async () => {
    for (const done of [true, false]) {
      await using database = await open();
      await using desk = await openDesk(database);
      const room = await desk.channel('room');
      await desk.promise('list', room, 'A\nB\nC');
      desk.platform.fails('post', { how: 'unknown', done });
      await desk.relay.settle();
      await desk.db.updateTable('deliveries').set({ facts: CHANGED }).execute();
      await desk.passes(61);
      expect(desk.platform.texts('room')).toEqual(done ? ['A', 'B', 'C'] : ['B', 'C']);
    }
  });

  test('that a person sends again is cut anew: what may be read where may have changed', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('list', room, 'A\nB\nC');
    const refuses = () => desk.platform.fails('post', { how: 'refused', code: 'archived' });
    const worker = desk.worker('refused', { outbox: changesAfterTheFirst(desk, refuses) });
    await worker.settle();
    await worker.stop();
    expect(await desk.row('list')).toMatchObject({ state: 'refused', said: ['m1'] });
    const { id } = await desk.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
    await desk.store.write(CLERK, (writer) => writer.deliverAgain(id, desk.clock.now(), '2025-12-01'));
    await desk.passes(1);
    expect(desk.platform.texts('room')).toEqual(['A', 'C']);
  });

  test('is said to its end once a person has seen that its part in doubt arrived', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const id = await secondPartInDoubt(desk);
    expect(await desk.store.write(CLERK, (writer) => writer.confirmDelivery(id, desk.clock.now()))).toBe(true);
    await desk.passes(1);
    expect(desk.platform.texts('room')).toEqual(['first', 'second', 'third']);
    expect(await desk.row('long')).toMatchObject({ state: 'sent', said: ['m1', null, 'm3'] });
    // What only a person has seen is no message that could be changed: it stays as it stands.
    await desk.changes('long', 'one\ntwo\nthree\nfour');
    await desk.passes(1);
    expect(desk.platform.texts('room')).toEqual(['one', 'second', 'three', 'four']);
  });

  test('sent again by a person repeats nothing that stands beyond the part in doubt', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const id = await secondPartInDoubt(desk);
    expect(await desk.store.write(CLERK, (writer) => writer.deliverAgain(id, desk.clock.now(), '2025-12-01'))).toBe(
      true,
    );
    await desk.passes(1);
    expect(desk.platform.texts('room')).toEqual(['first', 'second', 'second', 'third']);
  });

  test('that takes longer than a lease stays its worker’s while it makes headway', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('long', room, 'first\nsecond\nthird');
    const slow = desk.worker('slow');
    let release = () => {};
    const hold = () => {
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      desk.platform.fails('post', { how: 'slow', until });
    };
    hold();
    const running = slow.settle();
    for (const part of [1, 2, 3]) {
      while (desk.platform.calls.filter((call) => call.verb === 'post').length < part)
        await new Promise((done) => setTimeout(done, 2));
      // Each part takes nearly as long as the client allows; another worker looks in meanwhile.
      await desk.passes(40);
      const releaseThis = release;
      if (part < 3) hold();
      releaseThis();
    }
    await running;
    await slow.stop();
    expect(desk.platform.texts('room')).toEqual(['first', 'second', 'third']);
    expect(desk.platform.calls.filter((call) => call.verb === 'findPosted')).toEqual([]);
  });
});

eachDatabase('an edit', (open) => {
  test('replaces one that still waits', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'draft');
    await desk.relay.settle();
    await desk.changes('one', 'second');
    await desk.changes('one', 'third');
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'pending']);
    await desk.relay.settle();
    expect(desk.platform.messages).toMatchObject([{ text: 'third', edits: 1 }]);
    await desk.changes('one', 'fourth');
    await desk.relay.settle();
    expect(desk.platform.messages).toMatchObject([{ text: 'fourth', edits: 2 }]);
  });

  test('of what still waits to be said changes what is said', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'draft');
    await desk.changes('one', 'final');
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['final']);
  });

  test('of what was refused is dropped, and holds up nothing', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'refused', code: 'no-permission' });
    await desk.promise('one', room, 'one');
    await desk.changes('one', 'changed');
    await desk.relay.settle();
    expect(await desk.row('edit')).toMatchObject({ state: 'expired', error: 'nothing-to-edit' });
    await desk.changes('one', 'changed again');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['two']);
    expect((await desk.rows()).filter((row) => row.key.startsWith('edit'))).toHaveLength(1);
  });

  test('whose answer was lost is made again: an edit may be repeated', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    for (const done of [true, false]) {
      desk.platform.fails('edit', { how: 'unknown', done });
      await desk.changes('one', `changed ${done}`);
      await desk.relay.settle();
      await desk.passes(61);
      expect(desk.platform.texts('room')).toEqual([`changed ${done}`]);
    }
  });

  test('in doubt until newer words were said puts nothing in their place', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'draft');
    await desk.relay.settle();
    desk.platform.fails('edit', { how: 'unknown', done: true });
    for (let times = 0; times < 4; times++) desk.platform.fails('findPosted', { how: 'later' });
    await desk.changes('one', 'second');
    await desk.relay.settle();
    await desk.changes('one', 'third');
    for (let minute = 0; minute < 60; minute++) await desk.passes(61);
    expect(await desk.rows()).toMatchObject([
      { state: 'sent' },
      { state: 'expired', error: 'overtaken' },
      { state: 'sent' },
    ]);
    expect(desk.platform.texts('room')).toEqual(['third']);
    await desk.changes('one', 'fourth');
    await desk.passes(1);
    expect(desk.platform.texts('room')).toEqual(['fourth']);
  });

  test('that waits behind newer words takes over nothing that comes later', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'draft');
    await desk.relay.settle();
    desk.platform.fails('edit', { how: 'unknown', done: false });
    for (let times = 0; times < 6; times++) desk.platform.fails('findPosted', { how: 'later' });
    await desk.changes('one', 'second');
    await desk.relay.settle();
    await desk.changes('one', 'third');
    for (let minute = 0; minute < 12; minute++) await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['third']);
    // It was found not to have been made, and its turn has not come again yet.
    await desk.db.updateTable('deliveries').set({ state: 'pending' }).where('state', '=', 'in-doubt').execute();
    await desk.changes('one', 'fourth');
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['fourth']);
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'expired', 'sent', 'sent']);
  });

  test('of a message that is gone is refused, and the next goes out', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    desk.platform.messages.length = 0;
    await desk.changes('one', 'changed');
    await desk.promise('two', room, 'two');
    await desk.relay.settle();
    expect(await desk.row('edit')).toMatchObject({ state: 'refused', error: 'message-gone' });
    expect(desk.platform.texts('room')).toEqual(['two']);
  });

  test('that grows says the further part once, however often it grows', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'a');
    await desk.relay.settle();
    await desk.changes('one', 'a2\nb2');
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['a2', 'b2']);
    await desk.changes('one', 'a3\nb3\nc3');
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['a3', 'b3', 'c3']);
    // A press on any part finds what it belongs to.
    const said = desk.store.read(HOUSE);
    const found = await Promise.all(
      ['m1', 'm2', 'm3'].map((part) => said.deliveryOf(desk.platform.name, 'room', part)),
    );
    expect(new Set(found.map((each) => each?.id)).size).toBe(1);
    expect(found[0]).not.toBeNull();
  });

  test('that grows, with the answer lost after the further part was posted, posts it once', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'a');
    await desk.relay.settle();
    desk.platform.fails('post', { how: 'unknown', done: true });
    await desk.changes('one', 'a2\nb2');
    await desk.relay.settle();
    await desk.passes(61);
    expect(desk.platform.texts('room')).toEqual(['a2', 'b2']);
  });
});
