import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { buttonsIn, meetTheSame, type Office, openOffice } from './small-office.ts';

const [PAPER, WIRE] = [0, 1] as const;
const at = (office: Office, time: string) => office.clock.moveTo(`2025-11-14T${time}:00+07:00`);
const assign = (office: Office, ref: string) => office.types('ha', `/commitment assign ${ref} lan@gov.example`);
const writtenTo = (office: Office, name: 'lan' | 'tuan', paper: number) => office.in(`direct-U-${name}`, paper).length;

async function called(office: Office): Promise<void> {
  await office.types('ha', '/channel coordination');
  await meetTheSame(office);
  await office.types('tuan', '/obstacle same OB-4 OB-2');
  await office.types('ha', '/group call WG-1');
  await office.settle();
}

describe('a person with an account on two platforms', () => {
  it('is written to where they were last seen', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', both: ['lan'] });
    at(office, '10:05');
    await office.typesOn('wire', 'lan', '/my list');
    // That somebody was seen is written down beside what they asked for.
    await office.settle();
    await assign(office, 'C-4');
    await office.settle();
    expect([writtenTo(office, 'lan', PAPER), writtenTo(office, 'lan', WIRE)]).toEqual([0, 1]);
    at(office, '10:10');
    await office.typesOn('paper', 'lan', '/my list');
    await office.at('2025-11-17T08:31:00+07:00');
    expect([writtenTo(office, 'lan', PAPER), writtenTo(office, 'lan', WIRE)]).toEqual([1, 1]);
    // Having been seen is nothing that anybody changed.
    expect((await office.history()).filter((each) => each.thing === 'account' && each.change !== 'linked')).toEqual([]);
  });

  it('is not written to on an account that a coordinator linked and nobody has spoken from', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', both: ['lan'] });
    at(office, '10:05');
    await office.types('lan', '/my list');
    await office.settle();
    at(office, '10:06');
    await assign(office, 'C-4');
    await office.settle();
    expect([writtenTo(office, 'lan', PAPER), writtenTo(office, 'lan', WIRE)]).toEqual([1, 0]);
  });

  it('is written to where they chose, wherever they speak, until they choose otherwise', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', both: ['lan'] });
    const menu = await office.types('lan', '/my platform');
    expect(menu.text).toContain('I write to you on Paper, where you last spoke to me.');
    expect(buttonsIn(menu.document ?? { lang: 'en', summary: '', blocks: [] }).map((each) => each.label)).toEqual([
      'On Paper',
      'On Wire',
    ]);
    const chosen = await office.presses('lan', 'On Wire', menu);
    expect(chosen.text).toContain('From now on I write to you on Wire.');
    at(office, '10:05');
    await office.typesOn('paper', 'lan', '/my list');
    await assign(office, 'C-4');
    await office.settle();
    expect([writtenTo(office, 'lan', PAPER), writtenTo(office, 'lan', WIRE)]).toEqual([0, 1]);
    const back = await office.presses('lan', 'Wherever I was last', chosen);
    expect(back.text).toContain('wherever you last spoke to me: now that is Paper');
    const before = await office.history();
    expect((await office.types('lan', '/my platform Telegraph')).text).toContain('Yours are on: Paper, Wire.');
    expect(await office.history()).toEqual(before);
    expect((await office.types('minh', '/my platform')).text).toContain('You have no account elsewhere.');
  });
});

describe('a working group across two platforms', () => {
  it('talks where most members are; whoever is elsewhere has what they need, and how to answer', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', elsewhere: ['tuan'] });
    await called(office);
    const [told, ...more] = office.in('direct-U-tuan', WIRE);
    expect(more).toEqual([]);
    for (const words of [
      'The group talks on Paper.',
      'No resettlement site is ready',
      'Proposed chair: Bộ Xây dựng',
      'Border bridge',
    ])
      expect(told?.text).toContain(words);
    expect(buttonsIn(told?.document ?? { lang: 'en', summary: '', blocks: [] }).map((each) => each.does.path)).toEqual([
      'group/propose',
      'group/delegate',
    ]);

    // What they answer reaches the group, and what the group proposes reaches them.
    await office.types('tuan', '/group propose WG-1 One site for all three.');
    await office.types('lan', '/group propose WG-1 Begin with the bridge.');
    await office.settle();
    for (const words of ['One site for all three.', 'Begin with the bridge.']) {
      expect(office.in('conversation-1', PAPER)[0]?.text).toContain(words);
      expect(office.in('direct-U-tuan', WIRE)[0]?.text).toContain(words);
    }

    // So does a further report, once; to its own officer and to those in the conversation it is not sent directly.
    await office.types('dung', '/obstacle report C-4 Our laboratory waits for the resettlement site');
    await office.types('dung', '/obstacle same OB-5 OB-2');
    await office.types('dung', '/obstacle same OB-5 OB-3');
    await office.settle();
    const reports = (conversation: string, paper: number) =>
      office.in(conversation, paper).filter((each) => each.text.includes('Our laboratory waits')).length;
    expect(reports('direct-U-tuan', WIRE)).toBe(1);
    expect(reports('direct-U-lan', PAPER)).toBe(0);
    expect(office.in('direct-U-tuan', WIRE)).toHaveLength(2);
  });

  it('is opened where most have an account, and tells those who are written to on the other', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', elsewhere: ['minh', 'tuan'], both: ['lan', 'ha'] });
    at(office, '10:05');
    await called(office);
    // Four have one on the wire, two on paper; Lan and Hà speak on paper.
    const [group] = await office.accord.house.store.read(HOUSE).channels({ kind: 'group' });
    expect(group?.platform).toBe('wire');
    expect([...(office.papers[WIRE]?.members.get('conversation-1') ?? [])].toSorted()).toEqual([
      'U-ha',
      'U-lan',
      'U-minh',
      'U-tuan',
    ]);
    expect(writtenTo(office, 'lan', PAPER)).toBe(1);
    expect(writtenTo(office, 'tuan', WIRE)).toBe(0);
  });

  it('brings in a member who joins from elsewhere by telling them', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'wire', elsewhere: ['binh'] });
    await called(office);
    await office.types('lan', '/group delegate WG-1 binh@gov.example');
    await office.settle();
    expect(office.in('direct-U-binh', WIRE)[0]?.text).toContain('The group talks on Paper.');
    expect([...(office.papers[PAPER]?.members.get('conversation-1') ?? [])]).not.toContain('U-binh');
  });
});
