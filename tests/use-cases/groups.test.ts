import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { openPooledTestDatabase } from '../support/databases.ts';
import { meetTheSame, type Office, openOffice } from './small-office.ts';

const groups = (office: Office) =>
  office.accord.house.store.read(HOUSE).groups(['proposed', 'called', 'declined', 'concluded']);
const membersOf = (office: Office, conversation: string, paper = 0) =>
  [...(office.papers[paper]?.members.get(conversation) ?? [])].toSorted();
const count = (office: Office, kind: string, verb = 'post') =>
  office.deliveries().then((all) => all.filter((each) => each.kind === kind && each.verb === verb).length);

async function proposed(office: Office): Promise<void> {
  await office.types('ha', '/channel coordination');
  await meetTheSame(office);
  const answer = await office.types('tuan', '/obstacle same OB-4 OB-2');
  expect(answer.text).toContain('A working group is proposed to the coordinators.');
}

/** A fourth sector meets it. */
async function further(office: Office): Promise<string> {
  await office.types('dung', '/obstacle report C-4 Our laboratory waits for the resettlement site');
  return (await office.types('dung', '/obstacle same OB-5 OB-2')).text;
}

describe('a working group', () => {
  it('is proposed once, when the third sector meets the same obstacle', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await office.types('ha', '/channel coordination');
    await meetTheSame(office);
    expect(await groups(office)).toEqual([]);
    await office.types('tuan', '/obstacle same OB-4 OB-2');
    await office.settle();
    expect((await groups(office)).map((each) => [each.ref, each.state])).toEqual([['WG-1', 'proposed']]);
    expect(office.in('room-1')).toHaveLength(1);

    // A further report joins it: no second group, no second message, and the first one says so.
    await further(office);
    await office.settle();
    expect(await groups(office)).toHaveLength(1);
    expect(office.in('room-1')).toHaveLength(1);
    expect(office.in('room-1')[0]?.text).toContain('4 sectors report the same obstacle');
    expect(office.in('room-1')[0]?.text).toContain('Our laboratory waits for the resettlement site');
  });

  it('is called by a press, with whoever reported and who called; its proposal says so', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    await office.settle();
    const [proposal] = office.in('room-1');
    if (!proposal) throw new Error('nothing was proposed');
    expect((await office.presses('ha', 'Call the group', proposal)).text).toContain('4 members');
    await office.settle();
    expect(membersOf(office, 'conversation-1')).toEqual(['U-ha', 'U-lan', 'U-minh', 'U-tuan']);
    expect(office.in('conversation-1')).toHaveLength(1);
    expect(office.in('conversation-1')[0]?.text).toContain('Exchange group: no establishing decision recorded yet.');
    expect(office.in('room-1')[0]?.text).toContain('WG-1 was called by Phạm Thu Hà');
    const again = await office.presses('ha', 'Call the group', proposal);
    expect(again.text).toMatch(/done already/);
    expect(await count(office, 'group-conversation', 'open')).toBe(1);
  });

  it('takes in a further sector after it was called: added, invited and told once', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('ha', '/group call WG-1');
    await office.settle();
    expect(await further(office)).toContain('The working group has been told, and you are in it.');
    await office.settle();
    expect(await groups(office)).toHaveLength(1);
    expect(membersOf(office, 'conversation-1')).toContain('U-dung');
    const told = () => office.in('conversation-1').filter((each) => each.text.includes('reports the same obstacle'));
    expect(told()).toHaveLength(1);
    expect(told()[0]?.text).toContain('Our laboratory waits for the resettlement site');

    // The same report said the same again: nothing more.
    await office.types('dung', '/obstacle same OB-5 OB-3');
    await office.settle();
    expect(told()).toHaveLength(1);
    expect(await count(office, 'group-conversation', 'invite')).toBe(1);
  });

  it('is called at once where the house is set so', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { rules: { callAtOnce: true } });
    await office.types('ha', '/channel coordination');
    await meetTheSame(office);
    expect((await office.types('tuan', '/obstacle same OB-4 OB-2')).text).toContain('A working group is called.');
    await office.settle();
    expect((await groups(office)).map((each) => each.state)).toEqual(['called']);
    expect(await count(office, 'group-proposal')).toBe(0);
    expect(membersOf(office, 'conversation-1')).toEqual(['U-lan', 'U-minh', 'U-tuan']);
  });

  it('has the chair that most reporters name, else the agency with most reports', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    expect((await groups(office))[0]).toMatchObject({ chair: { code: 'MOC' }, chairRule: 'most-reports' });

    await using other = await openPooledTestDatabase();
    await using second = await openOffice(other);
    await second.types('lan', '/obstacle report C-1 decider:MAE No resettlement site is ready');
    await second.types('minh', '/obstacle report C-2 decider:MAE The resettlement site is not ready');
    await second.types('tuan', '/obstacle report C-3 decider:MOC There is no resettlement site yet');
    await second.types('minh', '/obstacle same OB-3 OB-2');
    await second.types('tuan', '/obstacle same OB-4 OB-2');
    expect((await groups(second))[0]).toMatchObject({ chair: { code: 'MAE' }, chairRule: 'named-to-decide' });
  });

  it('that was declined is proposed again by a further report', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('ha', '/group decline WG-1');
    await office.settle();
    expect(office.in('room-1')[0]?.text).toContain('Not called: Phạm Thu Hà');
    expect(await further(office)).toContain('A working group is proposed to the coordinators.');
    expect((await groups(office)).map((each) => [each.ref, each.state])).toEqual([
      ['WG-1', 'declined'],
      ['WG-2', 'proposed'],
    ]);
  });

  it('reaches members on two platforms: one conversation where most are, the others are told directly', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database, { also: 'other', elsewhere: ['tuan'] });
    await proposed(office);
    await office.types('ha', '/group call WG-1');
    await office.settle();
    expect(membersOf(office, 'conversation-1', 0)).toEqual(['U-ha', 'U-lan', 'U-minh']);
    expect(office.papers[1]?.members.size).toBe(0);
    expect(office.in('direct-U-tuan')).toHaveLength(1);
    expect(office.in('direct-U-tuan')[0]?.text).toContain('WG-1');
  });

  it("calls an absent reporter's stand-in", async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('lan', '/my away 14/11/2025 30/11/2025');
    await office.types('ha', '/group call WG-1');
    await office.settle();
    expect(membersOf(office, 'conversation-1')).toEqual(['U-binh', 'U-ha', 'U-minh', 'U-tuan']);
  });

  it('shows a proposed solution in its opening message', async () => {
    await using database = await openPooledTestDatabase();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('ha', '/group call WG-1');
    await office.settle();
    await office.types('lan', '/group propose WG-1 Make resettlement a separate project.');
    await office.settle();
    expect(office.in('conversation-1')).toHaveLength(1);
    expect(office.in('conversation-1')[0]?.text).toContain('Make resettlement a separate project.');
  });
});
