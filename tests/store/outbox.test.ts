import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { up as addTokens } from '../../migrations/0011-delivery-tokens.ts';
import { CLERK, NOW, openDesk } from '../outbox/desk.ts';
import { eachDatabase, openServerTestDatabase } from '../support/databases.ts';

eachDatabase('the outbox', (open) => {
  test('holds one row for a key, however often it is promised', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    expect(await desk.promise('digest', room, 'first')).toBe(true);
    expect(await desk.promise('digest', room, 'second')).toBe(false);
    const twice = await desk.store.write(CLERK, async (writer) => {
      const wish = { channelId: room.id, verb: 'post', kind: 'words', facts: {}, notBefore: NOW } as const;
      return [await writer.deliver({ ...wish, key: 'other' }), await writer.deliver({ ...wish, key: 'other' })];
    });
    expect(twice).toEqual([true, false]);
    expect((await desk.rows()).map((row) => row.key)).toEqual(['digest', 'other']);
  });

  test('knows what was promised before tokens were drawn by its number', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    // As it was before that step.
    await sql`alter table deliveries drop column token`.execute(desk.db);
    const ids = [1, 35, 36, 1295, 1296, 987_654_321_012];
    for (const [at, id] of ids.entries())
      await sql`insert into deliveries (id, key, channel_id, ord, verb, kind, facts, not_before, made_at)
        overriding system value
        values (${id}, ${`old ${id}`}, ${room.id}, ${at + 1}, 'post', 'words', '{}', ${NOW}, ${NOW})`.execute(desk.db);
    await addTokens(desk.db as Kysely<unknown>);
    const rows = await desk.db.selectFrom('deliveries').select('token').orderBy('id').execute();
    expect(rows.map((row) => row.token)).toEqual(ids.map((id) => id.toString(36)));
  });

  test('gives each promise a token of its own, and keeps it when it is promised again', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const tokens = () => desk.db.selectFrom('deliveries').select('token').orderBy('id').execute();
    desk.platform.fails('post', { how: 'refused', code: 'archived' });
    await desk.promise('one', room, 'one');
    await desk.promise('two', room, 'two');
    const before = await tokens();
    expect(new Set(before.map((row) => row.token)).size).toBe(2);
    for (const { token } of before) expect(token).toMatch(/^[0-9a-f]{14}$/);
    await desk.relay.settle();
    await desk.promise('one', room, 'one', { again: ['refused'] });
    expect(await tokens()).toEqual(before);
  });

  test('holds nothing of a transaction that was rolled back, not even a gap', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const cancelled = desk.store.write(CLERK, async (writer) => {
      await writer.deliver({
        key: 'lost',
        channelId: room.id,
        verb: 'post',
        kind: 'words',
        facts: { words: 'lost' },
        notBefore: NOW,
      });
      throw new Error('thought better of it');
    });
    await expect(cancelled).rejects.toThrow('thought better of it');
    expect(await desk.rows()).toEqual([]);
    await desk.promise('kept', room, 'kept');
    const { ord } = await desk.db.selectFrom('deliveries').select('ord').executeTakeFirstOrThrow();
    expect(ord).toBe(1);
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['kept']);
  });

  test('gives out only the head of a channel; what waits for its hour holds up nothing, what was tried does', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const [a, b] = [await desk.channel('a'), await desk.channel('b')];
    // Later than the clock of another bot may be ahead.
    const soon = '2025-11-17T01:05:00.000Z';
    await desk.promise('a1', a, 'a1', { notBefore: soon });
    await desk.promise('a2', a, 'a2');
    await desk.promise('b1', b, 'b1');
    await desk.promise('b2', b, 'b2');
    const until = '2025-11-17T01:06:00.000Z';
    await desk.promise('a3', a, 'a3');
    expect(await desk.outbox.nextAt()).toBe(NOW);
    const first = await desk.outbox.claim('one', NOW, until, 10);
    const [a2, b1] = ['a2', 'b1'].map((words) => first.find((each) => each.facts['words'] === words));
    expect(first).toEqual(expect.arrayContaining([a2, b1]));
    expect(first).toHaveLength(2);
    expect(await desk.outbox.claim('two', NOW, until, 10)).toEqual([]);
    // It is to be tried again: a3 waits for it, though it could be said before.
    const again = { state: 'pending', notBefore: '2025-11-17T01:05:30.000Z', error: 'rate-limited' } as const;
    await desk.outbox.settle(a2?.id ?? 0, again, NOW, { worker: 'one', attempts: 1 });
    expect((await desk.outbox.claim('two', soon, until, 10)).map((each) => each.facts['words'])).toEqual(['a1']);
    expect(await desk.outbox.claim('two', '2025-11-17T01:05:10.000Z', until, 10)).toEqual([]);
    await desk.outbox.settle(b1?.id ?? 0, { state: 'sent' }, soon, { worker: 'first', attempts: 1 });
    expect((await desk.outbox.claim('two', soon, until, 10)).map((each) => each.facts['words'])).toEqual(['b2']);
    // Whoever took two of them never came back.
    await desk.outbox.sweep('2025-11-17T01:06:00.001Z', []);
    expect(await desk.outbox.counts()).toEqual({ 'in-doubt': 2, pending: 2, sent: 1 });
  });
});

test('ten claimers take a hundred deliveries once each', async () => {
  await using database = await openServerTestDatabase();
  await using desk = await openDesk(database);
  for (let at = 0; at < 100; at++) await desk.promise(`d${at}`, await desk.channel(`room ${at}`), `${at}`);
  const taken: number[] = [];
  const claimer = async (worker: string) => {
    for (let empty = 0; empty < 3; ) {
      const claimed = await desk.outbox.claim(worker, NOW, '2025-11-17T01:02:00.000Z', 4);
      empty = claimed.length === 0 ? empty + 1 : 0;
      for (const each of claimed) {
        taken.push(each.id);
        await desk.outbox.settle(each.id, { state: 'sent' }, NOW, { worker: 'first', attempts: 1 });
      }
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, at) => claimer(`worker ${at}`)));
  expect(taken).toHaveLength(100);
  expect(new Set(taken).size).toBe(100);
});

test('one key promised at the same moment by ten is one row', async () => {
  await using database = await openServerTestDatabase();
  await using desk = await openDesk(database);
  const room = await desk.channel('room');
  const made = await Promise.all(Array.from({ length: 10 }, () => desk.promise('digest', room, 'digest')));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await desk.rows()).toHaveLength(1);
});

test('what thirty promise at the same moment is all taken, in an order without gaps', async () => {
  await using database = await openServerTestDatabase();
  await using desk = await openDesk(database);
  const room = await desk.channel('room');
  await Promise.all(Array.from({ length: 30 }, (_, at) => desk.promise(`d${at}`, room, `${at}`)));
  const rows = await desk.db.selectFrom('deliveries').select('ord').orderBy('ord').execute();
  expect(rows.map((row) => row.ord)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
});
