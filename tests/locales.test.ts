import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { DIALECT_PHRASES } from '../src/chat/interaction.ts';
import { LANGS, type Lang } from '../src/chat/language.ts';
import { INVALID } from '../src/chat/option.ts';
import { PLAYGROUND_WORDS } from '../src/chat/playground/words.ts';
import { readCommands, shapesOf } from '../src/chat/read-commands.ts';
import { plainText } from '../src/chat/text.ts';
import type { ParsedDue, Precision } from '../src/domain/due-date.ts';
import { parseDue } from '../src/domain/due-date.ts';
import { SECTORS } from '../src/domain/sectors.ts';
import { STATES } from '../src/domain/state.ts';
import type { ImportErrorCode } from '../src/imports/import-error.ts';
import type { SkipReason } from '../src/imports/plan.ts';
import type { QuestionReason } from '../src/imports/question.ts';
import { en } from '../src/locales/en.ts';
import { type Facts, LOCALES, phrases, richSentence, type SentenceKey, sentence } from '../src/locales/index.ts';
import { speaker } from '../src/locales/speaker.ts';

const KEYS = Object.keys(en) as SentenceKey[];
const TRANSLATIONS = LANGS.filter((lang) => lang !== 'en');
const COUNTS = [0, 1, 2, 3, 11, 100];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The kinds of elements of a parsed sentence, as formatjs numbers them. */
const LITERAL = 0;
const ARGUMENT = 1;
const NUMBER = 2;
const POUND = 7;

const parsedOf = (lang: Lang, key: SentenceKey): readonly Element[] =>
  new IntlMessageFormat(LOCALES[lang][key] ?? '', lang).getAst();
const branchesOf = (element: Element): readonly (readonly Element[])[] =>
  'options' in element ? Object.values(element.options).map((option) => option.value) : [];

/** Every element, those inside branches and tags too. */
const flat = (elements: readonly Element[]): readonly Element[] =>
  elements.flatMap((element) => [
    element,
    ...branchesOf(element).flatMap(flat),
    ...('children' in element ? flat(element.children) : []),
  ]);

/** How many parts are bold, whichever branch is taken. */
const boldIn = (elements: readonly Element[]): number =>
  elements.reduce(
    (sum, element) =>
      sum + ('children' in element ? 1 + boldIn(element.children) : Math.max(0, ...branchesOf(element).map(boldIn))),
    0,
  );

/** A quarter is said by its Roman numeral or by its ordinal: the speaker hands in both. */
const SAID_EITHER_WAY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'due.quarter': { quarter: 'roman' },
};
const argumentsOf = (lang: Lang, key: SentenceKey): string[] => {
  const named = flat(parsedOf(lang, key)).flatMap((element) =>
    element.type === LITERAL || element.type === POUND || 'children' in element ? [] : [element.value],
  );
  return [...new Set(named.map((name) => SAID_EITHER_WAY[key]?.[name] ?? name))].toSorted();
};

const isCounted = (element: Element) => element.type === NUMBER || ('options' in element && 'pluralType' in element);
const isChosen = (element: Element) => 'options' in element && !('pluralType' in element);

/** Plausible values: the number where a number is meant, each branch of a choice in turn, words elsewhere. */
function plausible(lang: Lang, key: SentenceKey, count: number): Facts[] {
  const elements = flat(parsedOf(lang, key)).filter(
    (element) => element.type !== LITERAL && element.type !== POUND && !('children' in element),
  );
  const facts: Record<string, string | number> = {};
  for (const element of elements)
    if (element.type === ARGUMENT && 'value' in element)
      facts[element.value] = element.value === 'ref' ? 'C-142' : 'Lào Cai';
  for (const element of elements) if (isCounted(element) && 'value' in element) facts[element.value] = count;
  const choice = elements.find(isChosen);
  if (!choice || !('options' in choice)) return [facts];
  return Object.keys(choice.options).map((option) => ({ ...facts, [choice.value]: option }));
}

const everySentence = (lang: Lang) =>
  KEYS.flatMap((key) => COUNTS.flatMap((count) => plausible(lang, key, count).map((facts) => ({ key, count, facts }))));

describe('every language says every sentence', () => {
  it.each(TRANSLATIONS)('%s lacks none', (lang) => {
    expect(KEYS.filter((key) => (LOCALES[lang][key] ?? '').trim() === '')).toEqual([]);
  });

  it.each(TRANSLATIONS)('%s has none that English lacks', (lang) => {
    expect(Object.keys(LOCALES[lang]).filter((key) => !(key in en))).toEqual([]);
  });

  it.each(TRANSLATIONS)('%s names the same values', (lang) => {
    const named = (spoken: Lang) => KEYS.map((key) => `${key}: ${argumentsOf(spoken, key).join(', ')}`);
    expect(named(lang)).toEqual(named('en'));
  });

  it.each(TRANSLATIONS)('%s has as many bold parts', (lang) => {
    const bold = (spoken: Lang) => KEYS.map((key) => `${key}: ${boldIn(parsedOf(spoken, key))}`);
    expect(bold(lang)).toEqual(bold('en'));
  });

  it.each([
    ['en', ['one', 'other']],
    ['vi', ['other']],
    ['ar', ['few', 'many', 'one', 'other', 'two', 'zero']],
  ] as const)('%s has the plurals of its own grammar', (lang, wanted) => {
    const wrong = KEYS.flatMap((key) =>
      flat(parsedOf(lang, key)).flatMap((element) => {
        if (!('options' in element) || !('pluralType' in element)) return [];
        const has = Object.keys(element.options).filter((option) => !option.startsWith('='));
        return has.toSorted().join() === wanted.join() ? [] : [`${key}: ${has.join()}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('every sentence can be said', () => {
  it.each(LANGS)('in %s with 0, 1, 2, 3, 11 and 100', (lang) => {
    for (const { key, count, facts } of everySentence(lang)) {
      const text = sentence(lang, key, facts);
      const said = `${lang} ${key} ${JSON.stringify(facts)}: ${text}`;
      expect(plainText(richSentence(lang, key, facts)), said).toBe(text);
      expect(text.trim(), said).not.toBe('');
      expect(text, said).not.toMatch(/[{}<>]|undefined|\[object|NaN/);
      if (count > 2 && flat(parsedOf(lang, key)).some(isCounted)) expect(text, said).toContain(String(count));
    }
  });

  it.each(LANGS)('in %s without a key on the screen', (lang) => {
    const raw = everySentence(lang).filter(({ key, facts }) => {
      const text = sentence(lang, key, facts);
      return KEYS.some((other) => other.includes('.') && text.includes(other));
    });
    expect(raw.map(({ key }) => key)).toEqual([]);
  });

  it('in Arabic with the branch that a choice names', () => {
    const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');
    expect(plain(sentence('ar', 'due.quarter', { roman: 'III', quarter: 'q3', year: '2025' }))).toBe(
      'الربع الثالث من 2025',
    );
    expect(plain(sentence('ar', 'due.half', { half: 'first', year: '2025' }))).toBe('النصف الأول من 2025');
    expect(plain(sentence('ar', 'error.group-not-open', { ref: 'WG-3', state: 'concluded' }))).toContain('أنهى عمله');
  });
});

/** Slack's and Discord's limits for what every command shows; the stricter one rules. */
const LONGEST: readonly (readonly [RegExp, number])[] = [
  [/^command\./, 100],
  [/^title\./, 24],
  [/^option\./, 45],
  [/^hint\./, 100],
  [/^button\./, 75],
  [/^choice\./, 75],
  [/^form\.(?:.*\.)?submit$/, 24],
];

describe('every language keeps to', () => {
  it.each(LANGS)('the length of labels: %s', (lang) => {
    const tooLong = KEYS.flatMap((key) => {
      const longest = LONGEST.find(([keys]) => keys.test(key))?.[1];
      if (longest === undefined) return [];
      return plausible(lang, key, 1000).flatMap((facts) => {
        const { length } = sentence(lang, key, facts);
        return length > longest ? [`${key}: ${length} of ${longest}`] : [];
      });
    });
    expect(tooLong).toEqual([]);
  });

  it.each(LANGS)('composed letters (NFC): %s', (lang) => {
    expect(KEYS.filter((key) => LOCALES[lang][key] !== LOCALES[lang][key]?.normalize('NFC'))).toEqual([]);
  });

  it('names without vowel marks in Arabic: they are typed', () => {
    expect(
      KEYS.filter((key) => /^(?:command|title|option|choice)\./.test(key) && /\p{M}/u.test(LOCALES.ar[key] ?? '')),
    ).toEqual([]);
  });

  it.each([
    ['en', ['24/11/2026', '10/2026', 'Quarter III/2026', '2026', 'ongoing']],
    ['vi', ['24/11/2026', '10/2026', 'quý III/2026', '2026', 'thường xuyên']],
    ['ar', ['24/11/2026', '10/2026', 'الربع الثالث من 2026', '2026', 'مستمر']],
  ] as const)('ways of writing a due date that are read: %s', (lang, ways) => {
    const precisions = ways.map((way) => {
      expect(sentence(lang, 'hint.due')).toContain(way);
      expect(sentence(lang, 'error.not-a-date', { typed: 'x' })).toContain(way);
      const read = parseDue(way);
      return read.ok ? read.due.precision : read.why;
    });
    expect(precisions).toEqual(['day', 'month', 'quarter', 'year', 'ongoing']);
  });

  it('the words of the digest and the reminder', () => {
    const due = { start: '2025-07-01', end: '2025-09-30', raw: '' };
    const vi = speaker('vi', 'Asia/Ho_Chi_Minh');
    expect(vi.due({ ...due, precision: 'quarter' })).toBe('quý III/2025');
    expect(vi.due({ ...due, precision: 'month', end: '2025-10-31' })).toBe('tháng 10/2025');
    expect(vi.longDay('2025-11-17')).toBe('Thứ Hai, ngày 17/11/2025');
    expect(vi.say('reminder.head', { name: 'Lan', count: 2 })).toBe(
      'Kính gửi đồng chí Lan, hôm nay có 02 cam kết cần đồng chí cập nhật.',
    );
    expect(vi.say('my.language-set')).toBe('Từ nay tôi viết cho đồng chí bằng tiếng Việt.');
    expect(plainText(speaker('ar', 'UTC').rich('late.days', { days: 48 }))).toBe('متأخر 48 يوما');
    expect(plainText(speaker('ar', 'UTC').rich('late.days', { days: 2 }))).toBe('متأخر يومين');
  });
});

const ROOT = path.join(import.meta.dirname, '..');
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));

const missing = (keys: readonly (string | readonly string[])[]) =>
  keys
    .map((key) => (typeof key === 'string' ? [key] : key))
    .filter((either) => !either.some((key) => key in en))
    .map((either) => either.join(' or '));

const IMPORT_ERRORS = {
  empty: 0,
  'too-large': 0,
  'not-a-spreadsheet': 0,
  'unsupported-format': 0,
  'password-protected': 0,
  'broken-quotes': 0,
  transposed: 0,
  'no-header': 0,
} satisfies Record<ImportErrorCode, 0>;
const QUESTIONS = {
  'stray-cell': 0,
  continuation: 0,
  'too-long': 0,
  'no-title': 0,
  'no-lead': 0,
  'no-lead-column': 0,
  'no-number': 0,
  'long-number': 0,
  'not-a-name': 0,
  'not-a-date': 0,
  'ambiguous-day': 0,
  'impossible-day': 0,
  duplicate: 0,
  'amended-by-hand': 0,
  'other-sheet': 0,
} satisfies Record<QuestionReason, 0>;
const SKIPS = {
  section: 0,
  header: 0,
  blank: 0,
  continuation: 0,
  note: 0,
  total: 0,
  'no-title': 0,
  'too-long': 0,
} satisfies Record<SkipReason, 0>;
const PRECISIONS = { day: 0, month: 0, quarter: 0, half: 0, year: 0, ongoing: 0, unknown: 0 } satisfies Record<
  Precision,
  0
>;
const UNREAD_DATES = { 'not-a-date': 0, 'ambiguous-day': 0, 'impossible-day': 0 } satisfies Record<
  Extract<ParsedDue, { ok: false }>['why'],
  0
>;

const under = (prefix: string, codes: Readonly<Record<string, 0>> | readonly string[]) =>
  (Array.isArray(codes) ? codes : Object.keys(codes)).map((code) => `${prefix}.${code}`);

describe('every key made at run time has its sentence', () => {
  it.each([
    ['a sector', under('sector', SECTORS)],
    ['a state', under('state', STATES)],
    ['what a platform says of its own accord', under('dialect', DIALECT_PHRASES)],
    ['what is wrong with a blank', under('invalid', INVALID)],
    ['why a file is refused', under('error.import', IMPORT_ERRORS).map((key) => key.replace('import.', 'import-'))],
    ['why a date is not read', under('error', UNREAD_DATES)],
    ['a question about a row', under('question', QUESTIONS)],
    ['why a row is skipped', under('skipped', SKIPS)],
    ['a precision', under('precision', PRECISIONS)],
    ['a word of the playground', under('playground', PLAYGROUND_WORDS)],
  ])('%s', (_what, keys) => {
    expect(missing(keys)).toEqual([]);
  });

  it('every refusal by code', () => {
    // Codes that come from a union, which the lines above go through.
    const computed = /^(?:`import-\$\{error\.code\}`|parsed\.why|error\.code)$/;
    const unread: string[] = [];
    const codes = [...filesIn('src'), ...filesIn('commands')].flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/new UserError\(\s*([^,)]+)/g)].flatMap(
        ([, first = '']) => {
          const literals = [...first.matchAll(/'([\w-]+)'/g)].map(([, code = '']) => code);
          if (literals.length === 0 && !computed.test(first.trim())) unread.push(`${file}: ${first.trim()}`);
          return literals;
        },
      ),
    );
    expect(codes.length).toBeGreaterThan(30);
    expect(unread).toEqual([]);
    expect(missing(under('error', [...new Set(codes)]))).toEqual([]);
  });

  it('every phrase the dispatcher looks up', () => {
    const asked = filesIn('src/chat').flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/phrases?(?:\.find)?\([\w.]+, '([\w.-]+)'/g)].map(
        ([, key = '']) => key,
      ),
    );
    expect(missing([...new Set(asked)].filter((key) => key.includes('.')))).toEqual([]);
  });
});

const commands = await readCommands(path.join(ROOT, 'commands'));

describe('every command', () => {
  // shapesOf looks every sentence up, the path's own or the one that all share, and names those that are missing.
  const shapes = shapesOf(commands, phrases);

  it('says what it does, what its blanks are and what may be chosen, in every language', () => {
    expect(shapes.length).toBeGreaterThan(25);
    for (const shape of shapes)
      for (const lang of LANGS) {
        const options = shape.options.flatMap((option) => [
          { label: option.label(lang), longest: 45 },
          { label: option.hint(lang), longest: 100 },
          ...option.choices(lang).map(({ label }) => ({ label, longest: 75 })),
        ]);
        const labels = [
          { label: shape.description(lang), longest: 100 },
          { label: shape.title(lang), longest: 24 },
          ...options,
        ];
        for (const { label, longest } of labels) {
          expect(label.trim(), `${shape.path} in ${lang}`).not.toBe('');
          expect(label.length, `${shape.path} in ${lang}: ${label}`).toBeLessThanOrEqual(longest);
        }
      }
  });

  it('has blanks and choices that can be told apart by their names in every language', () => {
    const typed = (label: string) => label.toLowerCase().replaceAll(' ', '-');
    const sameName = shapes.flatMap((shape) => [
      ...twice(
        shape.path,
        shape.options.map((option) => [option.name, [option.name, ...LANGS.map(option.label)].map(typed)]),
      ),
      ...shape.options.flatMap((option) =>
        twice(
          `${shape.path} ${option.name}`,
          option
            .choices('en')
            .map(({ value }) => [
              value,
              LANGS.map((lang) => typed(option.choices(lang).find((choice) => choice.value === value)?.label ?? '')),
            ]),
        ),
      ),
    ]);
    expect(sameName).toEqual([]);
  });
});

/** The names that more than one thing has. */
function twice(where: string, named: readonly (readonly [thing: string, names: readonly string[]])[]): string[] {
  const owner = new Map<string, string>();
  return named.flatMap(([thing, names]) =>
    names.flatMap((name) => {
      const first = owner.get(name) ?? thing;
      owner.set(name, first);
      return first === thing ? [] : [`${where}: '${name}' is ${first} and ${thing}`];
    }),
  );
}
