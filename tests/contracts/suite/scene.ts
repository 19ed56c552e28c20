import { expect } from 'vitest';
import type { Accord } from '../../../src/build.ts';
import type { Inbound } from '../../../src/chat/interaction.ts';
import type { MessageDocument } from '../../../src/chat/message.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Persona, Seen, SeenMessage } from '../../journeys/stage.ts';
import { openEmbeddedTestDatabase, type TestDatabase } from '../../support/databases.ts';
import { type Gate, gatedPool } from '../../support/gated-pool.ts';
import { openHouse } from '../../support/open-house.ts';
import type { Contract, ContractStage } from './contract.ts';

/** A Tuesday afternoon: no digest and no reminder is due while a suite plays. */
const TUESDAY = '2025-11-18T14:00:00+07:00';

const CAST = {
  people: [
    { name: 'Hà', email: 'ha@mofa.example', locale: 'en-US' },
    { name: 'Lan', email: 'lan@construction.example', locale: 'en-US' },
    { name: 'Minh', email: 'minh@trade.example', locale: 'en-US' },
    { name: 'Tuấn', email: 'tuan@agriculture.example', locale: 'vi' },
    { name: 'Zahra', email: 'zahra@finance.example', locale: 'en-US' },
    { name: 'Hoa', email: 'hoa@health.example', locale: 'en-US' },
    // Has an account, and is no officer.
    { name: 'Sơn', email: 'son@elsewhere.example', locale: 'en-US' },
  ],
  channels: ['coordination', 'construction', 'trade', 'general'],
};

const AGENCIES = [
  ['MOC', 'Bộ Xây dựng', 'construction'],
  ['MOIT', 'Bộ Công Thương', 'industry and trade'],
  ['MARD', 'Bộ Nông nghiệp và Môi trường', 'agriculture'],
  ['MOF', 'Bộ Tài chính', 'finance'],
  ['MOH', 'Bộ Y tế', 'health'],
] as const;

/** A small office on one platform, with a coordinator (Hà) and one officer for each of five agencies, two of which have a channel. */
export interface Scene<S extends ContractStage = ContractStage> extends AsyncDisposable {
  readonly stage: S;
  /** The bot that runs at present. */
  readonly bot: Accord;
  /** Ends the bot and begins another on the same register; resolves when it is connected. */
  restarts(): Promise<void>;
  readonly hà: Persona;
  readonly lan: Persona;
  readonly minh: Persona;
  readonly tuấn: Persona;
  readonly zahra: Persona;
  readonly hoa: Persona;
  /** Whatever the house logged as an error, oldest first. */
  readonly faults: readonly string[];
  /** Makes the database keep everybody waiting. */
  readonly gate: Gate;
  /** Interactions that have reached the bot and are not done yet. */
  running(): number;
  now(): string;
  /** Moves the clock, the bot's and the service's. */
  later(by: { minutes?: number; seconds?: number }): void;
  /** The same people and channels on the same kind of platform, with another house behind it. */
  elsewhere(inbound: Inbound): Promise<ContractStage>;
  /** Registers a commitment; its reference. The only officer of its agency answers for it, and is told. */
  signs(title: string, more?: { lead?: string }): Promise<string>;
  /** A fresh key of a message posted by hand. */
  key(): string;
}

export async function begin<S extends ContractStage>(contract: Contract<S>): Promise<Scene<S>> {
  const database = await openEmbeddedTestDatabase();
  const { pool, gate } = gatedPool(database.pool);
  const clock = goingClock(TUESDAY);
  const stage = await contract.open(CAST, () => Date.parse(clock.now()));
  const faults: string[] = [];
  let made = 0;
  let running = 0;
  const watched: Platform = Object.assign(Object.create(stage.platform) as Platform, {
    start: (inbound: Inbound) =>
      stage.platform.start({
        ...inbound,
        async run(interaction, progress) {
          running += 1;
          return inbound.run(interaction, progress).finally(() => {
            running -= 1;
          });
        },
      }),
  });
  const open = () =>
    openHouse({
      pool,
      clock,
      platforms: [watched],
      coordinators: [`${stage.platform.name}:${stage.as('Hà').accountId}`],
      nonce: () => `${(++made).toString(36).padStart(6, '0')}abcdef0123`,
      log: {
        info() {},
        warn() {},
        error: (facts, message) => faults.push(`${message} ${String((facts as { error?: unknown }).error)}`),
      },
    });
  let bot = await open();
  await bot.start();
  await bot.settle();
  let keys = 0;
  const hà = stage.as('Hà');
  await hà.types('/channel coordination', { where: 'coordination' });
  for (const [code, name, sector] of AGENCIES)
    await hà.types(`/agency add name:"${name}" sector:"${sector}" kind:ministry code:${code}`);
  await hà.types('/channel link MOC', { where: 'construction' });
  await hà.types('/channel link MOIT', { where: 'trade' });
  const scene: Scene<S> = {
    stage,
    get bot() {
      return bot;
    },
    async restarts() {
      await bot.stop();
      bot = await open();
      await bot.start();
    },
    hà,
    lan: stage.as('Lan'),
    minh: stage.as('Minh'),
    tuấn: stage.as('Tuấn'),
    zahra: stage.as('Zahra'),
    hoa: stage.as('Hoa'),
    faults,
    gate,
    running: () => running,
    now: () => clock.now(),
    later({ minutes = 0, seconds = 0 }) {
      clock.ahead((minutes * 60 + seconds) * 1000);
    },
    async elsewhere(inbound) {
      const other = await contract.open(CAST, () => Date.parse(clock.now()));
      await other.platform.start(inbound);
      return other;
    },
    async signs(title, { lead = 'MOC' } = {}) {
      const answer = await hà.types(`/commitment register title:"${title}" lead:${lead} due:2030`);
      const ref = /(C-\d+) is registered/.exec(answer.text)?.[1];
      if (ref === undefined) throw new Error(`not registered: ${answer.text}`);
      return ref;
    },
    key: () => `by-hand-${++keys}`,
    [Symbol.asyncDispose]: () => closeAll(bot, stage, database),
  };
  await joins(scene, scene.lan, 'Nguyễn Thị Lan', 'MOC', 'lan@construction.example');
  await joins(scene, scene.minh, 'Trần Văn Minh', 'MOIT', 'minh@trade.example');
  await joins(scene, scene.tuấn, 'Lê Anh Tuấn', 'MARD', 'tuan@agriculture.example');
  await joins(scene, scene.zahra, 'Zahra Mansour', 'MOF', 'zahra@finance.example');
  await joins(scene, scene.hoa, 'Phạm Thị Hoa', 'MOH', 'hoa@health.example');
  await bot.settle();
  return scene;
}

/** A clock that goes on from an instant, and can be moved ahead: what a service limits by the second ends by itself. */
function goingClock(start: string) {
  let from = Date.parse(start) - Date.now();
  return {
    now: () => new Date(from + Date.now()).toISOString(),
    ahead(milliseconds: number) {
      from += milliseconds;
    },
  };
}

async function closeAll(bot: Accord, stage: ContractStage, database: TestDatabase): Promise<void> {
  await bot.stop();
  await stage[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
}

/** The coordinator adds an officer; whom the platform shows no e-mail of types the code. */
async function joins(
  { hà }: Pick<Scene, 'hà'>,
  person: Persona,
  name: string,
  agency: string,
  email: string,
): Promise<void> {
  const added = await hà.types(`/officer add name:"${name}" agency:${agency} email:${email}`);
  const code = /\/accord join (\S+)/.exec(added.text)?.[1];
  await person.types('/my list');
  if (!(await person.types('/my list')).text.includes('My list')) await person.types(`/accord join ${code}`);
}

/** What is wrong, wherever a platform says it: in a message, on a form, or under its field. */
export const problemsIn = (seen: Seen): string =>
  [seen.text, seen.form?.error ?? '', ...(seen.form?.fields ?? []).map((field) => field.error ?? '')].join('\n');

/** The form that a command opens where it has no shortcut. */
export async function opensForm(person: Persona, line: string, title: string): Promise<void> {
  expect((await person.types(line, { where: 'general' })).form?.title).toBe(title);
}

/** The form after a refusal: open still, or behind its button. */
export const formAgain = async (person: Persona, seen: Seen): Promise<Seen> =>
  seen.form ? seen : person.presses('Open the form');

export const fieldOf = (seen: Seen, label: string): string | undefined =>
  seen.form?.fields.find((field) => field.label === label)?.value;

export const texts = (messages: readonly SeenMessage[]): string => messages.map((message) => message.text).join('\n');

/** How often some words stand in what somebody sees. */
export const count = (messages: readonly SeenMessage[], words: string): number =>
  texts(messages).split(words).length - 1;

export const said = (summary: string, ...blocks: MessageDocument['blocks']): MessageDocument => ({
  lang: 'en',
  summary,
  blocks: [{ block: 'paragraph', text: summary }, ...blocks],
});

/** The bot has nothing left to say now, and what it said stands on everybody's screen. */
export async function settled(scene: Scene): Promise<void> {
  await scene.bot.settle();
  // A suite does in a second what people do in an hour: what is beyond a service's rate is said a second later.
  await expect.poll(() => putOff(scene)).toBe(0);
  await scene.bot.settle();
  await scene.stage.messagesIn('coordination');
}

async function putOff({ bot, now }: Scene): Promise<number> {
  const waiting = await bot.db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '=', 'pending')
    .where('error', '=', 'rate-limited')
    .where('not_before', '<=', new Date(Date.parse(now()) + 1000).toISOString())
    .execute();
  return waiting.length;
}
