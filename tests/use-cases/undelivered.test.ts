import { describe, expect, it } from 'vitest';
import { LANGS } from '../../src/chat/language.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { COMPOSED_KINDS } from '../../src/use-cases/compose.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { openHouse, ZONE } from '../support/open-house.ts';
import { buttonsIn, CLERK, type Office, openOffice } from './small-office.ts';

const MONDAY_EIGHT = '2025-11-17T08:00:30+07:00';
const MONDAY = '2025-11-17T08:30:30+07:00';
const TUESDAY = '2025-11-18T10:00:00+07:00';

const words = (office: Office, conversation: string) =>
  office
    .in(conversation)
    .map((each) => each.text)
    .join('\n');
const paperOf = (office: Office) => office.papers[0] ?? expect.unreachable();
const closed = (office: Office, name: string, code = 'dm-closed') =>
  office.papers[0]?.fails('post', { how: 'refused', code }, `direct-U-${name}`);
/** Reminded five working days before too: of what Lan owes, and of what Minh does. */
const BOTH_REMINDED = { rules: { remindBefore: [5] } };
const health = async (office: Office) => (await office.types('ha', '/accord health')).text;
const standsInForLan = (office: Office, standInId: number | null) =>
  office.accord.house.store.write(CLERK, (writer) => writer.changeOfficer(office.ids.lan, { standInId }));
/** The list as a coordinator sees it. */
const list = (office: Office) => office.types('ha', '/accord deliveries');

it.each(LANGS)('whatever may be refused is called by a name of its own, in %s', (lang) => {
  const speak = speaker(lang, ZONE);
  const names = COMPOSED_KINDS.map((kind) => speak.find(`delivery.kind.${kind}`) ?? kind);
  expect(names.filter((name) => COMPOSED_KINDS.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

describe('what a platform refuses', () => {
  it('of a person’s reminders is said in their agency’s channel, by their name, and answered there', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    closed(office, 'lan');
    await office.at(MONDAY);
    expect(words(office, 'direct-U-lan')).toBe('');
    const [said] = office.in('room-moc').filter((each) => each.text.includes('said to you directly'));
    expect(said?.text).toContain('Nguyễn Thị Lan: this could not be said to you directly');
    expect(said?.text).toContain('C-1 Border bridge');
    // A restricted title stays a reference.
    expect(said?.text).toMatch(/C-5/);
    expect(said?.text).not.toContain('Undersea');
    // Nobody else is troubled with it.
    expect(words(office, 'room-1')).not.toContain('did not arrive');
    expect((await list(office)).text).toContain('has arrived');

    if (!said) throw new Error('nothing was said instead');
    const place = { conversation: said.conversation, message: said.id };
    await office.types('lan', '/progress report C-1 Two piers stand.', place);
    await office.settle();
    const [now] = office.in('room-moc').filter((each) => each.id === said.id);
    expect(now?.text).toContain('Reported by Nguyễn Thị Lan, 17 November 2025 at 08:30.');
    expect(now?.text).toContain('Nguyễn Thị Lan: this could not be said');
  });

  it('is written down once with what is said instead, whoever comes twice', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    closed(office, 'lan');
    await office.at(MONDAY);
    const keys = (await office.deliveries()).map((each) => each.key);
    expect(keys.filter((key) => key.endsWith(':instead'))).toEqual([`reminder:${office.ids.lan}:2025-11-17:instead`]);
    expect((await office.history()).filter((each) => each.change === 'refused')).toMatchObject([
      { thing: 'delivery', actor: 'relay', after: { error: 'dm-closed' } },
    ]);
  });

  it('is told all the same where the database drops the transaction that tells it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await standsInForLan(office, null);
    const { store } = office.accord.house;
    const write = store.write.bind(store);
    let drops = 1;
    (store as { write: unknown }).write = async (...asked: Parameters<typeof write>) => {
      if (asked[0].name === 'relay' && drops-- > 0) throw new Error('Connection terminated unexpectedly');
      return write(...asked);
    };
    // A service that refuses refuses each time.
    closed(office, 'lan');
    closed(office, 'lan');
    await office.at(MONDAY);
    await office.at('2025-11-17T08:33:00+07:00');
    const row = (await office.deliveries()).find((each) => each.key === `reminder:${office.ids.lan}:2025-11-17`);
    expect(row).toMatchObject({ state: 'refused' });
    expect(words(office, 'room-1')).toContain('Reminder for Nguyễn Thị Lan');
    expect(words(office, 'direct-U-lan')).toBe('');
  });

  it('is told to the coordinators where the agency has no channel and the person no stand-in: one message a day, kept up to date', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, BOTH_REMINDED);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await standsInForLan(office, null);
    closed(office, 'lan');
    closed(office, 'minh', 'unknown-person');
    await office.at(MONDAY);
    const told = office.in('room-1').filter((each) => each.text.includes('did not arrive, or may not have'));
    expect(told, JSON.stringify(await office.deliveries())).toHaveLength(1);
    expect(told[0]?.text).toContain('On 17 November 2025, 2 messages');
    expect(told[0]?.text).toContain('Reminder for Nguyễn Thị Lan (Bộ Xây dựng)');
    expect(told[0]?.text).toContain('takes no direct messages from Accord');
    expect(told[0]?.text).toContain('Reminder for Trần Văn Minh (Bộ Công Thương)');
    expect(told[0]?.text).toContain('/officer invite');
  });

  it('of a stand-in’s reminders is said in the channel of the agency they act for, never in that of their own', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOIT', { conversation: 'room-moit' });
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.types('lan', '/my away 14/11/2025 21/11/2025 stand-in:minh@gov.example');
    await office.settle();
    await office.at(MONDAY_EIGHT);
    const said = (room: string) => office.in(room).filter((each) => each.text.includes('said to you directly'));
    closed(office, 'minh');
    await office.at(MONDAY);
    // What is theirs, and what is their own agency's, each by itself.
    expect(said('room-moc').map((each) => each.text)).toEqual([expect.stringContaining('C-1 Border bridge')]);
    expect(said('room-moc')[0]?.text).toContain('Trần Văn Minh: this could not be said to you directly');
    expect(said('room-moc')[0]?.text).not.toContain('Power line');
    expect(said('room-moit').map((each) => each.text)).toEqual([expect.stringContaining('C-2 Power line')]);
    expect(said('room-moit')[0]?.text).not.toContain('Border bridge');
    expect(words(office, 'room-1')).not.toContain('did not arrive');
  });

  it('of whoever acts for somebody who answers for another agency’s work is said in that agency’s channel', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    for (const code of ['MOC', 'MOIT', 'MAE', 'MOST'])
      await office.types('ha', `/channel link ${code}`, { conversation: `room-${code}` });
    await office.types('ha', '/commitment assign C-1 minh@gov.example');
    await office.types('minh', '/my away 14/11/2025 21/11/2025 stand-in:dung@gov.example');
    await office.settle();
    await office.at(MONDAY_EIGHT);
    closed(office, 'dung');
    await office.at(MONDAY);
    expect(words(office, 'room-MOC')).toContain('Đỗ Tiến Dũng: this could not be said to you directly');
    expect(words(office, 'room-MOC')).toContain('C-1 Border bridge');
  });

  it('of what is about two agencies, one without a channel, is told to the coordinators, and said in neither', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOIT', { conversation: 'room-moit' });
    await office.types('lan', '/my away 14/11/2025 21/11/2025 stand-in:minh@gov.example');
    await office.settle();
    await office.at(MONDAY_EIGHT);
    closed(office, 'minh');
    await office.at(MONDAY);
    expect(words(office, 'room-moit')).not.toContain('said to you directly');
    expect(words(office, 'room-1')).toContain('Reminder for Trần Văn Minh');
  });

  it('of reminders for somebody who has neither account nor e-mail address is every reminder, which is seen all the same', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/officer add agency:MOST Cô Mai');
    await office.types('ha', '/commitment assign C-4 "Cô Mai"');
    await office.types('ha', '/commitment amend C-4 due:19/11/2025 reason:"as signed"');
    await office.settle();
    await office.at(MONDAY);
    expect(words(office, 'room-1')).toContain('Reminder for Cô Mai (Bộ Khoa học và Công nghệ)');
    expect(words(office, 'room-1')).toContain('/officer invite');
    expect((await list(office)).text).toContain('Cô Mai');
    const keys = async () => (await office.deliveries()).filter((each) => each.key.startsWith('undelivered:'));
    const before = await keys();
    // Where the agency has a channel it is said there.
    await office.types('ha', '/channel link MOST', { conversation: 'room-most' });
    await office.at('2025-11-19T08:30:30+07:00');
    expect(await keys()).toEqual(before);
    expect(words(office, 'room-most')).toContain('Cô Mai: this could not be said to you directly');
    expect(words(office, 'room-most')).toContain('C-4 Joint laboratory');
  });

  it('of a channel is told with what to do; of the coordination channel itself, to each coordinator', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    office.papers[0]?.fails('post', { how: 'refused', code: 'archived' }, 'room-moc');
    await office.at(MONDAY_EIGHT);
    expect(words(office, 'room-1')).toContain(
      'Weekly digest, part of an agency for the channel of Bộ Xây dựng (paper)',
    );
    expect(words(office, 'room-1')).toContain('The channel is archived: restore it, or link another');
    expect(words(office, 'direct-U-ha')).not.toContain('did not arrive');

    await office.at('2025-11-24T07:00:00+07:00');
    for (let times = 0; times < 12; times++)
      office.papers[0]?.fails('post', { how: 'refused', code: 'archived' }, 'room-1');
    await office.at('2025-11-24T08:00:30+07:00');
    const direct = office.in('direct-U-ha').filter((each) => each.text.includes('did not arrive, or may not have'));
    expect(direct).toHaveLength(1);
    expect(direct[0]?.text).toContain('Weekly digest, summary for the coordination channel (paper)');
  });

  it('of a working group never goes to an agency’s channel', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'second', elsewhere: ['tuan'] });
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MAE', { conversation: 'room-mae' });
    await office.settle();
    await office.types('lan', '/obstacle report C-1 No resettlement site is ready');
    await office.types('minh', '/obstacle report C-2 The resettlement site is not ready');
    await office.types('tuan', '/obstacle report C-3 There is no resettlement site yet');
    await office.types('minh', '/obstacle same OB-3 OB-2');
    await office.types('tuan', '/obstacle same OB-4 OB-2');
    office.papers[1]?.fails('post', { how: 'refused', code: 'dm-closed' }, 'direct-U-tuan');
    await office.types('ha', '/group call WG-1');
    await office.settle();
    expect(words(office, 'room-mae')).toBe('');
    expect(words(office, 'room-1')).toContain('Facts of a working group for Lê Anh Tuấn');
  });

  it('of a working group whose conversation could not be opened says so, and names nobody to invite', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await office.types('lan', '/obstacle report C-1 No resettlement site is ready');
    await office.types('minh', '/obstacle report C-2 The resettlement site is not ready');
    await office.types('tuan', '/obstacle report C-3 There is no resettlement site yet');
    await office.types('minh', '/obstacle same OB-3 OB-2');
    await office.types('tuan', '/obstacle same OB-4 OB-2');
    await office.settle();
    office.papers[0]?.fails('openConversation', { how: 'refused', code: 'no-room' });
    await office.types('ha', '/group call WG-1');
    await office.settle();
    const shown = (await list(office)).text;
    expect(shown).toContain('The server holds no further channel');
    expect(shown).toContain('Its conversation could not be opened: send that again first.');
    expect(shown).not.toContain('/officer invite');
  });

  it('is listed for coordinators, and said again at a press', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await standsInForLan(office, null);
    closed(office, 'lan');
    await office.at(MONDAY);
    expect(await office.refusal('lan', 'accord/deliveries', '')).toBe('not-coordinator');
    const shown = await list(office);
    expect(shown.text).toContain('1–1 of 1 messages that did not arrive');
    const pressed = await office.presses('ha', 'Send again', shown);
    expect(pressed.text).toContain('It is being sent again.');
    expect(pressed.text).toContain('has arrived');
    await office.settle();
    expect(words(office, 'direct-U-lan')).toContain('C-1 Border bridge');
    expect(words(office, 'room-1')).toContain('What did not arrive on 17 November 2025 has been dealt with.');
    // Again, by somebody who looked at the list before.
    expect((await office.presses('ha', 'Send again', shown)).text).toContain('has arrived meanwhile');
  });

  it('expired unsaid is listed, and said again at a press', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    office.papers[0]?.fails('post', { how: 'later', retryAfterMs: 20 * 3_600_000 }, 'direct-U-lan');
    await office.at(MONDAY);
    await office.at(TUESDAY);
    const shown = await list(office);
    expect(shown.text).toContain('Not sent in time');
    await office.presses('ha', 'Send again', shown);
    await office.settle();
    expect(words(office, 'direct-U-lan')).toContain('C-1 Border bridge');
  });

  it('in doubt is told, and decided by whoever looks: it arrived, or once more', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, BOTH_REMINDED);
    await office.types('ha', '/channel coordination');
    await office.settle();
    const [paper] = office.papers;
    if (!paper) throw new Error('there is no platform');
    paper.forgets();
    for (const name of ['lan', 'minh'])
      paper.fails('post', { how: 'unknown', done: name === 'lan' }, `direct-U-${name}`);
    await office.at(MONDAY);
    // While it is being found out it is nobody's business.
    expect((await list(office)).text).toContain('has arrived');
    await office.at('2025-11-17T08:32:00+07:00');
    expect(words(office, 'room-1')).toContain('On 17 November 2025, 2 messages');
    const shown = await list(office);
    expect(shown.document && buttonsIn(shown.document).map((each) => each.label)).toEqual([
      'It arrived',
      'Send again',
      'It arrived',
      'Send again',
    ]);
    const pressed = await office.presses('ha', 'It arrived', shown);
    expect(pressed.text).toContain('Noted: it arrived.');
    await office.presses('ha', 'Send again', pressed);
    await office.at('2025-11-17T09:00:00+07:00');
    expect((await list(office)).text).toContain('has arrived');
    for (const name of ['lan', 'minh']) expect(paper.said(`direct-U-${name}`)).toHaveLength(1);
  });

  it('is told to each coordinator where the day’s notice of it may not have arrived itself', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, BOTH_REMINDED);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await standsInForLan(office, null);
    const paper = paperOf(office);
    for (const [name, minutes] of [
      ['lan', 5],
      ['minh', 30],
    ])
      paper.fails('post', { how: 'later', retryAfterMs: Number(minutes) * 60_000 }, `direct-U-${name}`);
    await office.at(MONDAY);
    closed(office, 'lan');
    paper.forgets();
    paper.fails('post', { how: 'unknown', done: false }, 'room-1');
    await office.at('2025-11-17T08:36:00+07:00');
    await office.at('2025-11-17T08:45:00+07:00');
    const notices = () => office.in('direct-U-ha').filter((each) => each.text.includes('did not arrive'));
    expect(notices().map((each) => each.text)).toEqual([expect.stringContaining('Reminder for Nguyễn Thị Lan')]);
    // What is refused later that day is told in the same message.
    closed(office, 'minh');
    await office.at('2025-11-17T09:05:00+07:00');
    await office.at('2025-11-17T09:30:00+07:00');
    expect(notices().map((each) => each.text)).toEqual([expect.stringContaining('Reminder for Trần Văn Minh')]);
    expect(words(office, 'room-1')).not.toContain('did not arrive');
  });

  it('in doubt, and nobody could look into it, is told after ten minutes', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    const paper = paperOf(office);
    paper.fails('post', { how: 'unknown', done: true }, 'direct-U-lan');
    for (let times = 0; times < 40; times++) paper.fails('findPosted', { how: 'unknown', done: false }, 'direct-U-lan');
    await office.at(MONDAY);
    for (const time of ['08:32', '08:36', '08:39']) await office.at(`2025-11-17T${time}:00+07:00`);
    expect(words(office, 'room-1')).not.toContain('Nguyễn Thị Lan');
    await office.at('2025-11-17T08:45:00+07:00');
    expect(words(office, 'room-1')).toContain('Reminder for Nguyễn Thị Lan');
    for (let hour = 9; hour < 17; hour++) await office.at(`2025-11-17T${String(hour).padStart(2, '0')}:35:00+07:00`);
    const shown = await list(office);
    expect(shown.text).toContain('In doubt since');
    await office.presses('ha', 'It arrived', shown);
    await office.settle();
    expect((await list(office)).text).toContain('has arrived');
    expect(paper.said('direct-U-lan')).toHaveLength(1);
  });

  it('in doubt is told though whoever looked into it died before they could tell', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    const paper = paperOf(office);
    paper.forgets();
    paper.fails('post', { how: 'unknown', done: true }, 'direct-U-lan');
    await office.at(MONDAY);
    const dying = await openHouse({ pool: database.pool, clock: office.clock, platforms: [paper.platform] });
    const died = new Promise<void>((dead) => {
      Object.assign(dying.house.store, {
        write: () => {
          dead();
          return new Promise(() => {});
        },
      });
    });
    office.clock.moveTo('2025-11-17T08:32:00+07:00');
    void dying.relay.settle();
    await died;
    for (const time of ['08:40', '09:30']) await office.at(`2025-11-17T${time}:00+07:00`);
    expect(words(office, 'room-1')).toContain('Reminder for Nguyễn Thị Lan');
    expect((await list(office)).text).toContain('In doubt since');
  });

  it('in doubt of what a message says beyond what stands there is told, and decided', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    const paper = paperOf(office);
    // A platform whose messages hold half as much from now on.
    let halves = 1;
    Object.assign(paper.platform, { fit: (document: unknown) => Array(halves).fill(document) });
    await office.at(MONDAY);
    const [reminder] = office.in('direct-U-lan').filter((each) => each.text.includes('C-1'));
    if (!reminder) throw new Error('there is no reminder');
    halves = 2;
    paper.forgets();
    paper.fails('post', { how: 'unknown', done: true }, 'direct-U-lan');
    const place = { conversation: reminder.conversation, message: reminder.id };
    await office.types('lan', '/progress report C-1 Two piers stand.', place);
    await office.settle();
    await office.at('2025-11-17T08:33:00+07:00');
    await office.at('2025-11-17T08:50:00+07:00');
    const shown = await list(office);
    expect(shown.text).toContain('In doubt since');
    expect(words(office, 'room-1')).toContain('Reminder for Nguyễn Thị Lan');
    await office.presses('ha', 'It arrived', shown);
    await office.settle();
    expect((await list(office)).text).toContain('has arrived');
    expect(paper.said('direct-U-lan')).toHaveLength(2);
  });

  it('expired unsaid is told, and counted as it is listed', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    paperOf(office).fails('post', { how: 'later', retryAfterMs: 49 * 3_600_000 }, 'room-1');
    await office.at(MONDAY_EIGHT);
    expect(await health(office)).toContain('0 refused, 0 not sent in time');
    await office.at('2025-11-19T10:00:00+07:00');
    expect(words(office, 'room-1')).toContain('Weekly digest, summary for the coordination channel (paper)');
    const expired = (await office.deliveries()).filter((each) => each.state === 'expired');
    expect(expired.map((each) => each.kind)).toContain('digest-summary');
    expect(await health(office)).toContain(`0 refused, ${expired.length} not sent in time`);
    expect((await list(office)).text).toContain(`1–${expired.length} of ${expired.length} messages`);
    expect((await office.types('ha', '/accord health')).text).toContain('See what did not arrive');
  });

  it('is counted as it is listed: not what was said instead, and a doubt for as long as it lasts', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, BOTH_REMINDED);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    const paper = paperOf(office);
    paper.forgets();
    closed(office, 'lan');
    paper.fails('post', { how: 'unknown', done: true }, 'direct-U-minh');
    await office.at(MONDAY);
    // What is still being found out is nobody's doubt yet.
    expect((await list(office)).text).toContain('has arrived');
    expect(await health(office)).toContain('0 refused, 0 not sent in time; in doubt now: 0');
    await office.at('2025-11-17T08:35:00+07:00');
    expect((await list(office)).text).toContain('1–1 of 1 messages');
    expect(await health(office)).toContain('in doubt now: 1');
    await office.at('2025-12-19T08:35:00+07:00');
    expect(await health(office)).toContain('in doubt now: 1');
    expect((await list(office)).text).toContain('In doubt since');
  });

  it('is told to each coordinator where every coordination channel is on a platform that is switched off', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.accord.house.store.write(CLERK, (writer) =>
      writer.setChannel({ platform: 'former', conversation: 'old-room', kind: 'coordination' }),
    );
    closed(office, 'lan');
    closed(office, 'binh');
    await office.at(MONDAY);
    expect(words(office, 'direct-U-ha')).toContain('Reminder for Nguyễn Thị Lan');
    // So does whatever else coordinators are told.
    expect(words(office, 'direct-U-ha')).toContain('2026');
  });

  it('of a reminder is said to the stand-in by their morning, though the person it was for goes away meanwhile', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('binh', '/my zone Europe/Brussels');
    closed(office, 'lan');
    // A Friday: it shows her agency's part of the digest, and nothing beside it.
    await office.at('2025-11-21T08:30:30+07:00');
    await office.types('lan', '/my away 21/11/2025 28/11/2025 stand-in:binh@gov.example');
    expect(words(office, 'direct-U-binh')).not.toContain('could not be written to');
    await office.at('2025-11-21T08:01:00+01:00');
    expect(words(office, 'direct-U-binh')).toContain('Nguyễn Thị Lan: could not be written to directly');
    expect(words(office, 'direct-U-binh')).toContain('C-1 Border bridge');
  });

  it('of a reminder is said to the person’s stand-in where their agency has no channel', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    closed(office, 'lan');
    await office.at(MONDAY);
    const [said] = office.in('direct-U-binh').filter((each) => each.text.includes('C-1 Border bridge'));
    expect(said?.text).toContain('Nguyễn Thị Lan: could not be written to directly; you are their stand-in');
    expect(said?.text).toMatch(/C-5/);
    expect(said?.text).not.toContain('Undersea');
    expect(words(office, 'room-1')).not.toContain('did not arrive');
    expect((await list(office)).text).toContain('has arrived');
    // They may answer it.
    if (!said) throw new Error('nothing was said to the stand-in');
    const place = { conversation: said.conversation, message: said.id };
    await office.types('binh', '/progress report C-1 Two piers stand.', place);
    await office.settle();
    expect(words(office, 'direct-U-binh')).toContain('Reported by Vũ Thanh Bình');
  });

  it.each([
    ['refuses too', async (office: Office) => closed(office, 'binh')],
    [
      'is away',
      async (office: Office) => office.types('binh', '/my away 17/11/2025 21/11/2025 stand-in:lan@gov.example'),
    ],
    ['is of another agency', async (office: Office) => standsInForLan(office, office.ids.tuan)],
  ])('of a reminder is told to the coordinators where the stand-in %s', async (_why, happens) => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await happens(office);
    await office.settle();
    closed(office, 'lan');
    await office.at(MONDAY);
    expect(words(office, 'room-1')).toContain('Reminder for Nguyễn Thị Lan');
    for (const name of ['binh', 'tuan'])
      expect(words(office, `direct-U-${name}`)).not.toContain('you are their stand-in');
  });

  it('sent again and refused again is said in the channel that its agency has by now', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link MOC', { conversation: 'room-moc' });
    await office.settle();
    // Past the digest, whose part for that channel would take the refusal.
    await office.at('2025-11-17T08:10:00+07:00');
    closed(office, 'lan');
    paperOf(office).fails('post', { how: 'refused', code: 'archived' }, 'room-moc');
    await office.at(MONDAY);
    expect(words(office, 'room-1')).toContain('2 messages');
    await office.types('ha', '/channel link MOC move:yes', { conversation: 'room-new' });
    const key = `reminder:${office.ids.lan}:2025-11-17`;
    const { id } = await office.accord.db
      .selectFrom('deliveries')
      .select('id')
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    closed(office, 'lan');
    await office.runs('ha', 'accord/send-again', String(id));
    await office.settle();
    expect(words(office, 'room-new')).toContain('C-1 Border bridge');
    expect(words(office, 'room-1')).toContain('has been dealt with');
  });
});
