import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { buttonsIn, CLERK, type Name, type Office, openOffice } from './small-office.ts';

const open = openPooledTestDatabase;
const at = (day: string, time = '08:30:30') => `${day}T${time}+07:00`;

/** Each run from one day to another, the digest's and the reminders'. */
async function through(office: Office, from: string, until: string) {
  for (let day = from; day <= until; day = addDays(day, 1)) {
    await office.at(at(day, '08:00:30'));
    await office.at(at(day));
  }
}

/** What one of them is told while something happens. */
async function toldTo(office: Office, name: Name, meanwhile: () => Promise<unknown>) {
  const conversation = `direct-U-${name}`;
  const before = office.in(conversation).length;
  await meanwhile();
  const messages = office.in(conversation).slice(before);
  return {
    text: messages.map((each) => each.text).join('\n'),
    presses: messages.flatMap((each) =>
      buttonsIn(each.document).map(({ does }) => `${does.path} ${does.blanks['commitment'] ?? ''}`),
    ),
  };
}

describe('whoever holds the ball is reminded', () => {
  it('of what was handed over to them, though somebody else reported on it before', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('tuan', '/progress report C-3 Drilling goes on.');
    await office.at(at('2025-11-17', '09:00:00'));
    await office.types('ha', '/commitment assign C-3 dung@gov.example');
    await office.settle();
    const { text } = await toldTo(office, 'dung', () => through(office, '2025-11-18', '2025-11-20'));
    expect(text).toContain('C-3');
  });

  it('whoever has to name another officer, and not the one who says that it is not theirs', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('tuan', '/reminder not-mine C-3 proposed:""');
    await office.settle();
    const asked = office.in('direct-U-tuan').length;
    const { text, presses } = await toldTo(office, 'ha', () => through(office, '2025-11-17', '2025-11-19'));
    expect(text).toContain('C-3');
    expect(text).toContain('said on 14 November 2025 that it is not theirs');
    expect(presses).toContain('commitment/assign C-3');
    expect((await office.types('ha', '/my list')).text).toContain('that it is not theirs');
    expect(office.in('direct-U-tuan')).toHaveLength(asked);
    // Whoever is named has it to answer, and nobody else has anything to name.
    await office.types('ha', '/commitment assign C-3 dung@gov.example');
    await office.settle();
    const ha = await toldTo(office, 'ha', async () => {
      const dung = await toldTo(office, 'dung', () => through(office, '2025-11-20', '2025-11-24'));
      expect(dung.text).toContain('C-3');
    });
    expect(ha.text).not.toContain('that it is not theirs');
  });

  it('the officer of a milestone, until it is done', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    // C-4 has no date of its own that is near.
    await office.types('ha', '/commitment milestone C-4 title:"Site chosen" due:17/11/2025');
    const before = await toldTo(office, 'dung', () => through(office, '2025-11-17', '2025-11-17'));
    expect(before.text).toContain('Milestone “Site chosen”');
    expect(before.presses).toContain('progress/milestone C-4');
    const told = office.in('direct-U-dung').at(-1);
    if (!told) throw new Error('there is no reminder');
    await office.presses('dung', 'Milestone done', told);
    await office.settle();
    expect(office.in('direct-U-dung').at(-1)?.text).toContain('Milestone done, says');
    expect(await office.refusal('dung', 'progress/milestone', 'C-4 1')).toBe('milestone-done');
    expect(await office.refusal('dung', 'progress/milestone', 'C-4 2')).toBe('no-such-milestone');
    const after = await toldTo(office, 'dung', () => through(office, '2025-11-18', '2025-11-25'));
    expect(after.text).not.toContain('Site chosen');
    // It moves by its number, and is not done by that.
    expect(
      (await office.types('ha', '/commitment milestone C-4 title:"Site bought" due:"Quarter I/2026" number:1')).text,
    ).toContain('Milestone 1 of C-4 is due');
    expect((await office.types('ha', '/commitment show C-4')).text).toContain('Site bought');
  });

  it('the officer, where nobody else of the agency approves and it is long overdue', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/officer approver lan@gov.example');
    const { text, presses } = await toldTo(office, 'lan', () => through(office, '2025-11-17', '2025-11-17'));
    expect(text).toContain('C-1 ');
    expect(presses).toContain('progress/report C-1');
  });

  it('the approver of the report that waits, in the place of a date that is long past', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    await office.types('ha', '/officer approver binh@gov.example');
    await office.types('ha', '/agency approval approval:yes MOC');
    await office.types('lan', '/progress report C-1 Two piers stand.');
    await office.settle();
    const { text, presses } = await toldTo(office, 'binh', () => through(office, '2025-11-17', '2025-11-20'));
    expect(text).toContain('Two piers stand.');
    expect(presses.some((each) => each.startsWith('progress/approve'))).toBe(true);
    expect(text).not.toContain('Nothing reported yet');
  });
});

it('the message that shows the digest beforehand says how many more wait, beside what the digest names', async () => {
  await using database = await open();
  await using office = await openOffice(database);
  await office.settle();
  await office.accord.house.store.write(CLERK, async (writer) => {
    const moc = await writer.agencyNamed('MOC');
    for (let count = 0; count < 8; count++)
      await writer.addCommitment({
        title: `Road ${count}`,
        partners: ['Laos'],
        due: { precision: 'day', start: '2025-11-20', end: '2025-11-20', raw: '20/11/2025' },
        leadId: moc?.id ?? 0,
        registeredAt: '2025-06-01T03:00:00.000Z',
        signedOn: '2025-01-10',
      });
  });
  // Hers too, far away and not in the digest: nobody has answered that it is.
  await office.types('ha', '/commitment assign C-3 lan@gov.example');
  await office.at(at('2025-11-20'));
  const { text } = await toldTo(office, 'lan', () => office.at(at('2025-11-21')));
  expect(text).toContain('will say this');
  expect(text).toMatch(/C-3|And 1 more/);
});
