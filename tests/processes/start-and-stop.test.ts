import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { Accord, newHome, startBot } from './bot.ts';

vi.setConfig({ testTimeout: 180_000 });

test('starts in an empty folder, answers, keeps a second one out, and ends when it is asked to', async () => {
  await using home = await newHome('none');
  await using bot = await startBot(home);
  const page = await fetch(bot.url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');

  await using second = new Accord('main', home, ['--empty']);
  const refused = await second.ended;
  expect(refused.code).toBe(1);
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  expect(refused.stderr).toContain(home.dataDir);
  expect(refused.stderr).not.toMatch(/^\s+at /m);
  expect((await fetch(bot.url)).status).toBe(200);

  const asked = performance.now();
  const ended = await bot.signal('SIGTERM');
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  // And it was closed well: it opens again, and SIGINT ends it in the same way.
  await using again = await startBot(home);
  expect(again.stdout).not.toContain('recovering');
  expect(await again.signal('SIGINT')).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test('says everything that is wrong with its configuration at once', async () => {
  await using home = await newHome('none');
  await using bot = new Accord('main', home, [], {
    PORT: 'eighty',
    SLACK_BOT_TOKEN: 'xoxp-not-a-bot',
    DISCORD_GUILD_ID: 'the office',
    ACCORD_ZONE: 'Mars/Olympus',
    DIGEST_AT: 'sometimes',
    DATABASE_URL: 'mysql://localhost/accord',
  });
  const { code, stdout, stderr } = await bot.ended;
  expect(code).toBe(1);
  expect(stdout).not.toContain('Accord: open');
  for (const name of [
    'PORT',
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'DISCORD_GUILD_ID',
    'DISCORD_TOKEN',
    'ACCORD_ZONE',
    'DIGEST_AT',
    'DATABASE_URL',
    'COORDINATORS',
  ])
    expect(stderr).toContain(`  ${name} `);
  expect(stderr).not.toContain('xoxp-not-a-bot');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('refuses an option that it does not know', async () => {
  await using home = await newHome('none');
  await using bot = new Accord('main', home, ['--port=80']);
  const { code, stderr } = await bot.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('--port=80 is no option');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('takes the next port where its own is taken', async () => {
  await using home = await newHome();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = holder.address() as AddressInfo;
    await using bot = await startBot(home, { PORT: String(port) });
    expect(Number(new URL(bot.url).port)).toBeGreaterThan(port);
    expect((await fetch(bot.url)).status).toBe(200);
  } finally {
    holder.close();
  }
});

test('says in one sentence that its database server is not there', async () => {
  await using home = await newHome('none');
  await using bot = new Accord('main', home, ['--empty'], {
    DATABASE_URL: 'postgres://accord:secret@127.0.0.1:9/accord',
  });
  const { code, stderr } = await bot.ended;
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('127.0.0.1:9');
  expect(stderr).not.toContain('secret');
});
