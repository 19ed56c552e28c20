import { expect } from 'vitest';
import { openSmallHouse } from '../../doubles/discord/small-house.ts';
import type { Trials } from './contract.ts';
import { count, fieldOf, formAgain, problemsIn, said, texts } from './scene.ts';

const sheet = (...rows: string[]) =>
  new TextEncoder().encode(['No,Title,Lead agency,Due date', ...rows.map((row, at) => `${at + 1},${row}`)].join('\n'));

/** What people do on a platform, and what they get for it. */
export const WHAT_PEOPLE_DO = {
  async 'a typed command'({ lan, signs }) {
    const ref = await signs('Open the border gate');
    const seen = await lan.types(`/commitment show ${ref}`, { where: 'general' });
    expect(seen.text).toContain('Open the border gate');
    expect(seen.buttons).toContain('Report an obstacle');
    expect(seen.form).toBeNull();
    expect((await lan.types(`/commitment show ${ref}`)).text).toContain('Open the border gate');
    expect((await lan.types('/commitment show C-9999', { where: 'general' })).text).toContain(
      'C-9999 is not in the register.',
    );
  },

  async 'a form'({ hà }) {
    const asked = await hà.types('/commitment register', { where: 'general' });
    expect(asked.form?.title).toBe('Register a commitment');
    expect(asked.form?.fields.map((field) => field.label)).toEqual(
      expect.arrayContaining(['Title', 'Lead agency', 'Due']),
    );
    const done = await hà.fills({ Title: 'Plant the mangroves', 'Lead agency': 'Bộ Xây dựng', Due: '12/2029' });
    expect(done.form).toBeNull();
    expect(done.text).toMatch(/C-\d+ is registered\. Lead: Bộ Xây dựng; due December 2029/);
    expect((await hà.types('/commitment find mangroves')).text).toContain('Plant the mangroves');
  },

  async 'a field error'({ hà }) {
    await hà.types('/commitment register', { where: 'general' });
    const refused = await hà.fills({
      Title: 'Dredge the channel',
      'Lead agency': 'Bộ Công Thương',
      Due: 'when it rains',
    });
    expect(problemsIn(refused)).toContain('“when it rains” is no date I can read.');
    expect((await hà.types('/commitment find Dredge')).text).toContain('Nothing in the register matches');

    await hà.types('/commitment register', { where: 'general' });
    const kept = await formAgain(
      hà,
      await hà.fills({ Title: 'Dredge the channel', 'Lead agency': 'Bộ Xây dựng', Due: 'when it rains' }),
    );
    expect(['Title', 'Lead agency', 'Due'].map((label) => fieldOf(kept, label))).toEqual([
      'Dredge the channel',
      expect.stringMatching(/Bộ Xây dựng|MOC/),
      'when it rains',
    ]);
    expect((await hà.fills({ Due: '2029' })).text).toMatch(/C-\d+ is registered/);
    expect((await hà.types('/commitment find Dredge')).text).toContain('Dredge the channel');
  },

  async 'a button'({ lan, signs }) {
    const ref = await signs('Build the school');
    await lan.types(`/commitment show ${ref}`, { where: 'general' });
    const form = await lan.presses('Report an obstacle', { on: 'Build the school' });
    expect(form.form?.title).toBe('Report an obstacle');
    const done = await lan.fills({ 'What stands in the way': 'The bricks were never ordered.' });
    expect(done.text).toContain(ref);
    expect((await lan.types(`/commitment show ${ref}`)).text).toContain('The bricks were never ordered.');
  },

  async 'an edit after a press'({ stage, bot, hà, lan, signs }) {
    const ref = await signs('Repair the dyke');
    await lan.types(`/progress report ${ref} text:"The dyke holds." done:yes`, { where: 'general' });
    await bot.settle();
    const before = await stage.messagesIn('coordination');
    expect(before.at(-1)?.text).toContain('Repair the dyke');
    expect(before.at(-1)?.buttons).toContain('Verify');
    await hà.presses('Verify', { on: 'Repair the dyke', where: 'coordination' });
    await bot.settle();
    const after = await stage.messagesIn('coordination');
    expect(after.map((message) => message.id)).toEqual(before.map((message) => message.id));
    expect(after.at(-1)).toMatchObject({ edited: true });
    expect(after.at(-1)?.text).toContain('Verified by Hà');
    expect(after.at(-1)?.buttons).not.toContain('Verify');
  },

  async 'an answer that one person sees'({ stage, lan, hà, signs }) {
    const ref = await signs('Survey the seabed');
    const [forHà, forLan] = [await stage.sees('Hà', 'general'), await stage.sees('Lan', 'general')];
    await lan.types(`/commitment show ${ref}`, { where: 'general' });
    expect((await stage.sees('Lan', 'general')).length).toBeGreaterThan(forLan.length);
    expect(texts((await stage.sees('Lan', 'general')).slice(-1))).toContain('Survey the seabed');
    expect(await stage.sees('Hà', 'general')).toEqual(forHà);
    expect(count(await stage.messagesIn('general'), 'Survey the seabed')).toBe(0);
    await expect(hà.presses('Report an obstacle', { on: 'Survey the seabed', where: 'general' })).rejects.toThrow();
  },

  async autocomplete({ lan, signs, stage }) {
    const ref = await signs('Autonomous ferries for the delta');
    expect(await lan.completes('commitment/show', 'commitment', 'autonomous fer')).toEqual([
      expect.stringContaining(`${ref} Autonomous ferries`),
    ]);
    expect(await lan.completes('commitment/register', 'lead', 'xay dung')).toEqual([
      expect.stringContaining('Bộ Xây dựng'),
    ]);
    expect((await lan.completes('commitment/show', 'commitment', '')).length).toBeLessThanOrEqual(25);
    expect(stage.platform.name).not.toBe('');
  },

  async 'a person chosen from a list'({ hà, lan, signs }) {
    const ref = await signs('Handed to somebody');
    const form = await hà.types(`/commitment assign ${ref}`, { where: 'general' });
    expect(form.form?.fields.map((field) => field.label)).toEqual(['Officer', 'Or somebody not listed']);
    // Here she is called Lan; the register knows whose account that is.
    expect((await hà.fills({ Officer: 'Lan' })).text).toContain(`Nguyễn Thị Lan answers for ${ref}`);

    await hà.types(`/commitment assign ${ref}`, { where: 'general' });
    const refused = await hà.fills({ Officer: 'Sơn' });
    expect(problemsIn(refused)).toContain('The account chosen is linked to no officer. Find the person by name');
    const again = await formAgain(hà, refused);
    expect(fieldOf(again, 'Officer')).toBe('Sơn');
    expect((await hà.fills({ 'Or somebody not listed': 'Lê Anh' })).text).toContain(`Lê Anh Tuấn answers for ${ref}`);

    await hà.types(`/commitment assign ${ref}`, { where: 'general' });
    expect(problemsIn(await hà.fills({}))).toContain('Officer');
    expect((await hà.types(`/commitment show ${ref}`)).text).toContain('Lê Anh Tuấn');
    // A mention where an officer is asked for says the same.
    const mentioned = await hà.types(`/commitment assign ${ref} <@${lan.accountId}>`);
    expect(mentioned.text).toContain(`Nguyễn Thị Lan answers for ${ref}`);
  },

  async 'more than five fields'(scene) {
    const { house, inbound } = openSmallHouse();
    await using stage = await scene.elsewhere(inbound);
    const lan = stage.as('Lan');
    const values: Record<string, string> = {
      Title: 'Grid connection, again',
      Partners: 'ADB, JICA',
      Instrument: 'Agreement',
      Event: 'Visit of May',
      Result: 'Power flows',
      Signed: '01/05/2025',
      Reason: 'Two partners joined',
    };
    let seen = await lan.types('/commitment amend commitment:C-142', { where: 'general' });
    const left = new Map(Object.entries(values));
    for (let step = 1; left.size > 0 && step < 9; step++) {
      // Where a form takes steps, the next is a press away, and nothing is done before the last.
      if (!seen.form) seen = await lan.presses(seen.buttons[0] ?? 'nothing to press');
      const here = (seen.form?.fields ?? []).map((field) => field.label).filter((label) => left.has(label));
      expect(house.done).toEqual([]);
      const given = Object.fromEntries(here.map((label) => [label, left.get(label) ?? '']));
      for (const label of here) left.delete(label);
      seen = await lan.fills(given);
    }
    if (house.done.length === 0) seen = await lan.presses(seen.buttons.find((label) => label.includes('send')) ?? '');
    expect(seen.text).toContain('C-142 is amended.');
    expect(house.done).toHaveLength(1);
    for (const [label, value] of Object.entries(values))
      expect(house.done[0]).toContain(`${label.toLowerCase()}=${value}`);
  },

  async 'a shortcut'({ stage, lan, signs }, { chooses }) {
    const ref = await signs('Chosen from a menu');
    await chooses('Lan', 'progress/report');
    expect((await stage.glance('Lan')).form).toBe('Report progress');
    expect((await lan.fills({ Commitment: ref, Progress: 'Reported from a menu.' })).text).toContain(
      `Your report on ${ref} is recorded.`,
    );
    expect((await lan.types(`/commitment show ${ref}`)).text).toContain('Reported from a menu.');
  },

  async 'a shortcut on a message'({ stage, lan, signs }, { writes, choosesOn }) {
    const ref = await signs('Spoken of in a channel');
    const message = await writes('Hà', 'general', 'The cranes are stuck at the border.');
    await choosesOn('Lan', 'general', message, 'obstacle/report');
    expect((await stage.glance('Lan')).form).toBe('Report an obstacle');
    expect((await lan.fills({ Commitment: ref })).text).toContain(ref);
    expect((await lan.types(`/commitment show ${ref}`)).text).toContain('The cranes are stuck at the border.');
  },

  async 'a page of one’s own'({ stage, zahra, signs }, { page }) {
    const ref = await signs('Kept on my page', { lead: 'MOF' });
    const shown = await page('Zahra');
    expect(shown.text).toContain(`${ref} Kept on my page`);
    expect(shown.buttons).toEqual(
      expect.arrayContaining(['Language', 'Where I write to you', 'My time zone', 'Away', 'Report an obstacle']),
    );
    expect(shown.text).toContain('where you were last seen');
    expect(shown.text).toContain('On working days from');
    expect((await page('Minh')).text).not.toContain('Kept on my page');
    // After a change of hers it is up to date by itself.
    const further = await signs('Kept there too', { lead: 'MOF' });
    await zahra.types(`/progress report ${ref} text:"Half of it."`, { where: 'general' });
    await stage.messagesIn('general');
    expect((await page('Zahra')).text).toContain(`${further} Kept there too`);
  },

  async 'a file in'({ hà }) {
    const file = { name: 'trees.csv', bytes: sheet('Plant the oaks,Bộ Xây dựng,2029') };
    const preview = await hà.types('/import file', { where: 'general', file });
    expect(preview.text).toContain('trees.csv');
    expect(preview.text).toContain('Nothing has been changed yet.');
    expect(preview.buttons).toContain('Import 1 commitment');
    expect(
      problemsIn(await hà.types('/import file', { file: { name: 'empty.csv', bytes: new Uint8Array() } })),
    ).toContain('empty.csv is empty.');
  },

  async 'a file dropped into a form'({ hà }) {
    const asked = await hà.types('/import file', { where: 'general' });
    expect(asked.form?.fields.map((field) => field.label)).toEqual(['Spreadsheet']);
    const dropped = {
      name: 'birches – 2.csv',
      bytes: sheet('Plant the birches,Bộ Xây dựng,2029', 'Water them,MOC,2030'),
    };
    const preview = await hà.fills({ Spreadsheet: dropped });
    expect(preview.text).toContain('Nothing has been changed yet.');
    expect(preview.buttons).toContain('Import 2 commitments');
  },

  async 'Vietnamese and Arabic'({ stage, tuấn, zahra, hà, signs, bot }) {
    expect((await tuấn.types('/my language vi', { where: 'general' })).text).toContain('bằng tiếng Việt');
    expect((await zahra.types('/my language ar', { where: 'general' })).text).toContain('باللغة العربية');
    const ref = await signs('Nạo vét luồng Cái Mép', { lead: 'MARD' });
    const form = await tuấn.types(`/progress report ${ref}`, { where: 'general' });
    expect(form.form?.title).toBe('Báo cáo tiến độ');
    const [first] = form.form?.fields ?? [];
    expect((await tuấn.fills({ [first?.label ?? '']: 'Đã nạo vét được 3 km.' })).text).toContain(ref);
    const arabic = await zahra.types(`/commitment show ${ref}`, { where: 'general' });
    // What people wrote stays theirs, whatever the language around it.
    for (const words of ['Nạo vét luồng Cái Mép', 'Đã nạo vét được 3 km.']) expect(arabic.text).toContain(words);
    expect(arabic.text).toMatch(/[\u0600-\u06FF]{3}/);
    expect((await hà.types(`/commitment show ${ref}`, { where: 'general' })).text).not.toMatch(/[\u0600-\u06FF]/);
    await bot.settle();
    expect(texts(await tuấn.directMessages())).toContain('Kính gửi');
    expect(stage.platform.fit({ ...said('نص'), lang: 'ar' })).toHaveLength(1);
  },
} satisfies Partial<Trials>;
