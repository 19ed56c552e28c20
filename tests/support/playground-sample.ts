/** A small house for trying the playground: a few commands over a register in memory, dispatched by the real dispatcher. */
import { type Command, type CommandShape, edit, type Phrases, say } from '../../src/chat/command.ts';
import { createDispatch, type Draft } from '../../src/chat/dispatch.ts';
import type { Inbound } from '../../src/chat/interaction.ts';
import { type Lang, langOf } from '../../src/chat/language.ts';
import type { Block, MessageDocument } from '../../src/chat/message.ts';
import * as option from '../../src/chat/option.ts';

interface Item {
  readonly ref: string;
  title: string;
  agency: string;
  due: string;
  done: boolean;
}
interface Register {
  readonly items: Map<string, Item>;
  /** Resolves when a slow command may go on; tests hold it back. */
  pause(): Promise<void>;
}

class Refusal extends Error {
  readonly field: string | undefined;
  readonly next: readonly { label: string; blanks: Record<string, string> }[];
  constructor(text: string, field?: string, next: readonly { label: string; blanks: Record<string, string> }[] = []) {
    super(text);
    this.field = field;
    this.next = next;
  }
}

const AGENCIES = [
  'Ministry of Construction',
  'Ministry of Industry and Trade',
  'Ministry of Agriculture and Environment',
  'Lào Cai',
  'Quảng Ninh',
];
const KINDS = ['treaty', 'memorandum', 'plan'] as const;

export const message = (lang: Lang, summary: string, ...blocks: Block[]): MessageDocument => ({
  lang,
  summary,
  blocks,
});
const line = (lang: Lang, text: string) => message(lang, text, { block: 'paragraph', text });

function commandsOf(): Map<string, Command<Register, string>> {
  // Each object is checked against its own options here and read with the general ones by the dispatcher.
  const command = <O extends option.Options>(own: Command<Register, string, O>) =>
    own as unknown as Command<Register, string>;
  const having = ({ items }: Register, ref: string): Item => {
    const found = items.get(ref);
    if (found) return found;
    const near = [...items.keys()].slice(0, 2);
    throw new Refusal(
      `${ref} is not in the register. Nothing was changed; your text is kept.`,
      'commitment',
      near.map((each) => ({ label: `Use ${each}`, blanks: { commitment: each } })),
    );
  };
  return new Map([
    [
      'accord/help',
      command({
        options: {},
        answers: 'private',
        open: true,
        handle: async (_blanks, { lang }) =>
          say(
            message(
              lang,
              'What can be said',
              { block: 'heading', text: 'What can be said' },
              {
                block: 'entries',
                entries: [
                  {
                    text: [{ code: '/commitment register' }, ' enters what was signed'],
                    button: { label: 'Register', does: { path: 'commitment/register', blanks: {} } },
                  },
                  {
                    text: [{ code: '/commitment list' }, ' shows where things stand'],
                    button: { label: 'List', does: { path: 'commitment/list', blanks: {} } },
                  },
                  { text: [{ code: '/obstacle report' }, ' names what stands in the way'] },
                ],
              },
              { block: 'note', text: 'Only you see this answer.' },
            ),
          ),
      }),
    ],
    [
      'commitment/register',
      command({
        options: {
          title: option.text({ required: true, positional: true }),
          agency: option.agency({ required: true }),
          kind: option.choice(KINDS, { required: true }),
          due: option.dueDate({}),
          note: option.longText({}),
        },
        answers: 'public',
        handle: async ({ title, agency, kind, due }, { house, lang }) => {
          if (!AGENCIES.includes(agency)) throw new Refusal(`No agency is called “${agency}”.`, 'agency');
          const ref = `C-${house.items.size + 142}`;
          house.items.set(ref, { ref, title, agency, due: due ?? '—', done: false });
          return say(
            message(
              lang,
              `${ref} registered`,
              { block: 'paragraph', text: [{ bold: ref }, ` ${title} is registered.`] },
              {
                block: 'facts',
                facts: [
                  { label: 'Lead agency', value: agency },
                  { label: 'Instrument', value: kind },
                  { label: 'Due', value: due ?? '—' },
                ],
              },
              {
                block: 'buttons',
                buttons: [
                  {
                    label: 'Result delivered',
                    does: { path: 'commitment/done', blanks: { commitment: ref } },
                    style: 'primary',
                  },
                  { label: 'Report an obstacle', does: { path: 'obstacle/report', blanks: { commitment: ref } } },
                ],
              },
            ),
          );
        },
      }),
    ],
    [
      'commitment/done',
      command({
        options: { commitment: option.commitment({ required: true, positional: true }) },
        answers: 'edit',
        hidden: true,
        handle: async ({ commitment }, { house, lang }) => {
          const item = having(house, commitment);
          item.done = true;
          return edit(
            message(lang, `${item.ref} done`, {
              block: 'paragraph',
              text: [{ bold: item.ref }, ` ${item.title}: result delivered.`],
            }),
          );
        },
      }),
    ],
    [
      'commitment/list',
      command({
        options: {},
        answers: 'private',
        handle: async (_blanks, { house, lang }) => say(listOf([...house.items.values()], lang)),
      }),
    ],
    [
      'obstacle/report',
      command({
        options: {
          commitment: option.commitment({ required: true, positional: true }),
          text: option.longText({ required: true, positional: true }),
        },
        answers: 'private',
        handle: async ({ commitment, text }, { house, lang }) => {
          const item = having(house, commitment);
          return say(
            message(
              lang,
              'OB-7 recorded',
              {
                block: 'paragraph',
                text: [{ bold: 'OB-7' }, ` on ${item.ref} is recorded and goes to ${item.agency}.`],
              },
              { block: 'quote', text, by: 'You' },
              {
                block: 'menu',
                label: 'Who can decide',
                choices: AGENCIES.map((label) => ({ label, does: { path: 'commitment/list', blanks: {} } })),
              },
            ),
          );
        },
      }),
    ],
    [
      'register/import',
      command({
        options: { file: option.file({ required: true }) },
        answers: 'private',
        slow: true,
        handle: async function* ({ file }, { house, lang }) {
          yield line(lang, `Reading ${file.name}`);
          await house.pause();
          const bytes = await file.fetch();
          return say(line(lang, `${file.name}: ${bytes.length} bytes read, nothing changed yet.`));
        },
      }),
    ],
  ]);
}

function listOf(items: readonly Item[], lang: Lang): MessageDocument {
  const done = items.filter((item) => item.done).length;
  return message(
    lang,
    'Where things stand',
    { block: 'heading', text: 'Where things stand' },
    {
      block: 'meter',
      label: `${items.length} registered`,
      parts: [
        { label: 'done', count: done },
        { label: 'open', count: items.length - done },
      ],
    },
    {
      block: 'table',
      columns: ['Reference', 'Commitment', 'Lead', 'Due'],
      rows: items.map(({ ref, title, agency, due }) => [ref, title, agency, due]),
    },
  );
}

function shapesOf(commands: ReadonlyMap<string, Command<Register, string>>): CommandShape[] {
  const spoken = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return [...commands].map(([path, command]) => {
    const [noun = '', verb = ''] = path.split('/');
    return {
      path,
      noun,
      verb,
      hidden: command.hidden ?? false,
      description: () => `${spoken(verb)} ${noun}`,
      title: () => `${spoken(verb)} ${noun}`,
      options: Object.entries(command.options).map(([name, { choices = [], ...own }]) => ({
        ...own,
        name,
        label: () => spoken(name),
        hint: () => (name === 'due' ? 'For example Quarter III/2025' : ''),
        choices: () => choices.map((value) => ({ value, label: spoken(value) })),
      })),
    };
  });
}

const SENTENCES: Readonly<Record<string, string>> = {
  'refusal.old-button': 'This button is no longer known.',
  'refusal.words-left': 'These words fitted nowhere.',
  'refusal.form-waits': 'A form waits.',
  'refusal.fault': 'Something went wrong on our side.',
  'invalid.required': 'This is needed.',
  'invalid.not-a-reference': 'A reference looks like C-142.',
  'invalid.not-a-choice': 'Please choose one of the list.',
  'dialect.working': 'Working on it',
  'form.submit': 'Send',
};

/** The sample house. `pause` holds its slow command back; by default it goes on at once. */
export function createSample(pause: () => Promise<void> = async () => {}): { inbound: Inbound; register: Register } {
  const register: Register = {
    pause,
    items: new Map(
      ['Grid-connection memorandum, Laos', 'Wind-power training plan, Denmark'].map((title, at) => {
        const ref = `C-${at + 142}`;
        return [
          ref,
          {
            ref,
            title,
            agency: AGENCIES[at + 1] ?? '',
            due: at === 0 ? 'Quarter III/2025' : '24 November 2025',
            done: false,
          },
        ];
      }),
    ),
  };
  const drafts = new Map<string, Draft>();
  const commands = commandsOf();
  const phrases: Phrases = { find: (_lang, key) => SENTENCES[key] ?? null };
  let count = 0;
  const inbound = createDispatch({
    commands,
    shapes: shapesOf(commands),
    phrases,
    house: register,
    defaultLang: 'en',
    help: 'accord/help',
    recognise: async (account) => ({ actor: account.id, lang: langOf(account.locale), linked: true }),
    explain: (error) =>
      error instanceof Refusal
        ? { text: error.message, ...(error.field ? { field: error.field } : {}), next: error.next }
        : null,
    fault: () => '1',
    refusal: (lang, text, path, draft, next) =>
      message(
        lang,
        text,
        { block: 'paragraph', text },
        {
          block: 'buttons',
          buttons: [
            ...(next ?? []),
            ...(draft && path ? [{ label: 'Open the form again', does: { path, blanks: { draft } } }] : []),
          ],
        },
      ),
    saveDraft: async (draft) => {
      const id = `d${drafts.size + 1}`;
      drafts.set(id, draft);
      return id;
    },
    loadDraft: async (id) => drafts.get(id) ?? null,
    complete: async ({ typed, limit }, kind) => {
      const all =
        kind === 'agency'
          ? AGENCIES.map((name) => ({ value: name, label: name }))
          : [...register.items.values()].map(({ ref, title }) => ({ value: ref, label: `${ref} ${title}` }));
      return all.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase())).slice(0, limit);
    },
    nonce: () => `n${++count}`,
    afterwards: () => {},
  });
  return { inbound, register };
}
