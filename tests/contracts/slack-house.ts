/** A house of a few commands behind the real dispatch: what an adapter has to show. */
import type { Command, CommandShape } from '../../src/chat/command.ts';
import { createDispatch, type Draft, type Explained } from '../../src/chat/dispatch.ts';
import type { Inbound } from '../../src/chat/interaction.ts';
import type { Block, MessageDocument } from '../../src/chat/message.ts';
import { agency, choice, dueDate, file, longText, text } from '../../src/chat/option.ts';

export interface House {
  readonly saved: string[];
  /** Holds a slow command until it is released. */
  readonly gate: { readonly opened: Promise<void>; open(): void };
}
export class Wrong extends Error {
  readonly explained: Explained;
  constructor(explained: Explained) {
    super(explained.text);
    this.explained = explained;
  }
}

export const document = (summary: string, ...blocks: Block[]): MessageDocument => ({
  lang: 'en',
  summary,
  blocks: [{ block: 'paragraph', text: summary }, ...blocks],
});
const command = <O extends Command<House, string>['options']>(
  wish: Command<House, string, O>,
): Command<House, string> => wish as unknown as Command<House, string>;

const COMMANDS = new Map<string, Command<House, string>>([
  [
    'accord/help',
    command({
      options: { about: text({ positional: true }) },
      answers: 'private',
      open: true,
      handle: async ({ about }) => ({ say: document(`Help about ${about ?? 'everything'}`) }),
    }),
  ],
  [
    'commitment/register',
    command({
      options: {
        title: text({ required: true, positional: true }),
        lead: agency({ required: true }),
        instrument: choice(['treaty', 'agreement'], { required: true }),
        due: dueDate({}),
        content: longText({}),
      },
      answers: 'private',
      shortcut: { anywhere: true, onMessage: 'content' },
      async handle({ title, lead, instrument }, { house, account, place }) {
        if (title === 'bad') throw new Wrong({ text: 'That title is taken.', field: 'title' });
        if (title === 'worse') throw new Wrong({ text: 'The register is closed.' });
        if (title === 'wait') await house.gate.opened;
        house.saved.push(`${title}/${lead}/${instrument}/${account.email}/${place.direct}`);
        return {
          say: document(`Registered: ${title}`, {
            block: 'buttons',
            buttons: [{ label: 'Confirm', does: { path: 'commitment/confirm', blanks: { text: title } } }],
          }),
        };
      },
    }),
  ],
  [
    'commitment/confirm',
    command({
      options: { text: text({ required: true, positional: true }) },
      answers: 'edit',
      async handle({ text: title }, { house }) {
        house.saved.push(`confirmed ${title}`);
        return { edit: document(`Confirmed: ${title}`) };
      },
    }),
  ],
  [
    'my/home',
    command({
      options: {},
      answers: 'private',
      hidden: true,
      home: true,
      handle: async (_, { house, actor }) => ({
        say: document(`Page of ${actor}: ${house.saved.length} saved`, {
          block: 'buttons',
          buttons: [
            { label: 'Confirm here', does: { path: 'commitment/confirm', blanks: { text: 'home' } } },
            { label: 'Rename here', does: { path: 'commitment/rename', blanks: {} } },
          ],
        }),
      }),
    }),
  ],
  [
    'commitment/steps',
    command({
      options: { first: text({ required: true }) },
      answers: 'private',
      handle: async ({ first }) => ({ ask: { path: 'commitment/second', blanks: { first } } }),
    }),
  ],
  [
    'commitment/second',
    command({
      options: { first: text({ required: true, asked: false }), second: text({ required: true }) },
      answers: 'private',
      hidden: true,
      handle: async ({ first, second }) => ({ say: document(`${first}, then ${second}: type /commitment list now`) }),
    }),
  ],
  [
    'commitment/list',
    command({
      options: {},
      answers: 'public',
      handle: async () => ({
        say: document('Everything', {
          block: 'entries',
          entries: Array.from({ length: 80 }, (_, index) => ({
            text: [{ bold: `C-${index}` }, ' A commitment with a title of some length, signed far away'],
            button: { label: `Open ${index}`, does: { path: 'commitment/confirm', blanks: { text: String(index) } } },
          })),
        }),
        to: 'public',
      }),
    }),
  ],
  [
    'commitment/count',
    command({
      options: {},
      answers: 'private',
      slow: true,
      async *handle(_, { house }) {
        yield document('Halfway');
        await house.gate.opened;
        return { say: document('339 commitments') };
      },
    }),
  ],
  [
    'commitment/refuse',
    command({
      options: { reason: text({ positional: true }) },
      answers: 'private',
      handle: async () => {
        throw new Wrong({ text: 'Only a coordinator may do that.' });
      },
    }),
  ],
  [
    'commitment/rename',
    command({
      options: { to: text({ required: true }) },
      answers: 'edit',
      handle: async ({ to }, { place }) => ({ edit: document(`Renamed to ${to} in ${place.message}`) }),
    }),
  ],
  [
    'commitment/import',
    command({
      options: { sheet: file({ required: true }) },
      answers: 'private',
      handle: async ({ sheet }) => {
        const bytes = await sheet.fetch();
        return { say: document(`${sheet.name}: ${sheet.size} bytes: ${new TextDecoder().decode(bytes)}`) };
      },
    }),
  ],
]);

const shapes: CommandShape[] = [...COMMANDS].map(([path, { options, hidden, home, shortcut }]) => {
  const [noun = '', verb = ''] = path.split('/');
  return {
    path,
    noun,
    verb,
    hidden: hidden ?? false,
    home: home ?? false,
    ...(shortcut ? { shortcut: { ...shortcut, label: () => `${verb} this` } } : {}),
    description: () => verb,
    title: (lang) => `${noun} ${verb}${lang === 'vi' ? ' VI' : ''}`.slice(0, 24),
    options: Object.entries(options).map(([name, option]) => ({
      name,
      kind: option.kind,
      field: option.field,
      required: option.required,
      completes: option.completes,
      asked: option.asked,
      positional: option.positional,
      maxLength: option.maxLength,
      label: () => name,
      hint: () => `the ${name}`,
      choices: () => (option.choices ?? []).map((value) => ({ value, label: value.toUpperCase() })),
    })),
  };
});

/** What each question to the database waits for: by default nothing. */
export interface Pace {
  until: () => Promise<unknown>;
}

export function openHouse(): { inbound: Inbound; house: House; faults: unknown[]; pace: Pace } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const house: House = { saved: [], gate: { opened, open: () => open() } };
  const kept = new Map<string, Draft>();
  const pace: Pace = { until: async () => {} };
  const faults: unknown[] = [];
  let serial = 0;
  const inbound = createDispatch<House, string>({
    commands: COMMANDS,
    shapes,
    phrases: { find: (_, key) => (key.endsWith('.intro') ? null : key.replace(/^dialect\./, '')) },
    house,
    defaultLang: 'en',
    help: 'accord/help',
    async recognise(account) {
      await pace.until();
      return { actor: account.id, lang: null, linked: true };
    },
    explain: (error) => (error instanceof Wrong ? error.explained : null),
    fault: (error) => {
      faults.push(error);
      return '77';
    },
    refusal: (lang, said, path, draft) => ({
      lang,
      summary: said,
      blocks: [
        { block: 'paragraph', text: said },
        ...(path && draft
          ? [{ block: 'buttons' as const, buttons: [{ label: 'Open again', does: { path, blanks: { draft } } }] }]
          : []),
      ],
    }),
    saveDraft: async (draft) => {
      const id = `d${++serial}`;
      kept.set(id, draft);
      return id;
    },
    loadDraft: async (id) => {
      await pace.until();
      return kept.get(id) ?? null;
    },
    complete: async ({ typed }) => {
      await pace.until();
      return [
        { value: 'moc', label: 'Ministry of Construction' },
        { value: 'moit', label: 'Ministry of Industry and Trade' },
      ].filter((each) => each.label.toLowerCase().includes(typed.toLowerCase()));
    },
    nonce: () => `n${++serial}`,
    afterwards: () => {},
  });
  return { inbound, house, faults, pace };
}
