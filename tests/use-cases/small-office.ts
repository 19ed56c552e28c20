import { fileURLToPath } from 'node:url';
import type { Accord } from '../../src/build.ts';
import { encodeAction } from '../../src/chat/action.ts';
import type { Command } from '../../src/chat/command.ts';
import { parseWords } from '../../src/chat/grammar.ts';
import type { Account, IncomingFile, Interaction, Outcome, Said } from '../../src/chat/interaction.ts';
import type { Button, MessageDocument } from '../../src/chat/message.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { readCommands } from '../../src/chat/read-commands.ts';
import { plainText, type Text } from '../../src/chat/text.ts';
import { parseDue } from '../../src/domain/due-date.ts';
import type { Sector } from '../../src/domain/sectors.ts';
import { UserError } from '../../src/domain/user-error.ts';
import { compose } from '../../src/use-cases/compose.ts';
import type { House, Rules } from '../../src/use-cases/house.ts';
import { recognise } from '../../src/use-cases/people.ts';
import { type Actor, HOUSE, type Role } from '../../src/use-cases/ports.ts';
import { createFakePlatform, type FakePlatform } from '../outbox/fake-platform.ts';
import type { TestDatabase } from '../support/databases.ts';
import { filled } from '../support/kept-rows.ts';
import { openHouse, standingClock } from '../support/open-house.ts';

/** A Friday morning in the zone of the house. */
export const FRIDAY = '2025-11-14T10:00:00+07:00';

/** Whatever only those may read who sit at the machine: none of it is ever said in a chat. */
export const SECRETS = [
  'Undersea listening post',
  'Freedonia',
  'Sealed protocol',
  'Night visit',
  'Hidden field',
  'Antenna delivered in crates',
  'Crates stand unopened',
  'Harbour master refuses entry',
  'Bribe the harbour master',
  'Unmarked vessel hired',
  'Quietly in the autumn',
] as const;

export type Name = 'ha' | 'lan' | 'binh' | 'minh' | 'tuan' | 'dung' | 'leader' | 'guest';

const STAFF: readonly { name: Exclude<Name, 'guest'>; full: string; agency: string; role: Role }[] = [
  { name: 'ha', full: 'Phạm Thu Hà', agency: 'MOFA', role: 'coordinator' },
  { name: 'lan', full: 'Nguyễn Thị Lan', agency: 'MOC', role: 'officer' },
  { name: 'binh', full: 'Vũ Thanh Bình', agency: 'MOC', role: 'officer' },
  { name: 'minh', full: 'Trần Văn Minh', agency: 'MOIT', role: 'officer' },
  { name: 'tuan', full: 'Lê Anh Tuấn', agency: 'MAE', role: 'officer' },
  { name: 'dung', full: 'Đỗ Tiến Dũng', agency: 'MOST', role: 'officer' },
  { name: 'leader', full: 'Hoàng Minh Quân', agency: 'MOFA', role: 'leader' },
];

const AGENCIES: readonly { code: string; name: string; sector: Sector }[] = [
  { code: 'MOFA', name: 'Bộ Ngoại giao', sector: 'politics' },
  { code: 'MOC', name: 'Bộ Xây dựng', sector: 'construction' },
  { code: 'MOIT', name: 'Bộ Công Thương', sector: 'trade' },
  { code: 'MAE', name: 'Bộ Nông nghiệp và Môi trường', sector: 'agriculture' },
  { code: 'MOST', name: 'Bộ Khoa học và Công nghệ', sector: 'science-technology' },
];

export const CLERK: Actor = {
  sight: 'house',
  officerId: null,
  name: 'test',
  displayName: 'test',
  role: 'house',
  agencyId: null,
  via: 'test',
};

export interface Answer {
  /** All that is read: texts, small print, labels, the line for notifications. */
  readonly text: string;
  readonly document: MessageDocument | null;
  readonly outcome: Outcome;
}

export interface Posted {
  readonly id: string;
  readonly conversation: string;
  readonly document: MessageDocument;
  readonly text: string;
}

export interface HistoryRow {
  readonly at: string;
  readonly actor: string;
  readonly officer_id: number | null;
  readonly via: string;
  readonly thing: string;
  readonly thing_id: string;
  readonly change: string;
  readonly before: object | null;
  readonly after: object | null;
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

/**
 * Five agencies, their officers with accounts, four commitments and a restricted one (C-5), on a platform whose talk a
 * test can read. `also`: a second platform; `elsewhere`: whose account is there instead; `both`: who has one on each.
 */
export async function openOffice(
  database: TestDatabase,
  wish: { rules?: Partial<Rules>; also?: string; elsewhere?: readonly Name[]; both?: readonly Name[] } = {},
) {
  const clock = standingClock(FRIDAY);
  const papers = ['paper', ...(wish.also ? [wish.also] : [])].map((name) =>
    paperPlatform(
      name,
      STAFF.filter(
        (each) =>
          wish.both?.includes(each.name) || (name === 'paper') !== (wish.elsewhere?.includes(each.name) ?? false),
      ),
    ),
  );
  const accord = await openHouse({
    pool: database.pool,
    clock,
    platforms: papers.map((paper) => paper.platform),
    ...(wish.rules ? { rules: wish.rules } : {}),
  });
  const ids = await filled(database.pool, `office ${wish.also} ${wish.elsewhere}`, () =>
    settleIn(accord, (name) => (wish.elsewhere?.includes(name) ? (wish.also ?? '') : 'paper')),
  );
  for (const name of wish.both ?? [])
    await accord.house.store.write(CLERK, (writer) =>
      writer.linkAccount({
        platform: wish.also ?? '',
        account: `U-${name}`,
        name,
        officerId: ids[name],
        how: 'coordinator',
        at: clock.now(),
      }),
    );
  const commands = await readCommands<House, Actor>(fileURLToPath(new URL('../../commands', import.meta.url)));
  await accord.start();

  const accountOf = (name: Name, platform?: string): Account => ({
    platform: platform ?? (wish.elsewhere?.includes(name) ? (wish.also ?? '') : 'paper'),
    id: `U-${name}`,
    name: STAFF.find((each) => each.name === name)?.full ?? name,
  });
  let interactions = 0;
  async function does(
    name: Name,
    said: Said,
    where: Partial<Interaction['place']> = {},
    id?: string,
    platform?: string,
  ): Promise<Answer> {
    const outcome = await accord.inbound.run({
      id: id ?? `i${++interactions}`,
      account: accountOf(name, platform),
      place: { conversation: 'room-1', direct: false, ...where },
      said,
    });
    return answerOf(outcome);
  }
  const command = (path: string): Command<House, Actor> => {
    const found = commands.get(path);
    if (!found) throw new Error(`there is no ${path}`);
    return found;
  };

  const office = {
    accord,
    clock,
    ids,
    commands,
    accountOf,
    papers,
    does,
    /** '/my list' or '/progress report C-1 Done.' */
    async types(name: Name, line: string, where: Partial<Interaction['place']> = {}, id?: string): Promise<Answer> {
      const [, noun = '', verb = '', words = ''] = /^\/(\S+) (\S+)\s*([\s\S]*)$/.exec(line) ?? [];
      return does(name, { by: 'words', path: `${noun}/${verb}`, words }, where, id);
    },
    /** The same, from their account on that platform. */
    async typesOn(platform: string, name: Name, line: string): Promise<Answer> {
      const [, noun = '', verb = '', words = ''] = /^\/(\S+) (\S+)\s*([\s\S]*)$/.exec(line) ?? [];
      return does(name, { by: 'words', path: `${noun}/${verb}`, words }, {}, undefined, platform);
    },
    /** Presses a button by its label, in the message it stands in. */
    async presses(
      name: Name,
      label: string,
      on: { document: MessageDocument | null; id?: string; conversation?: string },
    ): Promise<Answer> {
      const buttons = on.document ? buttonsIn(on.document) : [];
      const at = buttons.findIndex((button) => button.label === label);
      const button = buttons[at];
      if (!button) throw new Error(`no '${label}' among ${buttons.map((each) => each.label).join(', ')}`);
      return does(
        name,
        { by: 'press', code: encodeAction(button.does, String(at)) },
        {
          ...(on.id === undefined ? {} : { message: on.id }),
          ...(on.conversation === undefined ? {} : { conversation: on.conversation }),
        },
      );
    },
    /** Runs a command past the dispatcher, with its options' own reading. Throws what the use case throws. */
    async runs(name: Name, path: string, words: string, file?: IncomingFile): Promise<MessageDocument | null> {
      const shape = accord.inbound.commands.find((each) => each.path === path);
      if (!shape) throw new Error(path);
      const { blanks, rest } = parseWords(shape.options, words, file ? [file] : []);
      if (rest !== '') throw new Error(`'${rest}' fits no blank of ${path}`);
      const { options } = command(path);
      const filled = Object.fromEntries(
        Object.entries(options).map(([option, { schema }]) => [option, schema.parse(blanks[option])]),
      );
      const account = accountOf(name);
      const { actor, officer } = await recognise(accord.house, account, undefined);
      const work = command(path).handle(filled, {
        house: accord.house,
        actor,
        account,
        place: { conversation: 'room-1', direct: false },
        lang: officer?.lang ?? 'en',
        emptied: new Set(),
      });
      if (!(Symbol.asyncIterator in work)) return documentOf(await work);
      for (;;) {
        const step = await work.next();
        if (step.done) return documentOf(step.value);
      }
    },
    /** The code of a refusal; 'done' where nobody refused. */
    async refusal(name: Name, path: string, words: string, file?: IncomingFile): Promise<string> {
      try {
        await office.runs(name, path, words, file);
        return 'done';
      } catch (error) {
        if (error instanceof UserError) return error.code;
        throw error;
      }
    },
    async history(): Promise<readonly HistoryRow[]> {
      return accord.db.selectFrom('history').selectAll().orderBy('id').execute();
    },
    async deliveries() {
      const rows = await accord.db.selectFrom('deliveries').selectAll().orderBy('id').execute();
      return rows.map(({ key, kind, state, verb, facts, channel_id }) => ({
        key,
        kind,
        state,
        verb,
        facts,
        channel_id,
      }));
    },
    /** What each promised message of a kind says now. */
    async says(kind: string): Promise<readonly string[]> {
      const reader = accord.house.store.read(HOUSE);
      const channels = await reader.channels();
      const texts: string[] = [];
      for (const each of await office.deliveries()) {
        const channel = channels.find(({ id }) => id === each.channel_id);
        if (each.kind !== kind || each.verb !== 'post' || !channel) continue;
        const document = await compose(accord.house, channel, kind, each.facts);
        if (document) texts.push(allWords(document));
      }
      return texts;
    },
    settle: () => accord.settle(),
    /** Moves the clock, does what is due and says what can be said. */
    async at(instant: string): Promise<void> {
      clock.moveTo(instant);
      await accord.settle();
    },
    /** What stands in a conversation, in order. */
    in: (conversation: string, paper?: number): readonly Posted[] =>
      papers
        .filter((_, at) => paper === undefined || at === paper)
        .flatMap((each) => each.posted.filter((message) => message.conversation === conversation)),
    async [Symbol.asyncDispose]() {
      await accord.stop();
    },
  };
  return office;
}

/** Three agencies of three sectors report the same obstacle on C-1, C-2 and C-3: OB-2, OB-3 and OB-4. */
export async function meetTheSame(office: Office): Promise<void> {
  await office.types('lan', '/obstacle report C-1 No resettlement site is ready');
  await office.types('minh', '/obstacle report C-2 The resettlement site is not ready');
  await office.types('tuan', '/obstacle report C-3 There is no resettlement site yet');
  await office.types('minh', '/obstacle same OB-3 OB-2');
}

async function settleIn(accord: Accord, platformOf: (name: Name) => string): Promise<Record<Name, number>> {
  const at = accord.house.clock.now();
  const due = (typed: string) => {
    const parsed = parseDue(typed);
    if (!parsed.ok) throw new Error(typed);
    return parsed.due;
  };
  return accord.house.store.write(CLERK, async (writer) => {
    const agencies = new Map<string, number>();
    for (const agency of AGENCIES)
      agencies.set(agency.code, (await writer.addAgency({ ...agency, kind: 'ministry' })).id);
    const lead = (code: string) => agencies.get(code) ?? 0;
    const ids: Record<Name, number> = { ha: 0, lan: 0, binh: 0, minh: 0, tuan: 0, dung: 0, leader: 0, guest: 0 };
    for (const each of STAFF) {
      const { id } = await writer.addOfficer({
        agencyId: lead(each.agency),
        name: each.full,
        email: `${each.name}@gov.example`,
        role: each.role,
        lang: null,
      });
      ids[each.name] = id;
      await writer.linkAccount({
        platform: platformOf(each.name),
        account: `U-${each.name}`,
        name: each.full,
        officerId: id,
        how: 'coordinator',
        at,
      });
    }
    await writer.changeOfficer(ids.lan, { standInId: ids.binh });
    const open = { registeredAt: at, signedOn: '2025-01-10' };
    await writer.addCommitment({
      ...open,
      title: 'Border bridge',
      partners: ['Laos'],
      due: due('30/06/2025'),
      leadId: lead('MOC'),
    });
    await writer.addCommitment({
      ...open,
      title: 'Power line',
      partners: ['Laos'],
      due: due('24/11/2025'),
      leadId: lead('MOIT'),
    });
    await writer.addCommitment({
      ...open,
      title: 'Reservoir',
      partners: ['Japan'],
      due: due('2026'),
      leadId: lead('MAE'),
    });
    await writer.addCommitment({
      ...open,
      title: 'Joint laboratory',
      partners: ['Denmark'],
      due: due('2026'),
      leadId: lead('MOST'),
    });
    const secret = await writer.addCommitment({
      ...open,
      title: SECRETS[0],
      partners: [SECRETS[1]],
      instrument: SECRETS[2],
      event: SECRETS[3],
      field: SECRETS[4],
      result: SECRETS[5],
      due: { ...due('10/2025'), raw: SECRETS[10] },
      leadId: lead('MOC'),
      classification: 'restricted',
      flagship: true,
    });
    await writer.addProgress({
      commitmentId: secret.id,
      officerId: ids.lan,
      at,
      text: SECRETS[6],
      expected: null,
      claimsDone: false,
    });
    await writer.changeCommitment(secret.id, { lastReportAt: at, lastReport: SECRETS[6] }, 'progress');
    await writer.addObstacle({
      commitmentId: secret.id,
      agencyId: lead('MOC'),
      officerId: ids.lan,
      at,
      text: SECRETS[7],
      solution: SECRETS[8],
      decider: null,
    });
    await writer.addMilestones([{ commitmentId: secret.id, title: SECRETS[9], due: due('2026'), doneOn: null }]);
    return ids;
  });
}

function paperPlatform(
  name: string,
  staff: typeof STAFF,
): {
  platform: Platform;
  posted: Posted[];
  members: ReadonlyMap<string, Set<string>>;
  /** The next time a verb is asked for, this goes wrong. */
  fails: FakePlatform['fails'];
  /** From now on it cannot say what was posted. */
  forgets(): void;
  /** What really stands in a conversation, whether or not it said so. */
  said(conversation: string): readonly string[];
} {
  const people = [
    ...staff.map((each) => ({ id: `U-${each.name}`, name: each.full, email: `${each.name}@gov.example` })),
    { id: 'U-other', name: 'Somebody else' },
  ];
  const base = createFakePlatform(name, people);
  const posted: Posted[] = [];
  const platform: Platform = {
    ...base,
    fit: (document) => [document],
    async post(conversation, document, key) {
      const id = await base.post(conversation, document, key);
      posted.push({ id, conversation, document, text: allWords(document) });
      return id;
    },
    async edit(conversation, message, document) {
      await base.edit(conversation, message, document);
      const at = posted.findIndex((each) => each.id === message);
      posted[at] = { id: message, conversation, document, text: allWords(document) };
    },
  };
  return {
    platform,
    posted,
    members: base.members,
    fails: base.fails,
    forgets() {
      base.remembers = false;
    },
    said: (conversation) => base.texts(conversation),
  };
}

function documentOf(reply: unknown): MessageDocument | null {
  const { say, edit } = reply as { say?: MessageDocument; edit?: MessageDocument };
  return say ?? edit ?? null;
}

function answerOf(outcome: Outcome): Answer {
  const document = outcome.do === 'ask' ? outcome.asDocument : outcome.document;
  return { outcome, document, text: document ? allWords(document) : '' };
}

export function buttonsIn(document: MessageDocument): readonly Button[] {
  return document.blocks.flatMap((block) => {
    if (block.block === 'buttons') return block.buttons;
    if (block.block === 'menu') return block.choices;
    if (block.block === 'entries') return block.entries.flatMap((entry) => (entry.button ? [entry.button] : []));
    return [];
  });
}

/** Every word in a document, wherever it stands: found by walking it, so that a new block is not forgotten. */
export function allWords(document: MessageDocument): string {
  const words: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (isText(value)) words.push(plainText(value));
    else if (Array.isArray(value)) for (const each of value) look(each);
    else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      for (const each of Object.values(value)) look(each);
  };
  look([document.summary, document.blocks]);
  return words.join('\n').replaceAll(/[\u2066-\u2069]/g, '');
}

/** A text in spans, which reads as one. */
const isText = (value: unknown): value is Text =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((span) => typeof span === 'string' || (typeof span === 'object' && span !== null && isSpan(span)));
const isSpan = (span: object): boolean => 'bold' in span || 'code' in span || 'person' in span || 'moment' in span;
