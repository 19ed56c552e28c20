import { expect, test } from 'vitest';
import { parseDue } from '../../src/domain/due-date.ts';
import { createStore, openDatabase } from '../../src/store/index.ts';
import { type Actor, CHANNEL, HOUSE, type Store, type Writer } from '../../src/use-cases/ports.ts';
import { CLERK, NOW } from '../outbox/desk.ts';
import { eachDatabase, openServerTestDatabase, type TestDatabase } from '../support/databases.ts';
import { standingClock } from '../support/open-house.ts';

const clock = standingClock(NOW);
const storeOn = (database: TestDatabase) => createStore(openDatabase(database.pool), clock);

function due(typed: string) {
  const parsed = parseDue(typed);
  if (!parsed.ok) throw new Error(typed);
  return parsed.due;
}

async function registerOne(writer: Writer, title: string, more: { classification?: 'open' | 'restricted' } = {}) {
  const lead =
    (await writer.agencyNamed('Ministry of Roads')) ??
    (await writer.addAgency({ name: 'Ministry of Roads', kind: 'ministry', sector: 'transport', aliases: ['MoR'] }));
  return writer.addCommitment({
    title,
    due: due('6/2025'),
    leadId: lead.id,
    partners: ['Laos'],
    registeredAt: NOW,
    ...more,
  });
}
const changesOf = async (store: Store, ref: string) =>
  (await store.read(HOUSE).history('commitment', ref)).map(({ change, actor }) => `${change} by ${actor}`);

eachDatabase('the register', (open) => {
  test('keeps what was registered, finds it however it is spelt, and says who changed it', async () => {
    await using database = await open();
    const store = storeOn(database);
    const made = await store.write(CLERK, (writer) => registerOne(writer, 'Xây dựng đường sắt qua biên giới'));
    const reader = store.read(HOUSE);
    expect(await reader.commitment(made.id)).toMatchObject({ ref: 'C-1', version: 1, due: { raw: '6/2025' } });
    for (const text of ['duong sat', 'ĐƯỜNG', 'roads', 'c-1', 'laos']) {
      const { total } = await reader.findCommitments({ text, today: '2025-11-17', limit: 10, offset: 0 });
      expect(total, text).toBe(1);
    }
    const lan: Actor = { ...CLERK, name: 'account:slack:U1' };
    await store.write(lan, (writer) => writer.changeCommitment(made.id, { result: 'A report' }, 'changed', 1));
    expect(new Set(await changesOf(store, 'C-1'))).toEqual(
      new Set(['registered by job:test', 'changed by account:slack:U1']),
    );
  });

  test('refuses a change made from what is no longer so, and says whose change came before', async () => {
    await using database = await open();
    const store = storeOn(database);
    const { id } = await store.write(CLERK, (writer) => registerOne(writer, 'Build the road'));
    await store.write(CLERK, (writer) => writer.changeCommitment(id, { result: 'A' }, 'changed', 1));
    const stale = store.write(CLERK, (writer) => writer.changeCommitment(id, { result: 'B' }, 'changed', 1));
    await expect(stale).rejects.toMatchObject({
      code: 'changed-meanwhile',
      version: 2,
      facts: { ref: 'C-1', at: NOW },
    });
    expect(await store.read(HOUSE).commitment(id)).toMatchObject({ result: 'A', version: 2 });
  });

  test('shows a chat channel the reference alone of what is restricted, and finds it by nothing else', async () => {
    await using database = await open();
    const store = storeOn(database);
    await store.write(CLERK, (writer) => registerOne(writer, 'Secret works', { classification: 'restricted' }));
    const chat = store.read(CHANNEL);
    expect(await chat.commitment(1)).toMatchObject({ ref: 'C-1', title: null, partners: [], result: null });
    for (const text of ['secret', 'laos']) {
      const { total } = await chat.findCommitments({ text, today: '2025-11-17', limit: 10, offset: 0 });
      expect(total, text).toBe(0);
    }
    expect(await store.read(HOUSE).commitment(1)).toMatchObject({ title: 'Secret works' });
  });

  test('leaves nothing of a transaction that failed, history included', async () => {
    await using database = await open();
    const store = storeOn(database);
    const failed = store.write(CLERK, async (writer) => {
      await registerOne(writer, 'Never');
      throw new Error('the wire broke');
    });
    await expect(failed).rejects.toThrow('the wire broke');
    expect(await store.read(HOUSE).commitment(1)).toBeNull();
    expect(await changesOf(store, 'C-1')).toEqual([]);
    expect(await store.read(HOUSE).agencyNamed('MoR')).toBeNull();
  });

  test('forgets the direct conversation of whoever an account is taken from', async () => {
    await using database = await open();
    const store = storeOn(database);
    const link = (officerId: number, account: string, move = false) =>
      store.write(CLERK, (writer) =>
        writer.linkAccount({ platform: 'slack', account, name: account, officerId, how: 'coordinator', at: NOW, move }),
      );
    const [a, b] = await store.write(CLERK, async (writer) => {
      const agency = await writer.addAgency({ name: 'Ministry', kind: 'ministry', sector: 'trade' });
      const officer = (name: string) =>
        writer.addOfficer({ agencyId: agency.id, name, email: null, role: 'officer', lang: null });
      return [await officer('An'), await officer('Bình')] as const;
    });
    await link(a.id, 'U1');
    await store.write(CLERK, (writer) =>
      writer.setChannel({ platform: 'slack', conversation: 'D-U1', kind: 'direct', officerId: a.id }),
    );
    // U1 was Bình's all along: what is for An must not go there any more.
    await expect(link(b.id, 'U1')).rejects.toMatchObject({ code: 'account-taken' });
    await link(b.id, 'U1', true);
    const channels = await store.read(HOUSE).channels({ kind: 'direct' });
    expect(channels).toMatchObject([{ officerId: a.id, conversation: null }]);
    expect((await store.read(HOUSE).officer(a.id))?.accounts).toEqual({});
    expect((await store.read(HOUSE).officer(b.id))?.accounts).toEqual({ slack: 'U1' });
  });
});

test('two changes from the same version at the same moment: one is made, one is refused', async () => {
  await using database = await openServerTestDatabase();
  const store = storeOn(database);
  const { id } = await store.write(CLERK, (writer) => registerOne(writer, 'Build the road'));
  const both = await Promise.allSettled(
    ['A', 'B'].map((result) => store.write(CLERK, (writer) => writer.changeCommitment(id, { result }, 'changed', 1))),
  );
  expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'changed-meanwhile', version: 2 });
  expect((await store.read(HOUSE).commitment(id))?.version).toBe(2);
});
