import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandShape } from '../../src/chat/command.ts';
import type { Form } from '../../src/chat/form.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import type { Block, Button, MessageDocument } from '../../src/chat/message.ts';
import { channelName, withSuffix } from '../../src/chat/slack/channel-name.ts';
import { clip } from '../../src/chat/slack/limits.ts';
import { mrkdwn } from '../../src/chat/slack/mrkdwn.ts';
import { manifest } from '../../src/chat/slack/register.ts';
import { fitted, render } from '../../src/chat/slack/render.ts';
import { metadata, readMetadata, renderForm } from '../../src/chat/slack/render-form.ts';
import { pathOf, unescapeEntities } from '../../src/chat/slack/words.ts';
import { cleaned, plainText, type Span, spansOf, type Text } from '../../src/chat/text.ts';
import { checkBlocks, checkView } from '../doubles/slack/blocks.ts';
import { SCOPES } from '../doubles/slack/index.ts';
import { type Piece, readMrkdwn } from '../doubles/slack/mrkdwn.ts';
import { readMessage } from '../doubles/slack/screen.ts';
import type { User } from '../doubles/slack/workspace.ts';

const HOSTILE = 'a*b* _c_ ~d~ `e` <!channel> <@U0BOSS> @here https://evil.example|x &amp; :fire:\n> quoted\n*C-1*';
const WORDS: Record<Lang, string> = {
  en: 'Grid-connection memorandum, Laos. Due Quarter III/2025',
  vi: 'Bản ghi nhớ về đấu nối lưới điện với Lào. Thời hạn: quý III/2025',
  ar: 'مذكرة تفاهم مع لاوس بشأن الربط الكهربائي. الموعد: الربع الثالث من 2025',
};
const press = (label: string, id = 'C-142'): Button => ({
  label,
  does: { path: 'commitment/report', blanks: { commitment: id } },
});
const momentSpan: Span = { moment: '2025-11-17T01:00:00Z', as: 'datetime', plain: '17 November 2025, 08:00' };
const people = new Map<string, User>();
/** What a reader of a message sees, after the service has accepted it. */
function shown(part: MessageDocument): string {
  const checked = checkBlocks(render(part).blocks);
  if ('error' in checked) expect.fail(`${checked.error}: ${checked.messages.join('; ')}`);
  return readMessage({ text: '', blocks: checked.value, files: [] }, people).text;
}
const read = (document: MessageDocument) => fitted(document).map(shown).join('\n');

function everything(lang: Lang, count: number, words = WORDS[lang]): MessageDocument {
  const blocks: Block[] = [
    { block: 'heading', text: words },
    {
      block: 'paragraph',
      text: ['Dear ', { person: { name: 'Lan *', accounts: { slack: 'U0000LAN' } } }, { bold: words }, { code: 'C-1' }],
    },
    {
      block: 'facts',
      facts: [
        { label: words, value: words },
        { label: 'Due', value: [momentSpan] },
      ],
    },
    {
      block: 'entries',
      title: words,
      numbered: true,
      entries: Array.from({ length: count }, (_, at) => ({
        text: [{ bold: `C-${at}` }, ` ${words}`],
        detail: words,
        button: press(words, `C-${at}`),
      })),
    },
    { block: 'entries', entries: Array.from({ length: count }, () => ({ text: words, detail: words })) },
    { block: 'quote', text: words, by: words },
    {
      block: 'meter',
      label: words,
      parts: [
        { label: words, count: 96 },
        { label: 'late', count: 11 },
      ],
    },
    {
      block: 'table',
      columns: [words, 'n'],
      rows: Array.from({ length: count }, (_, at) => [words, at % 2 ? '' : String(at)]),
    },
    { block: 'buttons', buttons: [press(words), { ...press('B'), style: 'primary' }] },
    {
      block: 'menu',
      label: words,
      choices: Array.from({ length: count === 1 ? 2 : 25 }, (_, at) => press(`${words} ${at}`, `C-${at}`)),
    },
    { block: 'note', text: words },
    { block: 'divider' },
  ];
  return { lang, summary: words, blocks };
}

describe('a message in Block Kit', () => {
  for (const lang of LANGS)
    for (const count of [1, 10, 100])
      it(`is accepted by the service: every kind of block, ${count} entries, ${lang}`, () => {
        for (const words of [WORDS[lang], HOSTILE]) {
          const parts = fitted(everything(lang, count, words));
          const text = parts.map(shown).join('\n');
          for (let at = 0; at < count; at++) expect(text).toContain(`C-${at} `);
          expect(text.split(words.split('\n')[0] ?? '').length).toBeGreaterThan(count * 5);
        }
      });

  it('says everything in the order in which it was written', () => {
    expect(read(everything('en', 1))).toMatchInlineSnapshot(`
      "Grid-connection memorandum, Laos. Due Quarter III/2025
      Dear @U0000LANGrid-connection memorandum, Laos. Due Quarter III/2025C-1
      Grid-connection memorandum, Laos. Due Quarter III/2025: Grid-connection memorandum, Laos. Due Quarter III/2025
      Due: 17 November 2025, 08:00
      Grid-connection memorandum, Laos. Due Quarter III/2025
      1. C-0 Grid-connection memorandum, Laos. Due Quarter III/2025
      Grid-connection memorandum, Laos. Due Quarter III/2025
      [Grid-connection memorandum, Laos. Due Quarter III/2025]
      • Grid-connection memorandum, Laos. Due Quarter III/2025
      Grid-connection memorandum, Laos. Due Quarter III/2025
      Grid-connection memorandum, Laos. Due Quarter III/2025
      — Grid-connection memorandum, Laos. Due Quarter III/2025
      Grid-connection memorandum, Laos. Due Quarter III/2025
      Grid-connection memorandum, Laos. Due Quarter III/2025: 96 · late: 11
      Grid-connection memorandum, Laos. Due Quarter III/2025 | n
      Grid-connection memorandum, Laos. Due Quarter III/2025 | 0
      [Grid-connection memorandum, Laos. Due Quarter III/2025] [B]
      Grid-connection memorandum, Laos. Due Quarter III/2025
      [Grid-connection memorandum, Laos. Due Quarter III/2025 0] [Grid-connection memorandum, Laos. Due Quarter III/2025 1]
      Grid-connection memorandum, Laos. Due Quarter III/2025"
    `);
  });

  it('keeps hostile words as they are, formatting and mentioning nothing', () => {
    const document: MessageDocument = {
      lang: 'en',
      summary: HOSTILE,
      blocks: [
        { block: 'entries', entries: [{ text: HOSTILE, button: press('Open') }] },
        { block: 'note', text: HOSTILE },
      ],
    };
    const { blocks, text } = render(document);
    expect(text).not.toMatch(/[<>]/);
    expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"');
    // An entry is one line; a paragraph keeps its own.
    expect(read(document)).toBe(`• ${HOSTILE.replaceAll('\n', ' ')}\n[Open]\n${HOSTILE}`);
  });

  it('puts a button beside its entry where the words allow', () => {
    const { blocks } = render({
      lang: 'en',
      summary: 's',
      blocks: [{ block: 'entries', entries: [{ text: [{ bold: 'C-1' }, ' Rail & road'], button: press('Open') }] }],
    });
    expect(blocks).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '• *C-1* Rail &amp; road', verbatim: true },
        accessory: {
          type: 'button',
          text: { type: 'plain_text', text: 'Open', emoji: false },
          action_id: 'commitment/report?commitment=C-142||0',
        },
      },
    ]);
  });

  it('gives buttons where the codes are longer than an option holds', () => {
    const long = { path: 'commitment/report', blanks: { text: 'x'.repeat(60) } };
    const { blocks } = render({
      lang: 'en',
      summary: 's',
      blocks: [{ block: 'menu', label: 'Which', choices: [{ label: 'A', does: long }, press('B')] }],
    });
    expect(blocks.map((block) => block.type)).toEqual(['rich_text', 'actions']);
    expect(checkBlocks(blocks)).not.toHaveProperty('error');
  });

  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('', ' ', HOSTILE, ...Object.values(WORDS), 'x'.repeat(3500)),
  );
  const button = fc.record({
    label: words,
    does: fc.record({
      path: fc.constant('a/b'),
      blanks: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[A-Z0-9-]{0,12}$/), { maxKeys: 2 }),
    }),
  });
  const span: fc.Arbitrary<Span> = fc.oneof(
    words,
    words.map((bold) => ({ bold })),
    words.map((code) => ({ code })),
    words.map((name) => ({ person: { name, accounts: {} } })),
    fc.constant(momentSpan),
  );
  const text: fc.Arbitrary<Text> = fc.oneof(words, fc.array(span, { maxLength: 4 }));
  const entry = fc.oneof(fc.record({ text }), fc.record({ text, detail: text, button }), fc.record({ text, button }));
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ block: fc.constant('heading' as const), text: words }),
    fc.record({ block: fc.constant('paragraph' as const), text }),
    fc.record({
      block: fc.constant('facts' as const),
      facts: fc.array(fc.record({ label: words, value: text }), { maxLength: 5 }),
    }),
    fc.record({
      block: fc.constant('entries' as const),
      numbered: fc.boolean(),
      entries: fc.array(entry, { maxLength: 12 }),
    }),
    fc.record({ block: fc.constant('quote' as const), text: words, by: words }),
    fc.record({ block: fc.constant('note' as const), text }),
    fc.record({
      block: fc.constant('table' as const),
      columns: fc.constant(['a', '']),
      rows: fc.array(fc.tuple(words, words), { maxLength: 120 }),
    }),
    fc.record({ block: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 60 }) }),
    fc.record({ block: fc.constant('menu' as const), label: words, choices: fc.array(button, { maxLength: 25 }) }),
  );

  it('is accepted whatever people write, and loses none of it', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const document: MessageDocument = { lang: 'en', summary: 'summary', blocks };
        const words = read(document).replace(/\s+/g, '');
        for (const each of blocks)
          if (each.block === 'paragraph' || each.block === 'note')
            for (const piece of cleaned(plainText(each.text)).split(/\s+/)) expect(words).toContain(piece);
      }),
      { numRuns: 150 },
    );
  });
});

describe('mrkdwn', () => {
  const ingredient = fc.constantFrom(
    'Lan',
    'C-142',
    ' ',
    ' ',
    '\n',
    '*',
    '_',
    '~',
    '`',
    '```',
    '<',
    '>',
    '&',
    '&amp;',
    '|',
    ':fire:',
    ':',
    '> ',
    '@here',
    '<!channel>',
    '<@U123>',
    'https://a.example',
    'một',
    'مذكرة',
    '48 days',
    '.',
    ',',
    '(',
    ')',
    '#general',
    'e̱',
    '🙂',
  );
  const words = fc.array(ingredient, { maxLength: 7 }).map((parts) => parts.join(''));
  const span: fc.Arbitrary<Span> = fc.oneof(
    words,
    words.map((bold) => ({ bold })),
    words.map((code) => ({ code })),
    fc.tuple(words, fc.boolean()).map(([name, has]) => ({
      person: { name, accounts: has ? { slack: 'U0000LAN' } : ({} as Record<string, string>) },
    })),
    words.map((plain): Span => ({ moment: '2025-11-17T01:00:00Z', as: 'date', plain })),
  );

  function meant(text: Text): Piece[] {
    const pieces: { text: string; as: Piece['as'] }[] = [];
    for (const span of spansOf(text)) {
      const piece: Piece =
        typeof span === 'string'
          ? { text: span, as: 'plain' }
          : 'bold' in span
            ? { text: span.bold, as: 'bold' }
            : 'code' in span
              ? { text: span.code, as: 'code' }
              : 'person' in span
                ? span.person.accounts.slack
                  ? { text: span.person.accounts.slack, as: 'user' }
                  : { text: span.person.name, as: 'plain' }
                : { text: span.plain, as: 'date' };
      const last = pieces.at(-1);
      if (piece.as === 'plain' && last?.as === 'plain') last.text += piece.text;
      else if (piece.text !== '' || piece.as !== 'plain') pieces.push({ ...piece });
    }
    return pieces;
  }

  it('says exactly what was meant, or nothing at all', () => {
    let said = 0;
    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), (text) => {
        const written = mrkdwn(text);
        if (written === null) return;
        said += 1;
        for (const reading of ['eager', 'careful'] as const)
          expect(readMrkdwn(written, { reading, verbatim: true })).toEqual(meant(text));
      }),
      {
        numRuns: 4000,
        examples: [[[':', { person: { name: 'https://a.example', accounts: {} } }]]],
      },
    );
    expect(said).toBeGreaterThan(300);
  });

  it('says the texts of every day', () => {
    for (const words of Object.values(WORDS))
      expect(mrkdwn([{ bold: 'C-142' }, ` ${words}; `, { bold: '48 days overdue' }, '.'])).not.toBeNull();
  });
});

describe('a form as a view', () => {
  const say = (phrase: string) => phrase;
  const form = (extra: Partial<Form> = {}): Form => ({
    lang: 'en',
    state: { path: 'commitment/register', blanks: { commitment: 'C-1' }, version: 3, nonce: 'n1' },
    title: 'Register a commitment that is long',
    submit: 'Register',
    intro: HOSTILE,
    error: HOSTILE,
    fields: [
      {
        name: 'title',
        label: 'Title',
        kind: 'line',
        required: true,
        value: 'x'.repeat(400),
        maxLength: 300,
        error: HOSTILE,
      },
      { name: 'content', label: 'Content', kind: 'paragraph', required: false, value: '', hint: 'h' },
      {
        name: 'instrument',
        label: 'Instrument',
        kind: 'choice',
        required: true,
        value: 'treaty',
        choices: [{ value: 'treaty', label: 'Treaty' }],
      },
      { name: 'lead', label: 'Lead', kind: 'search', required: true, value: 'moc', valueLabel: 'Construction' },
      { name: 'other', label: 'Other', kind: 'search', required: true, value: 'y'.repeat(120) },
      { name: 'officer', label: 'Officer', kind: 'person', required: true, value: '@slack:U0000001' },
      { name: 'stand-in', label: 'Stand-in', kind: 'person', required: false, value: '@paper:7' },
      { name: 'due', label: 'Due', kind: 'date', required: false, value: 'Quý II/2025' },
      { name: 'sheet', label: 'Sheet', kind: 'file', required: true },
    ],
    ...extra,
  });
  const origin = { conversation: 'C0000001', message: '1.2' };

  it('is accepted by the service, keeps long words, and carries its state', () => {
    const view = renderForm(
      form(),
      metadata(form().state, origin, () => expect.unreachable()),
      say,
    );
    expect(checkView(view)).not.toHaveProperty('error');
    const persons = view.blocks.filter((block) => /^(officer|stand-in)/.test(block.block_id ?? ''));
    expect(persons).toMatchObject([
      { optional: true, element: { type: 'users_select', initial_user: 'U0000001' } },
      { optional: true, element: { type: 'external_select' } },
      { optional: true, element: { type: 'users_select' } },
      { optional: true, element: { type: 'external_select', initial_option: { value: '@paper:7' } } },
    ]);
    expect(JSON.stringify(view)).toContain('x'.repeat(400));
    expect(JSON.stringify(view)).toContain('y'.repeat(120));
    expect(readMetadata(view.private_metadata ?? '', () => undefined)).toEqual({
      path: 'commitment/register',
      state: form().state,
      origin,
    });
  });

  it('keeps a state that is too long elsewhere, and says so when it is gone', () => {
    const state = { ...form().state, blanks: { content: 'z'.repeat(3000) } };
    const kept = new Map();
    const text = metadata(state, origin, (each) => kept.set(each.nonce, each));
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(readMetadata(text, (nonce) => kept.get(nonce))?.state).toEqual(state);
    expect(readMetadata(text, () => undefined)?.state).toBe('lost');
    expect(readMetadata('not ours', () => undefined)).toBeNull();
  });
});

describe('small things', () => {
  it('writes a manifest with a command for each noun', () => {
    const shape = (path: string, hidden = false): CommandShape => {
      const [noun = '', verb = ''] = path.split('/');
      return { path, noun, verb, hidden, description: () => verb, title: () => `${verb} it`, options: [] };
    };
    const made = manifest([shape('group/convene'), shape('group/close'), shape('group/ask', true), shape('my/items')], {
      name: 'Accord',
      lang: 'en',
    });
    expect(made.features.slash_commands).toEqual([
      { command: '/group', description: 'convene it · close it', usage_hint: 'convene | close', should_escape: false },
      { command: '/my', description: 'items it', usage_hint: 'items', should_escape: false },
    ]);
    expect(made.oauth_config.scopes.bot).toEqual([...SCOPES]);
    expect(() => manifest([shape('Ủy ban/x')], { name: 'Accord', lang: 'vi' })).toThrow('no name for a slash command');
  });

  it('makes valid channel names of any text', () => {
    expect(channelName('WG-3 · Giải phóng mặt bằng, Đường sắt')).toBe('wg-3-giai-phong-mat-bang-duong-sat');
    expect(channelName('WG-3 فريق عمل')).toBe('wg-3');
    expect(channelName('فريق')).toBe('accord');
    expect(withSuffix('a'.repeat(80), 12)).toBe(`${'a'.repeat(77)}-12`);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        (text) => void expect(channelName(text)).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/),
      ),
    );
  });

  it('reads what was typed', () => {
    expect(pathOf('commitment', ' Register  Rail &c ')).toEqual({
      path: 'commitment/register',
      words: 'Rail &c',
    });
    // Whether there is such a verb, and what may have been meant, is the dispatcher's to say.
    expect(pathOf('commitment', 'shwo C-1')).toEqual({ path: 'commitment/shwo', words: 'C-1' });
    expect(pathOf('commitment', '')).toEqual({ path: 'accord/help', words: 'commitment' });
    expect(unescapeEntities('&lt;b&gt; &amp;lt;')).toBe('<b> &lt;');
    expect(clip(`${'a'.repeat(3)}🙂x`, 5)).toBe('aaa…');
  });
});
