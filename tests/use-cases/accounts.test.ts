import { expect, it } from 'vitest';
import type { Account } from '../../src/chat/interaction.ts';
import { recognise } from '../../src/use-cases/people.ts';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import { buttonsIn, FRIDAY, type Office, openOffice } from './small-office.ts';

const holderOf = async (office: Office, account: string) =>
  (await office.accord.house.store.read(HOUSE).officerOfAccount('paper', account))?.name ?? null;
const codeFor = async (office: Office, email: string): Promise<string> => {
  const answer = await office.types('ha', `/officer invite ${email}`);
  return /accord join (\w+)/.exec(answer.text)?.[1] ?? '';
};

eachDatabase('a coordinator that the configuration names', (open) => {
  const chi: Account = { platform: 'paper', id: 'U-chi', name: 'Chi' };

  it('is one officer, though their first words arrive several at once', async () => {
    await using database = await open();
    await using bot = await openHouse({
      pool: database.pool,
      clock: standingClock(FRIDAY),
      coordinators: ['paper:U-chi'],
    });
    const known = await Promise.all(Array.from({ length: 5 }, () => recognise(bot.house, chi, undefined)));
    expect(new Set(known.map((each) => each.officer?.id)).size).toBe(1);
    expect(known.every((each) => each.actor.role === 'coordinator')).toBe(true);
    expect(await bot.db.selectFrom('officers').select('name').execute()).toEqual([{ name: 'Chi' }]);
    // And no hand can make a second one of the same entry.
    const [office] = await bot.db.selectFrom('agencies').select('id').execute();
    const second = {
      agency_id: office?.id ?? 0,
      name: 'Chi again',
      role: 'coordinator',
      search: '',
      configured_as: 'paper:U-chi',
    };
    await expect(bot.db.insertInto('officers').values(second).execute()).rejects.toMatchObject({ code: '23505' });
  });

  it.each([
    ['by account', 'paper:U-lan'],
    ['by e-mail address', 'LAN@gov.example'],
  ])('becomes one, %s, though they were linked as an officer before', async (_how, entry) => {
    await using database = await open();
    {
      await using before = await openOffice(database);
      expect((await before.types('lan', '/officer invite minh@gov.example')).text).toContain('Only coordinators');
    }
    await using bot = await openHouse({ pool: database.pool, clock: standingClock(FRIDAY), coordinators: [entry] });
    const lan: Account = { platform: 'paper', id: 'U-lan', name: 'Lan' };
    const { actor, officer } = await recognise(bot.house, lan, undefined);
    expect([actor.role, officer?.role, officer?.name]).toEqual(['coordinator', 'coordinator', 'Nguyễn Thị Lan']);
    expect(await bot.db.selectFrom('officers').select('id').where('name', '=', 'Lan').execute()).toEqual([]);
  });
});

eachDatabase('an account', (open) => {
  it('is linked by a mention, an id or an e-mail address, and never as it was typed', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('ha', '/officer add agency:MOC email:nam@gov.example Bùi Văn Nam');
    const link = (account: string) => office.types('ha', `/officer link nam@gov.example account:${account}`);
    const before = await office.history();
    for (const nobody of ['@nam', '<@U-nobody>', 'U-nobody', 'nobody@gov.example', '<!channel>'])
      expect((await link(nobody)).text, nobody).toContain('is nobody I can find on paper');
    expect(await office.history()).toEqual(before);
    expect((await link('<@U-other>')).text).toContain('Account Somebody else is Bùi Văn Nam from now on.');
    expect(await holderOf(office, 'U-other')).toBe('Bùi Văn Nam');
  });

  it('that is somebody else’s moves only after it was said what moves', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const asked = await office.types('ha', '/officer link dung@gov.example account:U-lan');
    expect(asked.text).toContain('This account is Nguyễn Thị Lan (Bộ Xây dựng) now.');
    expect(asked.text).toContain('Đỗ Tiến Dũng has another account on Paper now.');
    expect(asked.text).toContain('Nothing has been changed yet.');
    expect(await holderOf(office, 'U-lan')).toBe('Nguyễn Thị Lan');
    await office.presses('ha', 'Yes, move it', asked);
    expect(await holderOf(office, 'U-lan')).toBe('Đỗ Tiến Dũng');
    expect(await holderOf(office, 'U-dung')).toBeNull();
  });

  it('that is linked already asks before a code makes it another officer’s, and the code is kept', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const code = await codeFor(office, 'dung@gov.example');
    const asked = await office.types('minh', `/accord join ${code}`);
    expect(asked.text).toContain('This account is Trần Văn Minh (Bộ Công Thương) now.');
    expect(await holderOf(office, 'U-minh')).toBe('Trần Văn Minh');
    expect((await office.presses('minh', 'Yes, move it', asked)).text).toContain('You are Đỗ Tiến Dũng');
    expect(await holderOf(office, 'U-minh')).toBe('Đỗ Tiến Dũng');
    expect((await office.types('guest', `/accord join ${code}`)).text).toContain('was used already');
  });

  it('that a coordinator gave to somebody else is not taken by an e-mail address: the coordinators are told', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    const moved = await office.types('ha', '/officer link dung@gov.example account:U-lan');
    await office.presses('ha', 'Yes, move it', moved);
    // Lan has no account now, and her e-mail address leads to the one that is Dũng's.
    await office.types('ha', '/commitment assign C-4 lan@gov.example');
    await office.settle();
    expect(await holderOf(office, 'U-lan')).toBe('Đỗ Tiến Dũng');
    expect(office.in('direct-U-lan').filter((each) => each.text.includes('Nguyễn Thị Lan'))).toEqual([]);
    const [told] = office.in('room-1').filter((each) => each.text.includes('cannot be written to'));
    expect(told?.text).toContain('the account of Đỗ Tiến Dũng, which stays theirs');
    expect(buttonsIn(told?.document ?? { lang: 'en', summary: '', blocks: [] }).map((each) => each.label)).toEqual([
      'Link an account',
      'Invitation code',
    ]);
  });

  it('whose e-mail address is an officer’s takes nothing from the account a coordinator linked', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const other: Account = { platform: 'paper', id: 'U-new', name: 'Lan', email: 'lan@gov.example' };
    expect((await recognise(office.accord.house, other, undefined)).officer).toBeNull();
    expect(await holderOf(office, 'U-lan')).toBe('Nguyễn Thị Lan');
  });
});

eachDatabase('the coordination channel', (open) => {
  it('moves only after it was said that another is it now', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const now = async () =>
      (await office.accord.house.store.read(HOUSE).channels({ kind: 'coordination' })).map((each) => each.conversation);
    await office.types('ha', '/channel coordination');
    expect((await office.types('ha', '/channel coordination')).text).toContain('This is the coordination channel');
    const asked = await office.types('ha', '/channel coordination', { conversation: 'room-2' });
    expect(asked.text).toContain('Another channel is the coordination channel now.');
    expect(await now()).toEqual(['room-1']);
    await office.presses('ha', 'Move it here', { document: asked.document, conversation: 'room-2' });
    expect(await now()).toEqual(['room-2']);

    await office.types('ha', '/channel link MOC', { conversation: 'room-3' });
    const agency = await office.types('ha', '/channel link MOC', { conversation: 'room-4' });
    expect(agency.text).toContain('Bộ Xây dựng has another channel now.');
    expect((await office.accord.house.store.read(HOUSE).channels({ kind: 'agency' }))[0]?.conversation).toBe('room-3');
  });
});
