import { expect, it } from 'vitest';
import { encodeAction } from '../../src/chat/action.ts';
import type { Form } from '../../src/chat/form.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Answer, buttonsIn, type Name, type Office, openOffice } from './small-office.ts';

/** The form that a press opens, as the platform gets it before anything runs. */
async function opens(office: Office, name: Name, code: string): Promise<Form> {
  const plan = await office.accord.inbound.plan({
    id: 'opening',
    account: office.accountOf(name),
    place: { conversation: 'room-1', direct: false },
    said: { by: 'press', code },
  });
  if (plan.do !== 'open-form') throw new Error(`no form opens, but ${plan.do}`);
  return plan.form;
}

const sends = (office: Office, name: Name, form: Form, blanks: Record<string, string>): Promise<Answer> =>
  office.does(name, { by: 'form', state: form.state, blanks });

const reportOn = (ref: string, version?: number): string =>
  encodeAction(
    { path: 'progress/report', blanks: { commitment: ref }, ...(version === undefined ? {} : { version }) },
    '0',
  );

const reports = (office: Office) =>
  office.accord.db.selectFrom('progress_updates').select('text').where('commitment_id', '=', 1).orderBy('id').execute();

function asked(answer: Answer): Form {
  if (answer.outcome.do !== 'ask') throw new Error(`no form came back, but: ${answer.text}`);
  return answer.outcome.form;
}

eachDatabase('a press', (open) => {
  it('does the thing once, however often it arrives', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('lan', '/progress report done:yes C-1 The bridge is open.');
    await office.settle();
    const [claim] = office.in('direct-U-ha');
    if (!claim) throw new Error('nobody was told of the claim');
    expect((await office.presses('ha', 'Verify', claim)).text).toContain('C-1');
    const history = await office.history();
    expect((await office.presses('ha', 'Verify', claim)).text).toMatch(/done already, by Phạm Thu Hà/);
    expect(await office.history()).toEqual(history);
  });

  it('and words that a platform hands in twice are said once', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('lan', '/progress report C-1 Two piers stand.', {}, 'the-same');
    const again = await office.types('lan', '/progress report C-1 Two piers stand.', {}, 'the-same');
    expect(again.text).toMatch(/done already/);
    expect(await reports(office)).toEqual([{ text: 'Two piers stand.' }]);
  });

  it('opens a form that counts once, though it is sent twice', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = await opens(office, 'lan', reportOn('C-1'));
    const both = await Promise.all([
      sends(office, 'lan', form, { text: 'Two piers stand.' }),
      sends(office, 'lan', form, { text: 'Two piers stand.' }),
    ]);
    expect(both.filter((each) => each.text.includes('done already'))).toHaveLength(1);
    expect(await reports(office)).toEqual([{ text: 'Two piers stand.' }]);
  });

  it('on stale facts says who changed them and when, and what was written goes through when it is sent again', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const form = await opens(office, 'lan', reportOn('C-1', 1));
    office.clock.moveTo('2025-11-14T10:30:00+07:00');
    await office.types('binh', '/progress report C-1 The first pier stands.');
    const refused = await sends(office, 'lan', form, { text: 'Two piers stand.' });
    expect(refused.text).toMatch(/Vũ Thanh Bình changed C-1 at 14 November 2025.*10:30/);
    const again = asked(refused);
    expect(again.state.version).toBe(2);
    expect(again.fields.find((field) => field.name === 'text')?.value).toBe('Two piers stand.');
    expect(await reports(office)).toHaveLength(1);
    expect((await sends(office, 'lan', again, { text: 'Two piers stand.' })).text).toContain('is recorded');
    expect(await reports(office)).toEqual([{ text: 'The first pier stands.' }, { text: 'Two piers stand.' }]);
  });

  it('of a renamed command keeps working', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    expect((await opens(office, 'lan', 'commitment/progress?commitment=C-1||0')).state.path).toBe('progress/report');
    expect((await office.types('lan', '/commitment progress C-1 Two piers stand.')).text).toContain('is recorded');
    expect(await reports(office)).toHaveLength(1);
  });

  it('of a command that is gone says so, and changes nothing', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const before = await office.history();
    for (const code of ['treaty/annul?commitment=C-1||0', 'not one of ours', '', 'progress/report']) {
      const answer = await office.does('lan', { by: 'press', code });
      expect(answer.text, code).toContain('This button is from an earlier version.');
    }
    // Typed, and like nothing there is, it is a call for help.
    expect((await office.types('lan', '/treaty annul C-1')).text).toContain('What you can do here');
    expect(await office.history()).toEqual(before);
  });

  it('is checked for rights when it is pressed, not when it was shown', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('lan', '/progress report done:yes C-1 The bridge is open.');
    await office.settle();
    const [claim] = office.in('direct-U-ha');
    if (!claim) throw new Error('nobody was told of the claim');
    expect((await office.presses('lan', 'Verify', claim)).text).toContain('Only coordinators can do this.');
    // The refusal has not used up the coordinator's press.
    expect((await office.presses('ha', 'Verify', claim)).text).toContain('C-1');
  });
});

eachDatabase('what was typed and refused', (open) => {
  it('comes back to whoever typed it, and to nobody else', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const refused = await office.types('lan', '/progress report C-1 expected:"when it stops" Words of my own.');
    expect(refused.text).toContain('is no date I can read');
    expect(refused.text).toContain('What you typed is kept.');
    const button = refused.document && buttonsIn(refused.document).find((each) => each.label === 'Open the form');
    if (!button) throw new Error('there is no way back');
    const code = encodeAction(button.does, '0');
    const values = (form: Form) => form.fields.map((field) => field.value);
    expect(values(await opens(office, 'lan', code))).toEqual(expect.arrayContaining(['Words of my own.', 'C-1']));
    for (const name of ['minh', 'ha', 'guest'] as const)
      expect(JSON.stringify(await opens(office, name, code)), name).not.toContain('Words of my own.');
    // And it can be sent once it is mended.
    const form = await opens(office, 'lan', code);
    expect((await sends(office, 'lan', form, { expected: '12/2025' })).text).toContain('is recorded');
    expect(await reports(office)).toEqual([{ text: 'Words of my own.' }]);
  });

  it('offers the nearest agencies, and the press does what was meant', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const refused = await office.types('ha', '/channel link "Bộ Xây dưng tỉnh"');
    expect(refused.text).toContain('Did you mean');
    const done = await office.presses('ha', 'Use Bộ Xây dựng', refused);
    expect(done.text).toContain('Bộ Xây dựng');
    expect((await office.history()).at(-1)).toMatchObject({ thing: 'channel', change: 'added' });
  });
});
