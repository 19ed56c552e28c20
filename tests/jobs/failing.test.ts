import { expect, it } from 'vitest';
import { createJobs, type ScheduledJob } from '../../src/jobs/runner.ts';
import { failureKey } from '../../src/use-cases/planned-runs.ts';
import { HOUSE } from '../../src/use-cases/ports.ts';
import { eachDatabase } from '../support/databases.ts';
import { openOffice } from '../use-cases/small-office.ts';

const DAILY = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '09:00' };

eachDatabase('jobs', (open) => {
  it('that fail keep no other from its turn, are seen, and are tried again while they may be caught up', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const { house } = office.accord;
    const done: string[] = [];
    const complaints: string[] = [];
    let broken = true;
    const job = (name: string, run: () => void): ScheduledJob => ({
      job: {
        name,
        awaited: true,
        async run(_house, writer, tick) {
          await writer.setSetting(`seen:${name}`, tick.local);
          run();
          done.push(`${name} ${tick.local}`);
          return 0;
        },
      },
      schedule: DAILY,
      catchUpHours: 4,
    });
    const jobs = createJobs(
      house,
      [
        job('weak', () => {
          if (broken) throw new Error('no ink');
        }),
        job('strong', () => {}),
      ],
      { info() {}, error: (_facts, message) => void complaints.push(message) },
    );
    const knockAt = async (instant: string) => {
      office.clock.moveTo(instant);
      await jobs.knock();
    };
    const failure = () => house.store.read(HOUSE).setting(failureKey('weak'));
    await knockAt('2025-11-15T08:00:00+07:00');
    await knockAt('2025-11-15T09:00:30+07:00');
    await knockAt('2025-11-15T09:01:30+07:00');
    expect(done).toEqual(['strong 2025-11-15T09:00']);
    expect(complaints).toHaveLength(2);
    expect(await failure()).toMatchObject({ why: 'no ink', at: '2025-11-15T02:00:30.000Z' });
    // Nothing of the run that failed stays.
    expect(await house.store.read(HOUSE).setting('seen:weak')).toBeNull();

    broken = false;
    await knockAt('2025-11-15T09:02:30+07:00');
    expect(done).toEqual(['strong 2025-11-15T09:00', 'weak 2025-11-15T09:00']);
    expect(await failure()).toBeNull();

    broken = true;
    await knockAt('2025-11-16T09:00:30+07:00');
    broken = false;
    await knockAt('2025-11-16T14:00:00+07:00');
    expect(done.filter((each) => each.startsWith('weak'))).toEqual(['weak 2025-11-15T09:00']);
    const runs = await office.accord.db.selectFrom('job_runs').selectAll().where('job', '=', 'weak').execute();
    expect(runs.map((each) => each.state)).toEqual(['done', 'missed']);
  });

  it('clear at night what nobody comes back to: drafts after 30 days, keys of presses after 90', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const { db } = office.accord;
    const draft = (id: string, at: string) => ({
      id,
      path: 'progress/report',
      blanks: '{}',
      platform: 'paper',
      account: 'U-lan',
      at,
    });
    await db
      .insertInto('drafts')
      .values([draft('old', '2025-10-16T00:00:00Z'), draft('new', '2025-10-17T00:00:00Z')])
      .execute();
    await db
      .insertInto('done_once')
      .values([
        { key: 'old', actor: 'Lan', at: '2025-08-17T00:00:00Z' },
        { key: 'new', actor: 'Lan', at: '2025-08-18T00:00:00Z' },
      ])
      .execute();
    await office.settle();
    await office.at('2025-11-15T03:15:30+07:00');
    expect(await db.selectFrom('drafts').select('id').execute()).toHaveLength(2);
    await office.at('2025-11-16T03:15:30+07:00');
    expect((await db.selectFrom('drafts').select('id').execute()).map(({ id }) => id)).toEqual(['new']);
    expect((await db.selectFrom('done_once').select('key').execute()).map(({ key }) => key)).toEqual(['new']);
    expect((await office.history()).filter((each) => each.change === 'cleared')).toMatchObject([
      { actor: 'job:clear-leftovers', after: { drafts: 1, once: 1 } },
    ]);
  });
});
