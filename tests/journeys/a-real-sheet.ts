import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openEmbeddedTestDatabase } from '../support/databases.ts';
import { openHouse, standingClock } from '../support/open-house.ts';
import type { OpenStage } from './stage.ts';

/** A government's own sheet: 140 tasks as ministries write them. It lies beside the project, not in it. */
const SHEET = fileURLToPath(new URL('../../../shared/data/vn_nq03/NQ03_PL2_after.csv', import.meta.url));

/** Imports the real sheet through the bot and reads and posts the digest of a week from it. */
export function aRealSheet(platform: string, openStage: OpenStage): void {
  if (!existsSync(SHEET)) {
    console.log(`${platform}: a real sheet was not tried, ../shared/data/vn_nq03 is not here`);
    return;
  }
  test(`${platform}: a ministry's own sheet becomes a register and a digest`, async () => {
    await using database = await openEmbeddedTestDatabase();
    await using stage = await openStage({
      people: [{ name: 'Hà', email: 'ha@mofa.example' }],
      channels: ['coordination'],
    });
    const clock = standingClock('2025-11-07T10:00:00+07:00');
    const hà = stage.as('Hà');
    await using bot = await openHouse({
      pool: database.pool,
      clock,
      platforms: [stage.platform],
      coordinators: [`${stage.platform.name}:${hà.accountId}`],
    });
    await bot.start();
    await bot.settle();
    const where = 'coordination';
    await hà.types('/channel coordination', { where });

    const file = { name: basename(SHEET), bytes: await readFile(SHEET) };
    const preview = await hà.types('/import file', { where, file });
    expect(preview.text).toContain('7 section titles');
    expect(preview.text).toContain('48 by month, 1 by quarter, 71 by year, 19 ongoing and 1 without a date');
    expect(preview.text).toContain('năm tiếp theo');
    expect((await hà.presses('Import 140 commitments')).text).toContain('140 new, 0 changed');

    const again = await hà.types('/import file', { where, file });
    expect(again.text).toContain('A newer edition of');

    await hà.types('/import start 1', { where });
    clock.moveTo('2025-11-10T08:00:30+07:00');
    await bot.settle();
    const posted = (await stage.messagesIn('coordination')).map((message) => message.text);
    expect(
      posted.filter((text) => text.includes('International commitments · Monday 10 November 2025, 08:00')),
    ).toHaveLength(1);
    expect(posted.join('\n')).toContain('27 overdue: 19.3% of 140 registered');
    const ministry = posted.filter((text) => text.includes('15 overdue: 31.9% of 47 registered'));
    expect(ministry).toHaveLength(1);
    expect(posted.join('\n')).toContain('due Quarter II/2025; 133 days overdue');
  });
}
