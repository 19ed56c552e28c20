import { expect, it } from 'vitest';
import type { IncomingFile } from '../../src/chat/interaction.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { eachDatabase } from '../support/databases.ts';
import { allWords, type Office, openOffice } from './small-office.ts';

const sheet = (...lines: readonly string[]): IncomingFile => {
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  return { name: 'annex.csv', size: bytes.length, fetch: async () => bytes };
};
const HEADER = 'No;Commitment;Lead agency;Due date';

async function imports(office: Office, file: IncomingFile): Promise<number> {
  await office.runs('ha', 'import/file', '', file);
  const { id } = await office.accord.db
    .selectFrom('imports')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return id;
}
const titled = (office: Office, title: string) =>
  office.accord.db.selectFrom('commitments').selectAll().where('title', '=', title).executeTakeFirstOrThrow();

eachDatabase('an import', (open) => {
  it('asks about a cell in the number column that is no number, and imports the row', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const long = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ');
    const file = sheet(HEADER, `"${long}";Rail link study;Bộ Xây dựng;2026`, '2;Port study;Bộ Xây dựng;2026');
    const preview = await office.does('ha', { by: 'options', path: 'import/file', blanks: { file } });
    expect(preview.text).toContain('too long to be a number');
    await office.runs('ha', 'import/apply', '1');
    expect((await titled(office, 'Rail link study')).source_key).toBe('- rail link study');
    // The same file again is the same edition.
    expect((await office.does('ha', { by: 'options', path: 'import/file', blanks: { file } })).text).toMatch(
      /Unchanged\n2/,
    );
  });

  it('takes up what an edition says of the instrument, and leaves alone what it does not tell', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const header = 'No;Commitment;Lead agency;Instrument';
    await imports(office, sheet(header, '1;Rail link study;Bộ Xây dựng;MoU'));
    await office.runs('ha', 'import/apply', '1');
    const id = await imports(office, sheet(header, '1;Rail link study;Bộ Xây dựng;Treaty'));
    await office.runs('ha', 'import/apply', String(id));
    expect((await titled(office, 'Rail link study')).instrument).toBe('Treaty');
    // An edition without these columns, and with an empty lead, says nothing about them.
    const bare = await imports(office, sheet(HEADER, '1;Rail link study;;2026'));
    await office.runs('ha', 'import/apply', String(bare));
    const row = await titled(office, 'Rail link study');
    const lead = await office.accord.db
      .selectFrom('agencies')
      .select('id')
      .where('code', '=', 'MOC')
      .executeTakeFirst();
    expect(row).toMatchObject({ instrument: 'Treaty', lead_id: lead?.id, due_end: '2026-12-31' });
  });

  it('says what it did, where the register had changed since the preview', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const file = sheet(HEADER, '1;Rail link study;Bộ Xây dựng;2026', '2;Port study;Bộ Xây dựng;2026');
    const second = sheet(HEADER, '1;Rail link study;Bộ Xây dựng;2027', '2;Port study;Bộ Xây dựng;2026');
    await imports(office, file);
    // Both were previewed on an empty register, under a name each.
    await office.accord.db.updateTable('imports').set({ source: 'annex' }).execute();
    await imports(office, second);
    await office.accord.db.updateTable('imports').set({ source: 'annex' }).execute();
    await office.runs('ha', 'import/apply', '1');
    const applied = await office.does('ha', { by: 'options', path: 'import/apply', blanks: { id: '2' } });
    expect(applied.text).toContain('0 new, 1 changed');
    expect((await office.history()).findLast((each) => each.thing === 'import')?.after).toMatchObject({
      created: 0,
      updated: 1,
    });
  });

  it('shows all of what its preview shows in part, a page at a time; a shell gets it at once', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const rows = Array.from(
      { length: 45 },
      (_, at) => `${at + 1};Study number ${at + 1};Agency of Lake ${at + 1};${at % 3 === 0 ? '2026' : 'Feb 13'}`,
    );
    const file = sheet(HEADER, ...rows);
    const preview = await office.does('ha', { by: 'options', path: 'import/file', blanks: { file } });
    expect(preview.text).toContain('20 more questions');
    expect(preview.text).toContain('37 more');
    const agencies = await office.presses('ha', 'All 45 new agencies', preview);
    expect(agencies.text).toContain('Agency of Lake 30');
    expect(agencies.text).not.toContain('Agency of Lake 31');
    expect((await office.presses('ha', 'Next page', agencies)).text).toContain('Agency of Lake 45');
    expect((await office.presses('ha', 'All 30 questions', preview)).text).toContain('Row 31');
    const bytes = Buffer.from(await file.fetch()).toString('base64');
    let printed = '';
    const typed = { argv: ['import', 'annex.csv', '--dry-run'], cwd: '/', files: { 'annex.csv': bytes } };
    await runCommandLine(typed, office.accord.house, ({ text }) => {
      printed += text;
    });
    expect(printed).toContain('Agency of Lake 45');
    expect(printed).toContain('Row 46');
  });

  it('keeps what was amended by hand since, and asks where the sheet says something new', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const header = 'No;Commitment;Lead agency;Instrument;Due date';
    const edition = (instrument: string, due: string) =>
      sheet(header, `1;Rail link study;Bộ Xây dựng;${instrument};${due}`, '2;Port study;Bộ Xây dựng;MoU;2026');
    const takes = async (file: IncomingFile) => {
      const id = await imports(office, file);
      const preview = await office.runs('ha', 'import/show', `${id} questions`);
      await office.runs('ha', 'import/apply', String(id));
      return preview ? allWords(preview) : '';
    };
    await takes(edition('MoU', '2026'));
    const { id } = await titled(office, 'Rail link study');
    const amend = (words: string) => office.runs('ha', 'commitment/amend', `C-${id} ${words} reason:"a letter"`);
    await amend('due:2027');

    // Only the hand changed the date, only the sheet the instrument.
    const preview = await office.does('ha', {
      by: 'options',
      path: 'import/file',
      blanks: { file: edition('Treaty', '2026') },
    });
    expect(preview.text).toContain('Kept as amended by hand\n1');
    expect(preview.text).not.toContain('amended by hand in the register');
    expect(await takes(edition('Treaty', '2026'))).not.toContain('amended by hand');
    expect(await titled(office, 'Rail link study')).toMatchObject({ instrument: 'Treaty', due_end: '2027-12-31' });

    // Both changed the date: it is asked about once, and the hand's stays; in later editions too.
    expect(await takes(edition('Treaty', '2028'))).toMatch(/amended by hand in the register[\s\S]*2028 \/ 2027/);
    expect((await titled(office, 'Rail link study')).due_end).toBe('2027-12-31');
    expect(await takes(edition('Treaty', '2028'))).not.toContain('amended by hand');
    expect((await titled(office, 'Rail link study')).due_end).toBe('2027-12-31');
    // Where the hand follows the sheet, the sheet is followed again.
    await amend('due:2028');
    await takes(edition('Treaty', '2029'));
    expect((await titled(office, 'Rail link study')).due_end).toBe('2029-12-31');
    expect((await titled(office, 'Port study')).due_end).toBe('2026-12-31');
  });

  it('keeps a lead and cooperating agencies that were amended by hand; a shell is told in questions', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const header = 'No;Commitment;Lead agency;Cooperating agencies;Due date';
    const edition = (lead: string, cooperating: string) =>
      sheet(header, `1;Rail link study;${lead};${cooperating};2026`);
    await imports(office, edition('Bộ Xây dựng', 'Bộ Công Thương'));
    await office.runs('ha', 'import/apply', '1');
    const { id } = await titled(office, 'Rail link study');
    await office.runs('ha', 'commitment/amend', `C-${id} lead:MAE cooperating:MOST reason:"a letter"`);
    const answer = async (file: IncomingFile) => {
      let printed = '';
      const files = { 'annex.csv': Buffer.from(await file.fetch()).toString('base64') };
      const typed = { argv: ['import', 'annex.csv', '--dry-run', '--json'], cwd: '/', files };
      await runCommandLine(typed, office.accord.house, ({ text }) => {
        printed += text;
      });
      return JSON.parse(printed) as { update: number; unchanged: number; questions: object[] };
    };
    expect(await answer(edition('Bộ Xây dựng', 'Bộ Công Thương'))).toMatchObject({
      update: 0,
      unchanged: 1,
      questions: [],
    });
    const asked = await answer(edition('Bộ Khoa học và Công nghệ', 'Bộ Công Thương'));
    expect(asked).toMatchObject({
      update: 0,
      unchanged: 1,
      questions: [
        {
          row: 2,
          column: 'Lead agency',
          text: `C-${id}: Bộ Khoa học và Công nghệ / Bộ Nông nghiệp và Môi trường`,
          why: 'amended-by-hand',
        },
      ],
    });
    expect(Object.keys(asked)).toEqual([
      'create',
      'update',
      'unchanged',
      'skipped',
      'precision',
      'agencies',
      'questions',
      'vanished',
    ]);
  });

  it('tells the coordinators in the transaction that imports, whoever imports', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.runs('ha', 'channel/coordination', '');
    await imports(office, sheet(HEADER, '1;Rail link study;Bộ Xây dựng;2026'));
    await office.runs('ha', 'import/apply', '1');
    await office.settle();
    expect(office.in('room-1').map((each) => each.text)).toEqual([expect.stringContaining('1 new, 0 changed')]);
  });

  it('promises for the first Monday what that Monday sends', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination', { conversation: 'room-1' });
    await office.types('ha', '/channel link MOC', { conversation: 'room-2' });
    await office.types('ha', '/channel link MOST', { conversation: 'room-3' });
    // Another import that nobody starts: its rows are no part of it.
    await imports(office, sheet(HEADER, '1;Old dam;Bộ Công Thương;30/06/2025'));
    await office.runs('ha', 'import/apply', '1');
    const id = await imports(
      office,
      sheet('No;Commitment name;Lead agency;Due date', '7;Rail link study;Bộ Xây dựng;17/11/2025'),
    );
    const applied = await office.does('ha', { by: 'options', path: 'import/apply', blanks: { id: String(id) } });
    const [, parts, people, messages] =
      /on the first Monday: (\d+) parts of the digest and reminders to (\d+) people, (\d+) messages in all/.exec(
        applied.text,
      ) ?? [];
    await office.settle();
    const before = new Set((await office.deliveries()).map((each) => each.key));
    await office.runs('ha', 'import/start', String(id));
    await office.at('2025-11-17T09:00:00+07:00');
    const sent = (await office.deliveries()).filter((each) => !before.has(each.key));
    const agencies = await office.accord.db.selectFrom('agencies').select(['id', 'code']).execute();
    const moc = agencies.find((each) => each.code === 'MOC')?.id;
    const of = (kind: string) => sent.filter((each) => each.kind === kind && each.verb === 'post');
    const about = of('digest-agency').filter((each) => each.facts['agencyId'] === moc);
    const imported = (await titled(office, 'Rail link study')).id;
    const told = of('reminder').filter((each) =>
      (each.facts['things'] as { commitmentId: number }[]).some((thing) => thing.commitmentId === imported),
    );
    expect([parts, people, messages].map(Number)).toEqual([about.length, told.length, about.length + told.length]);
    expect(about).toHaveLength(2);
    expect(told).toHaveLength(1);
  });
});
