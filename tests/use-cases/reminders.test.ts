import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/command-line.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { buttonsIn, CLERK, type Office, openOffice } from './small-office.ts';

const MONDAY_EIGHT = '2025-11-17T08:00:30+07:00';
const MONDAY = '2025-11-17T08:30:30+07:00';
const TUESDAY = '2025-11-18T08:30:30+07:00';
/** C-2 is due on Monday the 24th. */
const TWO_WORKDAYS_BEFORE = '2025-11-20T08:30:30+07:00';
const NEXT_MONDAY = '2025-11-24T08:30:30+07:00';

const words = (office: Office, conversation: string) =>
  office
    .in(conversation)
    .map((each) => each.text)
    .join('\n');

const remindersOf = (office: Office, conversation: string) =>
  office.in(conversation).filter((each) => each.text.startsWith('Dear '));

describe('reminders', () => {
  it('go to the stand-in while the officer is away, and to the officer again after that', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('lan', '/my away 17/11/2025 21/11/2025');
    await office.at(MONDAY);
    expect(words(office, 'direct-U-lan')).toBe('');
    expect(remindersOf(office, 'direct-U-binh')).toHaveLength(1);
    expect(words(office, 'direct-U-binh')).toContain('Dear Vũ Thanh Bình');
    expect(words(office, 'direct-U-binh')).toContain('You stand in for Nguyễn Thị Lan.');
    expect(words(office, 'direct-U-binh')).toContain('C-1 ');
    // And the stand-in's press counts.
    const [reminder] = remindersOf(office, 'direct-U-binh');
    if (!reminder) throw new Error('there is no reminder');
    expect((await office.types('binh', '/progress report C-1 Two piers stand.')).text).toContain('C-1');

    await office.at(NEXT_MONDAY);
    expect(remindersOf(office, 'direct-U-binh')).toHaveLength(1);
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(1);
    expect(words(office, 'direct-U-lan')).not.toContain('stand in');
  });

  it('leave out what is postponed until its day; the digest does not', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    expect((await office.types('lan', '/reminder snooze C-1 day:18/11/2025')).text).toContain(
      'Postponing a reminder does not extend the deadline.',
    );
    await office.at(MONDAY_EIGHT);
    await office.at(MONDAY);
    expect(words(office, 'direct-U-lan')).toContain('C-5');
    expect(words(office, 'direct-U-lan')).not.toContain('C-1 ');
    expect(words(office, 'room-1')).toMatch(/C-1 Border bridge/);
    await office.at(TUESDAY);
    expect(office.in('direct-U-lan')).toHaveLength(2);
    expect(office.in('direct-U-lan')[1]?.text).toContain('C-1 Border bridge');
  });

  it('are postponed by whoever gets them: a colleague is told who that is, a coordinator whose go on', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    const colleague = await office.types('binh', '/reminder snooze C-1 day:19/11/2025');
    expect(colleague.text).toContain('It is with Nguyễn Thị Lan, who can postpone it.');
    expect((await office.types('binh', '/reminder snooze C-1')).text).toContain('You are not reminded of C-1');
    const coordinator = await office.types('ha', '/reminder snooze C-1 day:19/11/2025');
    expect(coordinator.text).toContain(
      'Only your own reminders of C-1 wait, until 19 November 2025; Nguyễn Thị Lan is',
    );
    await office.at(MONDAY);
    expect(words(office, 'direct-U-lan')).toContain('C-1 ');
  });

  it('say in their own place what was done about them', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.at(TWO_WORKDAYS_BEFORE);
    const [reminder] = office.in('direct-U-minh');
    if (!reminder) throw new Error('there is no reminder');
    const place = { conversation: reminder.conversation, message: reminder.id };
    await office.types('minh', '/reminder snooze C-2 3-days', place);
    await office.settle();
    expect(office.in('direct-U-minh')).toHaveLength(1);
    expect(words(office, 'direct-U-minh')).toContain('Postponed by Trần Văn Minh until 23 November 2025.');
    expect(buttonsIn(office.in('direct-U-minh')[0]?.document ?? reminder.document)).toEqual([]);
  });

  it('are postponed to a day of one’s choice, by the form that a press opens', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.at(TWO_WORKDAYS_BEFORE);
    const [reminder] = office.in('direct-U-minh');
    if (!reminder) throw new Error('there is no reminder');
    const { outcome } = await office.presses('minh', 'Remind me later', reminder);
    if (outcome.do !== 'ask') throw new Error('no form opened');
    const { form } = outcome;
    const shown = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    expect(shown).toEqual({ commitment: 'C-2', until: '3-days', day: '', reason: '' });
    const blanks = { ...shown, day: '28/11/2025' };
    await office.does(
      'minh',
      { by: 'form', state: form.state, blanks },
      { message: reminder.id, conversation: reminder.conversation },
    );
    await office.settle();
    expect(office.in('direct-U-minh')[0]?.text).toContain('Postponed by Trần Văn Minh until 28 November 2025.');
  });

  it('that reach the wrong officer come to the coordinators, with whom the officer proposes', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('lan', '/reminder not-mine C-1 proposed:binh@gov.example');
    await office.settle();
    const [notice] = office.in('room-1');
    expect(notice?.text).toContain('Nguyễn Thị Lan says this is not theirs.');
    expect(notice?.text).toContain('Proposed instead: Vũ Thanh Bình (Bộ Xây dựng).');
    expect(buttonsIn(notice?.document ?? { lang: 'en', summary: '', blocks: [] }).map((each) => each.label)).toContain(
      'Name the officer',
    );
    // A second word on the same day adds nothing.
    await office.types('lan', '/reminder not-mine C-1 proposed:""');
    await office.types('lan', '/reminder not-mine C-1 proposed:binh@gov.example');
    await office.settle();
    expect(office.in('room-1')).toHaveLength(1);
  });

  it('are answered “not mine” by a press, which asks whose it may be; another proposal on the same day arrives too', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    await office.at(TWO_WORKDAYS_BEFORE);
    const [reminder] = office.in('direct-U-minh');
    if (!reminder) throw new Error('there is no reminder');
    const before = office.in('room-1').length;
    const { outcome } = await office.presses('minh', 'Not mine', reminder);
    if (outcome.do !== 'ask') throw new Error('no form opened');
    const { form } = outcome;
    expect(form.fields.map(({ name, required }) => [name, required])).toEqual([
      ['commitment', true],
      ['proposed', false],
    ]);
    const place = { message: reminder.id, conversation: reminder.conversation };
    const sends = (blanks: Record<string, string>) =>
      office.does('minh', { by: 'form', state: form.state, blanks }, place);
    // Nobody known is proposed: that is said, changes nothing, and what was typed comes back.
    const refused = await sends({ commitment: 'C-2', proposed: 'Nobody At All' });
    expect(refused.text).toContain('No officer is called “Nobody At All”.');
    expect(JSON.stringify(refused.outcome)).toContain('"value":"Nobody At All"');
    await office.settle();
    expect(office.in('room-1')).toHaveLength(before);

    expect((await sends({ commitment: 'C-2', proposed: '' })).text).toContain('have been told');
    await office.settle();
    expect(office.in('room-1').at(-1)?.text).not.toContain('Proposed instead');
    expect(office.in('direct-U-minh')[0]?.text).toContain('Not theirs');
    await office.types('minh', '/reminder not-mine C-2 proposed:dung@gov.example');
    await office.settle();
    expect(office.in('room-1').slice(before)).toHaveLength(2);
    expect(office.in('room-1').at(-1)?.text).toContain('Proposed instead: Đỗ Tiến Dũng');
  });

  it('that reach the wrong officer come to whoever approves for the agency, who names another of it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/officer approver binh@gov.example');
    expect((await office.types('lan', '/reminder not-mine C-1 proposed:""')).text).toContain(
      'Vũ Thanh Bình, who approves',
    );
    await office.settle();
    expect(office.in('room-1')).toHaveLength(0);
    const [asked] = office.in('direct-U-binh');
    expect(asked?.text).toContain('Nguyễn Thị Lan says this is not theirs.');
    expect(await office.refusal('binh', 'commitment/assign', 'C-1 minh@gov.example')).toBe('approver-own-agency');
    expect(await office.refusal('binh', 'commitment/assign', 'C-2 minh@gov.example')).toBe('not-coordinator');
    expect(await office.refusal('binh', 'commitment/assign', 'C-1 binh@gov.example')).toBe('done');
    // The approver's own go to the coordinators.
    await office.types('binh', '/reminder not-mine C-1 proposed:""');
    await office.settle();
    expect(office.in('room-1').map((each) => each.text)).toEqual([
      expect.stringContaining('Vũ Thanh Bình says this is not theirs.'),
    ]);
  });

  it('reach the coordinators directly where no channel is theirs', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('lan', '/reminder not-mine C-1 proposed:""');
    await office.settle();
    expect(words(office, 'direct-U-ha')).toContain('Nguyễn Thị Lan says this is not theirs.');
  });

  it('and the posted digest wait for an import to be started; previews show it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await office.settle();
    const sheet = 'No,Commitment,Lead agency,Due date\n1,Rail link study,Bộ Xây dựng,30/06/2025\n';
    const file = { name: 'annex.csv', size: sheet.length, fetch: async () => new TextEncoder().encode(sheet) };
    await office.runs('ha', 'import/file', '', file);
    await office.runs('ha', 'import/apply', '1');
    await office.at(MONDAY_EIGHT);
    await office.at(MONDAY);
    expect(words(office, 'room-1')).toContain('Border bridge');
    expect(words(office, 'room-1')).not.toContain('Rail link study');
    expect(words(office, 'direct-U-lan')).toContain('C-1 ');
    expect(words(office, 'direct-U-lan')).not.toContain('Rail link study');

    expect((await office.types('ha', '/digest preview')).text).toContain('Rail link study');
    const printed: string[] = [];
    const typed = { argv: ['digest', '--week', '2025-W47'], cwd: process.cwd() };
    expect(await runCommandLine(typed, office.accord.house, ({ text }) => void printed.push(text))).toBe(0);
    expect(printed.join('')).toContain('Rail link study');

    await office.runs('ha', 'import/start', '1');
    await office.at('2025-11-24T08:00:30+07:00');
    await office.at(NEXT_MONDAY);
    expect(words(office, 'room-1')).toContain('Rail link study');
    expect(words(office, 'direct-U-lan')).toContain('Rail link study');
  });

  it('stop for what is reported done, and begin again when it is handed back', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('minh', '/progress report done:yes C-2 The line is live.');
    await office.at(MONDAY);
    expect(words(office, 'direct-U-minh')).toBe('');
    await office.types('ha', '/commitment verify C-2 no');
    await office.at('2025-11-25T08:30:30+07:00');
    expect(words(office, 'direct-U-minh')).toContain('C-2 Power line');
  });
});

describe('the reminders of a day', () => {
  it('are for nobody on a holiday, and come the day after it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/calendar set 17/11/2025 holiday A day of rest');
    await office.at(MONDAY);
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(0);
    await office.at(TUESDAY);
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(1);
  });

  it('postponed to a day off come on the workday after it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('lan', '/reminder snooze C-1 day:19/11/2025');
    await office.types('ha', '/calendar set 19/11/2025 holiday A day of rest');
    await office.at(MONDAY);
    await office.at(TUESDAY);
    await office.at('2025-11-19T08:30:30+07:00');
    expect(words(office, 'direct-U-lan')).not.toContain('C-1 ');
    await office.at('2025-11-20T08:30:30+07:00');
    expect(words(office, 'direct-U-lan')).toContain('C-1 Border bridge');
  });

  it('wait for the morning of whoever lives elsewhere', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('lan', '/my zone Europe/Brussels');
    await office.at(MONDAY);
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(0);
    await office.at('2025-11-17T08:01:00+01:00');
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(1);
  });

  it('ask the coordinators for what is claimed and not verified, and the approver about what is long overdue', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/officer approver binh@gov.example');
    await office.types('minh', '/progress report done:yes C-2 The line is there.');
    await office.at('2025-11-18T08:30:30+07:00');
    expect(remindersOf(office, 'direct-U-ha').map((each) => each.text)).toEqual([
      expect.stringContaining('one commitment reported done waits for your verification'),
    ]);
    const [approver] = remindersOf(office, 'direct-U-binh');
    expect(approver?.text).toContain('one commitment of your agency is long overdue');
    expect(approver?.text).toContain('With Nguyễn Thị Lan.');
  });

  it('a third postponement in a row needs a reason; a report begins anew', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('lan', '/reminder snooze C-1 1-day');
    await office.types('lan', '/reminder snooze C-1 3-days');
    expect(await office.refusal('lan', 'reminder/snooze', 'C-1 1-day')).toBe('snooze-needs-reason');
    expect(await office.refusal('lan', 'reminder/snooze', 'C-1 1-day reason:"The minister is abroad"')).toBe('done');
    await office.types('lan', '/progress report C-1 Two piers stand.');
    expect(await office.refusal('lan', 'reminder/snooze', 'C-1 1-day')).toBe('done');
  });

  it('are counted with their answers, for coordinators alone', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.at(MONDAY);
    await office.types('lan', '/obstacle report C-1 No pier');
    await office.types('minh', '/reminder snooze C-2 1-day');
    await office.at('2025-11-17T10:00:00+07:00');
    const { document, text } = await office.types('ha', '/reminder table');
    expect(text).toContain('Reminders from 18 October 2025 to 17 November 2025');
    const tables = document?.blocks.flatMap((block) => (block.block === 'table' ? [block] : []));
    expect(tables?.map((each) => each.rows)).toEqual([
      [
        // By agency: nobody reminded him, he said it of his own accord.
        ['MOIT', 'Trần Văn Minh', '0', '0', '0', '1', '0', '0'],
        // One report and one obstacle are older than the reminder.
        ['MOC', 'Nguyễn Thị Lan', '1', '1', '2', '0', '0', '0'],
      ],
    ]);
  });

  it('that show the digest’s part are answered by a word on what stands in it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { rules: { remindersPerThing: 2 } });
    await office.settle();
    await office.at('2025-11-20T08:30:30+07:00');
    await office.at('2025-11-21T08:30:30+07:00');
    // Nothing else is in it: what stands in the part may not ride along any more.
    const shown = (await office.deliveries()).find((each) => each.key === `reminder:${office.ids.lan}:2025-11-21`);
    expect(shown?.facts).toMatchObject({ things: [], commitmentIds: [1, 5] });
    const told = office.in('direct-U-lan').at(-1);
    expect(told?.text).toContain('will say this');
    const place = { conversation: 'direct-U-lan', message: told?.id ?? '' };
    await office.types('lan', '/progress report C-1 Two piers stand.', place);
    await office.at('2025-11-21T10:00:00+07:00');
    const { document } = await office.types('ha', '/reminder table');
    const rows = document?.blocks.flatMap((block) => (block.block === 'table' ? block.rows : []));
    const row = rows?.find((each) => each[1] === 'Nguyễn Thị Lan');
    // Of two messages the first was left unanswered.
    expect([row?.[2], row?.at(-1)]).toEqual(['2', '1']);
  });

  it('ask for the calendar of a year that is near, once', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    for (const day of ['2025-11-17', '2025-11-18', '2025-11-19']) await office.at(`${day}T08:30:30+07:00`);
    const asked = office.in('direct-U-ha').filter((each) => each.text.includes('The year 2026 is near'));
    expect(asked).toHaveLength(1);
  });
});

describe('at ten in the evening', () => {
  const EVENING = '2025-11-14T22:00:00+07:00';
  const MONDAY_MORNING = '2025-11-17T08:00:00+07:00';

  it('what nobody asked for waits for the morning of a workday, and holds up no answer and no edit', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    // Said by day, and edited at night: an edit wakes nobody.
    await office.types('ha', '/commitment assign C-3 binh@gov.example');
    await office.settle();
    expect(office.in('direct-U-binh')).toHaveLength(1);
    await office.at(EVENING);
    const [assigned] = office.in('direct-U-binh');
    const place = { conversation: 'direct-U-binh', message: assigned?.id ?? '' };
    await office.types('ha', '/commitment assign C-1 minh@gov.example');
    await office.types('lan', '/my away 17/11/2025 21/11/2025');
    await office.types('binh', '/reminder snooze C-3 3-days', place);
    await office.settle();
    expect(words(office, 'direct-U-binh')).toContain('Postponed by Vũ Thanh Bình');
    expect(office.in('direct-U-binh')).toHaveLength(1);
    expect(office.in('direct-U-minh')).toHaveLength(0);
    // Whoever asks is answered at once.
    expect((await office.types('minh', '/my list')).text).toContain('C-1 Border bridge');
    // Something else that became theirs goes into the message that waits.
    await office.types('ha', '/commitment assign C-4 minh@gov.example');
    await office.at('2025-11-17T07:59:59+07:00');
    expect(office.in('direct-U-minh')).toHaveLength(0);
    await office.at(MONDAY_MORNING);
    expect(office.in('direct-U-minh').map((each) => each.text)).toEqual([
      expect.stringMatching(/C-1 Border bridge[\s\S]*C-4 Joint laboratory/),
    ]);
    expect(office.in('direct-U-binh')[1]?.text).toContain('Nguyễn Thị Lan');
  });

  it('it is morning for whoever lives elsewhere', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('minh', '/my zone Europe/Brussels');
    await office.at(EVENING);
    await office.types('ha', '/commitment assign C-1 minh@gov.example');
    await office.settle();
    expect(words(office, 'direct-U-minh')).toContain('C-1 Border bridge');
  });
});

describe('one workday before the digest', () => {
  const THURSDAY = '2025-11-20T08:30:30+07:00';
  const FRIDAY = '2025-11-21T08:30:30+07:00';

  it('each agency sees its part, in the one message of the day, and puts it right by a press', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.at(THURSDAY);
    const before = remindersOf(office, 'direct-U-lan').length;
    expect(words(office, 'direct-U-lan')).not.toContain('will say this');
    await office.at(FRIDAY);
    const [told, ...more] = remindersOf(office, 'direct-U-lan').slice(before);
    expect(more).toEqual([]);
    expect(told?.text).toContain('the digest of Monday 24 November 2025 at 08:00 will say this of your agency.');
    expect(told?.text).toMatch(/Overdue[\s\S]*C-1 Border bridge/);
    expect(told?.text).not.toContain('C-2');
    // What is restricted shows its reference only, there too.
    expect(told?.text).not.toContain('Undersea');
    // Whoever has nothing in the digest hears nothing of it.
    expect(words(office, 'direct-U-leader')).toBe('');
    const place = { conversation: 'direct-U-lan', message: told?.id ?? '' };
    await office.types('lan', '/progress report C-1 Two piers stand.', place);
    await office.settle();
    const again = office.in('direct-U-lan').find((each) => each.id === told?.id);
    expect(again?.text).toContain('Reported by Nguyễn Thị Lan');
    expect(remindersOf(office, 'direct-U-lan')).toHaveLength(before + 1);
  });

  it('is seen by the stand-in of whoever is away, who is told whose it is', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('lan', '/my away 21/11/2025 28/11/2025 stand-in:minh@gov.example');
    await office.at(FRIDAY);
    expect(remindersOf(office, 'direct-U-lan')).toEqual([]);
    const [told, ...more] = remindersOf(office, 'direct-U-minh').filter((each) => each.text.includes('will say this'));
    expect(more).toEqual([]);
    expect(told?.text).toContain('C-1 Border bridge');
    expect(told?.text).toContain('You stand in for Nguyễn Thị Lan.');
  });

  it('is the last workday before it, whatever days are holidays', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/calendar set 21/11/2025 holiday A day of rest');
    await office.at(THURSDAY);
    expect(words(office, 'direct-U-lan')).toContain('the digest of Monday 24 November 2025');
  });
});

describe('what the digest will say of an agency for which nobody is named', () => {
  const THURSDAY = '2025-11-20T08:30:30+07:00';
  const FRIDAY = '2025-11-21T08:30:30+07:00';
  const withHue = (office: Office) =>
    office.accord.house.store.write(CLERK, async (writer) => {
      const { id } = await writer.addAgency({
        code: 'HUE',
        name: 'Thành phố Huế',
        kind: 'province',
        sector: 'construction',
      });
      await writer.addCommitment({
        title: 'Citadel wall',
        partners: ['Laos'],
        due: { precision: 'day', start: '2025-10-20', end: '2025-10-20', raw: '20/10/2025' },
        leadId: id,
        registeredAt: '2025-06-01T03:00:00.000Z',
        signedOn: '2025-01-10',
      });
    });
  const toldIn = (office: Office, conversation: string) =>
    office.in(conversation).filter((each) => each.text.includes('will say this of'));

  it('is said in its own channel, where it is put right by a press', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await withHue(office);
    await office.types('ha', '/channel coordination');
    await office.types('ha', '/channel link HUE', { conversation: 'room-hue' });
    await office.at(THURSDAY);
    expect(toldIn(office, 'room-hue')).toEqual([]);
    await office.at(FRIDAY);
    const [told, ...more] = toldIn(office, 'room-hue');
    expect(more).toEqual([]);
    expect(told?.text).toContain('The digest of Monday 24 November 2025 at 08:00 will say this of your agency.');
    expect(told?.text).toMatch(/Overdue[\s\S]*C-6 Citadel wall/);
    expect(toldIn(office, 'room-1')).toEqual([]);
    const place = { conversation: 'room-hue', message: told?.id ?? '' };
    await office.types('ha', '/progress report C-6 The wall stands.', place);
    await office.settle();
    expect(office.in('room-hue').find((each) => each.id === told?.id)?.text).toContain('Reported by Phạm Thu Hà');
  });

  it('is shown to the coordinators where it has none, once, with what mends it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await withHue(office);
    await office.types('ha', '/channel coordination');
    await office.at(THURSDAY);
    await office.at(FRIDAY);
    await office.at('2025-11-21T08:31:30+07:00');
    const [told, ...more] = toldIn(office, 'room-1');
    expect(more).toEqual([]);
    expect(told?.text).toMatch(
      /The digest of Monday 24 November 2025 at 08:00 will say this of an agency, and nobody there has been shown it:[\s\S]*Thành phố Huế[\s\S]*1 overdue[\s\S]*\/officer approver/,
    );
    if (!told) return;
    // The agencies whose officers saw their parts are not in it.
    expect(told.text).not.toContain('Bộ Xây dựng');
    const { text } = await office.presses('ha', 'See its part', told);
    expect(text).toContain('C-6 Citadel wall');
    expect(text).not.toContain('C-1 ');
  });

  it('is shown to whoever approves for it, and to nobody else', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await withHue(office);
    await office.types('ha', '/channel coordination');
    const mai = await office.accord.house.store.write(CLERK, async (writer) => {
      const agency = await writer.agencyNamed('HUE');
      const email = 'mai@gov.example';
      const { id } = await writer.addOfficer({
        agencyId: agency?.id ?? 0,
        name: 'Mai',
        email,
        role: 'officer',
        lang: null,
      });
      await writer.changeOfficer(id, { approver: true });
      return id;
    });
    await office.at(THURSDAY);
    await office.at(FRIDAY);
    const told = (await office.deliveries()).filter((each) => JSON.stringify(each.facts).includes('"digests"'));
    expect(told.map((each) => each.key)).toContain(`reminder:${mai}:2025-11-21`);
    expect(told.map((each) => each.kind)).not.toContain('digest-unseen');
  });
});

describe('before a rest that is longer than a week', () => {
  it('each agency sees its part of both digests, in one message', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/calendar set 24/11/2025 until:28/11/2025 holiday A week of rest');
    await office.at('2025-11-20T08:30:30+07:00');
    const before = remindersOf(office, 'direct-U-minh').length;
    await office.at('2025-11-21T08:30:30+07:00');
    const [told, ...more] = remindersOf(office, 'direct-U-minh').slice(before);
    expect(more).toEqual([]);
    // C-2 is due on the 24th: on that day it is not overdue yet.
    const [first = '', second = ''] = (told?.text ?? '').split(
      'The digest of Monday 1 December 2025 at 08:00 will say',
    );
    expect(first).toContain('the digest of Monday 24 November 2025 at 08:00 will say this of your agency.');
    expect(first).toMatch(/Nothing overdue[\s\S]*C-2 Power line/);
    expect(second).toMatch(/1 overdue[\s\S]*C-2 Power line[\s\S]*7 days/);
  });
});

describe('a run caught up late', () => {
  it('gives whoever lives east of the house a reminder the next morning, and that of the next run a day later', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/commitment amend C-1 due:19/11/2025');
    await office.types('lan', '/my zone Asia/Tokyo');
    const count = () => remindersOf(office, 'direct-U-lan').length;
    const before = count();
    // Eight in the evening in Tokyo.
    await office.at('2025-11-17T16:15:00+07:00');
    await office.at('2025-11-18T05:59:00+07:00');
    expect(count()).toBe(before);
    await office.at('2025-11-18T06:00:30+07:00');
    expect(count()).toBe(before + 1);
    await office.types('ha', '/commitment amend C-1 due:18/11/2025');
    await office.at('2025-11-18T08:30:30+07:00');
    expect(count()).toBe(before + 1);
    await office.at('2025-11-19T05:59:00+07:00');
    expect(count()).toBe(before + 1);
    await office.at('2025-11-19T06:00:30+07:00');
    expect(count()).toBe(before + 2);
  });
});
