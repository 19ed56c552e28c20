import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CannotStart } from '../src/chat/cannot-start.ts';
import { ConfigProblems, readConfig, startProblem } from '../src/config.ts';

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
  return [];
};
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', COORDINATORS: 'ha@mofa.example' };
const DISCORD = { DISCORD_TOKEN: 'x'.repeat(59), COORDINATORS: 'discord:80351110224678912' };

describe('the configuration', () => {
  test('of nothing at all is the playground on an embedded database', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ PORT: 3000, DATA_DIR: './data', playground: true, coordinators: [] });
    expect(config.DATABASE_URL).toBeUndefined();
    expect(config.DIGEST_AT).toEqual(readConfig({ DIGEST_AT: 'Mon 08:00' }).DIGEST_AT);
  });

  test('takes each example that a refusal gives', () => {
    expect(readConfig({ WORK_DAYS: 'Sun-Thu', REMINDERS_AT: 'Mon-Fri 08:30', DIGEST_AT: 'Mon 08:00' })).toMatchObject({
      WORK_DAYS: [1, 2, 3, 4, 7],
      REMINDERS_AT: { weekdays: [1, 2, 3, 4, 5], time: '08:30' },
      DIGEST_AT: { weekdays: [1], time: '08:00' },
    });
    expect(problemsOf({ WORK_DAYS: 'daily' })).toEqual([expect.stringContaining("'Sun-Thu'")]);
    expect(problemsOf({ DIGEST_AT: 'Mon,Thu 08:00' })).toEqual([
      "DIGEST_AT must be one weekday and a time, such as 'Mon 08:00': the digest is posted once a week",
    ]);
  });

  test('takes an empty variable for one that is not set, and leaves what is not ours alone', () => {
    const config = readConfig({ PORT: '', SLACK_BOT_TOKEN: '  ', DATABASE_URL: '', PATH: '/usr/bin', HOME: '/root' });
    expect(config).toMatchObject({ PORT: 3000, playground: true });
    expect(config).not.toHaveProperty('PATH');
  });

  test('of a platform closes the playground, unless it is asked for', () => {
    expect(readConfig(SLACK).playground).toBe(false);
    expect(readConfig(DISCORD).playground).toBe(false);
    expect(readConfig({ ...SLACK, PLAYGROUND: 'on' }).playground).toBe(true);
    expect(readConfig({ PLAYGROUND: 'off' }).playground).toBe(false);
  });

  test('reads coordinators however they are parted', () => {
    const coordinators = 'ha@mofa.example, slack:U012AB3CD;discord:80351110224678912\n lan@mofa.example';
    expect(readConfig({ ...SLACK, COORDINATORS: coordinators }).coordinators).toEqual([
      'ha@mofa.example',
      'slack:U012AB3CD',
      'discord:80351110224678912',
      'lan@mofa.example',
    ]);
  });

  test('that lacks one half of a pair names the other and where to find it', () => {
    expect(problemsOf({ ...SLACK, SLACK_APP_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN is missing, and SLACK_BOT_TOKEN is set: api\.slack\.com\/apps/),
    ]);
    expect(problemsOf({ ...SLACK, SLACK_BOT_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing, and SLACK_APP_TOKEN is set/),
    ]);
    expect(problemsOf({ DISCORD_GUILD_ID: '80351110224678912' })).toEqual([
      expect.stringMatching(/^DISCORD_TOKEN is missing, and DISCORD_GUILD_ID is set/),
    ]);
    expect(problemsOf({ ...DISCORD, COORDINATORS: '' })).toEqual([expect.stringMatching(/^COORDINATORS is missing/)]);
  });

  test('of Slack names one way in which it delivers', () => {
    const requests = { ...SLACK, SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'a'.repeat(32) };
    expect(readConfig(requests)).toMatchObject({ SLACK_HOST: '127.0.0.1', SLACK_PORT: 3001 });
    expect(problemsOf({ ...requests, SLACK_APP_TOKEN: 'xapp-1' })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set/),
    ]);
    expect(problemsOf({ ...requests, SLACK_BOT_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing, and SLACK_SIGNING_SECRET is set/),
    ]);
  });

  test('of Discord offers commands everywhere, or in a server that is named', () => {
    expect(readConfig(DISCORD)).toMatchObject({ DISCORD_COMMANDS: 'everywhere' });
    expect(problemsOf({ ...DISCORD, DISCORD_COMMANDS: 'server' })).toEqual([
      expect.stringMatching(/^DISCORD_GUILD_ID is missing, and DISCORD_COMMANDS is 'server'/),
    ]);
  });

  test('that a platform refuses is told by the variable', () => {
    expect(startProblem(new CannotStart('slack', 'bot-token', 'invalid_auth'))).toMatch(
      /^SLACK_BOT_TOKEN is refused by Slack \(invalid_auth\): /,
    );
    expect(startProblem(new CannotStart('slack', 'app-token', 'missing_scope'))).toMatch(
      /^SLACK_APP_TOKEN .*connections:write/,
    );
    expect(startProblem(new CannotStart('discord', 'token', '401'))).toMatch(/^DISCORD_TOKEN .*401.*Reset Token/);
    expect(startProblem(new CannotStart('discord', 'guild', '50001'))).toMatch(/^DISCORD_GUILD_ID .*discord:invite/);
    expect(startProblem(new CannotStart('discord', 'intents', '4014'))).toMatch(/Privileged Gateway Intents/);
    expect(startProblem(new CannotStart('slack', 'port', 'EADDRINUSE'))).toMatch(/^SLACK_PORT .*EADDRINUSE/);
    expect(startProblem(new CannotStart('accord', 'health-port', 'EADDRINUSE'))).toMatch(/^HEALTH_PORT .*EADDRINUSE/);
  });

  test.each([
    ['SLACK_SIGNING_SECRET', 'short'],
    ['SLACK_PORT', '65536'],
    ['SLACK_HOST', 'a host'],
    ['HEALTH_HOST', 'a host'],
    ['HEALTH_PORT', '65536'],
    ['SLACK_PUBLIC_URL', 'http://accord.example'],
    ['SLACK_COMMAND_PREFIX', 'Accord '],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'accord'],
    ['DATABASE_URL', 'mysql://localhost/accord'],
    ['SLACK_API_URL', 'ftp://127.0.0.1'],
    ['DISCORD_API_URL', 'localhost'],
    ['ACCORD_LANG', 'fr'],
    ['ACCORD_ZONE', 'Asia/Nowhere'],
    ['DIGEST_AT', 'Monday'],
    ['DIGEST_AT', 'Mon 25:00'],
    ['DIGEST_AT', 'Mon,Thu 08:00'],
    ['WORK_DAYS', 'Sun-Thu-Fri'],
    ['REMINDERS_AT', '08:00 Mon'],
    ['DIGEST_CATCH_UP_HOURS', '0'],
    ['GROUP_MIN_SECTORS', '1'],
    ['GROUP_WINDOW_DAYS', '-1'],
    ['GROUP_CALL', 'sometimes'],
    ['LONG_OVERDUE_DAYS', 'ninety'],
    ['SILENT_DAYS', '0'],
    ['DUE_SOON_DAYS', '91'],
    ['REMINDER_ITEMS', '9'],
    ['PLAYGROUND', 'yes'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(
      problemsOf({ ...(name === 'SLACK_SIGNING_SECRET' ? { ...SLACK, SLACK_APP_TOKEN: '' } : {}), [name]: value }),
    ).toEqual([expect.stringMatching(new RegExp(`^${name} .{8,}`))]);
  });

  test('says everything at once, and repeats no token', () => {
    const token = 'xoxp-secret-1234';
    const problems = problemsOf({ PORT: 'x', SLACK_BOT_TOKEN: token, DISCORD_TOKEN: 'short', ACCORD_LANG: 'fr' });
    const names = problems.map((problem) => problem.split(' ')[0]);
    expect(names.toSorted()).toEqual(
      ['ACCORD_LANG', 'COORDINATORS', 'DISCORD_TOKEN', 'PORT', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'].toSorted(),
    );
    expect(new ConfigProblems(problems).message).toContain('The configuration has 6 problems:');
    expect(problems.join('\n')).not.toContain(token);
  });
});

test('.env.example names the variables of src/config.ts, each once, and no other', () => {
  const known = [...read('../src/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1]);
  const shown = [...read('../.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect(known.length).toBeGreaterThan(20);
  expect(shown.toSorted()).toEqual(known.toSorted());
});

test('.env.example shows each default as it is', () => {
  const shown = [...read('../.env.example').matchAll(/^# ?([A-Z][A-Z0-9_]+)=(.+)$/gm)]
    .map(([, name = '', value = '']) => [name, value] as const)
    // Examples of what has no default.
    .filter(([name, value]) => name !== 'DATABASE_URL' && !value.includes('…'));
  expect(shown.length).toBeGreaterThan(10);
  expect(readConfig(Object.fromEntries(shown))).toEqual(readConfig({}));
});
