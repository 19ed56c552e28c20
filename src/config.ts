import { z } from 'zod';
import type { CannotStart } from './chat/cannot-start.ts';
import { LANGS } from './chat/language.ts';
import { parseSchedule, type Schedule } from './jobs/schedule.ts';

const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int()
    .min(least)
    .max(most);
const schedule = z.string().transform((text, context): Schedule => {
  const parsed = parseSchedule(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: "must be weekdays and a time, such as 'Mon 08:00' or 'Mon-Fri 08:30'" });
  return z.NEVER;
});
/** Of a week there is one digest. */
const weekly = schedule.refine(
  ({ weekdays }) => weekdays.length === 1,
  "must be one weekday and a time, such as 'Mon 08:00': the digest is posted once a week",
);
const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, "must be a time zone's IANA name, such as 'Asia/Ho_Chi_Minh'");
const weekdays = z.string().transform((text, context): readonly number[] => {
  const parsed = parseSchedule(`${text.trim()} 00:00`);
  if (parsed) return parsed.weekdays;
  context.addIssue({ code: 'custom', message: "must be weekdays, such as 'Mon-Fri' or 'Sun-Thu'" });
  return z.NEVER;
});
const hours = z.string().transform((text, context) => {
  const [, from = '', until = ''] = /^\s*([0-2]\d:[0-5]\d)\s*-\s*([0-2]\d:[0-5]\d)\s*$/.exec(text) ?? [];
  if (from !== '' && from < until && until < '24') return { from, until };
  context.addIssue({
    code: 'custom',
    message: "must be the hours in which people are written to, such as '08:00-17:00'",
  });
  return z.NEVER;
});
const daysBefore = z.string().transform((text, context): readonly number[] => {
  const days = text.split(',').map((each) => Number(each.trim()));
  if (days.every((each) => Number.isInteger(each) && each >= 1 && each <= 90)) return days;
  context.addIssue({ code: 'custom', message: "must be workdays before the due date, such as '14,7,2'" });
  return z.NEVER;
});
const host = z.string().regex(/^[0-9A-Za-z.:-]+$/, "must be an address to listen on, such as '127.0.0.1' or '0.0.0.0'");
const loopbackOrService = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

/** The environment, each variable with its default. `.env.example` explains them. */
const environment = z.object({
  PORT: whole(0, 65535).default(3000),
  HEALTH_PORT: whole(0, 65535).optional(),
  HEALTH_HOST: host.default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith(
      'xoxb-',
      "must begin with 'xoxb-': api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token",
    )
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith(
      'xapp-',
      "must begin with 'xapp-': api.slack.com/apps, your app, Basic Information, App-Level Tokens (scope connections:write)",
    )
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(
      /^[0-9a-f]{32,}$/i,
      'must be hexadecimal digits: api.slack.com/apps, your app, Basic Information, App Credentials, Signing Secret',
    )
    .optional(),
  SLACK_PORT: whole(0, 65535).default(3001),
  SLACK_HOST: host.default('127.0.0.1'),
  SLACK_PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  SLACK_COMMAND_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,15}$/, "must be at most 15 small letters, digits and hyphens, such as 'accord-'")
    .optional(),
  SLACK_API_URL: loopbackOrService.optional(),
  DISCORD_TOKEN: z
    .string()
    .min(20, 'is too short for a token: discord.com/developers, your application, Bot, Reset Token')
    .optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(
      /^\d{5,25}$/,
      "must be a server's id: in Discord switch on Developer Mode, then right-click the server, Copy Server ID",
    )
    .optional(),
  DISCORD_COMMANDS: z
    .enum(['everywhere', 'server'], { error: "must be 'everywhere' or 'server'" })
    .default('everywhere'),
  DISCORD_API_URL: loopbackOrService.optional(),
  COORDINATORS: z.string().default(''),
  ACCORD_LANG: z.enum(LANGS, { error: 'must be en, vi or ar' }).default('en'),
  ACCORD_ZONE: zone.default('Asia/Ho_Chi_Minh'),
  DIGEST_AT: weekly.prefault('Mon 08:00'),
  // Every day: a day that is not worked on has none, a Saturday worked in exchange for another day has.
  REMINDERS_AT: schedule.prefault('Mon-Sun 08:30'),
  ACCORD_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be a country's two letters, such as 'VN': its public holidays are nobody's workdays")
    .default('VN'),
  WORK_DAYS: weekdays.prefault('Mon-Fri'),
  WORK_HOURS: hours.prefault('08:00-17:00'),
  REMIND_BEFORE: daysBefore.prefault('14,7,2'),
  REMINDER_BUDGET: whole(5, 31).default(12),
  REMINDERS_PER_ITEM: whole(1, 31).default(6),
  DIGEST_CATCH_UP_HOURS: whole(1, 168).default(24),
  GROUP_MIN_SECTORS: whole(2, 20).default(3),
  GROUP_WINDOW_DAYS: whole(1, 3650).default(180),
  GROUP_CALL: z.enum(['proposed', 'at-once'], { error: "must be 'proposed' or 'at-once'" }).default('proposed'),
  LONG_OVERDUE_DAYS: whole(1, 3650).default(90),
  SILENT_DAYS: whole(1, 3650).default(30),
  DUE_SOON_DAYS: whole(1, 90).default(14),
  REMINDER_ITEMS: whole(1, 8).default(5),
  PLAYGROUND: z.enum(['on', 'off'], { error: "must be 'on' or 'off'" }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.infer<typeof environment> & {
  readonly playground: boolean;
  readonly coordinators: readonly string[];
};

/** Every problem of the environment, each with the variable's name. */
export class ConfigProblems extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}\n.env.example explains every variable.`,
    );
    this.problems = problems;
  }
}

/** Reads the environment. Throws ConfigProblems with everything that is wrong or missing at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is one that is not set: that is how .env files leave them out.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const needs = (name: string, other: string, where: string) => {
    if (given[other] !== undefined && given[name] === undefined)
      problems.push(`${name} is missing, and ${other} is set: ${where}`);
  };
  const inSlack = 'api.slack.com/apps, your app';
  for (const other of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'])
    needs('SLACK_BOT_TOKEN', other, `${inSlack}, OAuth & Permissions, Bot User OAuth Token`);
  if (given['SLACK_APP_TOKEN'] !== undefined && given['SLACK_SIGNING_SECRET'] !== undefined)
    problems.push(
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: keep the first for Socket Mode, or the second for requests that Slack sends to an address of yours',
    );
  if (given['SLACK_SIGNING_SECRET'] === undefined)
    needs(
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      `${inSlack}, Basic Information, App-Level Tokens (scope connections:write); or set SLACK_SIGNING_SECRET where Slack sends requests to you`,
    );
  if (given['DISCORD_COMMANDS'] === 'server' && given['DISCORD_GUILD_ID'] === undefined)
    problems.push(
      "DISCORD_GUILD_ID is missing, and DISCORD_COMMANDS is 'server': in Discord switch on Developer Mode, then right-click the server, Copy Server ID",
    );
  needs('DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'discord.com/developers, your application, Bot, Reset Token');
  const connected = given['SLACK_BOT_TOKEN'] !== undefined || given['DISCORD_TOKEN'] !== undefined;
  if (connected && given['COORDINATORS'] === undefined) {
    problems.push(
      "COORDINATORS is missing: name the first coordinator by e-mail address or account, such as 'ha@mofa.example' or 'slack:U012AB3CD' (Slack: profile, Copy member ID) or 'discord:80351110224678912' (Discord: right-click, Copy User ID)",
    );
  }
  if (!parsed.success || problems.length > 0) throw new ConfigProblems(problems);
  const coordinators = parsed.data.COORDINATORS.split(/[\s,;]+/).filter((each) => each !== '');
  return {
    ...parsed.data,
    coordinators,
    playground: parsed.data.PLAYGROUND === undefined ? !connected : parsed.data.PLAYGROUND === 'on',
  };
}

/** What to mend where a platform cannot be connected as it is configured: the variable, why, and where to look. */
const CANNOT_START: Readonly<Record<string, (why: string) => string>> = {
  'slack bot-token': (why) =>
    `SLACK_BOT_TOKEN is refused by Slack (${why}): copy it again from api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token`,
  'slack app-token': (why) =>
    `SLACK_APP_TOKEN is refused by Slack (${why}): generate one with the scope connections:write at api.slack.com/apps, your app, Basic Information, App-Level Tokens, and switch on Socket Mode`,
  'discord token': (why) =>
    `DISCORD_TOKEN is refused by Discord (${why}): discord.com/developers, your application, Bot, Reset Token, and copy the new one`,
  'discord guild': (why) =>
    `DISCORD_GUILD_ID names a server that the bot is not in, or may not offer commands in (${why}): copy the id again, and open the address that \`npm run -s discord:invite -- APPLICATION_ID\` prints to add the bot to that server`,
  'discord intents': (why) =>
    `Discord refuses the bot's intents (${why}): discord.com/developers, your application, Bot, Privileged Gateway Intents; none is needed, so that an update of the bot is wanted if this stays`,
  'accord health-port': (why) =>
    `HEALTH_PORT cannot be listened on at HEALTH_HOST (${why}): choose another, or stop what uses it`,
  'slack port': (why) => `SLACK_PORT cannot be listened on (${why}): choose another, or stop what uses it`,
};

/** The sentence for whoever configured it. */
export const startProblem = (error: CannotStart): string =>
  CANNOT_START[`${error.platform} ${error.setting}`]?.(error.why) ?? error.message;
