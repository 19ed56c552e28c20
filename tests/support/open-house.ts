import type pg from 'pg';
import { type Accord, build, type Log } from '../../src/build.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { parseSchedule } from '../../src/jobs/schedule.ts';
import type { House, Rules } from '../../src/use-cases/house.ts';

export const RULES: Rules = {
  longOverdueDays: 90,
  dueSoonDays: 14,
  silentDays: 30,
  minSectors: 3,
  windowDays: 180,
  perReminder: 5,
  remindBefore: [14, 7, 2],
  reminderBudget: 12,
  remindersPerThing: 6,
  reminderWindowDays: 30,
  workdays: [1, 2, 3, 4, 5],
  workHours: { from: '08:00', until: '17:00' },
  callAtOnce: false,
  digestCatchUpHours: 24,
  invitationDays: 14,
};

/** A clock that stands still until it is moved. */
export function standingClock(start: string) {
  let at = new Date(start).toISOString();
  return {
    now: () => at,
    moveTo(iso: string) {
      at = new Date(iso).toISOString();
    },
  };
}

export const ZONE = 'Asia/Ho_Chi_Minh';

/** Complains aloud about whatever the house would log as wrong. */
const loud: Log = {
  info() {},
  warn: (facts, message) => console.warn(message, facts),
  error: (facts, message) => console.error(message, facts),
};

/** The house as production builds it, on a test's database, clock and platforms. */
export async function openHouse(wish: {
  pool: pg.Pool;
  clock: { now(): string };
  platforms?: readonly Platform[];
  coordinators?: readonly string[];
  rules?: Partial<Rules>;
  publicHolidays?: House['publicHolidays'];
  zone?: string;
  digest?: string;
  lang?: 'en' | 'vi' | 'ar';
  log?: Log;
  nonce?: () => string;
}): Promise<Accord> {
  let count = 0;
  const at = (text: string) => {
    const schedule = parseSchedule(text);
    if (!schedule) throw new Error(text);
    return schedule;
  };
  return build({
    pool: wish.pool,
    clock: wish.clock,
    lang: wish.lang ?? 'en',
    zone: wish.zone ?? ZONE,
    rules: { ...RULES, ...wish.rules },
    // A country without holidays, whose present year is decided.
    publicHolidays: wish.publicHolidays ?? (async (year) => (year <= 2025 ? { days: [], decided: true } : null)),
    coordinators: wish.coordinators ?? [],
    digest: at(wish.digest ?? 'Mon 08:00'),
    reminders: at('Mon-Fri 08:30'),
    log: wish.log ?? loud,
    connect: () => wish.platforms ?? [],
    // Names that differ at their beginning: a part of one is taken as an invitation code.
    nonce: wish.nonce ?? (() => `${(++count).toString(36).padStart(6, '0')}abcdef0123`),
    luck: () => 0,
    worker: 'test',
  });
}
