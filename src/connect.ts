import type { Log } from './build.ts';
import type { Doctor } from './chat/doctor.ts';
import type { Platform } from './chat/platform.ts';
import type { Playground } from './chat/playground/index.ts';
import type { Config } from './config.ts';
import { moveClock } from './jobs/move-clock.ts';
import type { Jobs } from './jobs/runner.ts';
import { LOCALES } from './locales/index.ts';
import type { Relay } from './outbox/relay.ts';
import type { Database } from './store/index.ts';
import { createPlaygroundLedger } from './store/playground-ledger.ts';
import { reportHealth } from './use-cases/health.ts';
import type { House } from './use-cases/house.ts';
import { HOUSE } from './use-cases/ports.ts';

/** How the playground calls an officer, and which officer is behind such a name. */
const personId = (officerId: number): string => `officer-${officerId}`;
export function vouchFor(account: { platform: string; id: string }): number | null {
  const match = account.platform === 'playground' ? /^officer-(\d{1,9})$/.exec(account.id) : null;
  return match ? Number(match[1]) : null;
}

export const isPlayground = (platform: Platform): platform is Playground => platform.name === 'playground';

const CHANNELS = ['coordination', 'general'] as const;

/** The platforms that the configuration names. SDKs are loaded only where they are used: they cost memory and time. */
export async function platformFactory(config: Config, clock: MovableClock, log: Log) {
  const slack = config.SLACK_BOT_TOKEN !== undefined ? await import('./chat/slack/index.ts') : null;
  const discord = config.DISCORD_TOKEN !== undefined ? await import('./chat/discord/index.ts') : null;
  const playground = config.playground ? await playgroundParts() : null;
  const now = () => clock.now();
  return (house: House, db: Database, jobs: Jobs, relay: Relay): readonly Platform[] => [
    ...(slack
      ? [
          slack.createSlack({
            botToken: config.SLACK_BOT_TOKEN ?? '',
            receives:
              config.SLACK_SIGNING_SECRET === undefined
                ? { appToken: config.SLACK_APP_TOKEN ?? '' }
                : {
                    signingSecret: config.SLACK_SIGNING_SECRET,
                    host: config.SLACK_HOST,
                    port: config.SLACK_PORT,
                    health: () => reportHealth(house),
                  },
            ...(config.SLACK_COMMAND_PREFIX === undefined ? {} : { commandPrefix: config.SLACK_COMMAND_PREFIX }),
            ...(config.SLACK_API_URL === undefined ? {} : { apiUrl: config.SLACK_API_URL }),
            log,
            now,
          }),
        ]
      : []),
    ...(discord
      ? [
          discord.createDiscord({
            token: config.DISCORD_TOKEN ?? '',
            ...(config.DISCORD_GUILD_ID === undefined ? {} : { guild: config.DISCORD_GUILD_ID }),
            commandsIn: config.DISCORD_COMMANDS === 'server' ? 'guild' : 'everywhere',
            ...(config.DISCORD_API_URL === undefined ? {} : { apiUrl: config.DISCORD_API_URL }),
            log,
            now,
          }),
        ]
      : []),
    ...(playground
      ? [
          playground.createPlayground({
            port: config.PORT,
            ledger: createPlaygroundLedger(db),
            async people() {
              const officers = await house.store.read(HOUSE).officers();
              // The first is whom the page opens as: a coordinator.
              const first = officers.find((officer) => officer.role === 'coordinator');
              const sorted = first ? [first, ...officers.filter((officer) => officer !== first)] : officers;
              return sorted.map((officer) => ({
                id: personId(officer.id),
                name: officer.name,
                ...(officer.email === null ? {} : { email: officer.email }),
                role: officer.role,
                agency: officer.agency.name,
                lang: officer.lang ?? house.lang,
              }));
            },
            clock: { now, moveTo: (iso) => moveClock(iso, { clock, jobs, relay }) },
            dialects: playground.dialects,
            words: playgroundWords,
            log,
            now: () => new Date().toISOString(),
            channels: CHANNELS,
            zone: house.zone,
            health: () => reportHealth(house),
          }),
        ]
      : []),
  ];
}

/** Who looks at the platforms that the configuration names. */
export async function doctorsOf(config: Config, now: () => string): Promise<ReadonlyMap<string, Doctor>> {
  const doctors = new Map<string, Doctor>();
  if (config.SLACK_BOT_TOKEN !== undefined) {
    const { createSlackDoctor } = await import('./chat/slack/doctor.ts');
    const doctor = createSlackDoctor({
      botToken: config.SLACK_BOT_TOKEN,
      ...(config.SLACK_APP_TOKEN === undefined ? {} : { appToken: config.SLACK_APP_TOKEN }),
      ...(config.SLACK_API_URL === undefined ? {} : { apiUrl: config.SLACK_API_URL }),
      now,
    });
    doctors.set('slack', doctor);
  }
  if (config.DISCORD_TOKEN !== undefined) {
    const { createDiscordDoctor } = await import('./chat/discord/doctor.ts');
    const doctor = createDiscordDoctor({
      token: config.DISCORD_TOKEN,
      ...(config.DISCORD_GUILD_ID === undefined ? {} : { guild: config.DISCORD_GUILD_ID }),
      ...(config.DISCORD_API_URL === undefined ? {} : { apiUrl: config.DISCORD_API_URL }),
      now,
    });
    doctors.set('discord', doctor);
  }
  return doctors;
}

/** The house's clock; a demonstration may move it forward. */
export interface MovableClock {
  now(): string;
  /** Sets it; it goes on from there. */
  set(iso: string): Promise<void>;
}

async function playgroundParts() {
  const [{ createPlayground }, slack, discord] = await Promise.all([
    import('./chat/playground/index.ts'),
    import('./chat/slack/render.ts'),
    import('./chat/discord/render.ts'),
  ]);
  return { createPlayground, dialects: { slack: slack.render, discord: discord.render } };
}

/** The page's own words: the sentences under `playground.` */
const playgroundWords = (lang: keyof typeof LOCALES): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...LOCALES.en, ...LOCALES[lang] })
      .filter(([key]) => key.startsWith('playground.'))
      .map(([key, words]) => [key.slice('playground.'.length), words]),
  );
