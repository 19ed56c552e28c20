import { expect, test, vi } from 'vitest';
import { openServerTestDatabase } from '../support/databases.ts';
import { Accord, newHome, startBot } from './bot.ts';
import { visitPlayground } from './playground-visit.ts';
import { writeSheet } from './sheets.ts';

vi.setConfig({ testTimeout: 240_000 });

const AGENCIES = 25;

test('two bots on one PostgreSQL start together, share the work, and one finishes what the other was killed at', async () => {
  await using database = await openServerTestDatabase();
  const url = database.pool.options.connectionString ?? '';
  await using home = await newHome('none');
  const env = { DATABASE_URL: url };
  const [one, two] = await Promise.all([startBot(home, env), startBot(home, env)]);
  await using _one = one;
  await using _two = two;
  // Beside a server the command line has its own connection.
  const sheet = await writeSheet(home, 50, AGENCIES);
  expect(await new Accord('cli', home, ['import', sheet, '--json'], env).ended).toMatchObject({ code: 0, stderr: '' });
  expect(await new Accord('cli', home, ['start', '1'], env).ended).toMatchObject({ code: 0, stderr: '' });

  const [here, there] = await Promise.all([visitPlayground(one.url), visitPlayground(two.url)]);
  await here.says('/channel coordination', 'coordination');
  // Both are asked at the same moment: each part is promised once.
  const asked = await Promise.allSettled([
    here.says('/digest post 2026-W20', 'coordination'),
    there.says('/digest post 2026-W20', 'coordination'),
  ]);
  expect(asked.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled']);
  for (let looks = 0; looks < 2000; looks++) {
    const { rows } = await database.pool.query(`select 1 from deliveries where state = 'sent' and key like 'digest:%'`);
    if (rows.length >= 8) break;
  }
  await one.signal('SIGKILL');
  await there.movesClock(5 * 60_000);

  const { rows: parts } = await database.pool.query<{ state: string; stand: number; said: number }>(
    `select state, cardinality(said) as said,
      (select count(*)::int from playground_messages m where m.id::text = any (d.said)) as stand
     from deliveries d where key like 'digest:2026-W20:%'`,
  );
  expect(parts).toHaveLength(AGENCIES + 1);
  expect(parts.filter((part) => part.state !== 'sent' || part.said !== part.stand || part.said < 1)).toEqual([]);
  const { rows: strays } = await database.pool.query(
    `select m.key from playground_messages m where m.key like 'accord-%'
     and not exists (select 1 from deliveries d where m.id::text = any (d.said))`,
  );
  expect(strays).toEqual([]);
  expect(await two.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
});
