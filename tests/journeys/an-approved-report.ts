import { expect } from 'vitest';
import { openEmbeddedTestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import type { OpenStage } from './stage.ts';

const CAST = {
  people: [
    { name: 'Hà', email: 'ha@mofa.example', locale: 'en-US' },
    { name: 'Lan', email: 'lan@construction.example', locale: 'en-US' },
    { name: 'Minh', email: 'minh@construction.example', locale: 'en-US' },
  ],
  channels: ['coordination'],
};

/** An officer's report goes to the one who approves, comes back with a sentence, and counts the second time. */
export async function anApprovedReport(openStage: OpenStage): Promise<void> {
  await using database = await openEmbeddedTestDatabase();
  await using stage = await openStage(CAST);
  const [hà, lan, minh] = [stage.as('Hà'), stage.as('Lan'), stage.as('Minh')];
  await using bot = await openHouse({
    pool: database.pool,
    clock: standingClock('2025-11-17T10:00:00+07:00'),
    platforms: [stage.platform],
    coordinators: [`${stage.platform.name}:${hà.accountId}`],
  });
  await bot.start();
  await bot.settle();
  const here = { where: 'coordination' };
  await hà.types('/channel coordination', here);
  await hà.types('/agency add "Bộ Xây dựng" sector:construction kind:ministry code:MOC', here);
  for (const [person, name, email] of [
    [lan, 'Nguyễn Thị Lan', 'lan@construction.example'],
    [minh, 'Trần Văn Minh', 'minh@construction.example'],
  ] as const) {
    const added = await hà.types(`/officer add name:"${name}" agency:MOC email:${email}`, here);
    if ((await person.types('/my list')).text.includes('Ask a coordinator'))
      await person.types(`/accord join ${/\/accord join (\S+)/.exec(added.text)?.[1]}`);
  }
  await hà.types('/commitment register lead:MOC due:2026 Border bridge', here);
  await hà.types('/officer approver minh@construction.example', here);
  const set = await hà.presses('Reports count once approved', here);
  expect(set.text).toContain('count once Trần Văn Minh approves them');

  await lan.types('/progress report C-1');
  await lan.fills({ Progress: 'Two piers stand.' });
  await bot.settle();
  const asked = async () => (await minh.directMessages()).filter((each) => each.text.includes('for your approval'));
  expect(await asked()).toHaveLength(1);
  expect((await asked())[0]?.text).toContain('Two piers stand.');

  // Back with a sentence; the form opens with what was written.
  await minh.presses('Send back', { on: 'for your approval' });
  await minh.fills({ 'What is missing': 'By which date the deck?' });
  await bot.settle();
  expect((await asked())[0]?.text).toContain('Sent back by Trần Văn Minh');
  const again = await lan.presses('Report again', { on: 'sends your report back' });
  expect(again.form?.fields.map((field) => field.value)).toContain('Two piers stand.');
  await lan.fills({ Progress: 'Two piers stand; the deck by June.' });
  await bot.settle();

  // The same message of the day asks again, and the press counts.
  expect(await asked()).toHaveLength(1);
  expect((await minh.presses('Approve', { on: 'the deck by June' })).text).toContain('counts now');
  await bot.settle();
  expect((await lan.directMessages()).map((each) => each.text).join('\n')).toContain('has approved your report');
  expect((await hà.types('/commitment show C-1', here)).text).toContain('Two piers stand; the deck by June.');
}
