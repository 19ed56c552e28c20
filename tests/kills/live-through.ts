import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { migrateToLatest } from '../../src/store/migrate.ts';
import { openDiscordDouble } from '../doubles/discord/index.ts';
import { openSlackDouble } from '../doubles/slack/index.ts';
import { pause } from '../processes/accord-process.ts';
import { luckOf } from '../simulation/luck.ts';
import { startNativePostgres } from '../support/native-postgres.ts';
import { type Bot, newBot } from './bot.ts';
import { CLAIMING, makeHoldable, promising, RECORDING, whileHeldUp } from './hold.ts';
import { BEGINNING, MONDAY, type Office, settleIn } from './office.ts';
import { type Kill, type Place, planOf } from './plan.ts';
import { examine, type Record } from './record.ts';
import { createTally } from './tally.ts';

export interface Wish {
  readonly kills: number;
  readonly database: 'postgres' | 'embedded';
  readonly channels: number;
  readonly people: number;
  readonly seed: number;
  tell(line: string): void;
}

export interface Lived extends Record {
  /** By where they found the bot. */
  readonly kills: Readonly<Partial<globalThis.Record<Place, number>>>;
  /** Errors that the bots logged. */
  readonly complaints: readonly string[];
  readonly seconds: number;
}

const DIGEST_AT = Date.parse(`${MONDAY}T01:00:00.000Z`);
const REMINDERS_AT = Date.parse(`${MONDAY}T01:30:00.000Z`);
/** By so much the time goes on when nothing more can be said now. */
const ROUND_MS = 45_000;
/** Rounds in which nothing was said, after which nothing more is expected: leases and look-ups are over by then. */
const QUIET_ROUNDS = 10;
/** How long a place is waited for before the bot is killed wherever it is. */
const PATIENCE = 4000;

/** Digests and reminders go out while bots are killed; resolves to what stands in the end. */
export async function liveThrough(wish: Wish): Promise<Lived> {
  const begun = performance.now();
  const luck = luckOf(wish.seed);
  let ahead = Date.parse(BEGINNING) - Date.now();
  const now = () => Date.now() + ahead;
  await using slack = await openSlackDouble({ now });
  await using discord = await openDiscordDouble({ now, token: 'a-token-of-the-double' });
  await using database = await openDatabaseOf(wish.database);
  const office = await database.use((pool) => settleIn(pool, wish, { slack, discord }));
  // The house's clock goes on from where the register says it is.
  ahead = Date.parse(BEGINNING) - Date.now();
  await database.use((pool) =>
    pool.query(`update settings set value = $1::jsonb where key = 'playground-clock'`, [String(ahead)]),
  );

  const kills: Partial<globalThis.Record<Place, number>> = {};
  const tally = createTally();
  const bots: Bot[] = [];
  for (let at = 0; at < (wish.database === 'postgres' ? 2 : 1); at++)
    bots.push(
      await newBot({
        name: `bot-${at + 1}`,
        home: database.home,
        env: { ...environment(office, slack, discord), ...serverFor(`bot-${at + 1}`) },
        slack,
        discord,
        passes: (bot) => tally.passes(bot),
        noted: () => tally.noted(),
      }),
    );
  try {
    for (const bot of bots) bot.start();
    await Promise.all(bots.map((bot) => bot.up()));
    wish.tell(`${bots.length} up, ${Math.round((performance.now() - begun) / 1000)} s`);

    const expected = office.agencies.length + office.coordination.length * (1 + wish.channels) + wish.people;
    const plan = planOf(luck, Math.max(0, wish.kills - 2), expected, bots.length, database.url !== null);
    const striking = (async () => {
      for (const kill of plan) {
        await tally.reaches(kill.after);
        await tally.heldUp((alone) => strike(kill, alone));
        if (killed() % 10 === 0)
          wish.tell(`${killed()} killed, ${tally.said()} said, ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    })();
    // A kill that fails ends it all; that all have come does not.
    await Promise.race([goOn(), striking.then(() => new Promise<never>(() => {}))]);
    tally.dry();
    await striking;
    await goOn();
    for (const bot of bots) {
      await bot.up();
      const code = await bot.stop();
      if (code !== 0) throw new Error(`${bot.name} ended with ${code} when it was asked to`);
    }
    return {
      ...(await database.use((pool) => examine(pool, office, { slack, discord }))),
      kills,
      complaints: bots.flatMap((bot) => bot.complaints()),
      seconds: Math.round((performance.now() - begun) / 100) / 10,
    };
  } finally {
    for (const bot of bots) await bot[Symbol.asyncDispose]();
  }

  /** The server is told who asks, so that it can be told who is held up. */
  function serverFor(name: string): { readonly DATABASE_URL?: string } {
    return database.url === null ? {} : { DATABASE_URL: `${database.url}?application_name=${name}` };
  }

  function killed(): number {
    return Object.values(kills).reduce((sum, each) => sum + each, 0);
  }

  /** Time goes on in rounds until nothing more is said. */
  async function goOn(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
      const before = tally.said();
      const from = now();
      ahead += ROUND_MS;
      const crossed = [DIGEST_AT, REMINDERS_AT].find((tick) => from < tick && tick <= now());
      const planning = crossed === undefined || wish.kills < 2 ? null : killWhilePlanning(crossed);
      await Promise.all(bots.map((bot) => bot.up().then(() => bot.moveTo(now))));
      await planning;
      quiet = tally.said() > before || now() < REMINDERS_AT ? 0 : quiet + 1;
    }
  }

  /** A kill in the middle of what a planned run promises; where nobody can look inside, soon after it fell due. */
  async function killWhilePlanning(tick: number): Promise<void> {
    const delay = luck.whole(0, 1500);
    if (database.url === null) {
      await pause(delay);
      return fall(luck.pick(bots), 'due');
    }
    const channel = await database.use((pool) => middleChannel(pool, tick === DIGEST_AT ? 'agency' : 'direct'));
    await whileHeldUp(database.url, promising(channel), null, async (who) => {
      const bot = bots.find((each) => each.name === who);
      if (bot) await fall(bot, 'planning');
      else await fall(luck.pick(bots), 'anywhere');
    });
  }

  async function fall(bot: Bot, place: Place): Promise<void> {
    await bot.kill();
    kills[place] = (kills[place] ?? 0) + 1;
    bot.start();
  }

  async function strike({ place, bot: at, delay }: Kill, alone: (bot: Bot) => void): Promise<void> {
    const first = bots[at];
    if (!first) return;
    if (place === 'starting' && !first.isUp()) {
      await pause(delay);
      return fall(first, 'starting');
    }
    // Whoever is up: the other one comes back meanwhile.
    const bot = first.isUp() ? first : (bots.find((each) => each.isUp()) ?? first);
    await bot.up();
    alone(bot);
    const { url } = database;
    if ((place === 'claiming' || place === 'recording') && url !== null) {
      const held = place === 'claiming' ? CLAIMING : RECORDING;
      return whileHeldUp(url, held, bot.name, (who) => fall(bot, who === null ? 'anywhere' : place));
    }
    if (place === 'saying' || place === 'said' || place === 'told') {
      const struck = bot.killAt(place, delay).then(() => true);
      const came = await Promise.race([struck, pause(PATIENCE).then(() => false), tally.dried().then(() => false)]);
      bot.callOff();
      return fall(bot, came ? place : 'anywhere');
    }
    await pause(delay);
    return fall(bot, 'anywhere');
  }
}

const environment = (
  office: Office,
  slack: { readonly tokens: { readonly bot: string; readonly app: string } },
  discord: { readonly token: string; readonly world: { readonly guildId: string } },
) => ({
  PLAYGROUND: 'on',
  SLACK_BOT_TOKEN: slack.tokens.bot,
  SLACK_APP_TOKEN: slack.tokens.app,
  DISCORD_TOKEN: discord.token,
  DISCORD_GUILD_ID: discord.world.guildId,
  COORDINATORS: office.coordinator,
  DIGEST_AT: 'Mon 08:00',
  REMINDERS_AT: 'Mon-Sun 08:30',
});

async function middleChannel(pool: pg.Pool, kind: 'agency' | 'direct'): Promise<number> {
  const { rows } = await pool.query<{ id: number }>('select id from channels where kind = $1 order by id', [kind]);
  return rows[Math.floor(rows.length / 2)]?.id ?? 0;
}

/** The one database of a run: a server's, or a directory that is opened while no bot has it. */
interface RunDatabase extends AsyncDisposable {
  readonly home: { readonly cwd: string; readonly dataDir: string };
  readonly url: string | null;
  use<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T>;
}

async function openDatabaseOf(kind: 'postgres' | 'embedded'): Promise<RunDatabase> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'accord-kills-'));
  const home = { cwd, dataDir: path.join(cwd, 'data') };
  const gone = () => rm(cwd, { recursive: true, force: true });
  if (kind === 'embedded') {
    return {
      home,
      url: null,
      async use(work) {
        await using embedded = await openEmbedded({ dataDir: home.dataDir });
        await migrateToLatest(embedded.pool);
        return await work(embedded.pool);
      },
      [Symbol.asyncDispose]: gone,
    };
  }
  const server = await startNativePostgres();
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  await migrateToLatest(pool);
  await makeHoldable(pool);
  return {
    home,
    url: server.url,
    use: (work) => work(pool),
    async [Symbol.asyncDispose]() {
      await pool.end();
      await server[Symbol.asyncDispose]();
      await gone();
    },
  };
}
