import { expect, test } from 'vitest';
import type { Accord } from '../../src/build.ts';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import { CLERK, NOW } from './desk.ts';
import { createFakePlatform, type FakePlatform } from './fake-platform.ts';

const PEOPLE = ['An', 'Bình', 'Chi'].map((name, at) => ({
  id: `U${at + 1}`,
  name,
  email: `${name.toLowerCase()}@ministry.example`,
}));

interface Scene extends AsyncDisposable {
  readonly bot: Accord;
  readonly platform: FakePlatform;
  readonly officers: readonly number[];
  readonly group: number;
  passes(minutes: number): Promise<void>;
  counts(): Promise<Record<string, number>>;
}

/** The house as production builds it, with three officers, a called working group, and a platform one can upset. */
async function openScene(
  database: TestDatabase,
  platform: FakePlatform = createFakePlatform('fake', PEOPLE),
): Promise<Scene> {
  const clock = standingClock(NOW);
  const bot = await openHouse({
    pool: database.pool,
    clock,
    platforms: [platform],
    log: { info() {}, warn() {}, error() {} },
  });
  await bot.start();
  const { store } = bot.house;
  const [officers, group] = await store.write(CLERK, async (writer) => {
    const agency = await writer.addAgency({ name: 'Ministry', kind: 'ministry', sector: 'trade' });
    const made: number[] = [];
    for (const { name, email } of PEOPLE)
      made.push((await writer.addOfficer({ agencyId: agency.id, name, email, role: 'officer', lang: null })).id);
    const shared = await writer.addShared({ title: 'No site is ready', openedAt: NOW });
    const { id } = await writer.addGroup({
      sharedId: shared.id,
      state: 'called',
      chairId: agency.id,
      chairRule: 'test',
      at: NOW,
    });
    for (const officer of made.slice(0, 2)) await writer.addMember(id, officer, 'reported', NOW);
    return [made, id] as const;
  });
  for (const [at, officerId] of officers.entries())
    await store.write(CLERK, (writer) =>
      writer.linkAccount({
        platform: 'fake',
        account: `U${at + 1}`,
        name: '',
        officerId,
        how: 'coordinator',
        at: NOW,
      }),
    );
  return {
    bot,
    platform,
    officers,
    group,
    async passes(minutes) {
      clock.moveTo(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString());
      await bot.relay.settle();
    },
    async counts() {
      const rows = await bot.db.selectFrom('deliveries').select('state').execute();
      return Object.fromEntries(
        [...new Set(rows.map((row) => row.state))].map((state) => [
          state,
          rows.filter((row) => row.state === state).length,
        ]),
      );
    },
    [Symbol.asyncDispose]: () => bot.stop(),
  };
}

/** Opens the group's conversation, speaks in it, and brings in the third officer. */
async function promiseGroup({ bot, group, officers }: Scene): Promise<void> {
  await bot.house.store.write(CLERK, async (writer) => {
    const { id } = await writer.setChannel({ platform: 'fake', conversation: null, kind: 'group', groupId: group });
    const more = { channelId: id, notBefore: NOW } as const;
    await writer.deliver({ ...more, key: 'open', verb: 'open', kind: 'group-open', facts: {} });
    await writer.deliver({ ...more, key: 'say', verb: 'post', kind: 'group-opening', facts: { groupId: group } });
    await writer.deliver({
      ...more,
      key: 'in',
      verb: 'invite',
      kind: 'group-invite',
      facts: { officerId: officers[2] ?? 0 },
    });
  });
}

/** Something for one officer alone. */
const promiseDirect = async ({ bot, officers, group }: Scene, key: string) =>
  bot.house.store.write(CLERK, async (writer) => {
    const { id } = await writer.setChannel({
      platform: 'fake',
      conversation: null,
      kind: 'direct',
      officerId: officers[0] ?? 0,
    });
    const facts = { groupId: group };
    await writer.deliver({ key, channelId: id, verb: 'post', kind: 'group-proposal', facts, notBefore: NOW });
  });

eachDatabase('a conversation with one person', (open) => {
  test('waits for nobody else’s account where theirs is known', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    const { store } = scene.bot.house;
    const unknown = await store.write(CLERK, async (writer) => {
      const { id: agencyId } = await writer.addAgency({ name: 'Other ministry', kind: 'ministry', sector: 'health' });
      const email = 'dung@ministry.example';
      return (await writer.addOfficer({ agencyId, name: 'Dung', email, role: 'officer', lang: null })).id;
    });
    scene.platform.fails('lookUp', { how: 'later', retryAfterMs: 600_000 }, 'dung@ministry.example');
    await promiseDirect({ ...scene, officers: [unknown] }, 'unknown');
    await scene.bot.relay.settle();
    await promiseDirect(scene, 'known');
    await scene.passes(1);
    const opened = scene.platform.calls.filter((call) => call.verb === 'openDirect').map((call) => call.where);
    expect(opened).toEqual(['U1']);
    expect(scene.platform.texts('direct-U1')).not.toEqual([]);
    // Whoever else must be looked up waits as the platform says.
    expect(scene.platform.calls.filter((call) => call.verb === 'lookUp')).toHaveLength(1);
    await scene.passes(10);
    expect(scene.platform.calls.filter((call) => call.verb === 'lookUp')).toHaveLength(2);
  });
});

eachDatabase('a conversation that the bot makes', (open) => {
  for (const done of [true, false]) {
    test(`is made once, though the answer was lost ${done ? 'after' : 'before'} it was made`, async () => {
      await using database = await open();
      await using scene = await openScene(database);
      scene.platform.fails('openConversation', { how: 'unknown', done });
      scene.platform.fails('invite', { how: 'unknown', done });
      await promiseGroup(scene);
      await scene.bot.relay.settle();
      for (let times = 0; times < 3; times++) await scene.passes(2);
      expect([...scene.platform.members].map(([id, members]) => [id, [...members]])).toEqual([
        ['conversation-1', ['U1', 'U2', 'U3']],
      ]);
      expect(scene.platform.texts('conversation-1').length).toBeGreaterThan(0);
      expect(await scene.counts()).toEqual({ sent: 3 });
    });
  }

  test('is nobody else’s: a register begun anew opens its own, under the same numbers', async () => {
    const platform = createFakePlatform('fake', PEOPLE);
    for (const register of [1, 2]) {
      await using database = await open();
      await using scene = await openScene(database, platform);
      await promiseGroup(scene);
      await scene.bot.relay.settle();
      const [channel] = await scene.bot.house.store.read(HOUSE).channels({ kind: 'group', groupId: scene.group });
      expect(channel?.conversation).toBe(`conversation-${register}`);
    }
  });

  test('lets in whom it can, and the coordinators hear once of whoever has left', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    for (const account of ['U2', 'U3']) scene.platform.gone.add(account);
    await scene.bot.house.store.write(CLERK, (writer) =>
      writer.setChannel({ platform: 'fake', conversation: 'coordination', kind: 'coordination' }),
    );
    await promiseGroup(scene);
    for (let times = 0; times < 3; times++) await scene.passes(2);
    expect([...(scene.platform.members.get('conversation-1') ?? [])]).toEqual(['U1']);
    expect(scene.platform.texts('conversation-1').length).toBeGreaterThan(0);
    expect(await scene.counts()).toEqual({ sent: 5 });
    const keys = await scene.bot.db
      .selectFrom('deliveries')
      .select('key')
      .where('kind', '=', 'group-missing')
      .execute();
    expect(keys.map(({ key }) => key.replace(/:\d+$/, ''))).toEqual([
      `group-missing:${scene.group}:${scene.officers[1]}`,
      `group-missing:${scene.group}:${scene.officers[2]}`,
    ]);
  });

  test('that is refused lets nothing be said elsewhere', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    scene.platform.fails('openConversation', { how: 'refused', code: 'no-permission' });
    await promiseGroup(scene);
    await scene.bot.relay.settle();
    expect(scene.platform.messages).toEqual([]);
    expect(await scene.counts()).toEqual({ refused: 3 });
  });
});

eachDatabase('what is for one person', (open) => {
  test('goes to the account they have when it is said', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    await promiseDirect(scene, 'first');
    await scene.bot.relay.settle();
    const said = scene.platform.texts('direct-U1').length;
    expect(said).toBeGreaterThan(0);
    const { store } = scene.bot.house;
    await promiseDirect(scene, 'second');
    await store.write(CLERK, (writer) =>
      writer.linkAccount({
        platform: 'fake',
        account: 'U9',
        name: 'An',
        officerId: scene.officers[0] ?? 0,
        how: 'coordinator',
        at: NOW,
        move: true,
      }),
    );
    await scene.bot.relay.settle();
    expect(scene.platform.texts('direct-U1')).toHaveLength(said);
    expect(scene.platform.texts('direct-U9')).toHaveLength(said);
  });

  test('never goes to the account that has become somebody else’s', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    await promiseDirect(scene, 'first');
    await scene.bot.relay.settle();
    const said = scene.platform.messages.length;
    // U1 turns out to be the second officer's; the first is found again by e-mail address, under which U1 is known.
    await scene.bot.house.store.write(CLERK, async (writer) => {
      await writer.linkAccount({
        platform: 'fake',
        account: 'U1',
        name: 'Bình',
        officerId: scene.officers[1] ?? 0,
        how: 'coordinator',
        at: NOW,
        move: true,
      });
    });
    await promiseDirect(scene, 'second');
    scene.platform.fails('lookUp', { how: 'refused', code: 'unknown-person' });
    await scene.bot.relay.settle();
    expect(scene.platform.messages).toHaveLength(said);
    const row = await scene.bot.db.selectFrom('deliveries').selectAll().where('key', '=', 'second').executeTakeFirst();
    expect(row).toMatchObject({ state: 'refused', error: 'unknown-person' });
  });

  test('is held back while the platform cannot say who they are, and is said once', async () => {
    await using database = await open();
    await using scene = await openScene(database);
    await scene.bot.db.deleteFrom('accounts').execute();
    scene.platform.fails('lookUp', { how: 'later', retryAfterMs: 5_000 });
    scene.platform.fails('lookUp', { how: 'unknown', done: false });
    scene.platform.fails('openDirect', { how: 'unknown', done: true });
    await promiseDirect(scene, 'only');
    await scene.bot.relay.settle();
    expect(scene.platform.messages).toEqual([]);
    for (let times = 0; times < 4; times++) await scene.passes(2);
    expect(await scene.counts()).toEqual({ sent: 1 });
    expect(scene.platform.messages.map((message) => message.key)).toEqual([
      ...new Set(scene.platform.messages.map((message) => message.key)),
    ]);
    const officer = await scene.bot.house.store.read(HOUSE).officer(scene.officers[0] ?? 0);
    expect(officer?.accounts).toEqual({ fake: 'U1' });
  });
});
