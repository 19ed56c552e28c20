import { expect, test } from 'vitest';
import { Accord, type Home, newHome, pause, runCli, startBot } from './bot.ts';
import { lookInside } from './look-inside.ts';
import { visitPlayground } from './playground-visit.ts';
import { writeSheet } from './sheets.ts';

const ROWS = 250;
const AGENCIES = 25;

const wholeOrAbsent = async (home: Home) => {
  const [found] = await lookInside<{ commitments: number; agencies: number; applied: number; history: number }>(
    home,
    `select (select count(*)::int from commitments) as commitments,
      (select count(*)::int from agencies where name like 'Ministry %') as agencies,
      (select count(*)::int from imports where state <> 'previewed') as applied,
      (select count(*)::int from history where change = 'registered') as history`,
  );
  return found;
};
const WHOLE = { commitments: ROWS, agencies: 10, applied: 1, history: ROWS };
const ABSENT = { commitments: 0, agencies: 0, applied: 0, history: 0 };

test('an import cut off by kill -9 is whole or absent, whoever was killed', { timeout: 300_000 }, async () => {
  const outcomes: string[] = [];
  // Once undisturbed, to know how long it takes here and now.
  await using whole = await newHome();
  const started = performance.now();
  expect((await runCli(whole, 'import', await writeSheet(whole, ROWS), '--json')).code).toBe(0);
  const takes = performance.now() - started;
  expect(await wholeOrAbsent(whole)).toEqual(WHOLE);

  // From when the program has been loaded to its end, at moments that differ from run to run.
  {
    await using home = await newHome();
    const sheet = await writeSheet(home, ROWS);
    await using cli = new Accord('cli', home, ['import', sheet, '--json']);
    await Promise.race([pause(takes * (0.35 + Math.random() * 0.55)), cli.ended]);
    await cli.signal('SIGKILL');
    const found = await wholeOrAbsent(home);
    expect([WHOLE, ABSENT]).toContainEqual(found);
    outcomes.push(`shell ${found?.commitments}`);
  }
  {
    await using home = await newHome();
    const sheet = await writeSheet(home, ROWS);
    await using bot = await startBot(home);
    await using cli = new Accord('cli', home, ['import', sheet, '--json']);
    await Promise.race([pause(takes * (0.15 + Math.random() * 0.35)), cli.ended]);
    await bot.signal('SIGKILL');
    const typed = await cli.ended;
    const found = await wholeOrAbsent(home);
    expect([WHOLE, ABSENT]).toContainEqual(found);
    // What the shell was told was done is done; else it is told in one sentence, or did it by itself.
    if (typed.code === 0) expect(found).toEqual(WHOLE);
    else expect(typed.stderr.trim().split('\n')).toHaveLength(1);
    outcomes.push(`bot ${found?.commitments}`);
  }
  console.log('killed in an import:', outcomes.join(', '));
});

test('a digest cut off by kill -9 is finished after the restart, each part once', { timeout: 300_000 }, async () => {
  const outcomes: string[] = [];
  await using home = await newHome();
  expect((await runCli(home, 'import', await writeSheet(home, 75, AGENCIES), '--json')).code).toBe(0);
  expect((await runCli(home, 'start', '1')).code).toBe(0);
  let first = true;
  for (const [at, killAfter] of [1, 14].entries()) {
    const week = `2026-W${String(20 + at)}`;
    {
      await using bot = await startBot(home);
      const visit = await visitPlayground(bot.url);
      if (first) await visit.says('/channel coordination', 'coordination');
      first = false;
      const before = new Set((await visit.deliveredIn('coordination')).map((message) => message.id));
      // Not waited for: it may be cut off before it is answered.
      visit.says(`/digest post ${week}`, 'coordination').catch(() => {});
      for (let looks = 0; looks < 2000; looks++) {
        const fresh = (await visit.deliveredIn('coordination')).filter((message) => !before.has(message.id));
        if (fresh.length >= killAfter) break;
      }
      await bot.signal('SIGKILL');
    }
    const [cut] = await lookInside<{ sent: number; rest: number }>(
      home,
      `select count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state <> 'sent')::int as rest
       from deliveries where key like 'digest:${week}:%'`,
    );
    outcomes.push(`${cut?.sent}+${cut?.rest}`);
    await using bot = await startBot(home);
    const visit = await visitPlayground(bot.url);
    // The lease of whoever was killed runs out.
    await visit.movesClock(5 * 60_000);
    await bot.signal('SIGTERM');
    const rows = await lookInside<{ key: string; state: string; said: number; stand: number }>(
      home,
      `select d.key, d.state, cardinality(d.said) as said,
        (select count(*)::int from playground_messages m where m.id::text = any (d.said)) as stand
       from deliveries d where d.key like 'digest:${week}:%'`,
    );
    expect(rows).toHaveLength(AGENCIES + 1);
    expect(rows.filter((row) => row.state !== 'sent' || row.said < 1 || row.stand !== row.said)).toEqual([]);
  }
  // No message of the channel belongs to no delivery: nothing was said twice.
  const strays = await lookInside(
    home,
    `select m.id, m.key from playground_messages m where m.key like 'accord-%'
     and not exists (select 1 from deliveries d where m.id::text = any (d.said))`,
  );
  expect(strays).toEqual([]);
  console.log('killed in a digest, sent + rest at that moment:', outcomes.join(', '));
});
