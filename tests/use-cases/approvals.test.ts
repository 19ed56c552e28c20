import { describe, expect, it } from 'vitest';
import { openPooledTestDatabase } from '../support/databases.ts';
import { buttonsIn, type Name, type Office, openOffice } from './small-office.ts';

const MONDAY = '2025-11-17T08:30:30+07:00';
const TUESDAY = '2025-11-18T08:30:30+07:00';

/** Bình approves what the Ministry of Construction reports. */
async function approvedByBinh(office: Office): Promise<void> {
  await office.types('ha', '/officer approver binh@gov.example');
  await office.types('ha', '/agency approval MOC approval:yes');
  await office.settle();
}
const card = async (office: Office, name: Name) => (await office.types(name, '/commitment show C-1')).text;
const words = (office: Office, conversation: string) =>
  office
    .in(conversation)
    .map((each) => each.text)
    .join('\n');
const labels = (document: Parameters<typeof buttonsIn>[0] | null | undefined) =>
  document ? buttonsIn(document).map((each) => each.label) : [];
const rowOf = (office: Office, id: number) =>
  office.accord.db.selectFrom('commitments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('a report that has to be approved', () => {
  it('changes nothing of the commitment before that, and becomes a claim of its own day then', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('ha', '/channel coordination');
    const before = await rowOf(office, 1);
    expect((await office.types('lan', '/progress report C-1 done:yes The bridge is open.')).text).toContain(
      'It counts once Vũ Thanh Bình approves it.',
    );
    await office.settle();
    const waiting = await rowOf(office, 1);
    expect(waiting).toEqual({ ...before, version: waiting.version });
    expect(words(office, 'room-1')).not.toContain('The bridge is open.');

    // The approver reads it and decides, after the week-end.
    await office.at(MONDAY);
    const [asked] = office.in('direct-U-binh');
    expect(asked?.text).toContain('Dear Vũ Thanh Bình, a report waits for your approval.');
    expect(asked?.text).toContain('The bridge is open.');
    expect(labels(asked?.document)).toEqual(['Approve', 'Send back', 'Show C-1']);
    if (!asked) throw new Error('nobody was asked');
    expect((await office.presses('binh', 'Approve', asked)).text).toContain('C-1 is reported done now');
    await office.settle();
    expect(await rowOf(office, 1)).toMatchObject({
      done_on: '2025-11-14',
      claimed_at: new Date(MONDAY).toISOString(),
      last_report: 'The bridge is open.',
      last_report_at: new Date('2025-11-14T10:00:00+07:00').toISOString(),
    });
    // It is said where it was asked, to whoever reported, and to those who verify.
    expect(office.in('direct-U-binh')[0]?.text).toContain('Approved by Vũ Thanh Bình');
    expect(labels(office.in('direct-U-binh')[0]?.document)).toEqual([]);
    expect(words(office, 'direct-U-lan')).toContain('Vũ Thanh Bình has approved your report:');
    expect(words(office, 'room-1')).toContain('The bridge is open.');
    // A second press does nothing, and neither does one from another message.
    expect((await office.presses('binh', 'Approve', asked)).text).toContain('done already, by Vũ Thanh Bình');
    const { id } = await office.accord.db
      .selectFrom('progress_updates')
      .select('id')
      .where('commitment_id', '=', 1)
      .executeTakeFirstOrThrow();
    expect(await office.refusal('binh', 'progress/approve', `C-1 report:${id}`)).toBe('report-decided');
  });

  it('goes back with a sentence, and opens again with what was written', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('lan', '/progress report C-1 expected:2026 Two piers stand.');
    expect(await office.refusal('binh', 'progress/send-back', 'C-1 Which piers?')).toBe('done');
    await office.settle();
    await office.at(MONDAY);
    const back = office.in('direct-U-lan').find((each) => each.text.includes('sends your report back'));
    expect(back?.text).toContain('What is missing: “Which piers?”');
    if (!back) throw new Error('nothing came back');
    const { outcome } = await office.presses('lan', 'Report again', back);
    expect(outcome).toMatchObject({
      do: 'ask',
      form: {
        fields: expect.arrayContaining([
          expect.objectContaining({ name: 'text', value: 'Two piers stand.' }),
          expect.objectContaining({ name: 'expected', value: '2026' }),
        ]),
      },
    });
    expect((await rowOf(office, 1)).last_report).toBeNull();
    expect(await card(office, 'lan')).toContain('sent back by Vũ Thanh Bình: “Which piers?”');
    expect(await card(office, 'minh')).not.toContain('Two piers');
  });

  it('is shown as waiting to its agency, its approver and coordinators, and to nobody else', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('lan', '/progress report C-1 Two piers stand.');
    for (const name of ['lan', 'binh', 'ha'] as const)
      expect(await card(office, name), name).toContain('it counts once Vũ Thanh Bình approves it');
    for (const name of ['minh', 'leader'] as const) expect(await card(office, name), name).not.toContain('Two piers');
    expect(labels((await office.types('binh', '/commitment show C-1')).document)).toContain('Approve');
    expect(labels((await office.types('ha', '/commitment show C-1')).document)).not.toContain('Approve');
  });

  it('counts at once where the approver makes it, and where the agency does not ask for it', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    expect((await office.types('binh', '/progress report C-1 Two piers stand.')).text).toContain('is recorded');
    expect((await rowOf(office, 1)).last_report).toBe('Two piers stand.');
    expect((await office.types('minh', '/progress report C-2 The line is live.')).text).not.toContain('approves');
    expect((await rowOf(office, 2)).last_report).toBe('The line is live.');
    await office.types('binh', '/agency approval MOC approval:no');
    await office.types('lan', '/progress report C-1 Three piers stand.');
    expect((await rowOf(office, 1)).last_report).toBe('Three piers stand.');
  });

  it('is for the stand-in of an approver who is away, and for the coordinators where nobody is there', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('ha', '/channel coordination');
    await office.types('binh', '/my away 14/11/2025 21/11/2025 stand-in:dung@gov.example');
    await office.types('lan', '/progress report C-1 Two piers stand.');
    await office.settle();
    expect(words(office, 'direct-U-dung')).toContain('a report waits for your approval');
    expect(office.in('room-1')).toHaveLength(0);
    expect(await office.refusal('ha', 'progress/approve', 'C-1')).toBe('not-the-approver');
    expect(await office.refusal('dung', 'progress/approve', 'C-1')).toBe('done');

    await office.types('ha', '/officer approver binh@gov.example approver:no');
    expect((await office.types('lan', '/progress report C-1 Three piers stand.')).text).toContain(
      'once a coordinator approves it',
    );
    await office.settle();
    const [asked] = office.in('room-1');
    expect(asked?.text).toContain('nobody is there who approves for the agency');
    expect(await office.refusal('dung', 'progress/approve', 'C-1')).toBe('not-coordinator');
    if (!asked) throw new Error('nobody was asked');
    await office.presses('ha', 'Approve', asked);
    expect((await rowOf(office, 1)).last_report).toBe('Three piers stand.');
    await office.settle();
    expect(office.in('room-1')[0]?.text).toContain('Approved by Phạm Thu Hà');
  });

  it('is reminded of with whoever holds it: the approver, and no longer the officer where it says done', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    // C-5 is Lan's too, and would be named beside it.
    await office.types('ha', '/commitment withdraw C-5 signed twice');
    await office.types('lan', '/progress report C-1 done:yes The bridge is open.');
    // What is in hand when days pass at once is taken for lost.
    await office.settle();
    await office.at(MONDAY);
    const reminders = () => office.in('direct-U-binh').filter((each) => each.text.includes('for your approval'));
    // Asked on Friday for Monday morning, and reminded the workday after it was made.
    expect(reminders().map((each) => labels(each.document))).toEqual([
      ['Approve', 'Send back', 'Show C-1'],
      ['Approve', 'Send back', 'Show C-1'],
    ]);
    expect(words(office, 'direct-U-lan')).not.toContain('Dear Nguyễn Thị Lan, one commitment needs');
    const [, reminder] = reminders();
    if (!reminder) throw new Error('nobody was reminded');
    await office.presses('binh', 'Send back', reminder);
    expect(await office.refusal('binh', 'progress/send-back', 'C-1 No protocol.')).toBe('done');
    await office.settle();
    await office.at('2025-11-24T08:30:30+07:00');
    expect(words(office, 'direct-U-lan')).toContain('Dear Nguyễn Thị Lan, one commitment needs your update today.');
    expect(words(office, 'direct-U-lan')).toContain('Your report counts once Vũ Thanh Bình approves it.');
  });

  it('that came back is the officer’s again, who is reminded of it until they report', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/officer approver tuan@gov.example');
    await office.types('ha', '/agency approval MAE approval:yes');
    await office.settle();
    // Dũng answers for C-3, which is due in a year, and does not approve.
    await office.types('ha', '/commitment assign C-3 dung@gov.example');
    await office.types('dung', '/progress report C-3 Surveyed.');
    await office.types('tuan', '/progress send-back C-3 By whom?');
    await office.settle();
    await office.at(TUESDAY);
    expect(words(office, 'direct-U-dung')).toContain('Sent back on 14 November 2025; please report again.');
    await office.types('dung', '/progress report C-3 Surveyed by the institute.');
    await office.settle();
    await office.at('2025-11-24T08:30:30+07:00');
    // C-4 is his too, and waits for a first report.
    const last = office.in('direct-U-dung').at(-1)?.text;
    expect(last).toContain('one commitment needs your update');
    expect(last).not.toContain('C-3 ');
  });

  it('several of a day come in one message, which says what became of each', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.at(TUESDAY);
    const before = office.in('direct-U-binh').length;
    await office.types('lan', '/progress report C-1 Two piers stand.');
    await office.types('lan', '/progress report C-5 All quiet.');
    await office.types('lan', '/progress report C-1 Three piers stand.');
    await office.settle();
    const asked = office.in('direct-U-binh').slice(before);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.text).toContain('3 reports wait for your approval');
    expect(asked[0]?.text).not.toContain('All quiet.');
    const newest = await office.accord.db
      .selectFrom('progress_updates')
      .select('id')
      .where('text', '=', 'Three piers stand.')
      .executeTakeFirstOrThrow();
    // The newer first: the older one does not become the last word after it.
    expect((await office.types('binh', `/progress approve C-1 report:${newest.id}`)).text).toContain(
      'One more report on it waits.',
    );
    await office.types('binh', '/progress approve C-1');
    expect((await rowOf(office, 1)).last_report).toBe('Three piers stand.');
    await office.settle();
    expect(office.in('direct-U-binh')[before]?.text).toContain('Dear Vũ Thanh Bình, a report waits for your approval.');
    expect(await office.refusal('binh', 'progress/approve', 'C-1')).toBe('no-report-waits');
    expect(await office.refusal('binh', 'progress/approve', 'C-1 report:999999999999')).toBe('no-report-waits');
  });

  it('stands in the list of whoever decides, beside claims to verify and what is long overdue', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('lan', '/progress report C-1 Two piers stand.');
    await office.types('minh', '/progress report done:yes C-2 The line is live.');
    const list = await office.types('binh', '/my list');
    // Long overdue, and with a report that waits: two decisions.
    expect(list.text).toContain('2 wait for your decision');
    expect(list.text).toContain('Two piers stand.');
    expect(labels(list.document)).toContain('Show C-1');
    const verifying = await office.types('ha', '/my list');
    expect(verifying.text).toContain('1 waits for your decision');
    expect(verifying.text).toContain('reported done on 14 November 2025');
    expect(labels((await office.types('ha', '/commitment show C-2')).document)).toContain('Verify');
    expect((await office.types('lan', '/my list')).text).not.toContain('for your decision');
  });

  it('made before the agency stopped asking waits for its decision', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('lan', '/progress report C-1 Two piers stand.');
    expect((await office.types('ha', '/agency approval MOC approval:no')).text).toContain('One report made before');
    expect(await office.refusal('binh', 'progress/approve', 'C-1')).toBe('done');
    expect((await rowOf(office, 1)).last_report).toBe('Two piers stand.');
  });

  it('is no word of the agency in the digest before it is approved', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await approvedByBinh(office);
    await office.types('ha', '/channel coordination');
    await office.at('2025-12-19T10:00:00+07:00');
    await office.types('lan', '/progress report C-1 Two piers stand.');
    const silent = async () => (await office.types('ha', '/digest preview agency:MOC')).text;
    expect(await silent()).toMatch(/C-1 Border bridge[\s\S]*silent for 35 days/);
    await office.types('binh', '/progress approve C-1');
    expect(await silent()).not.toMatch(/silent for 35 days/);
  });
});
