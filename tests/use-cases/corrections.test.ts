import { expect, it } from 'vitest';
import type { Form } from '../../src/chat/form.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, meetTheSame, type Name, type Office, openOffice } from './small-office.ts';

function asked(answer: Answer): Form {
  if (answer.outcome.do !== 'ask') throw new Error(`no form came back, but: ${answer.text}`);
  return answer.outcome.form;
}
const valuesIn = (form: Form) => Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
/** Sends a form back with some of its fields changed, as a platform does: every field that was shown is in it. */
const sends = (office: Office, name: Name, form: Form, changed: Record<string, string>) =>
  office.does(name, {
    by: 'form',
    state: form.state,
    blanks: {
      ...Object.fromEntries(form.fields.map((field) => [field.name, field.value ?? ''])),
      ...changed,
    },
  });
const row = (office: Office, id: number) =>
  office.accord.db.selectFrom('commitments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

eachDatabase('amending a commitment', (open) => {
  it('opens filled in with what is there, writes what differs, and tells whoever answers', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = asked(await office.types('ha', '/commitment amend C-1'));
    expect(valuesIn(form)).toEqual({
      commitment: 'C-1',
      lead: 'Bộ Xây dựng',
      cooperating: undefined,
      title: 'Border bridge',
      due: '30/06/2025',
      partners: 'Laos',
      instrument: undefined,
      reason: undefined,
    });
    const history = (await office.history()).length;
    const done = await sends(office, 'ha', form, { due: '2026', instrument: 'Treaty', reason: 'as signed' });
    expect(done.text).toContain('C-1 is corrected: Due and Instrument.');
    expect(await row(office, 1)).toMatchObject({ title: 'Border bridge', due_end: '2026-12-31', instrument: 'Treaty' });
    expect((await office.history()).slice(history).filter((each) => each.thing === 'commitment')).toEqual([
      expect.objectContaining({ change: 'amended', after: expect.not.objectContaining({ title: expect.anything() }) }),
    ]);
    await office.settle();
    expect(office.in('direct-U-lan').map((each) => each.text)).toEqual([
      expect.stringMatching(/Phạm Thu Hà corrected C-1: Due and Instrument\.[\s\S]*as signed[\s\S]*2026/),
    ]);
  });

  it('takes away what is sent in empty, and asks for the reason and for what it cannot do without', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = asked(await office.types('ha', '/commitment amend C-1'));
    const lacking = await sends(office, 'ha', form, { partners: '' });
    expect(asked(lacking).fields.find((field) => field.name === 'reason')?.error).toContain('Say why C-1');
    await sends(office, 'ha', form, { partners: '', reason: 'a slip' });
    expect((await row(office, 1)).partners).toEqual([]);
    const empty = await sends(office, 'ha', asked(await office.types('ha', '/commitment amend C-1')), {
      title: '',
      reason: 'x',
    });
    expect(asked(empty).fields.find((field) => field.name === 'title')?.error).toContain('needs a title');
    const same = await sends(office, 'ha', asked(await office.types('ha', '/commitment amend C-1')), { reason: 'x' });
    expect(same.text).toContain('Nothing of C-1 would change');
  });

  it('in the steps of a dialect that holds five fields, takes away what any of them emptied', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const send = async (form: Form, changed: Record<string, string>, id: string) =>
      office.accord.inbound.run({
        id,
        account: office.accountOf('ha'),
        place: { conversation: 'room-1', direct: false },
        said: {
          by: 'form',
          state: form.state,
          blanks: { ...Object.fromEntries(form.fields.map((each) => [each.name, each.value ?? ''])), ...changed },
        },
        fieldsAtOnce: 3,
      });
    const opened = await office.accord.inbound.run({
      id: 'i-open',
      account: office.accountOf('ha'),
      place: { conversation: 'room-1', direct: false },
      said: { by: 'words', path: 'commitment/amend', words: 'C-1' },
      fieldsAtOnce: 3,
    });
    let outcome = opened;
    for (let step = 1; step <= 3; step++) {
      if (outcome.do !== 'ask') throw new Error(outcome.do);
      const { form } = outcome;
      const names = form.fields.map((field) => field.name);
      const changed = {
        ...(names.includes('reason') ? { reason: 'no partner' } : {}),
        ...(names.includes('partners') ? { partners: '' } : {}),
      };
      outcome = await send(form, changed, `i-step-${step}`);
    }
    expect(outcome.do).toBe('say');
    expect(await row(office, 1)).toMatchObject({ partners: [], title: 'Border bridge', due_raw: '30/06/2025' });
  });

  it('hands it to another agency, whose officer is told, as is the one before', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = asked(await office.types('ha', '/commitment amend C-1'));
    expect(valuesIn(form)).toMatchObject({ lead: 'Bộ Xây dựng' });
    const wrong = await sends(office, 'ha', form, {
      lead: 'Bộ Xay dung Cau',
      cooperating: 'Nowhere Office',
      reason: 'x',
    });
    const again = asked(wrong);
    expect(again.fields.filter((field) => field.error !== undefined).map((field) => field.name)).toEqual([
      'lead',
      'cooperating',
    ]);
    await sends(office, 'ha', again, { lead: 'MOIT', cooperating: 'MOC; MAE', reason: 'merged' });
    await office.settle();
    expect(
      office
        .in('direct-U-lan')
        .map((each) => each.text)
        .join(),
    ).toContain('corrected C-1');
    expect(
      office
        .in('direct-U-minh')
        .map((each) => each.text)
        .join(),
    ).toContain('C-1');
    const others = await office.accord.db.selectFrom('commitment_agencies').selectAll().execute();
    expect(others.filter((each) => each.commitment_id === 1)).toHaveLength(2);
  });

  it('on stale facts says who changed what under its field, and keeps what was typed', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = asked(await office.types('ha', '/commitment amend C-1'));
    await office.types('ha', '/commitment amend C-1 due:2027 reason:moved');
    await office.types('lan', '/progress report C-1 Two piers stand.');
    const stale = await sends(office, 'ha', form, { title: 'Border bridges', reason: 'two of them' });
    const again = asked(stale);
    expect(stale.text).toContain('Nguyễn Thị Lan changed C-1');
    expect(again.fields.find((field) => field.name === 'due')?.error).toBe('Phạm Thu Hà made it: 2027');
    expect(again.fields.filter((field) => field.error !== undefined)).toHaveLength(1);
    expect(valuesIn(again)).toMatchObject({ title: 'Border bridges', due: '30/06/2025', reason: 'two of them' });
    expect(await row(office, 1)).toMatchObject({ title: 'Border bridge', due_raw: '2027' });
    await sends(office, 'ha', again, { due: '2027' });
    expect(await row(office, 1)).toMatchObject({ title: 'Border bridges', due_raw: '2027' });
  });

  it('shows nothing of a restricted one, and takes nothing away that was not shown', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = asked(await office.types('ha', '/commitment amend C-5'));
    expect(Object.values(valuesIn(form)).filter(Boolean)).toEqual(['C-5']);
    await sends(office, 'ha', form, { due: '2027', reason: 'later' });
    const now = await row(office, 5);
    expect(now).toMatchObject({ due_raw: '2027', title: 'Undersea listening post', partners: ['Freedonia'] });
  });
});

eachDatabase('a withdrawn commitment', (open) => {
  it('leaves lists, counts and reminders, keeps its card, and can be restored', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    const withdrawn = await office.types('ha', '/commitment withdraw C-1 signed twice');
    expect(withdrawn.text).toContain('C-1 is withdrawn');
    expect((await office.types('lan', '/commitment find bridge')).text).not.toContain('Border bridge');
    expect((await office.types('lan', '/commitment find state:withdrawn')).text).toContain('Border bridge');
    expect((await office.types('lan', '/my list')).text).not.toContain('Border bridge');
    expect((await office.types('lan', '/commitment show C-1')).text).toMatch(/Withdrawn[\s\S]*signed twice/);
    expect((await office.types('lan', '/progress report C-1 Two piers stand.')).text).toContain('C-1 was withdrawn');
    expect((await office.types('ha', '/digest preview')).text).not.toContain('Border bridge');
    await office.at('2025-11-17T09:00:00+07:00');
    const told = office.in('direct-U-lan').map((each) => each.text);
    expect(told.filter((text) => text.includes('Border bridge'))).toEqual([expect.stringContaining('withdrew C-1')]);
    await office.presses('ha', 'Restore C-1', withdrawn);
    expect((await office.types('lan', '/my list')).text).toContain('Border bridge');
    expect(await office.refusal('ha', 'commitment/restore', 'C-1')).toBe('not-withdrawn');
  });
});

eachDatabase('a solved obstacle', (open) => {
  it('is remembered: others who report it are told how, and whoever meets it later', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await meetTheSame(office);
    const solved = await office.types('lan', '/obstacle solve OB-2 The province gave a site in Bac Ninh.');
    expect(solved.text).toContain('OB-2 on C-1 is solved');
    await office.settle();
    const [told] = office.in('direct-U-minh');
    expect(told?.text).toMatch(/OB-2 of Bộ Xây dựng, the same as your OB-3, is solved[\s\S]*Bac Ninh/);
    expect(office.in('direct-U-lan')).toEqual([]);
    // Met again by another agency: what helped is shown first.
    const again = await office.types('dung', '/obstacle report C-4 No resettlement site is ready');
    expect(again.text).toMatch(/Met before, and solved like this[\s\S]*Bac Ninh/);
    const linked = await office.types('tuan', '/obstacle same OB-4 OB-3');
    expect(linked.text).toContain('Bac Ninh');
    expect((await office.types('lan', '/obstacle solve OB-2 again')).text).toContain('OB-2 is solved');
  });
});

eachDatabase('a concluded group', (open) => {
  it('tells its members wherever they are, then archives its conversation', async () => {
    await using database = await open();
    await using office = await openOffice(database, { also: 'slate', elsewhere: ['tuan'] });
    await meetTheSame(office);
    await office.types('tuan', '/obstacle same OB-4 OB-2');
    await office.types('ha', '/group call WG-1');
    await office.settle();
    const done = await office.types('ha', '/group conclude WG-1 One joint price decision.');
    expect(done.text).toMatch(/WG-1 is concluded[\s\S]*3 reports still open: OB-2, OB-3 and OB-4/);
    await office.settle();
    const rows = (await office.deliveries()).filter((each) => /^group-(concluded|archive)/.test(each.key));
    expect(rows.map(({ verb, kind, state }) => [verb, kind, state])).toEqual([
      ['post', 'group-concluded', 'sent'],
      ['archive', 'group-conversation', 'sent'],
      ['post', 'group-concluded', 'sent'],
    ]);
    expect(office.in('direct-U-tuan').at(-1)?.text).toContain('One joint price decision.');
    expect(await office.refusal('ha', 'group/conclude', 'WG-1 once more')).toBe('group-not-open');
    expect(await office.refusal('lan', 'group/propose', 'WG-1 more')).toBe('group-not-open');
  });
});
