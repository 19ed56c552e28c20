import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeTooLong } from '../../src/chat/action.ts';
import type { CommandShape, OptionShape } from '../../src/chat/command.ts';
import { brokenLimits } from '../../src/chat/discord/broken-limits.ts';
import { commandsOf } from '../../src/chat/discord/commands.ts';
import { fitted } from '../../src/chat/discord/fitted.ts';
import { LIMITS } from '../../src/chat/discord/limits.ts';
import { literal, markdown } from '../../src/chat/discord/markdown.ts';
import { render } from '../../src/chat/discord/render.ts';
import { renderForm } from '../../src/chat/discord/render-form.ts';
import type { Field, Form } from '../../src/chat/form.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import type { Block, Button, Entry, MessageDocument } from '../../src/chat/message.ts';
import { readCommands, shapesOf } from '../../src/chat/read-commands.ts';
import { phrases } from '../../src/locales/index.ts';
import { realClock } from '../doubles/clock.ts';
import { checkCommands } from '../doubles/discord/check-commands.ts';
import { checkMessage } from '../doubles/discord/check-message.ts';
import { checkModal } from '../doubles/discord/check-modal.ts';
import { type Json, jsonList } from '../doubles/discord/problems.ts';
import { readable, screenOf } from '../doubles/discord/screen.ts';
import { World } from '../doubles/discord/world.ts';

const WORDS: Record<Lang, { commitment: string; why: string; report: string }> = {
  en: {
    commitment: 'Grid-connection memorandum, Laos',
    why: 'No resettlement site, so no handover.',
    report: 'Report an obstacle',
  },
  vi: {
    commitment: 'Bản ghi nhớ về đấu nối lưới điện với Lào',
    why: 'Chưa có khu tái định cư nên chưa bàn giao.',
    report: 'Báo cáo vướng mắc',
  },
  ar: {
    commitment: 'مذكرة تفاهم مع لاوس بشأن الربط الكهربائي',
    why: 'لم يُتفق على سعر الكهرباء.',
    report: 'الإبلاغ عن عقبة',
  },
};

/** What people type when they are careless, or not. */
const HOSTILE =
  '@everyone <@123456789012345678> **bold** [link](https://evil.example) https://evil.example ||x|| `c` ~~s~~ <t:1:R>\n# Heading\n- item\n1. one\n> quote\n-# small';

const button = (label: string, ref: string): Button => ({
  label,
  does: { path: 'obstacle/report', blanks: { commitment: ref }, version: 3 },
});

const entries = (lang: Lang, count: number, pressed: boolean): Entry[] =>
  Array.from({ length: count }, (_, index) => ({
    text: [{ bold: `C-${index}` }, ` ${WORDS[lang].commitment}`],
    detail: WORDS[lang].why,
    ...(pressed ? { button: button(WORDS[lang].report, `C-${index}`) } : {}),
  }));

/** Every block there is. */
const everything = (lang: Lang): Block[] => [
  { block: 'heading', text: WORDS[lang].commitment },
  {
    block: 'paragraph',
    text: [
      'Dear ',
      { person: { name: 'Lan', accounts: { discord: '123456789012345678' } } },
      ' and ',
      { person: { name: 'Hà', accounts: {} } },
      ': ',
      { bold: 'overdue' },
      ' ',
      { code: 'C-142' },
      ' ',
      { moment: '2025-11-17T01:00:00.000Z', as: 'datetime', plain: '08:00' },
    ],
  },
  { block: 'facts', facts: [{ label: 'Due', value: 'Quarter III/2025' }] },
  { block: 'entries', title: 'Open', numbered: true, entries: entries(lang, 2, true) },
  { block: 'quote', text: `${WORDS[lang].why}\n${WORDS[lang].why}`, by: 'Ms Hà' },
  {
    block: 'meter',
    label: 'Register',
    parts: [
      { label: 'on time', count: 96 },
      { label: 'overdue', count: 13 },
    ],
  },
  {
    block: 'table',
    columns: ['Agency', 'Overdue'],
    rows: [
      ['MOC', '1'],
      ['MOIT', '12'],
    ],
  },
  { block: 'divider' },
  {
    block: 'buttons',
    buttons: [
      { ...button(WORDS[lang].report, 'C-1'), style: 'primary' },
      { ...button('No', 'C-1'), style: 'danger' },
    ],
  },
  { block: 'menu', label: 'More', choices: [button('One', 'C-1'), button('Two', 'C-1')] },
  { block: 'note', text: 'Postponing does not extend the deadline.' },
  { block: 'file', name: 'Báo cáo quý III.xlsx', type: 'application/x', bytes: new Uint8Array(3) },
];

const document = (lang: Lang, ...blocks: Block[]): MessageDocument => ({ lang, summary: 'Summary', blocks });

const world = new World(realClock(() => Date.UTC(2025, 10, 17, 1)));

/** Renders as it would be sent, and lets the double look at it as the service would. */
function sent(part: MessageDocument) {
  const rendered = render(part);
  expect(brokenLimits(rendered)).toEqual([]);
  checkMessage(
    { flags: 1 << 15, components: rendered.components, allowed_mentions: { parse: [], users: rendered.mentions } },
    new Set(rendered.files.map((file) => file.name)),
    null,
  );
  return rendered;
}

function wordsOf(part: MessageDocument): string {
  const { components } = sent(part);
  return screenOf(world, {
    id: '1',
    channel_id: '1',
    author: '1',
    timestamp: 0,
    edited: null,
    flags: 0,
    content: '',
    components,
    attachments: [],
    allowed_mentions: null,
    loading: false,
  }).text;
}

describe('a document', () => {
  it('shows every kind of block as Discord says it', () => {
    expect(render(document('en', ...everything('en')))).toMatchInlineSnapshot(`
      {
        "components": [
          {
            "components": [
              {
                "content": "## Grid-connection memorandum, Laos
      Dear <@123456789012345678> and Hà: **overdue** \`C-142\` <t:1763341200:f>
      **Due:** Quarter III/2025
      **Open**",
                "type": 10,
              },
              {
                "accessory": {
                  "custom_id": "obstacle/report?commitment=C-0|3|0",
                  "label": "Report an obstacle",
                  "style": 2,
                  "type": 2,
                },
                "components": [
                  {
                    "content": "1. **C-0** Grid-connection memorandum, Laos
      -# No resettlement site, so no handover.",
                    "type": 10,
                  },
                ],
                "type": 9,
              },
              {
                "accessory": {
                  "custom_id": "obstacle/report?commitment=C-1|3|1",
                  "label": "Report an obstacle",
                  "style": 2,
                  "type": 2,
                },
                "components": [
                  {
                    "content": "2. **C-1** Grid-connection memorandum, Laos
      -# No resettlement site, so no handover.",
                    "type": 10,
                  },
                ],
                "type": 9,
              },
              {
                "content": "> No resettlement site, so no handover.
      > No resettlement site, so no handover.
      > — Ms Hà
      **Register**
      \`██████████████████▓▓\`
      on time **96** · overdue **13**
      \`\`\`
      Agency  Overdue
      ──────  ───────
      MOC     1
      MOIT    12
      \`\`\`",
                "type": 10,
              },
              {
                "divider": true,
                "spacing": 1,
                "type": 14,
              },
              {
                "components": [
                  {
                    "custom_id": "obstacle/report?commitment=C-1|3|2",
                    "label": "Report an obstacle",
                    "style": 1,
                    "type": 2,
                  },
                  {
                    "custom_id": "obstacle/report?commitment=C-1|3|3",
                    "label": "No",
                    "style": 4,
                    "type": 2,
                  },
                ],
                "type": 1,
              },
              {
                "components": [
                  {
                    "custom_id": "menu:4",
                    "options": [
                      {
                        "label": "One",
                        "value": "obstacle/report?commitment=C-1|3|5",
                      },
                      {
                        "label": "Two",
                        "value": "obstacle/report?commitment=C-1|3|6",
                      },
                    ],
                    "placeholder": "More",
                    "type": 3,
                  },
                ],
                "type": 1,
              },
              {
                "content": "-# Postponing does not extend the deadline.",
                "type": 10,
              },
              {
                "file": {
                  "url": "attachment://Bao_cao_quy_III.xlsx",
                },
                "type": 13,
              },
            ],
            "type": 17,
          },
        ],
        "files": [
          {
            "bytes": Uint8Array [
              0,
              0,
              0,
            ],
            "name": "Bao_cao_quy_III.xlsx",
            "title": "Báo cáo quý III.xlsx",
            "type": "application/x",
          },
        ],
        "mentions": [
          "123456789012345678",
        ],
      }
    `);
  });

  it.each(LANGS)('is within the limits with every block in it (%s)', (lang) => {
    const parts = fitted(document(lang, ...everything(lang)));
    expect(parts).toHaveLength(1);
    expect(parts.map(wordsOf).join('\n')).toContain(WORDS[lang].commitment);
  });

  it.each(
    LANGS.flatMap((lang) =>
      [1, 10, 100].flatMap((count) => [true, false].map((pressed) => ({ lang, count, pressed }))),
    ),
  )('loses none of $count entries ($lang, buttons: $pressed)', ({ lang, count, pressed }) => {
    const parts = fitted(
      document(lang, { block: 'heading', text: 'List' }, { block: 'entries', entries: entries(lang, count, pressed) }),
    );
    const text = parts.map(wordsOf).join('\n');
    for (let index = 0; index < count; index++) expect(text).toContain(`C-${index} ${WORDS[lang].commitment}`);
    expect(text.split(`[${WORDS[lang].report}]`)).toHaveLength((pressed ? count : 0) + 1);
  });

  it('splits long texts, many facts, wide and long tables, many buttons', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [`Agency ${index}`, 'x'.repeat(30), String(index)]);
    const parts = fitted(
      document(
        'en',
        { block: 'paragraph', text: 'word '.repeat(3000) },
        {
          block: 'facts',
          facts: Array.from({ length: 200 }, (_, index) => ({ label: `Fact ${index}`, value: 'y'.repeat(50) })),
        },
        { block: 'table', columns: ['Agency', 'What', 'Days'], rows },
        { block: 'buttons', buttons: Array.from({ length: 60 }, (_, index) => button(`B${index}`, 'C-1')) },
        { block: 'quote', text: 'line\n'.repeat(2000), by: 'Lan' },
        { block: 'menu', label: 'Many', choices: Array.from({ length: 40 }, (_, index) => button(`M${index}`, 'C-1')) },
      ),
    );
    const text = parts.map(wordsOf).join('\n');
    for (const part of ['Fact 199', 'Agency 299', '[B59]', '— Lan', '[M39]']) expect(text).toContain(part);
    expect(text.match(/word/g)).toHaveLength(3000);
    expect(text.match(/line/g)).toHaveLength(2000);
  });

  it('says its summary where it has nothing else to say', () => {
    expect(wordsOf(document('en'))).toBe('Summary');
    expect(wordsOf(document('en', { block: 'paragraph', text: '' }, { block: 'heading', text: ' ' }))).toBe('Summary');
  });

  it('does not hide that an action fits no button', () => {
    const long = document('en', {
      block: 'buttons',
      buttons: [{ label: 'x', does: { path: 'a/b', blanks: { text: 'x'.repeat(100) } } }],
    });
    expect(() => render(long)).toThrow(CodeTooLong);
    expect(fitted(long)).toHaveLength(1);
  });

  it('shortens what a widget cannot hold, and says so', () => {
    const label = 'Đề nghị '.repeat(20);
    expect(wordsOf(document('vi', { block: 'buttons', buttons: [button(label, 'C-1')] }))).toMatch(/^\[.{70,79}…\]$/);
  });
});

describe('what people typed', () => {
  const blocks = (text: string): Block[] => [
    { block: 'heading', text },
    { block: 'paragraph', text },
    { block: 'paragraph', text: [{ bold: text }, ' ', { code: text }] },
    { block: 'facts', facts: [{ label: text, value: text }] },
    {
      block: 'entries',
      title: text,
      entries: [
        { text, detail: text, button: button('x', 'C-1') },
        { text, detail: text },
      ],
    },
    { block: 'quote', text, by: text },
    { block: 'meter', label: text, parts: [{ label: text, count: 1 }] },
    { block: 'table', columns: [text], rows: [[text]] },
    { block: 'note', text },
  ];

  it('mentions nobody, links nowhere, formats nothing', () => {
    expect(literal(HOSTILE)).toMatchInlineSnapshot(`
      "\\@everyone \\<\\@123456789012345678\\> \\*\\*bold\\*\\* \\[link\\](https\\://evil.example) https\\://evil.example \\|\\|x\\|\\| \\\`c\\\` \\~\\~s\\~\\~ \\<t:1:R\\>
      \\# Heading
      \\- item
      1\\. one
      \\> quote
      \\-# small"
    `);
    expect(sent(document('en', ...blocks(HOSTILE))).mentions).toEqual([]);
  });

  it('reads as it was typed', () => {
    const line = fc.stringMatching(/^[ -~À-ỹ]{1,40}$/);
    fc.assert(
      fc.property(line, (typed) => {
        expect(readable(world, literal(typed))).toBe(typed);
      }),
    );
    for (const typed of HOSTILE.split('\n')) expect(readable(world, literal(typed))).toBe(typed);
  });

  it('never breaks a limit, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        for (const part of fitted(document('en', ...blocks(typed)))) sent(part);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no escaped mention in what may be mentioned', () => {
    const mentions = new Set<string>();
    expect(
      markdown(
        ['<@1>', { person: { name: '<@2>', accounts: {} } }, { person: { name: 'Lan', accounts: { discord: '3' } } }],
        mentions,
      ),
    ).toBe('\\<\\@1\\>\\<\\@2\\><@3>');
    expect([...mentions]).toEqual(['3']);
  });
});

describe('a form', () => {
  const field = (name: string, more: Partial<Field> = {}): Field => ({
    name,
    label: `Label ${name}`,
    kind: 'line',
    required: true,
    ...more,
  });
  const form = (fields: Field[], more: Partial<Form> = {}): Form => ({
    lang: 'en',
    state: { path: 'a/b', blanks: {}, nonce: 'n' },
    title: 'Report an obstacle',
    fields,
    submit: 'Send',
    ...more,
  });
  const shown = (given: Form) => {
    const modal = renderForm(given, 'a/b?||n', { choose: 'Choose', notListed: 'Or somebody else' });
    checkModal({ ...modal });
    return modal;
  };
  const choices = [
    { value: 'land', label: 'Land' },
    { value: 'law', label: 'Law' },
  ];

  it('has an input for every kind of field', () => {
    const fields = [
      field('line', { value: 'typed', maxLength: 3 }),
      field('text', { kind: 'paragraph', hint: 'In your words', maxLength: 3000 }),
      field('kind', { kind: 'choice', choices, value: 'law' }),
      field('file', { kind: 'file', required: false }),
    ];
    expect(shown(form(fields, { intro: 'C-142 *Grid*' }))).toMatchInlineSnapshot(`
      {
        "components": [
          {
            "content": "C-142 \\*Grid\\*",
            "type": 10,
          },
          {
            "component": {
              "custom_id": "line",
              "max_length": 5,
              "required": true,
              "style": 1,
              "type": 4,
              "value": "typed",
            },
            "label": "Label line",
            "type": 18,
          },
          {
            "component": {
              "custom_id": "text",
              "max_length": 3000,
              "required": true,
              "style": 2,
              "type": 4,
            },
            "description": "In your words",
            "label": "Label text",
            "type": 18,
          },
          {
            "component": {
              "custom_id": "kind",
              "max_values": 1,
              "min_values": 1,
              "options": [
                {
                  "default": false,
                  "label": "Land",
                  "value": "land",
                },
                {
                  "default": true,
                  "label": "Law",
                  "value": "law",
                },
              ],
              "placeholder": "Choose",
              "required": true,
              "type": 3,
            },
            "label": "Label kind",
            "type": 18,
          },
          {
            "component": {
              "custom_id": "file",
              "max_values": 1,
              "min_values": 0,
              "required": false,
              "type": 19,
            },
            "label": "Label file",
            "type": 18,
          },
        ],
        "custom_id": "a/b?||n",
        "title": "Report an obstacle",
      }
    `);
  });

  it('offers the people of the server where there is a place for the list, and words for anybody', () => {
    const person = field('officer', { kind: 'person', value: '@discord:42', error: 'Linked to nobody' });
    expect(shown(form([person])).components).toMatchObject([
      {
        label: 'Label officer',
        description: 'Linked to nobody',
        component: { type: 5, custom_id: 'officer@', required: false, default_values: [{ id: '42', type: 'user' }] },
      },
      { label: 'Or somebody else', component: { type: 4, custom_id: 'officer', required: false } },
    ]);
    expect(shown(form([person]))).not.toHaveProperty('components.1.component.value');
    const typed = shown(form([{ ...person, value: 'Lê Anh' }]));
    expect(typed).toHaveProperty('components.1.component.value', 'Lê Anh');
    expect(typed).not.toHaveProperty('components.0.component.default_values');
    const full = shown(form([...'abcd'.split('').map((name) => field(name)), person]));
    expect(full.components).toHaveLength(5);
    expect(full).toMatchObject({ components: [{}, {}, {}, {}, { component: { type: 4, required: true } }] });
    const direct = renderForm(form([person]), 'a/b?||n', { choose: 'Choose', notListed: null });
    expect(direct.components).toMatchObject([{ component: { type: 4, required: true } }]);
  });

  it('says what is wrong under a field, and on top where there is room', () => {
    const wrong = shown(form([field('a', { hint: 'Hint', error: 'Too long' })], { error: 'Somebody else changed it' }));
    expect(JSON.stringify(wrong)).toContain('"description":"Too long"');
    expect(JSON.stringify(wrong)).toContain('Somebody else changed it');
    const full = shown(
      form(
        ['a', 'b', 'c', 'd', 'e'].map((name) => field(name)),
        { error: 'Somebody else changed it' },
      ),
    );
    expect(full.components).toHaveLength(LIMITS.modalComponents);
    expect(JSON.stringify(full.components[0])).toContain('Somebody else changed it');
  });

  it('is within the limits whatever is asked', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}`, label: 'L'.repeat(150) }));
    shown(
      form(
        [
          field('a', { label: 'L'.repeat(80), hint: 'H'.repeat(300), value: 'V'.repeat(4000) }),
          field('b', { kind: 'choice', choices: many }),
          field('c', { kind: 'choice', choices: many.slice(0, 25) }),
        ],
        { title: 'T'.repeat(90) },
      ),
    );
    shown(form([]));
  });
});

describe('slash commands', () => {
  const option = (name: string, more: Partial<OptionShape> = {}): OptionShape => ({
    name,
    kind: 'text',
    field: 'line',
    required: true,
    completes: false,
    asked: true,
    positional: null,
    maxLength: 300,
    label: () => name,
    hint: () => `Hint for ${name}`,
    choices: () => [],
    ...more,
  });
  const command = (path: string, options: OptionShape[], more: Partial<CommandShape> = {}): CommandShape => {
    const [noun = '', verb = ''] = path.split('/');
    return {
      path,
      noun,
      verb,
      hidden: false,
      description: (lang) => `${lang} ${path}`,
      title: () => verb,
      options,
      ...more,
    };
  };
  const registered = (...shapes: CommandShape[]): Json[] => {
    const commands = jsonList(commandsOf(shapes, true));
    checkCommands(commands);
    return commands;
  };
  const optionsOf = (commands: Json[]) => jsonList(jsonList(commands[0]?.options)[0]?.options);

  it('demand nothing that a form can ask for, and demand first what none asks for', () => {
    expect(
      optionsOf(registered(command('a/b', [option('x'), option('y', { asked: false })]))).map((each) => each.required),
    ).toEqual([false, false]);
    const bare = optionsOf(
      registered(command('a/b', [option('x', { asked: false, required: false }), option('y', { asked: false })])),
    );
    expect(bare.map((each) => [each.name, each.required])).toEqual([
      ['y', true],
      ['x', false],
    ]);
  });

  it('speak Vietnamese where a name can be made of it, in composed letters, and never Arabic', () => {
    const options = [
      option('commitment', { label: (lang) => (lang === 'vi' ? 'Cam kết'.normalize('NFD') : 'الالتزام') }),
      option('other', { label: () => 'Cam kết' }),
      option('due', { label: () => 'Hạn (ngày)' }),
    ];
    expect(optionsOf(registered(command('a/b', options))).map((each) => each.name_localizations)).toEqual([
      { vi: 'cam-kết' },
      undefined,
      undefined,
    ]);
    expect(JSON.stringify(registered(command('a/b', options)))).not.toMatch(/"ar"|الالتزام/);
  });

  it('are called in Vietnamese as people say it, each name once beside the others', () => {
    const nounName = (lang: string) => (lang === 'vi' ? 'Cam kết' : null);
    const title = (vi: string) => (lang: string) => (lang === 'vi' ? vi : 'x');
    const [noun, other] = registered(
      command('commitment/register', [], { nounName, title: title('Đăng ký cam kết'.normalize('NFD')) }),
      command('commitment/verify', [], { nounName, title: title('Xác nhận hoàn thành') }),
      command('commitment/check', [], { nounName, title: title('Xác nhận hoàn thành') }),
      command('promise/show', [], { nounName, title: title('Xem') }),
    );
    expect(noun?.name_localizations).toEqual({ vi: 'cam-kết' });
    expect(jsonList(noun?.options).map((verb) => verb.name_localizations)).toEqual([
      { vi: 'đăng-ký' },
      { vi: 'xác-nhận-hoàn-thành' },
      undefined,
    ]);
    expect(other?.name_localizations).toBeUndefined();
  });

  it('of the house have a Vietnamese name, but for the bot’s own', async () => {
    const shapes = shapesOf(await readCommands(fileURLToPath(new URL('../../commands', import.meta.url))), phrases);
    for (const noun of registered(...shapes)) {
      if (noun.name !== 'accord') expect(noun.name_localizations, String(noun.name)).toHaveProperty('vi');
      for (const verb of jsonList(noun.options))
        expect(verb.name_localizations, `${String(noun.name)} ${String(verb.name)}`).toHaveProperty('vi');
    }
  });

  it('offer choices, completion, files', () => {
    const options = [
      option('kind', { kind: 'choice', choices: (lang) => [{ value: 'land', label: `Land ${lang}` }] }),
      option('agency', { completes: true }),
      option('file', { kind: 'file', maxLength: 0 }),
      option('many', {
        kind: 'choice',
        choices: () => Array.from({ length: 26 }, (_, index) => ({ value: `v${index}`, label: 'x' })),
      }),
    ];
    const [kind, agency, file, many] = optionsOf(registered(command('a/b', options)));
    expect(kind?.choices).toEqual([{ name: 'Land en', value: 'land', name_localizations: { vi: 'Land vi' } }]);
    expect([agency?.autocomplete, file?.type, many?.autocomplete]).toEqual([true, 11, true]);
  });

  it('say less before they are too long, and refuse what Discord cannot hold', () => {
    const wordy = Array.from({ length: 25 }, (_, index) => option(`o${index}`, { hint: () => 'H'.repeat(100) }));
    const verbs = Array.from({ length: 4 }, (_, index) => command(`a/v${index}`, wordy));
    expect(optionsOf(registered(...verbs))[3]?.description).toBe('o3');
    expect(() =>
      commandsOf(
        Array.from({ length: 26 }, (_, index) => command(`a/v${index}`, [])),
        true,
      ),
    ).toThrow('26 verbs');
    expect(() => commandsOf([command('a/b', [...wordy, option('more')])], true)).toThrow('26 options');
    expect(() => commandsOf([command('a/b c', [])], true)).toThrow('no name like');
  });

  it('leave out what only buttons reach', () => {
    expect(registered(command('a/b', [], { hidden: true }))).toEqual([]);
  });
});
