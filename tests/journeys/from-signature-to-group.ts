import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { openEmbeddedTestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import type { OpenStage, Persona, Seen } from './stage.ts';

const ANNEX = fileURLToPath(new URL('../imports/fixtures/programme-annex.csv', import.meta.url));

const FRIDAY = '2025-11-14T10:00:00+07:00';
const MONDAY_EIGHT = '2025-11-17T08:00:30+07:00';
const MONDAY_HALF_PAST = '2025-11-17T08:30:30+07:00';

const CAST = {
  people: [
    { name: 'Hà', email: 'ha@mofa.example', locale: 'en-US' },
    { name: 'Lan', email: 'lan@construction.example', locale: 'en-US' },
    { name: 'Minh', email: 'minh@trade.example', locale: 'en-US' },
    { name: 'Tuấn', email: 'tuan@agriculture.example', locale: 'en-US' },
  ],
  channels: ['coordination', 'general'],
};

/**
 * The main job, end to end, as people live it: a sheet is imported, Monday's digest is posted, one officer is reminded
 * and reports, three sectors meet the same obstacle and are called together.
 */
export async function fromSignatureToGroup(openStage: OpenStage, file: string = ANNEX): Promise<void> {
  await using database = await openEmbeddedTestDatabase();
  await using stage = await openStage(CAST);
  const clock = standingClock(FRIDAY);
  const hà = stage.as('Hà');
  await using bot = await openHouse({
    pool: database.pool,
    clock,
    platforms: [stage.platform],
    coordinators: [`${stage.platform.name}:${hà.accountId}`],
  });
  await bot.start();
  await bot.settle();
  const [lan, minh, tuấn] = [stage.as('Lan'), stage.as('Minh'), stage.as('Tuấn')];

  // Whoever nobody knows gets one sentence on how to be linked.
  expect((await lan.types('/my list')).text).toContain('Ask a coordinator for an invitation code');

  // The sheet the ministry keeps: first a preview, then the press.
  expect((await hà.types('/channel coordination', { where: 'coordination' })).text).toContain(
    'the weekly digest is posted here',
  );
  const preview = await hà.types('/import file', {
    where: 'coordination',
    file: { name: basename(file), bytes: await readFile(file) },
  });
  expect(preview.text).toContain('3 section titles');
  expect(preview.text).toContain('Nothing has been changed yet.');
  expect((await hà.types('/commitment find', { where: 'coordination' })).text).toContain(
    'Nothing in the register matches',
  );
  const imported = await hà.presses('Import 14 commitments');
  expect(imported.text).toContain('14 new, 0 changed');
  expect(imported.text).toContain('Nothing is sent to officers about it yet.');

  // The officers of three agencies; each is linked.
  await join(hà, lan, 'Nguyễn Thị Lan', 'Bộ Xây dựng', 'lan@construction.example');
  await join(hà, minh, 'Trần Văn Minh', 'Bộ Công Thương', 'minh@trade.example');
  await join(hà, tuấn, 'Lê Anh Tuấn', 'Bộ Nông nghiệp và Môi trường', 'tuan@agriculture.example');
  expect((await lan.types('/my list')).text).toContain('C-1 ');
  await bot.settle();
  expect(await lan.directMessages()).toEqual(await afterOnly(lan, 'answers'));
  const started = await hà.presses('Start writing to officers');
  expect(started.text).toContain('Started by Hà');

  // Monday, eight o'clock: the digest, a summary and one part per agency.
  clock.moveTo(MONDAY_EIGHT);
  await bot.settle();
  const digest = await stage.messagesIn('coordination');
  const posted = digest.map((message) => message.text);
  expect(posted.some((text) => text.includes('International commitments · Monday 17 November 2025, 08:00'))).toBe(true);
  expect(posted.filter((text) => text.includes('Bộ Xây dựng') && text.includes('1 overdue: 50%'))).toHaveLength(1);
  expect(posted.filter((text) => text.includes('C-1 ') && text.includes('140 days overdue'))).toHaveLength(1);

  // Half an hour later each officer has one message, with the most urgent first.
  clock.moveTo(MONDAY_HALF_PAST);
  await bot.settle();
  const reminders = (await lan.directMessages()).filter((message) => message.text.includes('Dear Nguyễn Thị Lan'));
  expect(reminders).toHaveLength(1);
  expect(reminders[0]?.text).toContain('due June 2025; 140 days overdue');
  expect(reminders[0]?.buttons).toContain('Update progress');

  // Two presses and a sentence: reported, and the reminder says so.
  const form = await lan.presses('Update progress', { on: 'Dear Nguyễn Thị Lan' });
  expect(form.form?.title).toBe('Report progress');
  const refused = await lan.fills({
    Progress: 'Design approved by both sides.',
    'Expected completion': 'when the rain stops',
  });
  expect(problemsIn(refused)).toContain('“when the rain stops” is no date I can read.');
  // Nothing typed is lost: the form comes back filled in.
  const again = refused.form ? refused : await lan.presses('Open the form');
  expect(again.form?.fields.map((field) => field.value)).toContain('Design approved by both sides.');
  expect((await lan.fills({ 'Expected completion': '12/2025' })).text).toContain('Your report on C-1 is recorded.');
  await bot.settle();
  const marked = (await lan.directMessages()).filter((message) => message.text.includes('Dear Nguyễn Thị Lan'));
  expect(marked).toHaveLength(1);
  expect(marked[0]?.text).toContain('Reported by Nguyễn Thị Lan');

  // Three agencies of three sectors meet the same obstacle, each in their own words.
  const first = await lan.types(
    '/obstacle report C-1 No resettlement site is ready, so the land cannot be handed over',
  );
  expect(first.text).toContain('Nobody has reported one like it.');
  const second = await minh.types(
    '/obstacle report C-2 Land for the pylons cannot be handed over before the resettlement site is ready',
  );
  expect(second.text).toContain('No resettlement site is ready');
  expect((await minh.presses('Same')).text).toContain('met by 2 sectors so far');
  await tuấn.types(
    '/obstacle report C-3 The resettlement site for the reservoir is not ready and land is not handed over',
  );
  expect((await tuấn.presses('Same')).text).toContain('A working group is proposed to the coordinators.');

  // A coordinator's press calls them together, once.
  await bot.settle();
  const called = await hà.presses('Call the group', { where: 'coordination' });
  expect(called.text).toContain('is called: 4 members');
  await bot.settle();
  const [group, ...others] = await stage.privateConversations();
  expect(others).toEqual([]);
  expect(group?.members.toSorted()).toEqual(['Hà', 'Lan', 'Minh', 'Tuấn'].toSorted());
  const opening = await stage.messagesIn(group?.name ?? '');
  expect(opening).toHaveLength(1);
  expect(opening[0]?.text).toContain('Reported by agriculture, construction and industry and trade');
  expect(opening[0]?.text).toContain('Bộ Công Thương: “Land for the pylons');
  expect(opening[0]?.buttons).toEqual(expect.arrayContaining(['Join', 'Send a delegate', 'Propose a solution']));

  // Whatever happens again changes nothing: nobody is told twice.
  const before = await everythingSaid();
  expect(
    (await hà.presses('Call the group', { where: 'coordination' }).catch(() => ({ text: 'The button is gone.' }))).text,
  ).toMatch(/decided already|done already|gone/);
  await bot.settle();
  await bot.settle();
  expect(await everythingSaid()).toEqual(before);

  /** One room after the other: a person looks at one at a time. */
  async function everythingSaid() {
    const counts: number[] = [];
    for (const name of ['coordination', group?.name ?? '']) counts.push((await stage.messagesIn(name)).length);
    for (const person of [lan, minh, tuấn]) {
      counts.push((await person.directMessages()).filter((message) => message.text.includes('Dear ')).length);
    }
    return counts;
  }
}

/** The coordinator adds an officer; whom the platform shows no e-mail of types the code. */
async function join(hà: Persona, person: Persona, name: string, agency: string, email: string): Promise<void> {
  const added = await hà.types(`/officer add name:"${name}" agency:"${agency}" email:${email}`, {
    where: 'coordination',
  });
  const code = /\/accord join (\S+)/.exec(added.text)?.[1];
  expect(code).toBeDefined();
  const list = await person.types('/my list');
  if (list.text.includes('Ask a coordinator'))
    expect((await person.types(`/accord join ${code}`)).text).toContain(`You are ${name}`);
}

/** What is wrong, wherever a platform says it: in a message, on a form, or under its field. */
const problemsIn = (seen: Seen): string =>
  [seen.text, seen.form?.error ?? '', ...(seen.form?.fields ?? []).map((field) => field.error ?? '')].join('\n');

/** Direct messages that are answers to what somebody typed, and nothing the bot began by itself. */
async function afterOnly(person: Persona, _kind: 'answers') {
  return (await person.directMessages()).filter((message) => !message.text.startsWith('Dear '));
}
