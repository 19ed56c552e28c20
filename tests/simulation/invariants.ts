import type pg from 'pg';
import { addDays, type Day, mondayOf, weekdayOf, weekOf } from '../../src/domain/calendar.ts';
import { type Schedule, type Tick, ticksBetween } from '../../src/jobs/schedule.ts';
import { sinceKey } from '../../src/use-cases/planned-runs.ts';
import { dayIn, instantOf } from '../../src/use-cases/zoned.ts';
import { RULES } from '../support/open-house.ts';
import { fourStatesAddUp } from './four-states.ts';
import { SECRET } from './office.ts';
import { type HistoryRow, owedRuns } from './owed-oracle.ts';
import { toldOfWhatDidNotArrive } from './told.ts';
import type { World } from './world.ts';

/** Something that must never be, and was. */
export interface Violation {
  readonly invariant: string;
  readonly text: string;
}

export interface Delivery {
  readonly id: number;
  readonly key: string;
  readonly channel_id: number;
  readonly ord: number;
  readonly verb: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly said: readonly string[];
  readonly made_at: string;
  readonly not_before: string;
  /** When it was to be said, whatever its attempts came to. */
  readonly planned_for: string;
  readonly expires_at: string | null;
  readonly settled_at: string | null;
  readonly doubt_since: string | null;
  readonly sent_at: string | null;
  readonly attempts: number;
  readonly error: string | null;
  readonly platform: string;
  readonly conversation: string | null;
  readonly channel_kind: string;
  readonly officer_id: number | null;
  /** Whose channel it is, or where the person it is for works; null in a coordination channel. */
  readonly agency_id: number | null;
}

export interface Tally {
  readonly delivered: number;
  readonly expired: number;
  readonly refused: number;
  readonly inDoubt: number;
}

const HOUR = 3_600_000;
/** A channel waits ten minutes for what is in doubt; the clocks of two bots may differ by half of that. */
const DOUBT_HOLDS = 5 * 60_000;
/** A bot whose clock is wrong may be wrong by so much, and cron and calls take their time. */
const TOLERANCE = 45 * 60_000;

/** Holds a world against everything that was promised of it. */
export async function examine(world: World, pool: pg.Pool): Promise<{ violations: Violation[]; tally: Tally }> {
  const violations: Violation[] = [];
  const broken = (invariant: string, text: string) => void violations.push({ invariant, text });
  const rows = async <T>(text: string): Promise<readonly T[]> => (await pool.query(text)).rows as T[];
  const deliveries = await rows<Delivery>(
    `select d.id, d.key, d.channel_id, d.ord, d.verb, d.kind, d.facts, d.state, d.said, d.made_at, d.not_before, p.planned_for, d.expires_at, d.settled_at, d.doubt_since, d.attempts,
       d.sent_at, d.error, c.platform, c.conversation, c.kind as channel_kind, c.officer_id, coalesce(c.agency_id, o.agency_id) as agency_id
     from deliveries d join plans p on p.delivery_id = d.id join channels c on c.id = d.channel_id
       left join officers o on o.id = c.officer_id order by d.id`,
  );

  for (const text of world.complaints) broken('fault', text.slice(0, 600));
  everySettled(world, deliveries, broken);
  saidOnce(world, deliveries, broken);
  const doubts = await rows<{ delivery_id: number; since: string }>('select delivery_id::int, since from doubts');
  inOrder(world, deliveries, new Map(doubts.map((each) => [each.delivery_id, Date.parse(each.since)])), broken);
  await ticksKept(world, rows, deliveries, broken);
  inTime(world, deliveries, broken);
  nothingSecret(world, broken);
  await recordedIsRecorded(world, rows, broken);
  oneReminderADay(world, deliveries, broken);
  const history = await rows<HistoryRow>('select thing, thing_id, change, after from history order by id');
  everyReminderOwed(world, history, deliveries, broken);
  fourStatesAddUp(world, history, deliveries, broken);
  const leads = await rows<{ id: number; lead_id: number }>('select id, lead_id from commitments');
  toldOfWhatDidNotArrive(world, deliveries, new Map(leads.map((each) => [each.id, each.lead_id])), broken);

  const count = (state: string) => deliveries.filter((each) => each.state === state).length;
  return {
    violations,
    tally: {
      delivered: count('sent'),
      expired: count('expired'),
      refused: count('refused'),
      inDoubt: count('in-doubt'),
    },
  };
}

export type Broken = (invariant: string, text: string) => void;
type Rows = <T>(text: string) => Promise<readonly T[]>;
const named = (each: Delivery) =>
  `${each.key} (${each.kind}, ${each.state}, ${each.attempts} attempts, ${each.error ?? 'no error'})`;

/**
 * After days of calm nothing waits that could be said: it was said, expired by rule, refused, or nobody can tell. What
 * waits for a morning after the world's last may wait.
 */
function everySettled(world: World, deliveries: readonly Delivery[], broken: Broken): void {
  for (const each of deliveries) {
    const isPlanned = each.state === 'pending' && Date.parse(each.not_before) > world.until - TOLERANCE;
    if ((each.state === 'pending' || each.state === 'sending') && !isPlanned)
      broken('settled', `${named(each)} still waits`);
    if (each.state === 'sent' && each.verb === 'post' && each.said.length === 0)
      broken('settled', `${named(each)} is called sent and was never said`);
    if (each.error === 'fault') broken('settled', `${named(each)} was given up`);
    if (each.state === 'expired' && each.error === 'expired' && each.expires_at === null)
      broken('settled', `${named(each)} expired without a rule`);
  }
}

/** What stands twice in a conversation is marked as in doubt, or it is one message too many. */
function saidOnce(world: World, deliveries: readonly Delivery[], broken: Broken): void {
  for (const service of world.services) {
    const times = new Map<string, number>();
    for (const { key } of service.said) times.set(key, (times.get(key) ?? 0) + 1);
    for (const [key, count] of times) if (count > 1) broken('once', `${key} stands ${count} times on ${service.name}`);
    const ids = new Set(service.said.map((each) => each.id));
    for (const each of deliveries)
      if (each.platform === service.name)
        for (const id of each.said)
          if (!ids.has(id)) broken('once', `${named(each)} names ${id}, which does not exist`);
  }
  const claimed = new Map<string, Delivery>();
  for (const each of deliveries)
    for (const id of each.said) {
      const other = claimed.get(id);
      if (other) broken('once', `${id} belongs to ${named(other)} and ${named(each)}`);
      claimed.set(id, each);
    }
  // A message that stands there and that no row knows of was said behind the outbox's back, or forgotten.
  for (const service of world.services)
    for (const message of service.said) {
      if (claimed.has(message.id)) continue;
      const doubted = deliveries.some(
        (each) => each.conversation === message.conversation && each.state === 'in-doubt',
      );
      if (!doubted) broken('once', `${message.key} stands in ${message.conversation} and no delivery knows it`);
    }
}

/**
 * Posts of one channel stand in the order of their promises, unless one was in doubt for longer than it may hold, or was
 * planned for later than the other was said.
 */
function inOrder(
  world: World,
  deliveries: readonly Delivery[],
  doubts: ReadonlyMap<number, number>,
  broken: Broken,
): void {
  const byMessage = new Map(deliveries.flatMap((each) => each.said.map((id) => [id, each] as const)));
  for (const service of world.services) {
    const last = new Map<number, { delivery: Delivery; at: number }>();
    for (const message of service.said) {
      const delivery = byMessage.get(message.id);
      if (delivery?.verb !== 'post') continue;
      const before = last.get(delivery.channel_id);
      const doubted = doubts.get(delivery.id) ?? Number.POSITIVE_INFINITY;
      if (before && before.delivery.ord > delivery.ord && Date.parse(delivery.planned_for) <= before.at) {
        // A doubt begins by its bot's clock, which may be wrong: what overtook it is held against that clock too.
        const overtook = Math.max(before.at, Date.parse(before.delivery.sent_at ?? '') || 0);
        if (overtook - doubted < DOUBT_HOLDS)
          broken('order', `${named(delivery)} came after ${named(before.delivery)}`);
      }
      if (!before || before.delivery.ord < delivery.ord) last.set(delivery.channel_id, { delivery, at: message.at });
    }
  }
}

/** Each planned run of a job is in the database once: done, or missed; and no run is there that was never planned. */
async function ticksKept(world: World, rows: Rows, deliveries: readonly Delivery[], broken: Broken): Promise<void> {
  const runs = await rows<{ job: string; planned_local: string; state: string }>(
    'select job, planned_local, state from job_runs order by planned_at',
  );
  // Before its first knock a job was nobody's: a bot may need some tries until it is up for the first time.
  const began = new Map(
    (await rows<{ key: string; value: unknown }>('select key, value from settings')).map((each) => [
      each.key,
      each.value,
    ]),
  );
  const planned = (schedule: Schedule, job: string) =>
    everyTick(
      schedule,
      world.zone,
      String(began.get(sinceKey(job)) ?? new Date(world.from).toISOString()),
      new Date(world.until - 24 * HOUR).toISOString(),
    );
  for (const [job, schedule] of [
    ['weekly-digest', world.digest],
    ['daily-reminders', world.reminders],
  ] as const) {
    const own = runs.filter((each) => each.job === job);
    const ticks = planned(schedule, job);
    for (const tick of ticks) {
      const run = own.find((each) => each.planned_local === tick.local);
      if (!run) broken('ticks', `${job} of ${tick.local} is neither done nor missed`);
      else if (
        run.state === 'missed' &&
        !world.skewed &&
        !wasDown(world, Date.parse(tick.at), job === 'weekly-digest' ? RULES.digestCatchUpHours : 8)
      )
        broken('ticks', `${job} of ${tick.local} was missed, and the bot was up`);
      if (run?.state === 'done' && job === 'weekly-digest') digestIsWhole(world, tick.day, deliveries, broken);
    }
    const known = new Set(planned(schedule, job).map((tick) => tick.local));
    for (const run of own)
      if (
        !known.has(run.planned_local) &&
        run.planned_local < dayIn(new Date(world.until - 24 * HOUR).toISOString(), world.zone)
      )
        broken('ticks', `${job} of ${run.planned_local} was never planned`);
  }
}

/** However many there are: the house is told of some at a time. */
function everyTick(schedule: Schedule, zone: string, from: string, until: string): Tick[] {
  const ticks: Tick[] = [];
  for (let some = ticksBetween(schedule, zone, from, until); some.length > 0; ) {
    ticks.push(...some);
    some = ticksBetween(schedule, zone, some.at(-1)?.at ?? until, until);
  }
  return ticks;
}

/** A run may be missed where no bot was up long enough, from its time for as long as it may be caught up. */
function wasDown(world: World, at: number, catchUpHours: number): boolean {
  const until = at + catchUpHours * HOUR;
  return world.downtimes.every((spans) => {
    const down = spans.reduce(
      (sum, each) => sum + Math.max(0, Math.min(each.until, until) - Math.max(each.from, at)),
      0,
    );
    return down > (catchUpHours - 1) * HOUR;
  });
}

/** A digest that was done has its summary in every coordination channel and its part in every agency's own. */
function digestIsWhole(world: World, day: string, deliveries: readonly Delivery[], broken: Broken): void {
  const week = weekOf(mondayOf(day));
  const own = deliveries.filter((each) => each.key.startsWith(`digest:${week}:`));
  for (const { conversation, kind } of world.office.channels) {
    const wanted = kind === 'coordination' ? 'digest-summary' : 'digest-agency';
    const there = own.filter((each) => each.conversation === conversation && each.kind === wanted).length;
    if (there !== 1) broken('digest', `the digest of ${week} has ${there} ${wanted} for ${conversation}`);
  }
}

/** Nothing is said before its time, after it has expired, or (to a person alone) in the night. */
function inTime(world: World, deliveries: readonly Delivery[], broken: Broken): void {
  for (const service of world.services) {
    const at = new Map(service.said.map((each) => [each.id, each.at]));
    for (const each of deliveries) {
      const [first] = each.said;
      const moment = first === undefined ? undefined : at.get(first);
      if (moment === undefined || each.platform !== service.name) continue;
      if (moment < Date.parse(each.made_at) - TOLERANCE)
        broken('time', `${named(each)} was said before it was promised`);
      if (isReminder(each) && !isAtWork(world, zoneOf(world, each), moment))
        broken('time', `${named(each)} was said at ${new Date(moment).toISOString()}, when nobody works`);
      if (each.expires_at !== null && moment > Date.parse(each.expires_at) + TOLERANCE)
        broken('time', `${named(each)} was said after it had expired`);
    }
  }
}

/** What is said to one person, unasked, because something waits for them. */
const isReminder = (each: Delivery): boolean =>
  each.kind === 'reminder' && each.verb === 'post' && each.channel_kind === 'direct';

/** What is said in place of a refused message; where that was about several agencies' work, to each of them. */
export const isInstead = (key: string): boolean => /:instead(:\d+)?$/.test(key);

/** Where the reader of a direct message lives. */
const zoneOf = (world: World, each: Delivery): string =>
  world.office.staff.find(({ id }) => id === each.officer_id)?.zone ?? world.zone;

const isWorkday = (world: World, day: Day): boolean =>
  world.calendar.worked.has(day) || (RULES.workdays.includes(weekdayOf(day)) && !world.calendar.holidays.has(day));

/** Within the working hours of a zone, give or take what clocks are wrong by. */
function isAtWork(world: World, zone: string, moment: number): boolean {
  const day = dayIn(new Date(moment).toISOString(), zone);
  const { from, until } = RULES.workHours;
  return (
    isWorkday(world, day) &&
    moment > Date.parse(instantOf(day, from, zone)) - TOLERANCE &&
    moment < Date.parse(instantOf(day, until, zone)) + TOLERANCE
  );
}

/** A restricted title is read in no chat. */
function nothingSecret(world: World, broken: Broken): void {
  for (const service of world.services)
    for (const each of service.said)
      if (each.words.includes(SECRET)) broken('secret', `${each.key} in ${each.conversation} tells a restricted title`);
}

/** What somebody was told is recorded, is. */
async function recordedIsRecorded(world: World, rows: Rows, broken: Broken): Promise<void> {
  const [progress, obstacles] = await Promise.all([
    rows<{ text: string }>('select text from progress_updates'),
    rows<{ text: string }>('select text from obstacles'),
  ]);
  const recordedTimes = new Map<string, number>();
  for (const { text } of [...progress, ...obstacles])
    for (const mark of new Set(text.match(/\bword\d+\b/g))) recordedTimes.set(mark, (recordedTimes.get(mark) ?? 0) + 1);
  for (const { saying, recorded } of world.answers) {
    const times = recordedTimes.get(saying.mark) ?? 0;
    if (recorded && times === 0)
      broken('recorded', `${saying.path} ${saying.words} was called recorded and is not there`);
    if (times > 1) broken('recorded', `${saying.path} ${saying.words} is there ${times} times`);
  }
}

/** Whoever the rules owe a reminder was promised one, and nobody else; caps and budgets aside, which may only take away. */
function everyReminderOwed(
  world: World,
  history: readonly HistoryRow[],
  deliveries: readonly Delivery[],
  broken: Broken,
): void {
  const coordinators = world.office.staff.filter((each) => each.role === 'coordinator').map((each) => each.id);
  const runs = owedRuns(history, {
    coordinators,
    zone: world.zone,
    started: new Date(world.from).toISOString(),
    digest: world.digest,
    reminders: world.reminders,
    isWorkday: (day) => isWorkday(world, day),
  });
  const promised = new Set(
    deliveries.filter((each) => each.kind === 'reminder' && each.verb === 'post').map((each) => each.key),
  );
  const daysOf = new Map<string, Day[]>();
  for (const key of promised) {
    const [, id = '', day = ''] = key.split(':');
    if (key === `reminder:${id}:${day}`) daysOf.set(id, [...(daysOf.get(id) ?? []), day]);
  }
  const owed = new Set<string>();
  for (const { day, officers } of runs)
    for (const id of officers) {
      const key = `reminder:${id}:${day}`;
      owed.add(key);
      const before = addDays(day, -RULES.reminderWindowDays);
      const lately = (daysOf.get(String(id)) ?? []).filter((each) => each > before && each < day);
      if (!promised.has(key) && lately.length < RULES.remindersPerThing)
        broken('owed', `officer ${id} was owed a reminder on ${day} and was promised none`);
    }
  // What waited for the morning of somebody who went away was handed on, and again where the next went away too.
  const isOwed = (key: string, seen: readonly string[] = []): boolean => {
    const [, absent, day] = /^handed-on:\d+:(\d+):(.+)$/.exec(key) ?? [];
    if (absent === undefined || seen.includes(key)) return owed.has(key);
    const theirs = [...promised].filter(
      (each) => each === `reminder:${absent}:${day}` || isHandedTo(each, absent, day),
    );
    return theirs.some((each) => isOwed(each, [...seen, key]));
  };
  for (const key of promised) if (!isInstead(key) && !isOwed(key)) broken('owed', `${key} was promised and not owed`);
}

const isHandedTo = (key: string, officer: string, day: string | undefined): boolean =>
  key.startsWith(`handed-on:${officer}:`) && key.endsWith(`:${day}`);

/** One reminder per person and day at most, whatever crashed. */
function oneReminderADay(world: World, deliveries: readonly Delivery[], broken: Broken): void {
  const at = new Map(world.services.flatMap((service) => service.said.map((each) => [each.id, each.at] as const)));
  const days = new Map<string, Delivery>();
  for (const each of deliveries) {
    // What is said instead comes on top of the stand-in's own.
    if (!isReminder(each) || isInstead(each.key)) continue;
    const [first] = each.said;
    const moment = first === undefined ? undefined : at.get(first);
    if (moment === undefined) continue;
    const day = `${each.channel_id} ${dayIn(new Date(moment).toISOString(), zoneOf(world, each))}`;
    const other = days.get(day);
    if (other) broken('caps', `${named(each)} and ${named(other)} came on one day`);
    days.set(day, each);
  }
}
