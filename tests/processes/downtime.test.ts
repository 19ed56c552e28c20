import { expect, test } from 'vitest';
import { sinceKey } from '../../src/use-cases/planned-runs.ts';
import { openServerTestDatabase } from '../support/databases.ts';
import { newHome, startBot } from './bot.ts';
import { visitPlayground } from './playground-visit.ts';

test('what fell due while nothing ran is caught up within its day; what is older is missed, and told', async () => {
  await using database = await openServerTestDatabase();
  await using home = await newHome('none');
  const { pool } = database;
  const set = (key: string, value: unknown) =>
    pool.query(
      'insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
      [key, JSON.stringify(value)],
    );
  const list = async (query: string): Promise<readonly string[]> =>
    (await pool.query<{ is: string }>(query)).rows.map((row) => row.is);
  const done = () =>
    list(`select planned_local || ' ' || state as is from job_runs where job = 'weekly-digest' order by planned_at`);
  const said = () =>
    list(
      `select concat_ws(' ', d.kind, d.facts->>'job') as is from playground_messages m
       join deliveries d on m.id::text = any (d.said) order by m.id`,
    );
  /** So late in Viet Nam a bot starts, says what it can, and its machine loses its power. */
  async function runsAt(local: string) {
    await set('playground-clock', Date.parse(`${local}:00+07:00`) - Date.now());
    await using bot = await startBot(home, { DATABASE_URL: pool.options.connectionString ?? '' });
    await (await visitPlayground(bot.url)).movesClock(60_000);
    await bot.signal('SIGKILL');
  }

  await set(sinceKey('weekly-digest'), '2040-06-04T00:30:00.000Z');
  await runsAt('2040-06-19T07:50');
  expect(await done()).toEqual(['2040-06-04T08:00 missed', '2040-06-11T08:00 missed', '2040-06-18T08:00 done']);
  expect(await said()).toEqual(['job-missed weekly-digest', 'digest-summary']);
  await runsAt('2040-06-26T08:10');
  expect((await done()).slice(3)).toEqual(['2040-06-25T08:00 missed']);
  expect((await said()).slice(2)).toEqual(['job-missed weekly-digest', 'job-missed daily-reminders']);
});
