import { expect, test } from 'vitest';
import { UserError } from '../../src/domain/user-error.ts';
import { createStore, openDatabase } from '../../src/store/index.ts';
import { type Actor, HOUSE } from '../../src/use-cases/ports.ts';
import { CLERK, NOW } from '../outbox/desk.ts';
import { eachDatabase, openServerTestDatabase, type TestDatabase } from '../support/databases.ts';
import { standingClock } from '../support/open-house.ts';

const PRESS: Actor = { ...CLERK, displayName: 'Lan', once: 'press:slack:U1:m1' };
const storeOn = (database: TestDatabase) => createStore(openDatabase(database.pool), standingClock(NOW));

eachDatabase('what is to happen once', (open) => {
  test('happens once, and the second is told by whom and when', async () => {
    await using database = await open();
    const store = storeOn(database);
    let times = 0;
    const press = () =>
      store.write(PRESS, async (writer) => {
        times++;
        await writer.setSetting('pressed', times);
      });
    await press();
    const second = await press().catch((error: unknown) => error);
    expect(second).toBeInstanceOf(UserError);
    expect(second).toMatchObject({ code: 'already-done', facts: { by: 'Lan', at: NOW } });
    expect(times).toBe(1);
    // Another's press is another's.
    await store.write({ ...PRESS, once: 'press:slack:U2:m1' }, (writer) => writer.setSetting('pressed', 2));
    expect(await store.read(HOUSE).setting('pressed')).toBe(2);
  });

  test('may be tried again where it did not happen', async () => {
    await using database = await open();
    const store = storeOn(database);
    const refused = store.write(PRESS, async (writer) => {
      await writer.setSetting('pressed', 1);
      throw new UserError('not-a-date', { typed: 'soon' });
    });
    await expect(refused).rejects.toThrow('not-a-date');
    expect(await store.read(HOUSE).setting('pressed')).toBeNull();
    await store.write(PRESS, (writer) => writer.setSetting('pressed', 2));
    expect(await store.read(HOUSE).setting('pressed')).toBe(2);
  });
});

test('ten at the same moment: one does it, nine are told', async () => {
  await using database = await openServerTestDatabase();
  const store = storeOn(database);
  const tried = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      store.write(PRESS, async (writer) => {
        const before = Number((await writer.setting('count')) ?? 0);
        await writer.setSetting('count', before + 1);
      }),
    ),
  );
  expect(tried.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  for (const each of tried) {
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'already-done' });
  }
  expect(await store.read(HOUSE).setting('count')).toBe(1);
});
