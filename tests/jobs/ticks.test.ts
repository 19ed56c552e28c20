import { expect, it } from 'vitest';
import type { Accord } from '../../src/build.ts';
import { createJobs, type ScheduledJob } from '../../src/jobs/runner.ts';
import { reportHealth } from '../../src/use-cases/health.ts';
import type { House } from '../../src/use-cases/house.ts';
import type { JobHealth } from '../../src/use-cases/ports.ts';
import { eachDatabase, openServerTestDatabase, type TestDatabase } from '../support/databases.ts';
import { openHouse } from '../support/open-house.ts';
import { type Office, openOffice } from '../use-cases/small-office.ts';

const runs = (accord: Accord) =>
  accord.db
    .selectFrom('job_runs')
    .select(['job', 'planned_local', 'state'])
    // What is cleared at night says nothing to anybody.
    .where('job', '<>', 'clear-leftovers')
    .orderBy('planned_at')
    .orderBy('job')
    .execute();
const of = async (office: Office, job: string) =>
  (await runs(office.accord)).filter((each) => each.job === job).map((each) => [each.planned_local, each.state]);
const summaries = (office: Office) =>
  office.in('room-1').filter((each) => each.text.includes('International commitments ·'));

const reminded = (rows: readonly { readonly kind: string; readonly key: string }[]) =>
  rows.filter((each) => each.kind === 'reminder').map((each) => each.key);
const healthOf = async (house: House) => {
  const report = await reportHealth(house);
  return { ok: report.ok, jobs: report['jobs'] as readonly JobHealth[] };
};
/** The same house, started anew with another configuration. */
const startedAnew = (database: TestDatabase, office: Office, wish: { zone?: string; digest?: string }) =>
  openHouse({ pool: database.pool, clock: office.clock, platforms: office.accord.platforms, ...wish });

async function coordinated(office: Office): Promise<void> {
  await office.types('ha', '/channel coordination');
  await office.settle();
}

eachDatabase('a planned run', (open) => {
  it('is done at its time, once', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T07:59:59+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([]);
    await office.at('2025-11-17T08:00:00+07:00');
    await office.at('2025-11-17T08:00:01+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([['2025-11-17T08:00', 'done']]);
    expect(summaries(office)).toHaveLength(1);
  });

  it('that was missed is caught up within its hours', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-18T07:59:00+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([['2025-11-17T08:00', 'done']]);
    expect(summaries(office)).toHaveLength(1);
    // The reminders of Monday morning are for Monday: nobody is written to at night.
    expect(await of(office, 'daily-reminders')).toEqual([['2025-11-17T08:30', 'missed']]);
  });

  it('that is older is recorded as missed, and not said', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-18T08:01:00+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([['2025-11-17T08:00', 'missed']]);
    expect(summaries(office)).toEqual([]);
    // The coordinators hear of it once, and what to do.
    await office.at('2025-11-18T08:02:00+07:00');
    const told = office.in('room-1').filter((each) => each.text.includes('Weekly digest'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('A planned run was missed: Weekly digest.');
    expect(told[0]?.text).toContain('Planned: 17 November 2025 at 08:00');
    await office.presses('ha', 'Post the digest now', told[0] ?? { document: null });
    await office.settle();
    expect(summaries(office)).toHaveLength(1);
  });

  it('of several that were missed says the last alone', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-12-01T09:00:00+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([
      ['2025-11-17T08:00', 'missed'],
      ['2025-11-24T08:00', 'missed'],
      ['2025-12-01T08:00', 'done'],
    ]);
    expect(summaries(office)).toHaveLength(1);
    const told = office.in('room-1').filter((each) => each.text.includes('planned runs were missed: Weekly digest'));
    expect(told.map((each) => each.text)).toEqual([expect.stringContaining('17 November 2025 at 08:00')]);
    expect(told[0]?.text).toContain('24 November 2025 at 08:00');
    expect(told[0]?.text).not.toContain('1 December');
    // Caught up or not, what was missed is seen for a month.
    expect((await healthOf(office.accord.house)).jobs[0]).toMatchObject({
      lastDone: '2025-12-01T01:00:00.000Z',
      missed: ['2025-11-17T01:00:00.000Z', '2025-11-24T01:00:00.000Z'],
    });
    const shown = (await office.types('ha', '/accord health')).text;
    expect(shown).toContain('2 were missed in the last 30 days, the last: 24 November 2025 at 08:00');
  });

  it('was never owed before the house began', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    office.clock.moveTo('2025-11-17T09:00:00+07:00');
    await office.settle();
    await office.settle();
    expect(await runs(office.accord)).toEqual([]);
  });

  it('is not done again when the clock goes back', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T08:00:30+07:00');
    await office.at('2025-11-17T07:00:00+07:00');
    await office.at('2025-11-17T08:00:30+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([['2025-11-17T08:00', 'done']]);
    expect(summaries(office)).toHaveLength(1);
  });

  it('that finds no coordination channel tells each coordinator once what to do, and health goes on saying it', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.settle();
    await office.at('2025-11-17T08:00:30+07:00');
    await office.at('2025-11-17T09:00:30+07:00');
    await office.at('2025-11-24T08:00:30+07:00');
    const told = () =>
      office.in('direct-U-ha').filter((each) => each.text.includes('no coordination channel is linked'));
    expect(told()).toHaveLength(1);
    expect(told()[0]?.text).toContain('type /channel coordination there');
    const shown = async () => (await office.types('ha', '/accord health')).text;
    expect(await shown()).toContain('No coordination channel is linked');
    expect(await shown()).not.toContain('All is well.');
    expect(await reportHealth(office.accord.house)).toMatchObject({ ok: true, coordinated: false });
    await coordinated(office);
    expect(await shown()).toContain('All is well.');
    await office.at('2025-12-01T08:00:30+07:00');
    expect(summaries(office)).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });

  it('is still to come where a clock that was weeks ahead for a minute had recorded it', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T08:00:30+07:00');
    await office.at('2025-11-19T10:00:00+07:00');
    const before = summaries(office).length;
    await office.at('2025-12-03T10:00:00+07:00');
    const early = reminded(await office.deliveries());
    await office.at('2025-11-19T10:01:00+07:00');
    // Its own runs are not known to be done, nor missed.
    const { ok, jobs } = await healthOf(office.accord.house);
    expect({ ok, digest: jobs[0] }).toMatchObject({
      ok: true,
      digest: { lastDone: '2025-11-17T01:00:00.000Z', missed: [] },
    });
    for (const day of ['20', '21', '24', '25', '26', '27', '28']) await office.at(`2025-11-${day}T08:30:30+07:00`);
    await office.at('2025-12-01T08:00:30+07:00');
    expect(summaries(office).length - before).toBe(2);
    expect(await of(office, 'weekly-digest')).toEqual([
      ['2025-11-17T08:00', 'done'],
      ['2025-11-24T08:00', 'done'],
      ['2025-12-01T08:00', 'done'],
    ]);
    expect((await of(office, 'daily-reminders')).filter(([day = '']) => day.startsWith('2025-11-2'))).toEqual(
      ['20', '21', '24', '25', '26', '27', '28'].map((day) => [`2025-11-${day}T08:30`, 'done']),
    );
    // What was said on that wrong day is not said again when the day comes.
    await office.at('2025-12-03T08:30:30+07:00');
    const [said, keys] = [office.in('direct-U-lan').map(({ text }) => text), reminded(await office.deliveries())];
    expect(early.length).toBeGreaterThan(0);
    expect(keys).toEqual(expect.arrayContaining([...early]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(said).size).toBe(said.length);
  });

  it('says what a clock that was ahead had promised and let expire unsaid', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T08:30:30+07:00');
    office.clock.moveTo('2025-11-20T10:00:00+07:00');
    await office.accord.jobs.knock();
    await office.at('2025-11-20T18:00:00+07:00');
    const of20 = async () =>
      (await office.deliveries())
        .filter((each) => each.kind === 'reminder' && each.key.endsWith('2025-11-20'))
        .map((each) => each.state);
    const expired = await of20();
    expect(expired.length).toBeGreaterThan(0);
    expect(new Set(expired)).toEqual(new Set(['expired']));
    await office.at('2025-11-17T08:31:30+07:00');
    await office.at('2025-11-20T08:30:30+07:00');
    expect(new Set(await of20())).toEqual(new Set(['sent']));
  });

  it('is looked for at once where the house began with a clock that was ahead', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await office.at('2025-12-03T10:00:00+07:00');
    await office.at('2025-11-14T10:01:00+07:00');
    await office.at('2025-11-17T08:00:30+07:00');
    expect(await of(office, 'weekly-digest')).toEqual([['2025-11-17T08:00', 'done']]);
  });
});

eachDatabase('a house that moves', (open) => {
  const DAILY = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '09:00' };
  /** Every run of a daily job while the house is in one zone after another, and its clock is set back now and then. */
  async function runsOf(office: Office, steps: readonly { zone: string; at: string }[]): Promise<string[]> {
    const ran: string[] = [];
    const job: ScheduledJob['job'] = {
      name: 'moving',
      awaited: false,
      async run(_house, _writer, tick) {
        ran.push(tick.day);
        return 0;
      },
    };
    for (const { zone, at } of steps) {
      office.clock.moveTo(at);
      const house = { ...office.accord.house, zone };
      await createJobs(house, [{ job, schedule: DAILY, catchUpHours: 20 }], { info() {}, error() {} }).knock();
    }
    return ran;
  }

  it('runs once on each local day, west, east, and with the clock set back', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    const [hanoi, brussels, tokyo] = ['Asia/Ho_Chi_Minh', 'Europe/Brussels', 'Asia/Tokyo'];
    expect(
      await runsOf(office, [
        { zone: hanoi, at: '2025-11-15T00:00:00Z' },
        { zone: hanoi, at: '2025-11-15T02:00:30Z' },
        // Nine o'clock of the same Saturday, once more: it was done.
        { zone: brussels, at: '2025-11-15T08:00:30Z' },
        { zone: brussels, at: '2025-11-16T08:00:30Z' },
        { zone: brussels, at: '2025-11-16T07:00:00Z' },
        { zone: brussels, at: '2025-11-16T08:00:30Z' },
        { zone: tokyo, at: '2025-11-17T00:00:30Z' },
        { zone: hanoi, at: '2025-11-17T02:00:30Z' },
        { zone: hanoi, at: '2025-11-18T02:00:30Z' },
      ]),
    ).toEqual(['2025-11-15', '2025-11-16', '2025-11-17', '2025-11-18']);
  });
});

eachDatabase('a house that is well', (open) => {
  it('stays so where its zone moves west after the digest: nothing is late', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T08:00:30+07:00');
    await office.at('2025-11-17T08:30:30+07:00');
    const moved = await startedAnew(database, office, { zone: 'Europe/Brussels' });
    // 15:00 in Hanoi, 09:00 in Brussels.
    for (const time of ['2025-11-17T08:10:00Z', '2025-11-17T09:00:00Z']) {
      office.clock.moveTo(time);
      await moved.jobs.knock();
    }
    const { ok, jobs } = await healthOf(moved.house);
    expect({ ok, late: jobs.filter((each) => each.late !== null) }).toEqual({ ok: true, late: [] });
  });

  it('stays so where the digest moves to a later hour of a day on which it was said', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await coordinated(office);
    await office.at('2025-11-17T08:30:30+07:00');
    const moved = await startedAnew(database, office, { digest: 'Mon 14:00' });
    office.clock.moveTo('2025-11-17T10:00:00+07:00');
    // The next one is not today's, which was said.
    expect((await healthOf(moved.house)).jobs[0]?.next).toBe('2025-11-24T07:00:00.000Z');
    for (const time of ['2025-11-17T14:00:00+07:00', '2025-11-17T14:10:00+07:00']) {
      office.clock.moveTo(time);
      await moved.jobs.knock();
    }
    const { ok, jobs } = await healthOf(moved.house);
    expect({ ok, late: jobs.filter((each) => each.late !== null) }).toEqual({ ok: true, late: [] });
  });
});

it('belongs to one of two processes that wake at once', async () => {
  await using database = await openServerTestDatabase();
  await using office = await openOffice(database);
  await coordinated(office);
  const others = await Promise.all(
    [1, 2, 3].map(() => openHouse({ pool: database.pool, clock: office.clock, platforms: office.accord.platforms })),
  );
  office.clock.moveTo('2025-11-17T08:30:30+07:00');
  await Promise.all([office.accord, ...others].map((each) => each.jobs.knock()));
  expect(await runs(office.accord)).toEqual([
    { job: 'weekly-digest', planned_local: '2025-11-17T08:00', state: 'done' },
    { job: 'daily-reminders', planned_local: '2025-11-17T08:30', state: 'done' },
  ]);
  const done = (await office.history()).filter((each) => each.thing === 'job' && each.thing_id !== 'clear-leftovers');
  expect(done.map((each) => each.thing_id).toSorted()).toEqual(['daily-reminders', 'weekly-digest']);
  const keys = (await office.deliveries()).map((each) => each.key);
  expect(keys.length).toBeGreaterThan(2);
  expect(new Set(keys).size).toBe(keys.length);
  await office.settle();
  expect(summaries(office)).toHaveLength(1);
});
