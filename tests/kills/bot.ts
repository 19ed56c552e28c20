import type { DiscordDouble } from '../doubles/discord/index.ts';
import type { SlackDouble } from '../doubles/slack/index.ts';
import { Accord, pause } from '../processes/accord-process.ts';
import { type PlaygroundVisit, visitPlayground } from '../processes/playground-visit.ts';
import { type Line, openLine, type Watcher } from './line.ts';

/** What of a delivery a kill waits for: it is about to be said, it was said and nobody told the bot, it was just told. */
export type Moment = 'saying' | 'said' | 'told';

/** The clock of a bot is moved by half a lease at most, so that nothing in its hands is taken for left behind. */
const STEP_MS = 45_000;

export interface Bot extends AsyncDisposable {
  readonly name: string;
  /** Started, and connected as far as it can be. */
  isUp(): boolean;
  /** Resolves when it is up. Rejects where it ends by itself. */
  up(): Promise<void>;
  start(): void;
  /** Ends it as a machine does that loses its power. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it has; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** Kills it when this moment of any message comes next; resolves once it is dead. `delay`: milliseconds after the moment. */
  killAt(moment: Moment, delay: number): Promise<void>;
  callOff(): void;
  /** Moves its clock forward to an instant; resolves when it has said what it could, or is dead. */
  moveTo(now: () => number): Promise<void>;
  /** Errors it logged, in all its lives. */
  complaints(): readonly string[];
}

export interface BotParts {
  readonly name: string;
  readonly home: { readonly cwd: string; readonly dataDir: string };
  readonly env: Readonly<Record<string, string>>;
  readonly slack: SlackDouble;
  readonly discord: DiscordDouble;
  /** Whether a message may go on its way now. */
  passes(bot: Bot): Promise<void>;
  /** A message was said. */
  noted(): void;
}

const SAYS = { slack: /\/api\/chat\.postMessage$/, discord: /\/channels\/\d+\/messages$/ } as const;

/** One bot, process after process: started as production starts it, its services behind lines that can be held up. */
export async function newBot(parts: BotParts): Promise<Bot> {
  const logs: Accord[] = [];
  let accord: Accord | null = null;
  let visit: PlaygroundVisit | null = null;
  let coming: Promise<void> = Promise.resolve();
  let killed = false;
  let aim: { readonly moment: Moment; readonly delay: number; readonly struck: () => void } | null = null;

  /** Whoever is aimed at goes no further than this. */
  async function strikeAt(moment: Moment): Promise<void> {
    if (aim?.moment !== moment) return;
    const { struck, delay } = aim;
    aim = null;
    if (delay > 0) await pause(delay);
    await bot.kill();
    struck();
  }

  const watcher: Watcher = {
    async saying() {
      await strikeAt('saying');
      await parts.passes(bot);
    },
    async said() {
      parts.noted();
      await strikeAt('said');
    },
    told: () => void strikeAt('told'),
  };
  const lines: Line[] = [
    await openLine(parts.slack.apiUrl, SAYS.slack, watcher),
    await openLine(parts.discord.apiUrl, SAYS.discord, watcher),
  ];
  const [slackLine, discordLine] = lines;

  const bot: Bot = {
    name: parts.name,
    isUp: () => visit !== null && accord?.running === true,
    async up() {
      for (;;) {
        const mine = coming;
        try {
          await mine;
        } catch (error) {
          if (mine === coming && !killed) throw error;
        }
        // Killed while it started: its next life is waited for.
        if (mine === coming && !killed) return;
        await pause(10);
      }
    },
    start() {
      killed = false;
      visit = null;
      const mine = new Accord('main', parts.home, [], {
        ...parts.env,
        SLACK_API_URL: slackLine?.url ?? '',
        DISCORD_API_URL: discordLine?.url ?? '',
      });
      accord = mine;
      logs.push(mine);
      coming = (async () => {
        const [, url = ''] = await mine.shows(/the playground is open at (\S+)/);
        const opened = await visitPlayground(url);
        if (accord === mine) visit = opened;
      })();
      // Killed while it starts, it is not waited for.
      coming.catch(() => {});
    },
    async kill() {
      killed = true;
      visit = null;
      await accord?.signal('SIGKILL');
    },
    async stop() {
      visit = null;
      return accord ? (await accord.signal('SIGTERM')).code : null;
    },
    killAt: (moment, delay) =>
      new Promise((struck) => {
        aim = { moment, delay, struck };
      }),
    callOff() {
      aim = null;
    },
    async moveTo(now) {
      const mine = visit;
      try {
        for (;;) {
          if (mine === null || mine !== visit) return;
          const behind = now() - Date.parse(await mine.now());
          if (behind <= 1000) return;
          await mine.movesClock(Math.min(behind, STEP_MS));
          if (behind <= STEP_MS) return;
        }
      } catch (error) {
        // It was killed meanwhile, or so slow that the time had passed by itself.
        const passed = error instanceof Error && error.message.includes('clock-only-forward');
        if (!passed && mine === visit && accord?.running) throw error;
      }
    },
    complaints: () => logs.flatMap((each) => each.stderr.split('\n').filter((line) => line.includes('"level":50'))),
    async [Symbol.asyncDispose]() {
      await accord?.[Symbol.asyncDispose]();
      for (const line of lines) await line[Symbol.asyncDispose]();
    },
  };
  return bot;
}
