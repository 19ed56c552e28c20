import { schedule as cron } from 'node-cron';
import { type Accord, build, type Log } from './build.ts';
import { runCommandLine } from './command-line.ts';
import type { Config } from './config.ts';
import { isPlayground, platformFactory, vouchFor } from './connect.ts';
import { createHouseClock } from './house-clock.ts';
import type { OpenedPool } from './store/open-pool.ts';
import { type Actor, HOUSE } from './use-cases/ports.ts';
import { openOffice, prepareOffice } from './use-cases/prepare-office.ts';

export const rulesOf = (config: Config) => ({
  longOverdueDays: config.LONG_OVERDUE_DAYS,
  dueSoonDays: config.DUE_SOON_DAYS,
  silentDays: config.SILENT_DAYS,
  minSectors: config.GROUP_MIN_SECTORS,
  windowDays: config.GROUP_WINDOW_DAYS,
  perReminder: config.REMINDER_ITEMS,
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

/** Builds the house on an opened database, fills it if it is new, connects, and keeps time. `tell` shows each step. */
export async function startAccord(
  config: Config,
  opened: OpenedPool,
  demo: boolean,
  log: Log,
  tell: (line: string) => void,
): Promise<Started> {
  try {
    const clock = createHouseClock(Date.now);
    const connect = await platformFactory(config, clock, log);
    const accord = await build({
      pool: opened.pool,
      clock,
      lang: config.ACCORD_LANG,
      zone: config.ACCORD_ZONE,
      rules: rulesOf(config),
      coordinators: config.coordinators,
      digest: config.DIGEST_AT,
      reminders: config.REMINDERS_AT,
      log,
      connect,
      vouch: vouchFor,
    });
    const { store } = accord.house;
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
        inQuarters((percent) => tell(`filling in the demonstration year, which is fictional: ${percent}%`)),
      );
    }
    if (config.playground) await prepareOffice(accord.house);
    await accord.start();
    for (const platform of accord.platforms)
      if (isPlayground(platform))
        await openOffice(accord.house, platform.name, await platform.channelId('coordination'), demo);
    opened.setDoor((request, out) => runCommandLine(request, accord.house, out));
    // Cron wakes every minute; the database decides what is due and who does it.
    const knock = async () => {
      await accord.jobs
        .knock()
        .catch((error: unknown) => log.error({ error }, 'the planned jobs could not be looked at'));
      accord.relay.nudge();
    };
    const knocking = cron('* * * * *', knock, { noOverlap: true, name: 'knock' });
    await knock();
    return {
      accord,
      opened,
      async [Symbol.asyncDispose]() {
        await knocking.stop();
        await accord.stop();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
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
