import { expect, test } from 'vitest';
import { PlatformError } from '../../src/chat/platform.ts';
import { backOff } from '../../src/outbox/back-off.ts';
import { createWaits } from '../../src/outbox/waits.ts';
import { eachDatabase } from '../support/databases.ts';
import { standingClock } from '../support/open-house.ts';
import { type Desk, NOW, openDesk } from './desk.ts';
import { createFakePlatform } from './fake-platform.ts';

test('back-off doubles, has its luck, and ends at a quarter of an hour', () => {
  expect([1, 2, 3, 20].map((attempts) => backOff(attempts, 0))).toEqual([2_000, 4_000, 8_000, 900_000]);
  expect(backOff(1, 1)).toBe(2_400);
});

test('a platform’s word to wait holds for its verb until then, and for no other', async () => {
  const clock = standingClock(NOW);
  const waits = createWaits(clock.now);
  const [one, other] = [createFakePlatform('one'), createFakePlatform('other')];
  let asked = 0;
  const opens = (platform = one) => waits.asked(platform, 'openDirect', null, async () => ++asked);
  const limited = waits.asked(one, 'openDirect', null, async () => {
    throw new PlatformError('later', 'rate-limited', { retryAfterMs: 30_000 });
  });
  await expect(limited).rejects.toThrow('rate-limited');
  clock.moveTo(new Date(Date.parse(NOW) + 20_000).toISOString());
  await expect(opens()).rejects.toMatchObject({ kind: 'later', retryAfterMs: 10_000 });
  expect(asked).toBe(0);
  expect(await opens(other)).toBe(1);
  expect(await waits.asked(one, 'invite', 'room', async () => 'in')).toBe('in');
  clock.moveTo(new Date(Date.parse(NOW) + 30_000).toISOString());
  expect(await opens()).toBe(2);
});

test('where a platform counts a verb in each conversation, its word to wait holds in that one', async () => {
  const clock = standingClock(NOW);
  const waits = createWaits(clock.now);
  const platform = createFakePlatform();
  const edits = (conversation: string) => waits.asked(platform, 'edit', conversation, async () => 'edited');
  const limits = (conversation: string) =>
    waits.asked(platform, 'edit', conversation, async () => {
      throw new PlatformError('later', 'rate-limited', { retryAfterMs: 30_000 });
    });
  platform.countsByConversation = ['edit'];
  await expect(limits('one')).rejects.toThrow('rate-limited');
  expect(await edits('other')).toBe('edited');
  await expect(edits('one')).rejects.toMatchObject({ kind: 'later', retryAfterMs: 30_000 });
  platform.countsByConversation = [];
  await expect(limits('one')).rejects.toThrow('rate-limited');
  await expect(edits('other')).rejects.toMatchObject({ kind: 'later', retryAfterMs: 30_000 });
});

eachDatabase('a search for what is in doubt', (open) => {
  const searches = (desk: Desk) => desk.platform.calls.filter((call) => call.verb === 'findPosted').length;

  test('waits for as long as the platform says', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    desk.platform.fails('post', { how: 'unknown', done: true });
    desk.platform.fails('findPosted', { how: 'later', retryAfterMs: 600_000 });
    await desk.promise('one', room, 'one');
    await desk.relay.settle();
    await desk.passes(61);
    expect(searches(desk)).toBe(1);
    for (let minutes = 1; minutes < 10; minutes++) await desk.passes(60);
    expect(searches(desk)).toBe(1);
    await desk.passes(61);
    expect(searches(desk)).toBe(2);
    expect(await desk.row('one')).toMatchObject({ state: 'sent', said: ['m1'] });
  });

  test('waits in every channel where the platform counts them together', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const rooms = await Promise.all(Array.from({ length: 30 }, (_, at) => desk.channel(`room ${at}`)));
    for (const [at, room] of rooms.entries()) {
      desk.platform.fails('post', { how: 'unknown', done: true }, `room ${at}`);
      await desk.promise(`d${at}`, room, `${at}`);
    }
    await desk.relay.settle();
    for (let times = 0; times < 30; times++) desk.platform.fails('findPosted', { how: 'later', retryAfterMs: 60_000 });
    await desk.passes(61);
    for (let seconds = 2; seconds < 40; seconds += 2) await desk.passes(2);
    // Eight look at once; none of the others does before the minute is over.
    expect(searches(desk)).toBe(8);
  });
});

eachDatabase('a channel', (open) => {
  test('that is told to wait with its edits holds up no other, where the platform counts them by channel', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const [limited, free] = [await desk.channel('limited'), await desk.channel('free')];
    desk.platform.countsByConversation = ['edit'];
    await desk.promise('one', limited, 'one');
    await desk.promise('two', free, 'two');
    await desk.relay.settle();
    desk.platform.fails('edit', { how: 'later', retryAfterMs: 600_000 }, 'limited');
    await desk.changes('one', 'one, changed');
    await desk.relay.settle();
    await desk.changes('two', 'two, changed');
    await desk.promise('three', free, 'three');
    await desk.relay.settle();
    expect(desk.platform.texts('free')).toEqual(['two, changed', 'three']);
    expect(desk.platform.texts('limited')).toEqual(['one']);
    await desk.passes(601);
    expect(desk.platform.texts('limited')).toEqual(['one, changed']);
  });

  test('whose platform does not answer holds up no other, however many they are', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const slow = await desk.channel('slow');
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    desk.platform.fails('post', { how: 'slow', until }, 'slow');
    await desk.promise('slow', slow, 'slow');
    await desk.promise('after', slow, 'after');
    const others = await Promise.all(Array.from({ length: 20 }, (_, at) => desk.channel(`room ${at}`)));
    for (const [at, room] of others.entries()) await desk.promise(`d${at}`, room, `${at}`);
    const running = desk.relay.settle();
    while (desk.platform.messages.length < 20) await new Promise((done) => setTimeout(done, 2));
    expect(desk.platform.texts('slow')).toEqual([]);
    answer();
    await running;
    expect(desk.platform.texts('slow')).toEqual(['slow', 'after']);
  });

  test('keeps its order where what is first is due by the clock of a bot some seconds ahead', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    const ahead = new Date(Date.parse(NOW) + 20_000).toISOString();
    await desk.promise('first', room, 'first', { notBefore: ahead });
    await desk.promise('second', room, 'second');
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual([]);
    desk.clock.moveTo(ahead);
    await desk.relay.settle();
    expect(desk.platform.texts('room')).toEqual(['first', 'second']);
  });

  test('that is put off keeps its order and holds up no other', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const [limited, free] = [await desk.channel('limited'), await desk.channel('free')];
    desk.platform.fails('post', { how: 'later', retryAfterMs: 30_000 }, 'limited');
    await desk.promise('one', limited, 'one');
    await desk.promise('two', limited, 'two');
    await desk.promise('three', free, 'three');
    await desk.relay.settle();
    expect(desk.platform.messages.map((each) => each.text)).toEqual(['three']);
    await desk.passes(29);
    expect(desk.platform.texts('limited')).toEqual([]);
    await desk.passes(2);
    expect(desk.platform.texts('limited')).toEqual(['one', 'two']);
  });

  test('that was put off all day is not given up for one fault of ours', async () => {
    await using database = await open();
    await using desk = await openDesk(database);
    const room = await desk.channel('room');
    await desk.promise('one', room, 'one');
    for (let times = 0; times < 15; times++) {
      desk.platform.fails('post', { how: 'later' }, 'room');
      await desk.passes(1_000);
    }
    let faults = 1;
    const faulty = desk.worker('faulty', {
      outbox: {
        setConversation: desk.outbox.setConversation,
        recordSaid: desk.outbox.recordSaid,
        claim: async (...row) => {
          const claimed = await desk.outbox.claim(...row);
          return faults-- > 0 ? claimed.map((each) => ({ ...each, facts: { fault: true } })) : claimed;
        },
      },
    });
    desk.clock.moveTo(new Date(Date.parse(desk.clock.now()) + 1_000_000).toISOString());
    await faulty.settle();
    await faulty.stop();
    expect(await desk.row('one')).toMatchObject({ state: 'pending', error: 'fault' });
    await desk.passes(1_000);
    expect(desk.platform.texts('room')).toEqual(['one']);
  });
});
