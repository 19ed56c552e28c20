import { readdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Accord, newHome, startBot } from './bot.ts';
import { countRows, lookInside } from './look-inside.ts';

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

test('tells its health on a port of its own, by sockets too, and says in one sentence where that is taken', async () => {
  await using home = await newHome();
  const holder = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = holder.address() as AddressInfo;
    await using bot = await startBot(home, { HEALTH_PORT: '0' });
    const [, url = ''] = await bot.shows(/health is told at (\S+)/);
    const told = await fetch(url);
    expect({ status: told.status, body: await told.json() }).toMatchObject({
      status: 200,
      body: { ok: true, database: true, coordinated: true, platforms: [{ platform: 'playground', connected: true }] },
    });
    expect(await (await fetch(url, { method: 'HEAD' })).text()).toBe('');
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    await bot.signal('SIGTERM');
    expect(await fetch(url).catch(() => 'gone')).toBe('gone');

    // A platform that connects by sockets listens nowhere, and cannot be reached here.
    const sockets = {
      SLACK_BOT_TOKEN: 'xoxb-1-1-a',
      SLACK_APP_TOKEN: 'xapp-1-A-1-a',
      COORDINATORS: 'ha@gov.example',
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    };
    await using cutOff = new Accord('main', home, ['--empty'], { ...sockets, HEALTH_PORT: '0' });
    const [, where = ''] = await cutOff.shows(/health is told at (\S+)/);
    const unwell = await fetch(where);
    expect({ status: unwell.status, body: await unwell.json() }).toMatchObject({
      status: 503,
      body: { ok: false, database: true, platforms: [{ platform: 'slack', connected: false }] },
    });
    await cutOff.signal('SIGTERM');

    await using second = new Accord('main', home, ['--empty'], { ...sockets, HEALTH_PORT: String(port) });
    const { code, stderr } = await second.ended;
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      'HEALTH_PORT cannot be listened on at HEALTH_HOST (EADDRINUSE): choose another, or stop what uses it',
    );
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

test('says in one sentence what is wrong with its data directory', async () => {
  await using home = await newHome('none');
  const file = path.join(home.cwd, 'a-file');
  await writeFile(file, 'not a folder');
  const refusals: string[] = [];
  // Nobody makes a folder in /sys, not even root.
  for (const dataDir of [file, path.join(file, 'below'), '/sys/accord']) {
    await using bot = new Accord('main', home, ['--empty'], { DATA_DIR: dataDir });
    const { code, stderr } = await bot.ended;
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    refusals.push(stderr.trim().replaceAll(home.cwd, '~'));
  }
  expect(refusals).toMatchInlineSnapshot(`
    [
      "The database cannot be kept in ~/a-file (DATA_DIR): it is a file. Remove it, or set DATA_DIR to a folder.",
      "The database cannot be kept in ~/a-file/below (DATA_DIR): there is a file in the way. Set DATA_DIR to a folder.",
      "The database cannot be kept in /sys/accord (DATA_DIR): this user may not write there. Give it the folder, or set DATA_DIR to another one.",
    ]
  `);
});

test('asked to end while it makes its database or fills it, it ends and leaves no half of it', async () => {
  await using home = await newHome('none');
  for (const [moment, signal] of [
    [/making the database/, 'SIGINT'],
    [/demonstration year.* 0%/, 'SIGTERM'],
  ] as const) {
    await using bot = new Accord('main', home, []);
    await bot.shows(moment);
    const { code, stdout, stderr } = await bot.signal(signal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Accord: stopping');
    expect(stdout).not.toContain('the playground is open');
    expect((await readdir(home.dataDir)).filter((name) => name.includes('unfinished'))).toEqual([]);
  }
  expect(await countRows(home, 'commitments')).toBe(0);
});

test('says that a newer Accord has used its database', async () => {
  await using home = await newHome();
  await lookInside(
    home,
    "insert into kysely_migration (name, timestamp) values ('9999-tomorrow', 'tomorrow') returning name",
  );
  await using bot = new Accord('main', home, ['--empty']);
  const { code, stderr } = await bot.ended;
  expect(code).toBe(1);
  expect(stderr).toBe(
    'The database was used by a newer Accord (9999-tomorrow). Start that version, or restore a backup made before it.\n',
  );
});

test('says in one sentence that its port may not be opened', async () => {
  await using home = await newHome();
  const first = createServer();
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
  const { port } = first.address() as AddressInfo;
  const holders = [first];
  try {
    // As many as it tries: it gives up rather than open where nobody looks for it.
    for (let next = port + 1; next < port + 20; next++) {
      const holder = createServer();
      holders.push(holder);
      await new Promise<void>((resolve) => holder.once('error', () => resolve()).listen(next, '127.0.0.1', resolve));
    }
    await using bot = new Accord('main', home, ['--empty'], { PORT: String(port) });
    const { code, stdout, stderr } = await bot.ended;
    expect(code).toBe(1);
    expect(stdout).not.toContain('playground is open');
    expect(stderr).toMatch(/^The port \d+ \(PORT\) cannot be opened: it is taken, and so are the ones after it\./);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  } finally {
    for (const holder of holders) holder.close();
  }
  // What it had opened it closed well.
  await using again = await startBot(home);
  expect(again.stdout).not.toContain('recovering');
});
