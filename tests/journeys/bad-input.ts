import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Inbound, Interaction } from '../../src/chat/interaction.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { openEmbeddedTestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import type { OpenStage, Persona, Seen, Stage } from './stage.ts';

const FRIDAY = '2025-11-14T10:00:00+07:00';
const MONDAY = '2025-11-17T08:30:30+07:00';

const CAST = {
  people: [
    { name: 'Hà', email: 'ha@mofa.example', locale: 'en-US' },
    { name: 'Lan', email: 'lan@construction.example', locale: 'en-US' },
    { name: 'Nobody', email: 'nobody@elsewhere.example', locale: 'en-US' },
  ],
  channels: ['coordination', 'general'],
};

/** What a platform's test adds: what can be typed wrongly there, and what its screens would ping or link. */
export interface Peculiar {
  readonly open: OpenStage;
  /** Lines that name no command. */
  readonly unknown: readonly string[];
  /** Whether it lets somebody type a line of 5,000 characters at all. */
  readonly longLines: boolean;
  /** Whatever in the messages said so far notifies or links although nobody meant it; looked at when all is said. */
  alarms(stage: Stage): Promise<readonly string[]>;
}

async function begin(open: OpenStage) {
  const database = await openEmbeddedTestDatabase();
  const stage = await open(CAST);
  const clock = standingClock(FRIDAY);
  const [hà, lan, nobody] = [stage.as('Hà'), stage.as('Lan'), stage.as('Nobody')];
  const faults: string[] = [];
  const heard: Interaction[] = [];
  // What comes in is remembered, so that it can come in twice.
  const { platform } = stage;
  const watched: Platform = Object.assign(Object.create(platform) as Platform, {
    start: (inbound: Inbound) =>
      platform.start({
        ...inbound,
        run: (interaction, progress) => {
          heard.push(interaction);
          return inbound.run(interaction, progress);
        },
      }),
  });
  const bot = await openHouse({
    pool: database.pool,
    clock,
    platforms: [watched],
    coordinators: [`${platform.name}:${hà.accountId}`],
    log: {
      info() {},
      warn() {},
      error: (facts, message) => faults.push(`${message} ${String((facts as { error?: unknown }).error)}`),
    },
  });
  await bot.start();
  await bot.settle();
  await hà.types('/channel coordination', { where: 'coordination' });
  await hà.types('/agency add name:"Bộ Xây dựng" sector:construction kind:ministry code:MOC');
  const added = await hà.types('/officer add name:"Nguyễn Thị Lan" agency:MOC email:lan@construction.example');
  const code = /\/accord join (\S+)/.exec(added.text)?.[1];
  if ((await lan.types('/my list')).text.includes('Ask a coordinator')) await lan.types(`/accord join ${code}`);
  return {
    stage,
    bot,
    clock,
    hà,
    lan,
    nobody,
    faults,
    heard,
    async [Symbol.asyncDispose]() {
      await bot.stop();
      await stage[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** What is wrong, wherever a platform says it: in a message, on a form, or under its field. */
const problemsIn = (seen: Seen): string =>
  [seen.text, seen.form?.error ?? '', ...(seen.form?.fields ?? []).map((field) => field.error ?? '')].join('\n');
const fieldOf = (seen: Seen, label: string): string | undefined =>
  seen.form?.fields.find((field) => field.label === label)?.value;
/** The form after a refusal: open still, or behind its button. */
const formAgain = async (person: Persona, seen: Seen): Promise<Seen> =>
  seen.form ? seen : person.presses('Open the form');
const countIn = async (person: Persona): Promise<string> =>
  /(\d+) of (\d+)|Nothing in the register matches/.exec((await person.types('/commitment find')).text)?.[0] ?? '?';

/** References, dates, names and commands that are none: a sentence, the nearest thing, and nothing typed is lost. */
export async function wrongWords({ open, unknown }: Peculiar): Promise<void> {
  await using scene = await begin(open);
  const { hà, lan, nobody, bot, heard } = scene;
  await hà.types('/commitment register title:"Build the bridge" lead:MOC due:6/2025');

  for (const line of ['/my list', '/commitment show C-1', '/obstacle report C-1 Nothing moves'])
    expect((await nobody.types(line)).text).toContain('Ask a coordinator for an invitation code');
  expect((await nobody.types('/accord join NO-SUCH-CODE')).text).toContain('There is no such invitation code.');
  for (const line of unknown) expect((await lan.types(line)).text).toMatch(/\/commitment|\/my list/);

  // A reference that is none: the nearest is offered, and its press works.
  expect((await lan.types('/commitment show C-999')).text).toContain('C-999 is not in the register.');
  expect((await lan.types('/commitment show C-11')).text).toContain('C-11 is not in the register.');
  expect((await lan.presses('Use C-1')).text).toContain('Build the bridge');
  expect((await lan.types('/commitment show bridge')).text).toContain('must be a reference such as C-142');
  expect((await lan.types('/obstacle report C-99999999999999999999 Nothing moves')).text).toContain(
    'must be a reference such as C-142',
  );

  // Dates that are none, and one that is.
  const refused = await hà.types('/commitment register title:"Open the road" lead:MOC due:"when it rains"');
  expect(refused.text).toContain('“when it rains” is no date I can read.');
  expect(refused.text).toContain('What you typed is kept.');
  const form = await hà.presses('Open the form');
  expect([fieldOf(form, 'Title'), fieldOf(form, 'Due')]).toEqual(['Open the road', 'when it rains']);
  const february = await hà.fills({ Due: '31/02/2026' });
  expect(problemsIn(february)).toContain('There is no such day as “31/02/2026”.');
  const again = await formAgain(hà, february);
  expect([fieldOf(again, 'Title'), fieldOf(again, 'Due')]).toEqual(['Open the road', '31/02/2026']);
  expect((await hà.fills({ Due: '28/02/2026' })).text).toContain('C-2 is registered');

  // An agency that is nearly one.
  const nearly = await hà.types('/commitment register title:"Light the road" lead:"Bộ Xay dun" due:2026');
  expect(nearly.text).toContain('Did you mean: Bộ Xây dựng?');
  expect((await hà.presses('Use Bộ Xây dựng')).text).toContain('C-3 is registered. Lead: Bộ Xây dựng');
  // Pressed twice before the first was answered: where the answer takes the prompt's place, nobody can later.
  const press = heard.findLast((interaction) => interaction.said.by === 'press');
  if (!press) throw new Error('no press came in');
  expect(JSON.stringify(await bot.inbound.run({ ...press, id: `${press.id}-again` }))).toContain(
    'This was done already',
  );

  // A form sent in with nothing on it registers nothing.
  await hà.types('/commitment register');
  await hà.fills({}).catch(() => null);
  expect(await countIn(hà)).toBe('3 of 3');
  expect((await lan.types('/commitment register title:"Mine" lead:MOC due:2026')).text).toContain(
    'Only coordinators can do this.',
  );
  expect(scene.faults).toEqual([]);
}

/** Everything that happens twice, too late, or after somebody else. */
export async function wrongMoment({ open }: Peculiar): Promise<void> {
  await using scene = await begin(open);
  const { hà, lan, bot, heard, stage, clock } = scene;
  await hà.types('/commitment register title:"Build the bridge" lead:MOC due:6/2025 officer:lan@construction.example');
  await bot.settle();

  // A form submitted twice: the same one, handed in again.
  await lan.presses('Update progress');
  expect((await lan.fills({ Progress: 'The piles are driven.' })).text).toContain('Your report on C-1 is recorded.');
  const sent = heard.findLast((interaction) => interaction.said.by === 'form');
  if (!sent) throw new Error('no form came in');
  const twice = await bot.inbound.run({ ...sent, id: `${sent.id}-again` });
  expect(JSON.stringify(twice)).toContain('This was done already, by Nguyễn Thị Lan');
  expect((await lan.types('/commitment show C-1')).text.match(/The piles are driven\./g)).toHaveLength(1);

  // A form opened before somebody else's change: refused with who and when, the words kept, then taken.
  clock.moveTo(MONDAY);
  await bot.settle();
  const { version } = (await bot.house.store.read(HOUSE).commitment(1)) ?? {};
  if (version === undefined) throw new Error('C-1 is gone');
  const press = { label: 'As it was', does: { path: 'progress/report', blanks: { commitment: 'C-1' }, version } };
  const seen: MessageDocument = { lang: 'en', summary: 'C-1', blocks: [{ block: 'buttons', buttons: [press] }] };
  await stage.platform.post(stage.channelId('coordination'), seen, 'accord-seen-0');
  await lan.presses('As it was', { where: 'coordination' });
  expect((await hà.types('/progress report C-1 The office asks for pictures')).text).toContain('is recorded');
  const late = await lan.fills({ Progress: 'The deck is cast.' });
  expect(problemsIn(late)).toMatch(/Hà changed C-1 at .*, after you opened this\. Your text is kept/);
  expect(fieldOf(await formAgain(lan, late), 'Progress')).toBe('The deck is cast.');
  expect((await lan.fills({})).text).toContain('Your report on C-1 is recorded.');
  const card = (await lan.types('/commitment show C-1')).text;
  for (const words of ['The deck is cast.', 'The office asks for pictures']) expect(card).toContain(words);

  // Buttons of an earlier version, on a real message: a renamed command works, one that is gone says so.
  const buttons = [
    { label: 'Renamed', does: { path: 'commitment/progress', blanks: { commitment: 'C-1' } } },
    { label: 'Removed', does: { path: 'commitment/dance', blanks: { commitment: 'C-1' } } },
    { label: 'Odd blanks', does: { path: 'commitment/show', blanks: { commitment: 'C-1', colour: 'red' } } },
    { label: 'Lost draft', does: { path: 'commitment/register', blanks: { draft: 'gone' } } },
  ];
  const old: MessageDocument = { lang: 'en', summary: 'Old', blocks: [{ block: 'buttons', buttons }] };
  await stage.platform.post(stage.channelId('coordination'), old, 'accord-old-0');
  expect((await lan.presses('Renamed', { where: 'coordination' })).form?.title).toBe('Report progress');
  expect((await lan.presses('Removed', { where: 'coordination' })).text).toContain(
    'This button is from an earlier version. Nothing was changed',
  );
  expect((await lan.presses('Odd blanks', { where: 'coordination' })).text).toContain('Build the bridge');
  const lost = await hà.presses('Lost draft', { where: 'coordination' });
  expect(lost.form?.title).toBe('Register a commitment');

  // A button pressed twice does the thing once.
  const sheet = 'No,Title,Lead agency,Due date\n1,Plant the trees,Bộ Xây dựng,2026\n2,Water the trees,Bộ Xây dựng,2026';
  await hà.types('/import file', { file: { name: 'trees.csv', bytes: new TextEncoder().encode(sheet) } });
  expect((await hà.presses('Import 2 commitments')).text).toContain('2 new, 0 changed');
  expect((await hà.presses('Import 2 commitments')).text).toMatch(/was imported already|done already/);
  expect(await countIn(hà)).toBe('3 of 3');
  expect(scene.faults).toEqual([]);
}

const fixture = (name: string) => readFile(fileURLToPath(new URL(`../imports/fixtures/${name}`, import.meta.url)));

/** Files that cannot be read say so and change nothing; one with a huge cell is taken whole. */
export async function wrongFiles({ open }: Peculiar): Promise<void> {
  await using scene = await begin(open);
  const { hà, bot, clock, stage } = scene;
  const send = (name: string, bytes: Uint8Array) => hà.types('/import file', { file: { name, bytes } });
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  expect(problemsIn(await send('picture.xlsx', picture))).toContain('picture.xlsx is no spreadsheet.');
  expect(problemsIn(await send('side.csv', await fixture('transposed.csv')))).toContain('lies on its side');
  expect(problemsIn(await send('empty.csv', new Uint8Array()))).toContain('empty.csv is empty.');
  expect(await countIn(hà)).toBe('Nothing in the register matches');

  const long = `${'Complete the works '.repeat(263)}END`;
  const sheet = `No,Title,Lead agency,Due date\n1,${long},Bộ Xây dựng,6/2025\n2,Plant the trees,Bộ Xây dựng,6/2025`;
  expect((await send('long.csv', new TextEncoder().encode(sheet))).text).toContain('Nothing has been changed yet.');
  expect((await hà.presses('Import 2 commitments')).text).toContain('2 new, 0 changed');
  await hà.presses('Start writing to officers');
  const card = await hà.types('/commitment show C-1');
  expect(card.text.replaceAll('\n', ' ')).toContain('works END');
  clock.moveTo(MONDAY);
  await bot.settle();
  const digest = (await stage.messagesIn('coordination')).map((message) => message.text).join('\n');
  expect(digest).toContain('C-1 Complete the works');
  expect(digest).toContain('C-2 Plant the trees');
  expect(scene.faults).toEqual([]);
}

/** Words that would notify, link, format or hide on some platform are shown as they were typed, wherever they appear. */
export async function wrongCharacters({ open, alarms, longLines }: Peculiar): Promise<void> {
  await using scene = await begin(open);
  const { hà, lan, bot, clock, stage } = scene;
  const nasty = `<!channel> <@${lan.accountId}> @everyone <https://evil.example|c> [c](https://evil.example) \`x\` *b* ~~s~~ ||h|| :tada: &lt;`;
  const shown = `${nasty} exe.gnp`;
  const form = await hà.types('/commitment register');
  expect(form.form?.title).toBe('Register a commitment');
  const done = await hà.fills({ Title: `${nasty} \u202Eexe.gnp\u202C`, 'Lead agency': 'Bộ Xây dựng', Due: '6/2025' });
  expect(done.text).toContain(shown);
  expect((await hà.types('/commitment assign C-1 lan@construction.example')).text).toContain('answers for C-1');
  expect((await lan.types('/commitment show C-1')).text).toContain(shown);
  expect((await lan.types('/commitment find everyone')).text).toContain('<!channel>');
  await lan.types(`/obstacle report C-1 ${nasty}`);
  expect((await lan.types('/commitment show C-1')).text.match(/\[c\]\(https:\/\/evil\.example\)/g)?.length).toBe(2);
  // A refusal says again what was typed.
  expect(problemsIn(await hà.types(`/commitment register title:"T" lead:MOC due:"@everyone <!channel>"`))).toContain(
    '“@everyone <!channel>” is no date I can read.',
  );
  clock.moveTo(MONDAY);
  await bot.settle();
  const digest = (await stage.messagesIn('coordination')).map((message) => message.text).join('\n');
  expect(digest).toContain('C-1 <!channel>');
  const reminders = (await lan.directMessages()).filter((message) => message.text.includes('Dear Nguyễn Thị Lan'));
  expect(reminders.length).toBeGreaterThan(0);
  for (const { text } of reminders) expect(text).toContain('<!channel>');
  const everything = [digest, ...reminders.map((message) => message.text)].join('\n');
  expect(everything).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);

  // A title of 5,000 characters: refused with the limit, and kept.
  const long = 'x'.repeat(5000);
  const typed = hà.types(`/commitment register title:${long} lead:MOC due:2026`);
  if (longLines) {
    expect(problemsIn(await typed)).toContain('Title is too long: at most 1000 characters.');
    expect(fieldOf(await hà.presses('Open the form'), 'Title')).toMatch(/^x{900}/);
  } else await expect(typed).rejects.toThrow();
  expect(await alarms(stage)).toEqual([]);
  expect(scene.faults).toEqual([]);
}
