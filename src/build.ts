import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { createConnections } from './chat/connections.ts';
import { createDispatch } from './chat/dispatch.ts';
import type { Account, Inbound } from './chat/interaction.ts';
import type { Lang } from './chat/language.ts';
import type { Platform } from './chat/platform.ts';
import { shapesOf } from './chat/read-commands.ts';
import { houseCommands } from './house-commands.ts';
import { clearLeftovers } from './jobs/clear-leftovers.ts';
import { dailyReminders } from './jobs/daily-reminders.ts';
import { createJobs, type Jobs, type ScheduledJob } from './jobs/runner.ts';
import { nextOwed, type Schedule, ticksOwed } from './jobs/schedule.ts';
import { weeklyDigest } from './jobs/weekly-digest.ts';
import { phrases } from './locales/index.ts';
import { speaker } from './locales/speaker.ts';
import { refusal } from './messages/refusal.ts';
import { createRelay, type Relay } from './outbox/relay.ts';
import { type Wake, wakeByTimer } from './outbox/wake.ts';
import { createDrafts } from './store/drafts.ts';
import { createStore, type Database, openDatabase, type Pause, type Token } from './store/index.ts';
import { migrateToLatest } from './store/migrate.ts';
import { createOutbox } from './store/outbox.ts';
import { createSightings } from './store/sightings.ts';
import { accountOf, conversationFor, invited } from './use-cases/address.ts';
import { complete } from './use-cases/complete.ts';
import { compose } from './use-cases/compose.ts';
import { expireDeliveries, refuseDelivery, tellDoubt } from './use-cases/deliver-otherwise.ts';
import { asUserError, explain } from './use-cases/explain.ts';
import type { House, Rules } from './use-cases/house.ts';
import { actorOf, recognise } from './use-cases/people.ts';
import { type Actor, type Clock, HOUSE } from './use-cases/ports.ts';
import { tellNotLetIn } from './use-cases/tell-not-let-in.ts';

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface BuildOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly lang: Lang;
  readonly zone: string;
  readonly rules: Rules;
  readonly coordinators: readonly string[];
  /** The public holidays of a year; null where nobody knows. */
  readonly publicHolidays?: House['publicHolidays'];
  readonly digest: Schedule;
  readonly reminders: Schedule;
  readonly log: Log;
  /** The platforms of this house; made with what the house gives them. */
  connect(house: House, db: Database, jobs: Jobs, relay: Relay): readonly Platform[];
  /** An officer's id where the platform itself vouches for who somebody is (the playground). */
  vouch?(account: Account): number | null;
  /** Luck and names, handed in by tests. */
  readonly nonce?: () => string;
  readonly token?: Token;
  readonly luck?: () => number;
  readonly worker?: string;
  /** How it waits: handed in where time is. */
  readonly wake?: Wake;
  readonly pause?: Pause;
}

export interface Accord extends AsyncDisposable {
  readonly house: House;
  readonly db: Database;
  readonly inbound: Inbound;
  readonly platforms: readonly Platform[];
  readonly jobs: Jobs;
  readonly relay: Relay;
  /** Connects the platforms. */
  start(): Promise<void>;
  /** Does what is due and says what can be said: for tests and for a clock that was moved. */
  settle(): Promise<void>;
  /** Finishes what is in hand and disconnects. The pool stays its owner's. */
  stop(): Promise<void>;
}

/** Every night, when nobody is at work. */
const NIGHTLY: Schedule = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '03:15' };

/** The composition root: tests, the playground and production build the house here, each with its own parts. */
export async function build(options: BuildOptions): Promise<Accord> {
  const { clock, log, zone, lang } = options;
  await migrateToLatest(options.pool);
  const db = openDatabase(options.pool);
  const store = createStore(db, clock, options.pause, options.token);
  const nonce = options.nonce ?? (() => randomBytes(9).toString('hex'));
  const commands = await houseCommands();
  const shapes = shapesOf(commands, phrases);
  const platforms: Platform[] = [];
  const connections = createConnections(
    () => platforms,
    () => clock.now(),
  );
  const scheduled: readonly ScheduledJob[] = [
    { job: weeklyDigest, schedule: options.digest, catchUpHours: options.rules.digestCatchUpHours },
    { job: dailyReminders, schedule: options.reminders, catchUpHours: 8 },
    { job: clearLeftovers, schedule: NIGHTLY, catchUpHours: 24 },
  ];
  const house: House = {
    store,
    clock,
    lang,
    zone,
    rules: options.rules,
    digestAt: { weekday: options.digest.weekdays[0] ?? 1, time: options.digest.time },
    reminderDays: options.reminders.weekdays,
    publicHolidays: options.publicHolidays ?? (async () => null),
    plannedJobs: scheduled.map(({ job, schedule }) => ({
      name: job.name,
      owed: (taken, until) => ticksOwed(schedule, zone, taken, until).map((tick) => tick.at),
      next: (taken, after) => nextOwed(schedule, zone, taken, after)?.at ?? null,
    })),
    connections: () => connections.look(),
    coordinators: options.coordinators,
    get platforms() {
      return platforms.map((platform) => platform.name);
    },
    directory: (name) => platforms.find((platform) => platform.name === name) ?? null,
    commands: shapes,
    nonce,
  };
  const reader = store.read(HOUSE);
  const relay = createRelay({
    outbox: createOutbox(db),
    platforms: () => platforms,
    compose: (channel, kind, facts) => compose(house, channel, kind, facts),
    accountOf: (channel, platform) => accountOf(house, channel, platform),
    conversationFor: (channel, platform) => conversationFor(house, channel, platform),
    notLetIn: (channel, accounts) => tellNotLetIn(house, channel, accounts),
    invited: (facts, platform) => invited(house, facts, platform),
    refuse: (id, error) => refuseDelivery(house, id, error),
    expire: (ids) => expireDeliveries(house, ids),
    tellDoubt: (id) => tellDoubt(house, id),
    now: () => clock.now(),
    luck: options.luck ?? Math.random,
    worker: options.worker ?? `${process.pid}-${nonce().slice(0, 6)}`,
    wake: options.wake ?? wakeByTimer,
    log,
  });
  const running = createJobs(house, scheduled, log);
  const jobs: Jobs = {
    ...running,
    async knock() {
      connections.look();
      await running.knock();
    },
  };
  const sightings = createSightings(db, {
    now: () => clock.now(),
    failed: (error) => log.warn({ error }, 'where somebody was seen could not be noted'),
  });
  const drafts = createDrafts(db, { now: () => clock.now(), id: () => nonce().slice(0, 12) });
  const inbound = createDispatch<House, Actor>({
    commands,
    shapes,
    phrases,
    house,
    defaultLang: lang,
    help: 'accord/help',
    async recognise(account, once) {
      const { actor, officer } = await recognise(house, account, once, options.vouch?.(account) ?? null);
      const coordinator = actor.role === 'coordinator';
      return { actor, lang: officer?.lang ?? null, linked: officer !== null, coordinator };
    },
    accountIn: (platform, typed) => house.directory(platform)?.accountIn(typed) ?? null,
    explain(error, spoken) {
      const no = asUserError(error);
      return no && explain(no, speaker(spoken, zone));
    },
    fault(error, interaction) {
      const number = nonce().slice(0, 6).toUpperCase();
      log.error(
        {
          number,
          error,
          account: interaction.account.id,
          platform: interaction.account.platform,
          said: interaction.said.by,
        },
        'an interaction failed',
      );
      return number;
    },
    refusal: (spoken, text, path, draft, next, version) =>
      refusal(speaker(spoken, zone), {
        text,
        path,
        draft,
        next: next ?? [],
        ...(version === undefined ? {} : { version }),
      }),
    saveDraft: (draft, account) => drafts.save(draft, account),
    loadDraft: (id, account) => drafts.load(id, account),
    async complete(query, kind) {
      const officer = await reader.officerOfAccount(query.account.platform, query.account.id);
      // Whoever nobody knows completes nothing: a completion shows the register.
      if (!officer) return [];
      const viewer = actorOf(query.account, officer);
      return complete(house, viewer, kind, query.typed, query.limit);
    },
    nonce: () => nonce().slice(0, 12),
    afterwards(account) {
      sightings.note(account);
      relay.nudge();
    },
  });
  platforms.push(...options.connect(house, db, jobs, relay));
  let started = false;
  const accord: Accord = {
    house,
    db,
    inbound,
    platforms,
    jobs,
    relay,
    async start() {
      started = true;
      await Promise.all(platforms.map((platform) => platform.start(inbound)));
      relay.nudge();
    },
    async settle() {
      await sightings.settle();
      await jobs.knock();
      await relay.settle();
    },
    async stop() {
      if (started) await Promise.allSettled(platforms.map((platform) => platform.stop()));
      started = false;
      await relay.stop();
      await sightings.settle();
    },
    async [Symbol.asyncDispose]() {
      await accord.stop();
    },
  };
  return accord;
}
