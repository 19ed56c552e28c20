import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Accord, type Home, newHome, startBot } from './bot.ts';

const doctor = (home: Home, env: Readonly<Record<string, string>> = {}, ...argv: string[]) =>
  new Accord('doctor', home, argv, env).ended;

test('looks at the house beside a running bot and without one, and makes nothing', async () => {
  await using home = await newHome();
  const alone = await doctor(home);
  expect(alone).toMatchObject({ code: 0, stderr: '' });
  expect(alone.stdout).toMatch(/PostgreSQL 18.*is reached/);
  expect(alone.stdout).toContain('Nothing to mend.');
  {
    await using bot = await startBot(home, { HEALTH_PORT: '0' });
    const [, port = ''] = await bot.shows(/health is told at \S+:(\d+)\/health/);
    const beside = await doctor(home, { HEALTH_PORT: port }, '--json');
    expect(beside).toMatchObject({ code: 0, stderr: '' });
    const told = JSON.parse(beside.stdout) as { ok: boolean; findings: { of: string; what: string; ok: boolean }[] };
    expect(told.ok).toBe(true);
    expect(told.findings).toContainEqual(expect.objectContaining({ of: 'database', what: 'running', ok: true }));
    expect(told.findings).toContainEqual(expect.objectContaining({ of: 'health', what: 'told', ok: true }));
    await bot.signal('SIGTERM');
  }
  const nothing = await doctor(home, { DATA_DIR: path.join(home.cwd, 'nothing') });
  expect(nothing).toMatchObject({ code: 0 });
  expect(nothing.stdout).toContain('the first start makes one');
});

test('says that the port for health is taken by something else', async () => {
  await using home = await newHome();
  const holder = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  try {
    const port = String((holder.address() as AddressInfo).port);
    const { code, stdout } = await doctor(home, { HEALTH_PORT: port });
    expect(code).toBe(1);
    expect(stdout).toContain(
      `FIX  health: Health cannot be told at 127.0.0.1, port ${port} (EADDRINUSE). Set HEALTH_PORT to another one, or stop what uses it.`,
    );
  } finally {
    holder.close();
  }
});

test('ends with 1 and says what to do, for each thing that is wrong', async () => {
  await using home = await newHome('none');
  const variables = await doctor(home, { PORT: 'eighty', SLACK_BOT_TOKEN: 'xoxp-1' }, '--json');
  expect(variables.code).toBe(1);
  const { ok, findings } = JSON.parse(variables.stdout) as { ok: boolean; findings: { ok: boolean; text: string }[] };
  expect(ok).toBe(false);
  expect(findings.filter((each) => !each.ok).map(({ text }) => text.split(' ')[0])).toEqual([
    'PORT',
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'COORDINATORS',
  ]);
  const server = await doctor(home, { DATABASE_URL: 'postgres://accord:secret@127.0.0.1:9/accord' });
  expect(server.code).toBe(1);
  expect(server.stdout).toMatch(/FIX {2}database: The database accord at 127\.0\.0\.1:9/);
  expect(server.stdout + server.stderr).not.toContain('secret');
});
