import type pg from 'pg';
import type { Log } from '../../src/build.ts';

import type { Schedule } from '../../src/jobs/schedule.ts';
import { instantOf } from '../../src/use-cases/zoned.ts';
import { allWords } from '../use-cases/small-office.ts';
import { type Blow, blowsOf } from './blows.ts';
import { SimulatedFault } from './database.ts';
import { createInstance, type Instance } from './instance.ts';
import { type Answered, livesOf, typesIt } from './life.ts';
import { luckOf } from './luck.ts';
import { type Office, type Size, settleIn } from './office.ts';
import { createService, type Service } from './service.ts';
import { type Calendar, settingOf } from './setting.ts';
import { createSteps } from './steps.ts';
import type { Trace } from './trace.ts';
import { createWeather, type Weather } from './weather.ts';

/** What a seed's world was and what became of it: what the invariants are held against. */
export interface World {
  readonly seed: number;
  readonly zone: string;
  readonly digest: Schedule;
  readonly reminders: Schedule;
  readonly calendar: Calendar;
  readonly from: number;
  readonly until: number;
  readonly office: Office;
  readonly services: readonly Service[];
  readonly answers: readonly Answered[];
  readonly weather: Weather;
  /** What the bot logged as a fault of its own. */
  readonly complaints: readonly string[];
  readonly steps: number;
  readonly moments: number;
  /** When each bot was down. */
  readonly downtimes: readonly (readonly Span[])[];
  readonly skewed: boolean;
}

/** Days without faults before the count is made: whatever can still be said is said by then. */
const CALM_DAYS = 4;

/** A small world sees some thousand. */
const MOST_MOMENTS = 100_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When something may be said next. It has a name so that it is planned once: planning costs twenty times what it does. */
const WHEN_TO_SAY = `select min(case d.state
      when 'pending' then greatest(d.not_before, (
        select max(b.doubt_since) + interval '10 minutes' from deliveries b
        where b.channel_id = d.channel_id and b.ord < d.ord and b.state = 'in-doubt'))
      else coalesce(d.lease_until, d.attempted_at) end) as at
   from deliveries d
   where (d.state = 'pending' and not exists (
        select 1 from deliveries b where b.channel_id = d.channel_id and b.ord < d.ord
          and (b.state = 'sending' or (b.state = 'pending' and b.attempts > 0))))
     or d.state = 'sending' or (d.state = 'in-doubt' and d.attempted_at > $1)`;

/** Lives through one seed's weeks on an empty, migrated database. */
export async function liveThrough(seed: number, pool: pg.Pool, size: Size, trace: Trace): Promise<World> {
  const luck = luckOf(seed);
  const setting = await settingOf(luck, size.weeks);
  const { zone, digest, reminders } = setting;
  const from = Date.parse(instantOf(setting.monday, '06:00', zone));
  const until = from + size.weeks * 7 * DAY;
  const weather = createWeather(luck, size.weeks > 12);
  const time = { now: from };
  const complaints: string[] = [];
  const log: Log = {
    info() {},
    warn() {},
    error(facts, message) {
      const { error } = facts as { error?: unknown };
      if (!isSimulated(error))
        complaints.push(`${message}: ${error instanceof Error ? error.stack : JSON.stringify(facts)}`);
    },
  };
  const steps = createSteps(time, luck, trace, (instance, error) => {
    if (!instance.dead && !isSimulated(error))
      complaints.push(`${instance.name}: ${error instanceof Error ? error.stack : String(error)}`);
  });
  const office = await settleIn(pool, {
    now: new Date(from).toISOString(),
    today: setting.monday,
    luck,
    size,
    platforms: luck.chance(0.5) ? ['history'] : ['history', 'nonce'],
    zones: setting.zones,
  });
  const people = new Map(office.staff.map((each) => [`${each.account.toLowerCase()}@gov.example`, each.account]));
  const services = (['history', 'nonce'] as const).map((name) =>
    createService({ name, memory: name, people, steps, weather, time, luck, words: allWords }),
  );
  for (const { platform, conversation } of office.channels)
    services.find((each) => each.name === platform)?.open(conversation);

  const { publicHolidays } = setting;
  const parts = {
    real: pool,
    steps,
    weather,
    luck,
    services,
    time,
    zone,
    digest,
    reminders,
    publicHolidays,
    log,
    trace,
  };
  const bots: Bot[] = Array.from({ length: luck.chance(0.5) ? 2 : 1 }, (_, at) => ({
    instance: createInstance(`bot${at}-0`, parts),
    startAt: from,
    life: 0,
    knockAt: from,
    down: [],
  }));
  const sayings = [...livesOf(office, luck, from + 2 * HOUR, size.weeks * 7 - CALM_DAYS - 1)];
  const blows = blowsOf(luck, from + DAY, until - (CALM_DAYS + 9) * DAY);
  for (const each of setting.conditions) weather.note(each);
  if (bots.length > 1) weather.note('two-instances');
  if (office.staff.some((each) => each.zone !== null)) weather.note('other-zones');
  const answers: Answered[] = [];
  let skewed = false;
  let skew = 0;
  /** When something may be said, as far as it is known now. */
  let outboxAt = from;

  let moments = 0;
  for (; time.now < until; moments++) {
    if (moments > MOST_MOMENTS) throw new Error(`seed ${seed} does not come to its end`);
    weather.calm = time.now > until - CALM_DAYS * DAY;
    while ((blows[0]?.at ?? Number.POSITIVE_INFINITY) <= time.now) strike(blows.shift()?.kind);
    for (const bot of bots) {
      if (bot.instance.dead) {
        // Whoever watches over it starts it again, after a while.
        const again = luck.chance(0.9) ? luck.whole(5, 300) * 1000 : luck.whole(1, 12) * HOUR;
        if (bot.startAt <= time.now && bot.life >= 0) bot.startAt = Math.max(bot.startAt, time.now) + again;
        bot.down.push({ from: time.now, until: bot.startAt });
        bot.life++;
        const { skew } = bot.instance;
        bot.instance = createInstance(`${bot.instance.name.split('-')[0]}-${bot.life}`, parts);
        bot.instance.skew = skew;
        bot.knockAt = bot.startAt;
      }
      const { instance } = bot;
      if (bot.startAt > time.now) continue;
      // A bot that is knocked at each minute finds nothing most of the time: that is tried now and then.
      const isDue = bot.knockAt <= time.now || luck.chance(0.05);
      if (!isDue && outboxAt > time.now) continue;
      steps.task(instance, async () => {
        if (!instance.accord) await instance.start();
        if (isDue) {
          const before = struck();
          bot.knockAt = time.now;
          await instance.accord?.settle();
          // What failed is tried again at the next minute's knock.
          if (struck() === before) bot.knockAt = nextKnock(instance);
        } else await instance.accord?.relay.settle();
      });
    }
    while ((sayings[0]?.at ?? Number.POSITIVE_INFINITY) <= time.now) {
      const saying = sayings.shift();
      const up = bots.filter(({ instance }) => instance.accord !== null);
      if (!saying || up.length === 0) continue;
      const { instance } = luck.pick(up);
      steps.task(instance, async () => void answers.push(await typesIt(instance, saying)));
    }
    await steps.run();
    time.now = await nextMoment();
    trace.note('at', new Date(time.now).toISOString());
  }

  function struck(): number {
    return Object.values(weather.faults).reduce((sum, each) => sum + each, 0);
  }

  function nextKnock({ accord, now, skew }: Instance): number {
    const tick = accord?.jobs.next(now()) ?? null;
    return tick === null ? Number.POSITIVE_INFINITY : Date.parse(tick) - skew;
  }

  async function nextMoment(): Promise<number> {
    const somebodyIsUp = bots.some(({ instance, startAt }) => !instance.dead && startAt <= time.now);
    outboxAt = somebodyIsUp ? await whenToSay() : Number.POSITIVE_INFINITY;
    const moments = [until, sayings[0]?.at ?? until, blows[0]?.at ?? until, outboxAt];
    for (const { instance, startAt, knockAt } of bots)
      moments.push(Math.max(time.now + MINUTE, instance.dead ? 0 : Math.max(startAt, knockAt)));
    // Cron knocks within the minute, and nothing is looked at more often than each second.
    return Math.max(Math.min(...moments) + luck.whole(0, 30_000), time.now + 1000);
  }

  async function whenToSay(): Promise<number> {
    // What has been in doubt for an hour stays so until somebody decides; what waits behind another is looked at with it.
    const ago = (ms: number) => new Date(time.now - ms).toISOString();
    const { rows } = await pool.query({ name: 'when-to-say', text: WHEN_TO_SAY, values: [ago(HOUR)] });
    const { at } = rows[0] as { at: string | null };
    return at === null ? Number.POSITIVE_INFINITY : Math.max(Date.parse(at), time.now + MINUTE);
  }

  function strike(kind: Blow['kind'] | undefined): void {
    if (kind === undefined) return;
    weather.note(kind);
    switch (kind) {
      case 'platform-outage':
        weather.outageUntil = time.now + luck.whole(1, 180) * MINUTE;
        break;
      case 'database-restart':
        weather.restartUntil = time.now + luck.whole(1, 120) * 1000;
        for (const { instance } of bots) if (luck.chance(0.3)) instance.crash();
        break;
      case 'clock-jump':
        skewed = true;
        skew = luck.whole(-20, 20) * MINUTE;
        // The machine's clock is set, for all its bots; between two of them it differs by seconds, as a lease allows.
        for (const bot of bots) {
          bot.instance.skew = skew + luck.whole(-20, 20) * 1000;
          bot.knockAt = Math.min(bot.knockAt, time.now);
        }
        break;
      case 'downtime':
      case 'downtime-of-days': {
        const back = time.now + (kind === 'downtime' ? luck.whole(1, 30) * HOUR : luck.whole(2, 8) * DAY);
        for (const bot of bots) {
          bot.instance.crash();
          bot.startAt = back;
        }
        break;
      }
      case 'person-left': {
        const who = luck.pick(office.staff.filter((each) => each.role === 'officer'));
        services.find((each) => each.name === who.platform)?.leave(who.account);
        break;
      }
      case 'channel-archived': {
        const where = luck.pick(office.channels);
        services.find((each) => each.name === where.platform)?.archive(where.conversation);
        break;
      }
      default:
        kind satisfies never;
    }
  }

  return {
    seed,
    zone,
    digest,
    reminders,
    calendar: setting.calendar,
    from,
    until,
    office,
    services,
    answers,
    weather,
    complaints,
    steps: steps.count,
    moments,
    downtimes: bots.map((each) => each.down),
    skewed,
  };
}

export interface Span {
  readonly from: number;
  readonly until: number;
}

interface Bot {
  instance: Instance;
  startAt: number;
  life: number;
  /** When it is knocked at: the next planned run of any job, or as soon as may be where the last knock met something. */
  knockAt: number;
  readonly down: Span[];
}

/** Whatever the weather caused, however it was wrapped on its way. */
function isSimulated(error: unknown): boolean {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++)
    if (each instanceof SimulatedFault) return true;
  return false;
}
