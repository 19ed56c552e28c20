import { schedule as cron } from 'node-cron';
import { type Accord, build, type Log } from './build.ts';
import { publicHolidays } from './calendars/public-holidays.ts';
import { runCommandLine } from './command-line.ts';
import type { Config } from './config.ts';
import { isPlayground, platformFactory, vouchFor } from './connect.ts';
import { type HealthServer, openHealthServer } from './health-server.ts';
import { createHouseClock } from './house-clock.ts';
import type { OpenedPool } from './store/open-pool.ts';
import { reportHealth } from './use-cases/health.ts';
import { type Actor, HOUSE } from './use-cases/ports.ts';
import { openOffice, prepareOffice } from './use-cases/prepare-office.ts';

export const rulesOf = (config: Config) => ({
  longOverdueDays: config.LONG_OVERDUE_DAYS,
  dueSoonDays: config.DUE_SOON_DAYS,
  silentDays: config.SILENT_DAYS,
  minSectors: config.GROUP_MIN_SECTORS,
  windowDays: config.GROUP_WINDOW_DAYS,
  perReminder: config.REMINDER_ITEMS,
  remindBefore: config.REMIND_BEFORE,
  reminderBudget: config.REMINDER_BUDGET,
  remindersPerThing: config.REMINDERS_PER_ITEM,
  reminderWindowDays: 30,
  workdays: config.WORK_DAYS,
  workHours: config.WORK_HOURS,
  callAtOnce: config.GROUP_CALL === 'at-once',
  digestCatchUpHours: config.DIGEST_CATCH_UP_HOURS,
  invitationDays: 14,
});

const CLOCK: Actor = {
  sight: 'house',
  officerId: null,
  name: 'playground-clock',
  displayName: 'Playground clock',
  role: 'house',
  agencyId: null,
  via: 'playground',
};
const CLOCK_SETTING = 'playground-clock';

export interface Started extends AsyncDisposable {
  readonly accord: Accord;
  readonly opened: OpenedPool;
}

export interface StartOptions {
  /** Fills an empty register with the demonstration year. */
  readonly demo: boolean;
  readonly log: Log;
  /** Shows each step. */
  readonly tell: (line: string) => void;
  /** Whoever asks it to stop is heard while it starts, too. */
  readonly asked: AbortSignal;
}

/**
 * Builds the house on an opened database, fills it if it is new, connects, and keeps time. Where that fails, or is asked
 * to end (it throws the signal's reason then), what was started is stopped and the database closed.
 */
export async function startAccord(
  config: Config,
  opened: OpenedPool,
  { demo, log, tell, asked }: StartOptions,
): Promise<Started> {
  let accord: Accord | undefined;
  let health: HealthServer | undefined;
  try {
    asked.throwIfAborted();
    const clock = createHouseClock(Date.now);
    const connect = await platformFactory(config, clock, log);
    const built = await build({
      pool: opened.pool,
      clock,
      lang: config.ACCORD_LANG,
      zone: config.ACCORD_ZONE,
      rules: rulesOf(config),
      publicHolidays: (year, wish) => publicHolidays(config.ACCORD_COUNTRY, year, wish),
      coordinators: config.coordinators,
      digest: config.DIGEST_AT,
      reminders: config.REMINDERS_AT,
      log,
      connect,
      vouch: vouchFor,
    });
    accord = built;
    const { store } = built.house;
    if (config.playground) {
      const kept = await store.read(HOUSE).setting(CLOCK_SETTING);
      if (typeof kept === 'number') clock.offset = Math.max(0, kept);
      clock.keep = (offset) => store.write(CLOCK, (writer) => writer.setSetting(CLOCK_SETTING, offset));
    }
    // The demonstration's texts are read where they are needed, once.
    if (demo && (await store.read(HOUSE).setting('demo')) === null) {
      const { seedDemo } = await import('./demo/seed.ts');
      await seedDemo(
        store,
        clock,
        inQuarters((percent) => {
          asked.throwIfAborted();
          tell(`filling in the demonstration year, which is fictional: ${percent}%`);
        }),
      );
    }
    if (config.playground) await prepareOffice(built.house);
    // It answers while the platforms are still being reached: that all is not well yet.
    const { HEALTH_PORT: port, HEALTH_HOST: host } = config;
    if (port !== undefined) {
      health = await openHealthServer({ host, port }, () => reportHealth(built.house));
      tell(`health is told at ${health.url}`);
    }
    await unlessAsked(built.start(), asked);
    for (const platform of built.platforms)
      if (isPlayground(platform))
        await openOffice(built.house, platform.name, await platform.channelId('coordination'), demo);
    opened.setDoor((request, out) => runCommandLine(request, built.house, out));
    // Cron wakes every minute; the database decides what is due and who does it.
    const knock = async () => {
      await built.jobs
        .knock()
        .catch((error: unknown) => log.error({ error }, 'the planned jobs could not be looked at'));
      built.relay.nudge();
    };
    // A minute that a busy machine misses is no news: the next knock finds what was due.
    const knocking = cron('* * * * *', knock, { noOverlap: true, name: 'knock', suppressMissedWarning: true });
    await knock();
    return {
      accord: built,
      opened,
      async [Symbol.asyncDispose]() {
        await knocking.stop();
        await health?.close();
        await built.stop();
        await opened.close();
      },
    };
  } catch (error) {
    await health?.close();
    await accord?.stop();
    await opened.close();
    throw error;
  }
}

/** What is waited for, unless somebody asks it all to end first: then the signal's reason is thrown. */
export async function unlessAsked<T>(waited: Promise<T>, asked: AbortSignal): Promise<T> {
  let heard = () => {};
  const end = new Promise<never>((_, reject) => {
    heard = () => reject(asked.reason);
    asked.addEventListener('abort', heard, { once: true });
  });
  try {
    asked.throwIfAborted();
    return await Promise.race([waited, end]);
  } finally {
    asked.removeEventListener('abort', heard);
  }
}

/** A step of a long work, told at each quarter. */
function inQuarters(tell: (percent: number) => void): (done: number, of: number) => void {
  let told = -1;
  return (done, of) => {
    const quarter = Math.floor((4 * done) / of);
    if (quarter === told) return;
    told = quarter;
    tell(quarter * 25);
  };
}
