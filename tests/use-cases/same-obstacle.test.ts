import { expect, it } from 'vitest';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { buttonsIn, meetTheSame, type Office, openOffice } from './small-office.ts';

const groups = (office: Office) =>
  office.accord.house.store.read(HOUSE).groups(['proposed', 'called', 'declined', 'concluded']);
const states = async (office: Office) => (await groups(office)).map((each) => [each.ref, each.state]);
const sharedOf = async (office: Office, id: number) =>
  (await office.accord.house.store.read(HOUSE).obstacle(id))?.sharedId;

/** OB-2 to OB-4 of three sectors share SO-1, and a group is proposed for it. */
async function proposed(office: Office): Promise<void> {
  await meetTheSame(office);
  await office.types('tuan', '/obstacle same OB-4 OB-2');
}

/** Three more reports, OB-5 to OB-7, of which two share SO-2 and the third is asked about. */
async function another(office: Office): Promise<void> {
  await office.settle();
  await office.types('lan', '/obstacle report C-1 Customs officers hold the steel');
  await office.types('minh', '/obstacle report C-2 Customs officers hold the cables');
  await office.types('tuan', '/obstacle report C-3 Customs officers hold the pumps');
  await office.types('minh', '/obstacle same OB-6 OB-5');
  // What is said of it would meet what is done next, and a number would be lost.
  await office.settle();
}

eachDatabase('two shared obstacles', (open) => {
  it('become the one that has the group, though the other is older', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    // SO-1 has two sectors and no group; SO-2 has three and a group.
    await meetTheSame(office);
    await another(office);
    await office.types('tuan', '/obstacle same OB-7 OB-5');
    expect(await states(office)).toEqual([['WG-1', 'proposed']]);
    const answer = await office.types('minh', '/obstacle same OB-3 OB-6');
    expect(answer.text).toContain('SO-2');
    expect(await Promise.all([2, 3, 5, 6, 7].map((id) => sharedOf(office, id)))).toEqual([2, 2, 2, 2, 2]);
    expect(await states(office)).toEqual([['WG-1', 'proposed']]);
    // The one that is no more points on.
    const [gone] = await office.accord.db.selectFrom('shared_obstacles').selectAll().where('id', '=', 1).execute();
    expect(gone).toMatchObject({ state: 'solved', merged_into: 2 });
  });

  it('that have a group each stay two, and the refusal says which to end and how', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await proposed(office);
    await another(office);
    await office.types('tuan', '/obstacle same OB-7 OB-5');
    const before = await office.history();
    const answer = await office.types('tuan', '/obstacle same OB-4 OB-7');
    expect(answer.text).toContain('OB-4 is with WG-1 and OB-7 with WG-2');
    expect(answer.text).toContain('/group decline WG-2');
    expect(await office.history()).toEqual(before);
    await office.types('ha', '/group decline WG-2');
    await office.settle();
    await office.types('tuan', '/obstacle same OB-4 OB-7');
    expect(await sharedOf(office, 7)).toBe(1);
  });
});

eachDatabase('a group that was declined', (open) => {
  it('is not proposed again for the same reports, and is by a further one', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('ha', '/group decline WG-1');
    await office.settle();
    const again = await office.types('tuan', '/obstacle same OB-4 OB-3');
    expect(again.text).toContain('The coordinators have decided on these reports.');
    expect(await states(office)).toEqual([['WG-1', 'declined']]);

    // A further report, though of a sector that was there.
    await office.types('binh', '/obstacle report C-1 The resettlement site waits for its road');
    expect((await office.types('binh', '/obstacle same OB-5 OB-2')).text).toContain('is proposed to the coordinators');
    expect(await states(office)).toEqual([
      ['WG-1', 'declined'],
      // A number is lost where a change met another and was made again.
      [expect.stringMatching(/^WG-\d+$/), 'proposed'],
    ]);
  });

  it('keeps its decision when its obstacle is made part of another', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await proposed(office);
    await office.types('ha', '/group decline WG-1');
    await office.settle();
    await another(office);
    await office.types('tuan', '/obstacle same OB-7 OB-5');
    await office.types('ha', '/group decline WG-2');
    await office.settle();
    await office.types('tuan', '/obstacle same OB-4 OB-7');
    expect(await states(office)).toEqual([
      ['WG-1', 'declined'],
      ['WG-2', 'declined'],
    ]);
  });
});

eachDatabase('a group that is called at once', (open) => {
  it('is called by the rule, and not by whoever reported last', async () => {
    await using database = await open();
    await using office = await openOffice(database, { rules: { callAtOnce: true } });
    await proposed(office);
    await office.settle();
    expect((await groups(office))[0]).toMatchObject({ state: 'called', decidedById: null });
    const [opening] = office.in('conversation-1');
    expect(opening?.text).toContain('called by the rule: 3 sectors met it');
    expect(opening?.text).not.toContain('Lê Anh Tuấn');
  });
});

eachDatabase('what is asked beside a report', (open) => {
  it('is at most three, one of each shared obstacle, and nothing where nothing is like it', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await meetTheSame(office);
    for (const words of ['A resettlement site is missing', 'Resettlement site not ready', 'The site is not ready'])
      await office.types('lan', `/obstacle report C-1 ${words}`);
    const asked = await office.types('dung', '/obstacle report C-4 The resettlement site is not ready');
    const others = buttonsIn(asked.document ?? { lang: 'en', summary: '', blocks: [] })
      .filter((button) => button.does.path === 'obstacle/same')
      .map((button) => button.does.blanks['other']);
    expect(others).toHaveLength(3);
    // OB-2 and OB-3 are one obstacle already.
    expect(others.filter((ref) => ref === 'OB-2' || ref === 'OB-3')).toHaveLength(1);
    const alone = await office.types('dung', '/obstacle report C-4 Microscopes burnt');
    expect(alone.text).toContain('Nobody has reported one like it.');
  });

  it('is not asked again from the other end, once told apart', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('lan', '/obstacle report C-1 No resettlement site is ready');
    await office.types('minh', '/obstacle report C-2 The resettlement site is not ready');
    await office.types('minh', '/obstacle different OB-3');
    const { store } = office.accord.house;
    const like = async (id: number, text: string) =>
      (await store.read({ sight: 'chat', officerId: null }).similarObstacles(text, { obstacleId: id }, 5)).map(
        (each) => each.obstacle.ref,
      );
    expect(await like(3, 'The resettlement site is not ready')).toEqual([]);
    expect(await like(2, 'No resettlement site is ready')).toEqual([]);
  });

  it('is told apart from what was shown, and from nothing that came since', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.types('lan', '/obstacle report C-1 No resettlement site is ready');
    await office.types('minh', '/obstacle report C-2 The resettlement site is not ready');
    await office.types('tuan', '/obstacle report C-3 There is no resettlement site yet');
    await office.types('minh', '/obstacle different OB-3');
    const rejected = await office.accord.db
      .selectFrom('obstacle_events')
      .select(['obstacle_id', 'other_id'])
      .where('event', '=', 'rejected')
      .execute();
    expect(rejected).toEqual([{ obstacle_id: 3, other_id: 2 }]);
  });
});

eachDatabase('an obstacle report', (open) => {
  it('is a word from the agency: the commitment is not silent after it', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const lastWord = async () => (await office.accord.house.store.read(HOUSE).commitment(3))?.lastReportAt;
    expect(await lastWord()).toBeNull();
    office.clock.moveTo('2025-12-20T10:00:00+07:00');
    await office.types('tuan', '/obstacle report C-3 There is no resettlement site yet');
    expect(await lastWord()).toBe('2025-12-20T03:00:00.000Z');
    // And the form that somebody has open on it is not stale for it.
    expect((await office.accord.house.store.read(HOUSE).commitment(3))?.version).toBe(1);
  });

  it('names who can decide by an agency, and offers the nearest for a slip', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const before = await office.history();
    const slip = await office.types('lan', '/obstacle report C-1 decider:"Bộ Công Thưong nghiệp" No site is ready');
    expect(slip.text).toContain('Did you mean: Bộ Công Thương');
    expect((await office.types('lan', '/obstacle report C-1 decider:Xyzzy No site')).text).toContain('leave it empty');
    expect(await office.history()).toEqual(before);
    const done = await office.presses('lan', 'Use Bộ Công Thương', slip);
    expect(done.text).toContain('is recorded');
    const kept = await office.accord.db
      .selectFrom('obstacles')
      .select('decider')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    expect(kept).toEqual({ decider: 'Bộ Công Thương' });
  });
});
