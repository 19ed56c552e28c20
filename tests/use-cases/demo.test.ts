import { expect, it } from 'vitest';
import { seedDemo } from '../../src/demo/seed.ts';
import { demoYear } from '../../src/demo/year.ts';
import { countStates } from '../../src/domain/state.ts';
import { createStore, openDatabase } from '../../src/store/index.ts';
import { CHANNEL, HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = '2025-12-31T02:00:00.000Z';
const TODAY = '2025-12-31';
const clock = { now: () => NOW };

eachDatabase('the demonstration year', (open) => {
  it('is accepted by the register whole, once, with its history and without a promised message', async () => {
    await using database = await open();
    const store = createStore(openDatabase(database.pool), clock);
    const year = demoYear(TODAY);
    const steps: [number, number][] = [];
    await seedDemo(store, clock, (done, of) => steps.push([done, of]));

    const reader = store.read(HOUSE);
    const all = await reader.allCommitments();
    expect(all.map((each) => each.title)).toEqual(year.commitments.map((each) => each.title));
    expect(
      countStates(
        all.map((each) => ({ dueEnd: each.due.end, doneOn: each.doneOn, verified: each.verifiedAt !== null })),
        TODAY,
      ),
    ).toEqual({
      'done-on-time': 96,
      'done-late': 11,
      'open-in-term': 219,
      'open-overdue': 13,
      all: 339,
    });
    // A report of an obstacle is a word from the agency, as progress is.
    expect(all.map((each) => each.lastReportAt)).toEqual(
      year.commitments.map((each, commitment) => {
        const obstacles = year.obstacles.filter((obstacle) => obstacle.commitment === commitment);
        return (
          [...each.progress, ...obstacles]
            .map((word) => word.at)
            .toSorted()
            .at(-1) ?? null
        );
      }),
    );
    expect(
      all.every((each) => each.lead.name === year.agencies.find((agency) => agency.code === each.lead.code)?.name),
    ).toBe(true);
    expect((await store.read(CHANNEL).allCommitments()).filter((each) => each.title === null)).toHaveLength(8);
    expect(await reader.milestones(all.map((each) => each.id))).toHaveLength(
      year.commitments.reduce((sum, each) => sum + each.milestones.length, 0),
    );

    const officers = await reader.officers();
    expect(officers.map((each) => [each.name, each.awayUntil])).toEqual(
      year.officers.map((each) => [each.name, each.away?.until ?? null]),
    );
    expect(officers.map((each) => each.standInId)).toEqual(
      year.officers.map((each) => (each.standIn === null ? null : (officers[each.standIn]?.id ?? 'missing'))),
    );
    expect(officers[0]).toMatchObject({ id: 1, name: 'Phạm Thu Hà', role: 'coordinator' });
    expect((await reader.agencyNamed('foreign ministry'))?.code).toBe('MFA');

    const groups = await reader.groups(['proposed', 'called']);
    expect(groups.map((each) => each.state)).toEqual(['proposed', 'called']);
    expect(groups[1]?.memberIds.length).toBe(year.shared[2]?.group?.members.length);
    expect(groups[1]?.proposals).toHaveLength(1);
    const land = await reader.obstaclesOf({ sharedId: 1, open: true });
    expect(land.map((each) => each.agency.sector)).toEqual(['transport', 'energy']);
    expect(await reader.openGroupOf(1)).toBeNull();
    const alike = await reader.similarObstacles(year.thirdReport.text, {}, 2);
    expect(alike.map((each) => each.obstacle.sharedId)).toEqual([1, 1]);

    expect(await count(database, 'deliveries')).toBe(0);
    expect(await count(database, 'history')).toBeGreaterThan(1500);
    expect((await reader.history('commitment', 'C-1')).map((each) => [each.actor, each.via])[0]).toEqual([
      'demo',
      'demo',
    ]);
    expect(await reader.setting('demo')).toEqual({ seededOn: TODAY });
    const of = year.agencies.length + year.officers.length + year.commitments.length + year.obstacles.length;
    expect(steps).toEqual(Array.from({ length: of }, (_, done) => [done + 1, of]));

    const before = await count(database, 'history');
    await seedDemo(store, clock);
    expect(await count(database, 'history')).toBe(before);
    expect(await count(database, 'commitments')).toBe(339);
  });
});

async function count(
  database: { pool: { query(text: string): Promise<{ rows: { count: string | number }[] }> } },
  table: string,
): Promise<number> {
  const { rows } = await database.pool.query(`select count(*)::int as count from ${table}`);
  return Number(rows[0]?.count);
}
