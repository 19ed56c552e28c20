import { expect, test } from 'vitest';
import type { Platform } from '../../src/chat/platform.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Desk, openDesk } from './desk.ts';

/** Time passes, and nobody does anything. */
const elapses = (desk: Desk, seconds: number) =>
  desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + seconds * 1000).toISOString());

/** A worker that takes its first and then sleeps; meanwhile whatever is given happens. */
const sleeperOf = (desk: Desk, meanwhile: () => Promise<void> | void) => {
  let slept = false;
  return desk.worker('asleep', {
    outbox: {
      async claim(...asked) {
        const taken = await desk.outbox.claim(...asked);
        if (taken.length > 0 && !slept) {
          slept = true;
          await meanwhile();
        }
        return taken;
      },
    },
  });
};

eachDatabase('whoever was held up', (open) => {
  test('with a delivery in hand leaves it to the next, who has said it meanwhile', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    const sleeper = sleeperOf(desk, () => desk.passes(120));
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'], attempts: 2 });
  });

  test('with a delivery in hand says it, where nobody took it up', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one\nand the rest');
    const sleeper = sleeperOf(desk, () => elapses(desk, 120));
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['one', 'and the rest']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1', 'm2'], attempts: 1 });
  });

  test('while a part was answered says no further part that another has said meanwhile', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one\nand the rest');
    let slept = false;
    const platform: Platform = {
      ...desk.platform,
      async post(...asked) {
        const said = await desk.platform.post(...asked);
        if (!slept) {
          slept = true;
          await desk.passes(120);
        }
        return said;
      },
    };
    const sleeper = desk.worker('asleep', { platforms: [platform] });
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['one', 'and the rest']);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1', 'm2'] });
  });

  test('with an edit puts no older words in the place of newer', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'draft');
    await desk.relay.settle();
    await desk.changes('one', 'second');
    const sleeper = sleeperOf(desk, async () => {
      await desk.changes('one', 'third');
      await desk.passes(120);
      expect(desk.platform.texts('room')).toEqual(['third']);
    });
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['third']);
    expect((await desk.rows()).map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
  });

  test('until it had expired says nothing late, though nobody else took it up', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one', { expiresAt: '2025-11-17T02:00:00.000Z' });
    await desk.promise('two', room, 'two');
    const sleeper = sleeperOf(desk, () => elapses(desk, 9 * 3600));
    await sleeper.settle();
    elapses(desk, 61);
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['two']);
    expect((await desk.row('one')).state).toBe('expired');
  });

  test('before it took anything takes nothing that has expired meanwhile', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one', { expiresAt: '2025-11-17T02:00:00.000Z' });
    let slept = false;
    const sleeper = desk.worker('asleep', {
      outbox: {
        async sweep(...asked) {
          const expired = await desk.outbox.sweep(...asked);
          if (!slept) elapses(desk, 9 * 3600);
          slept = true;
          return expired;
        },
      },
    });
    await sleeper.settle();
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual([]);
    expect((await desk.row('one')).state).toBe('expired');
  });

  test('says nothing that one has taken up whose clock is ahead by less than a minute', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    const ahead = desk.worker('ahead', {
      now: () => new Date(Date.parse(desk.clock.now()) + 50_000).toISOString(),
    });
    const sleeper = sleeperOf(desk, async () => {
      elapses(desk, 45);
      await ahead.settle();
    });
    await sleeper.settle();
    await sleeper.stop();
    await ahead.stop();
    expect(desk.platform.texts('room')).toEqual(['one']);
  });

  test('while it asked to keep what it has in hand says nothing that another has said since', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    let slept = false;
    const sleeper = desk.worker('asleep', {
      outbox: {
        async claim(...asked) {
          const taken = await desk.outbox.claim(...asked);
          if (taken.length > 0) elapses(desk, 80);
          return taken;
        },
        async extend(...asked) {
          const ours = await desk.outbox.extend(...asked);
          if (!slept) await desk.passes(120);
          slept = true;
          return ours;
        },
      },
    });
    await sleeper.settle();
    await sleeper.stop();
    expect(desk.platform.texts('room')).toEqual(['one']);
    expect((await desk.row('one')).state).toBe('sent');
  });

  test('while a part was answered lets nothing go out before the rest, which another is finding out about', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('long', room, 'first\nsecond');
    await desk.promise('two', room, 'two');
    const until = new Date(Date.parse(desk.clock.now()) + 90_000).toISOString();
    const [long] = await desk.outbox.claim('asleep', desk.clock.now(), until, 1);
    elapses(desk, 91);
    const now = desk.clock.now();
    const later = new Date(Date.parse(now) + 90_000).toISOString();
    await desk.outbox.sweep(now, []);
    expect(await desk.outbox.claimInDoubt('finding out', now, later, 1)).toHaveLength(1);
    await desk.outbox.recordSaid(long?.id ?? 0, 0, 'm1', { leaseUntil: later });
    expect(await desk.outbox.claim('third', now, later, 8)).toEqual([]);
  });

  for (const why of ['died', 'had a fault'] as const)
    test(`because its worker ${why} before it repeated what is in doubt, repeats nothing that the service recognises no more`, async () => {
      await using database = await open();
      await using desk = await openDesk(database);
      const room = await desk.channel('room');
      desk.platform.remembers = false;
      desk.platform.recognises = true;
      desk.platform.fails('post', { how: 'unknown', done: true });
      await desk.promise('one', room, 'one');
      await desk.relay.settle();
      elapses(desk, 61);
      const dying = desk.worker('dying', {
        outbox: {
          async claim(...asked) {
            if (why === 'died') return [];
            const taken = await desk.outbox.claim(...asked);
            return taken.map((each) => ({ ...each, facts: { fault: true } }));
          },
        },
      });
      await dying.settle();
      await dying.stop();
      expect((await desk.row('one')).state).toBe('pending');
      // The service has forgotten the key by now.
      desk.platform.recognises = false;
      await desk.passes(600);
      await desk.passes(61);
      expect(desk.platform.texts('room')).toEqual(['one']);
      expect((await desk.row('one')).state).toBe('in-doubt');
    });
});
