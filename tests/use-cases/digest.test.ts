import { expect, it } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Office, openOffice } from './small-office.ts';

const MONDAY = '2025-11-17T08:00:30+07:00';
const NEXT_MONDAY = '2025-11-24T08:00:30+07:00';

async function coordinated(office: Office): Promise<void> {
  await office.types('ha', '/channel coordination');
  await office.settle();
}
const digests = (office: Office) => office.in('room-1').filter((each) => each.text.includes('commitments ·'));
const room = (office: Office) =>
  office
    .in('room-1')
    .map((each) => each.text)
    .join('\n');
/** What an agency's part says newly stands in the way. */
const news = (office: Office) =>
  office.in('room-1').flatMap((each) => /New obstacles \(.*/s.exec(each.text)?.[0] ?? []);

eachDatabase('the digest', (open) => {
  it('comes at its hour in the zone of a channel’s people, and with everybody’s where it is later there', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    for (const [agency, room, zone] of [
      ['MOC', 'room-2', 'Europe/Brussels'],
      ['MOIT', 'room-3', 'Asia/Tokyo'],
    ] as const) {
      await office.types('ha', `/channel link ${agency}`, { conversation: room });
      await office.types('ha', `/channel zone ${zone}`, { conversation: room });
    }
    await office.settle();
    await office.at(MONDAY);
    expect(digests(office)).toHaveLength(1);
    expect(office.in('room-3')).toHaveLength(1);
    expect(office.in('room-2')).toHaveLength(0);
    await office.at('2025-11-17T07:59:00+01:00');
    expect(office.in('room-2')).toHaveLength(0);
    await office.at('2025-11-17T08:00:30+01:00');
    expect(office.in('room-2').map((each) => each.text)).toEqual([expect.stringContaining('Bộ Xây dựng')]);
    expect((await office.types('ha', '/channel zone Tokyo', { conversation: 'room-2' })).text).toContain(
      'no time zone',
    );
    expect((await office.types('ha', '/channel zone Asia/Tokyo', { conversation: 'room-9' })).text).toContain(
      'Link it first',
    );
  });

  it('of a past week counts as open what was verified later', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.at(MONDAY);
    await office.types('lan', '/progress report done:yes C-1 The bridge is open.');
    await office.types('ha', '/commitment verify C-1 yes');
    const past = (await office.types('ha', '/digest preview 2025-W46')).text;
    expect(past).toContain('Border bridge');
    expect(past).toContain('2 overdue');
    expect(past).not.toContain('Done this week');
    const present = (await office.types('ha', '/digest preview')).text;
    expect(present).toContain('1 overdue');
    expect(present).toContain('Done this week (1)');
  });

  it('of a past week is silent about what was silent then, whatever was said since', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    // Registered on 14 November: silent for more than thirty days by 22 December.
    await office.at('2025-12-23T09:00:00+07:00');
    await office.types('tuan', '/progress report C-3 The dam is surveyed.');
    const part = async (week: string) => (await office.types('ha', `/digest preview agency:MAE ${week}`)).text;
    expect(await part('2025-W52')).not.toContain('Nothing reported');
    await office.at('2025-12-30T09:00:00+07:00');
    expect(await part('2025-W52')).toContain('Nothing reported for more than 30 days (1)');
    expect(await part('2026-W01')).not.toContain('Nothing reported');
  });

  it('goes by the day of verification: done long before, newly done, and overdue last week', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.types('lan', '/progress report done:yes C-1 The bridge is open.');
    await office.at(MONDAY);
    expect(room(office)).not.toContain('Done this week');
    await office.at('2025-11-19T10:00:00+07:00');
    await office.types('ha', '/commitment verify C-1 yes');
    await office.at(NEXT_MONDAY);
    const [, second] = digests(office);
    // C-5 is overdue still; the bridge was, until this week.
    expect(second?.text).toContain('1 overdue: 20% of 5 registered; last week 2.');
    expect(room(office)).toContain('Done this week (1)');
  });

  it('has an obstacle as new in one digest, however near to it it was reported', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T07:59:59+07:00');
    await office.types('lan', '/obstacle report C-1 The eve of it');
    await office.at('2025-11-17T08:00:00+07:00');
    await office.at('2025-11-17T08:00:01+07:00');
    await office.types('lan', '/obstacle report C-1 The morn of it');
    await office.at(NEXT_MONDAY);
    const [first = '', second = ''] = news(office);
    expect(news(office)).toHaveLength(2);
    expect(first).toContain('The eve of it');
    expect(first).not.toContain('The morn of it');
    expect(second).toContain('The morn of it');
    expect(second).not.toContain('The eve of it');
  });

  it('says nothing of the obstacles of an import that is not started', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    const sheet = 'No,Commitment,Lead agency,Due date\n1,Rail link study,Bộ Xây dựng,30/06/2025\n';
    const file = { name: 'annex.csv', size: sheet.length, fetch: async () => new TextEncoder().encode(sheet) };
    await office.runs('ha', 'import/file', '', file);
    await office.runs('ha', 'import/apply', '1');
    await office.types('lan', '/obstacle report C-6 The land is not surveyed');
    await office.types('ha', '/channel link MOC', { conversation: 'room-2' });
    await office.at(MONDAY);
    expect(digests(office)).toHaveLength(1);
    const said = room(office) + office.in('room-2').map((each) => each.text);
    expect(said).not.toContain('The land is not surveyed');
    const preview = (await office.types('ha', '/digest preview')).text;
    expect(preview).toContain('The land is not surveyed');
    expect(preview).toContain('This preview counts 1 imported commitment held back');
    expect((await office.types('ha', '/digest preview agency:MOC')).text).toContain('This preview counts 1 imported');
  });

  it('posted by hand before its time takes nobody’s place, once a day', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    expect((await office.types('ha', '/digest post 2025-W47')).text).toContain('2025-W47 begins on 17 November 2025');
    await office.at('2025-11-17T07:00:00+07:00');
    expect((await office.types('ha', '/digest post')).text).toContain('The planned digest still comes on');
    await office.settle();
    expect(digests(office)).toHaveLength(1);
    expect((await office.types('ha', '/digest post')).text).toContain('has been posted already');
    await office.at(MONDAY);
    expect(digests(office)).toHaveLength(2);
    expect((await office.types('ha', '/digest post')).text).toContain('has been posted already');
  });

  it('that was refused or has expired is posted again by hand; what arrived is not', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    // The first post of the room is the summary: it is refused, the parts arrive.
    office.papers[0]?.fails('post', { how: 'refused', code: 'no-permission' }, 'room-1');
    await office.at(MONDAY);
    const parts = office.in('room-1').length;
    expect(digests(office)).toHaveLength(0);
    expect(parts).toBeGreaterThan(0);
    await office.at('2025-11-18T09:00:00+07:00');
    expect((await office.types('ha', '/digest post')).text).toContain('1 message.');
    await office.settle();
    expect(digests(office)).toHaveLength(1);
    const said = (await office.deliveries()).filter((each) => each.key.startsWith('digest:') && each.state === 'sent');
    expect(said).toHaveLength(parts + 1);
    expect((await office.history()).filter((each) => each.change === 'promised-again')).toMatchObject([
      { thing: 'delivery', actor: `officer:${office.ids.ha}`, before: { state: 'refused', error: 'no-permission' } },
    ]);
  });

  it('posted by hand in the middle of a week is where the next one begins', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.types('lan', '/obstacle report C-1 Said on Friday');
    await office.types('ha', '/digest post');
    await office.settle();
    expect(news(office)).toHaveLength(1);
    await office.at('2025-11-15T10:00:00+07:00');
    await office.types('lan', '/obstacle report C-1 Said on Saturday');
    await office.at(MONDAY);
    const [, second = ''] = news(office);
    expect(second).toContain('Said on Saturday');
    expect(second).not.toContain('Said on Friday');
    expect(await office.accord.house.store.read(HOUSE).setting('last-digest')).toMatchObject({ week: '2025-W47' });
  });
});
