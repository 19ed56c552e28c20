import { expect, it } from 'vitest';
import type { IncomingFile } from '../../src/chat/interaction.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Office, openOffice } from './small-office.ts';

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
