/** A few commands and a real dispatch, small enough to see through: what an adapter's contract is tried with. */
import type { Command, CommandShape, Phrases, Reply } from '../../../src/chat/command.ts';
import { edit, say } from '../../../src/chat/command.ts';
import { createDispatch, type Draft } from '../../../src/chat/dispatch.ts';
import type { Inbound } from '../../../src/chat/interaction.ts';
import type { Lang } from '../../../src/chat/language.ts';
import type { Block, Button, MessageDocument } from '../../../src/chat/message.ts';
import { agency, choice, commitment, file, longText, type Options, text } from '../../../src/chat/option.ts';

export const said = (words: string, ...more: Block[]): MessageDocument => ({
  lang: 'en',
  summary: words,
  blocks: [{ block: 'paragraph', text: words }, ...more],
});

class Refusal extends Error {
  readonly field: string | undefined;
  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}

type Any = Command<SmallHouse, string>;
/** What the commands below did, in order. */
export interface SmallHouse {
  readonly done: string[];
  /** Lets `slow` go on. */
  go: Promise<void>;
  /** The database answers when this is resolved. */
  answered: Promise<void>;
  /** What is stored of forms. */
  readonly drafts: Map<string, Draft>;
}

function command<O extends Options>(parts: Command<SmallHouse, string, O>): Any {
  // A handler takes what its own options parse to; the dispatcher has just parsed them.
  return parts as unknown as Any;
}

const KINDS = ['legal', 'land', 'money'] as const;

const COMMANDS: Record<string, Any> = {
  'obstacle/report': command({
    options: {
      commitment: commitment({ required: true, positional: true }),
      kind: choice(KINDS, { required: true, positional: true }),
      agency: agency({ required: true }),
      text: longText({ required: true, positional: true }),
    },
    answers: 'public',
    async handle(blanks, { house, place }): Promise<Reply> {
      if (blanks.agency === 'nobody') throw new Refusal('There is no agency called nobody.', 'agency');
      house.done.push(
        `reported ${blanks.commitment} ${blanks.kind} ${blanks.agency}: ${blanks.text}${place.message ? ' from a message' : ''}`,
      );
      return say(said(`OB-1 on ${blanks.commitment}: ${blanks.text}`));
    },
  }),
  'commitment/show': command({
    options: { commitment: commitment({ required: true, positional: true }) },
    answers: 'private',
    async handle({ commitment: ref }) {
      const press = (label: string, path: string, blanks: Record<string, string>): Button => ({
        label,
        does: { path, blanks, version: 3 },
      });
      return say(
        said(
          `${ref} Grid connection`,
          {
            block: 'buttons',
            buttons: [
              press('Report an obstacle', 'obstacle/report', { commitment: String(ref) }),
              press('Claim', 'commitment/claim', { commitment: String(ref) }),
            ],
          },
          {
            block: 'menu',
            label: 'More',
            choices: [
              press('Slow look', 'commitment/slow', { commitment: String(ref) }),
              press('Refused', 'commitment/refuse', {}),
            ],
          },
        ),
      );
    },
  }),
  'commitment/claim': command({
    options: { commitment: commitment({ required: true }) },
    answers: 'edit',
    hidden: true,
    async handle({ commitment: ref }, { house, version }) {
      house.done.push(`claimed ${ref} v${version}`);
      return edit(said(`${ref} is claimed.`));
    },
  }),
  'commitment/verify': command({
    options: { commitment: commitment({ required: true }) },
    answers: 'private',
    hidden: true,
    async handle({ commitment: ref }) {
      return edit(said(`${ref} is verified.`));
    },
  }),
  'commitment/slow': command({
    options: { commitment: commitment({ required: true, positional: true }) },
    answers: 'private',
    slow: true,
    async *handle({ commitment: ref }, { house }): AsyncGenerator<MessageDocument, Reply> {
      yield said('Half of it is done.');
      await house.go;
      return say(said(`${ref} looked at.`));
    },
  }),
  'commitment/refuse': command({
    options: { why: text({ positional: true }) },
    answers: 'public',
    async handle() {
      throw new Refusal('That is not yours to do.');
    },
  }),
  'commitment/long': command({
    options: {},
    answers: 'private',
    async handle() {
      const entries = Array.from({ length: 100 }, (_, index) => ({
        text: `C-${index} Commitment number ${index}`,
        button: { label: 'Open', does: { path: 'commitment/show', blanks: { commitment: `C-${index}` } } },
      }));
      return say(said('All of them', { block: 'entries', entries }));
    },
  }),
  'commitment/amend': command({
    options: {
      title: text({}),
      partners: text({}),
      file: file({}),
      commitment: commitment({ required: true, positional: true }),
      kind: choice(KINDS, {}),
      lead: agency({}),
      instrument: text({}),
      event: text({}),
      result: text({}),
      signed: text({ maxLength: 10 }),
      reason: longText({ required: true }),
    },
    answers: 'public',
    async handle({ file: sent, ...blanks }, { house }) {
      if (blanks.lead === 'nobody') throw new Refusal('There is no agency called nobody.', 'lead');
      const given = Object.entries(blanks).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${value}`],
      );
      house.done.push(`amended ${given.join(' ')}${sent ? ` with ${sent.name}` : ''}`);
      return say(said(`${blanks.commitment} is amended.`));
    },
  }),
  'commitment/attach': command({
    options: {},
    answers: 'private',
    async handle() {
      const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
      return say(said('All of it.', { block: 'file', name: 'all.bin', type: 'application/octet-stream', bytes }));
    },
  }),
  'commitment/import': command({
    options: { file: file({ required: true }) },
    answers: 'private',
    async handle({ file: sent }, { house }) {
      const bytes = sent ? await sent.fetch() : new Uint8Array();
      house.done.push(`read ${sent?.name}: ${Buffer.from(bytes).toString()}`);
      return say(
        said(`${bytes.byteLength} bytes read.`, { block: 'file', name: 'Báo cáo.txt', type: 'text/plain', bytes }),
      );
    },
  }),
};

const LABELS: Record<string, Partial<Record<Lang, string>>> = {
  text: { vi: 'nội dung' },
  commitment: { vi: 'cam kết' },
};

const shapeOf = ([path, { options, hidden }]: [string, Any]): CommandShape => {
  const [noun = '', verb = ''] = path.split('/');
  return {
    path,
    noun,
    verb,
    hidden: hidden ?? false,
    description: (lang) => (lang === 'vi' ? `Lệnh ${path}` : `Does ${path}`),
    title: () => verb,
    options: Object.entries(options).map(([name, option]) => ({
      ...option,
      name,
      label: (lang: Lang) => LABELS[name]?.[lang] ?? `${name[0]?.toUpperCase()}${name.slice(1)}`,
      hint: () => `The ${name}.`,
      choices: () => (option.choices ?? []).map((value) => ({ value, label: `${value} matters` })),
    })),
  };
};

/** The house, and the door to it. */
export function openSmallHouse(drafts = new Map<string, Draft>()): { inbound: Inbound; house: SmallHouse } {
  const house: SmallHouse = { done: [], go: Promise.resolve(), answered: Promise.resolve(), drafts };
  const phrases: Phrases = {
    find: (_, key, facts) => (key.startsWith('form.') ? null : [key, ...Object.values(facts ?? {})].join(' ')),
  };
  let count = drafts.size;
  const inbound = createDispatch<SmallHouse, string>({
    commands: new Map(Object.entries(COMMANDS)),
    shapes: Object.entries(COMMANDS).map(shapeOf),
    phrases,
    house,
    defaultLang: 'en',
    help: 'accord/help',
    async recognise(account) {
      await house.answered;
      return { actor: account.id, lang: 'en', linked: true };
    },
    explain: (error) =>
      error instanceof Refusal ? { text: error.message, ...(error.field ? { field: error.field } : {}) } : null,
    fault: (error) => {
      house.done.push(`fault: ${error instanceof Error ? error.message : String(error)}`);
      return '1';
    },
    refusal(lang, words, path, draft, _next, version) {
      const open: Button = {
        label: 'Open again',
        does: { path: path ?? '', blanks: { draft: draft ?? '' }, ...(version === undefined ? {} : { version }) },
      };
      return {
        ...said(words, ...(path !== null && draft !== null ? [{ block: 'buttons' as const, buttons: [open] }] : [])),
        lang,
      };
    },
    saveDraft: async (draft) => {
      await house.answered;
      drafts.set(`d${++count}`, draft);
      return `d${count}`;
    },
    async loadDraft(id) {
      await house.answered;
      return drafts.get(id) ?? null;
    },
    async complete({ typed, limit }) {
      await house.answered;
      return Array.from({ length: 40 }, (_, index) => ({
        value: `C-${index}`,
        label: `C-${index} ${typed} ${'long '.repeat(30)}`,
      })).slice(0, limit);
    },
    nonce: () => `n${++count}`,
    afterwards: () => {},
  });
  return { inbound, house };
}
