import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordPlatform } from '../../src/chat/discord/index.ts';
import { type DiscordDouble, openDiscordDouble } from '../doubles/discord/index.ts';
import type { Live } from '../doubles/discord/interactions.ts';
import { isJson, type Json, jsonList } from '../doubles/discord/problems.ts';
import { screenOf } from '../doubles/discord/screen.ts';
import { openSmallHouse, type SmallHouse } from '../doubles/discord/small-house.ts';
import type { Channel, Message, User } from '../doubles/discord/world.ts';

/** Forms longer than a modal, and everything that is asked of a database that takes its time. */
let double: DiscordDouble;
let discord: DiscordPlatform;
let house: SmallHouse;
let general: Channel;
let lan: User;
let complaints: string[];
/** Milliseconds by which Discord's clock has been moved on. */
let later: number;

beforeEach(async () => {
  complaints = [];
  later = 0;
  double = await openDiscordDouble({ now: () => Date.now() + later });
  general = double.world.addChannel('coordination');
  lan = double.world.addUser('Lan');
  await start();
});

/** The bot, with the drafts that were stored before. */
async function start(drafts?: SmallHouse['drafts']): Promise<void> {
  const complain = (facts: object, message: string) =>
    complaints.push(`${message} ${'err' in facts ? String(facts.err) : ''}`);
  discord = createDiscord({
    token: double.token,
    apiUrl: double.apiUrl,
    log: { info() {}, warn: complain, error: complain },
    now: () => new Date().toISOString(),
    patienceMs: 100,
  });
  const small = openSmallHouse(drafts);
  house = small.house;
  await discord.start(small.inbound);
}

afterEach(async () => {
  await discord.stop();
  await double[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

type Given = Parameters<DiscordDouble['people']['submit']>[1];
const type = (path: string, given: Given) => double.people.command(lan.id, general.id, path, given);
const words = (message: Message) => screenOf(double.world, message).text;

async function form(live: Live): Promise<{ title: string; fields: Json[]; names: string[] }> {
  expect(await live.first).toBe('answered');
  await discord.settled();
  const parts = jsonList(live.modal?.components).filter((part) => part.type === 18);
  const fields = parts.flatMap((part): Json[] =>
    isJson(part.component) ? [{ ...part.component, said: part.description }] : [],
  );
  return { title: String(live.modal?.title), fields, names: fields.map((field) => String(field.custom_id)) };
}

async function answer(live: Live): Promise<Message> {
  expect(await live.first).toBe('answered');
  await discord.settled();
  const [first, ...others] = [...live.produced].flatMap((id) => double.world.messages.get(id) ?? []);
  expect(others).toEqual([]);
  if (!first) throw new Error('there was no answer');
  return first;
}

function press(message: Message, label: string): Live {
  const found = screenOf(double.world, message).pressables.find((each) => each.label === label);
  if (!found) throw new Error(`no ${label} in ${words(message)}`);
  return double.people.press(lan.id, message, found.customId);
}
const sends = (given: Given) => answer(double.people.submit(lan.id, given));
const standing = (field: Json | undefined) =>
  field?.value ?? jsonList(field?.options).find((each) => each.default)?.value;

describe('a form of more than five fields', () => {
  it('comes in steps that keep what was typed, forward and back', async () => {
    const first = await form(type('commitment/amend', { commitment: 'C-7' }));
    expect([first.title, first.names]).toEqual([
      'amend · step.of 1 3',
      ['title', 'partners', 'commitment', 'kind', 'reason'],
    ]);
    expect(standing(first.fields[2])).toBe('C-7');
    const kept = await sends({ title: 'Grid', kind: 'land', reason: 'A typing error' });
    expect(house.done).toEqual([]);
    expect(kept.onlyFor).toBe(lan.id);
    expect(words(kept)).toBe(
      'step.kept amend 1 3\n[step.next amend 2 3]\n[step.send amend 1 3]\n[step.back amend 1 3]',
    );

    const second = await form(press(kept, 'step.next amend 2 3'));
    expect([second.title, second.names]).toEqual([
      'amend · step.of 2 3',
      ['lead', 'instrument', 'event', 'result', 'signed'],
    ]);
    // What comes of a step takes the place of the note that led to it.
    const further = await sends({ lead: 'moc', event: 'State visit' });
    expect(further.id).toBe(kept.id);

    const back = await form(press(further, 'step.back amend 1 3'));
    expect(back.fields.map(standing)).toEqual(
      ['Grid', '', 'C-7', 'land', 'A typing error'].map((each) => each || undefined),
    );
    const again = await sends({ title: 'Grid connection' });
    const third = await form(press(again, 'step.next amend 2 3'));
    expect(third.fields.map(standing)).toEqual(['moc', undefined, 'State visit', undefined, undefined]);
    await sends({});
    const last = await form(press(further, 'step.next amend 3 3'));
    expect(last.names).toEqual(['file']);
    const done = await sends({ file: { name: 'annex.pdf', bytes: Buffer.from('x') } });
    expect(house.done).toEqual([
      'amended title=Grid connection commitment=C-7 kind=land lead=moc event=State visit reason=A typing error with annex.pdf',
    ]);
    expect([words(done), done.onlyFor]).toEqual(['C-7 is amended.', undefined]);
    // The note is gone: nothing is left to be pressed twice.
    expect(double.world.messages.has(kept.id)).toBe(false);
  });

  it('is sent as it is where nothing required is missing', async () => {
    await form(type('commitment/amend', { commitment: 'C-7' }));
    const kept = await sends({ reason: 'Moved' });
    const done = await answer(press(kept, 'step.send amend 1 3'));
    expect(words(done)).toBe('C-7 is amended.');
    expect(house.done).toEqual(['amended commitment=C-7 reason=Moved']);
  });

  it('says what is wrong at once, under the field of its step', async () => {
    await form(type('commitment/amend', {}));
    const refused = await sends({ commitment: 'the railway', reason: 'Moved', title: 'Grid' });
    expect(words(refused)).toContain('invalid.not-a-reference');
    const again = await form(press(refused, 'Open again'));
    expect(again.title).toContain('1 3');
    expect(again.fields.find((field) => field.custom_id === 'commitment')).toMatchObject({
      value: 'the railway',
      said: expect.stringContaining('invalid.not-a-reference'),
    });
    expect(standing(again.fields[0])).toBe('Grid');
    const kept = await sends({ commitment: 'C-9' });
    await form(press(kept, 'step.next amend 2 3'));
    const step = await sends({ lead: 'nobody' });
    // What only the house can know is found at the end, and leads back to its step.
    const end = await answer(press(step, 'step.send amend 2 3'));
    expect(words(end)).toContain('There is no agency called nobody.');
    const mended = await form(press(end, 'Open again'));
    expect([mended.title, mended.fields[0]?.said]).toEqual([
      'amend · step.of 2 3',
      'There is no agency called nobody.',
    ]);
    await sends({ lead: 'moc' });
    await answer(press(end, 'step.send amend 2 3'));
    expect(house.done).toEqual(['amended title=Grid commitment=C-9 lead=moc reason=Moved']);
  });
});

describe('while the database takes its time', () => {
  let arrives: () => void;
  beforeEach(() => {
    arrives = () => {};
  });
  const slow = () => {
    house.answered = new Promise((resolve) => {
      arrives = resolve;
    });
  };

  it('a command is acknowledged, and recorded only when it is', async () => {
    slow();
    const live = type('obstacle/report', { commitment: 'C-1', kind: 'land', agency: 'moc', text: 'x' });
    expect(await live.first).toBe('answered');
    const pending = double.world.messages.get(live.original ?? '');
    expect([pending?.loading, house.done]).toEqual([true, []]);
    arrives();
    expect(words(await answer(live))).toContain('OB-1');
  });

  it('a form opens at once, and what is sent in is acknowledged', async () => {
    slow();
    const asked = type('obstacle/report', { commitment: 'C-1' });
    expect(await asked.first).toBe('answered');
    expect(asked.answer).toBe(9);
    const live = double.people.submit(lan.id, { kind: 'land', agency: 'moc', text: 'x' });
    expect(await live.first).toBe('answered');
    expect([live.answer, house.done]).toEqual([5, []]);
    arrives();
    expect(words(await answer(live))).toContain('OB-1');
  });

  it('completion answers with nothing', async () => {
    slow();
    const live = double.people.autocomplete(lan.id, general.id, 'commitment/show', 'commitment', 'grid');
    expect(await live.first).toBe('answered');
    expect(live.choices).toEqual([]);
    arrives();
  });

  it('a form that was refused a moment ago opens again at once, and a step is acknowledged', async () => {
    await form(type('commitment/amend', {}));
    const refused = await sends({ commitment: 'the railway', reason: 'Moved' });
    slow();
    const again = press(refused, 'Open again');
    expect(await again.first).toBe('answered');
    expect(again.answer).toBe(9);
    const step = double.people.submit(lan.id, { commitment: 'C-1' });
    expect([await step.first, step.answer]).toEqual(['answered', 6]);
    arrives();
    expect(words(await answer(step))).toContain('step.kept');
  });

  it('a form kept before a restart is acknowledged, and then opens from its button', async () => {
    await form(type('commitment/amend', {}));
    const refused = await sends({ commitment: 'the railway', reason: 'Moved' });
    await discord.stop();
    later += 5_000;
    await start(house.drafts);
    slow();
    const late = press(refused, 'Open again');
    expect([await late.first, late.answer]).toEqual(['answered', 6]);
    arrives();
    const waiting = await answer(late);
    expect(words(waiting)).toContain('refusal.form-waits');
    const opened = await form(press(waiting, 'Open again'));
    expect(standing(opened.fields.find((field) => field.custom_id === 'reason'))).toBe('Moved');
  });
});
