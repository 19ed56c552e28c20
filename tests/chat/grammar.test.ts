import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptionShape } from '../../src/chat/command.ts';
import { parseWords } from '../../src/chat/grammar.ts';

const option = (name: string, more: Partial<OptionShape> = {}): OptionShape => ({
  name,
  kind: 'text',
  field: 'line',
  required: false,
  completes: false,
  asked: true,
  positional: null,
  maxLength: 300,
  label: (lang) => (name === 'due' ? { en: 'Due date', vi: 'thời hạn', ar: 'الموعد' }[lang] : name),
  hint: () => '',
  choices: () => [],
  ...more,
});
const REPORT = [
  option('commitment', { kind: 'commitment', positional: 'token' }),
  option('text', { kind: 'long-text', positional: 'rest' }),
  option('due', { kind: 'due-date' }),
  option('done', {
    kind: 'choice',
    choices: (lang) => [
      { value: 'yes', label: { en: 'Yes', vi: 'Có', ar: 'نعم' }[lang] },
      { value: 'no', label: { en: 'No', vi: 'Chưa', ar: 'لا' }[lang] },
    ],
  }),
];
const read = (words: string) => parseWords(REPORT, words);

describe('words after a command', () => {
  it.each([
    ['C-142 No site yet', { commitment: 'C-142', text: 'No site yet' }],
    ['C-142 due:2026 No site yet', { commitment: 'C-142', due: '2026', text: 'No site yet' }],
    ['due:2026 C-142 No site yet', { commitment: 'C-142', due: '2026', text: 'No site yet' }],
    ['C-142 No site yet due:"Quarter III/2026"', { commitment: 'C-142', due: 'Quarter III/2026', text: 'No site yet' }],
    ['commitment:C-142 No site yet', { commitment: 'C-142', text: 'No site yet' }],
    ['"C-142" No site', { commitment: 'C-142', text: 'No site' }],
    ['C-142 thời-hạn:2026 Chưa có', { commitment: 'C-142', due: '2026', text: 'Chưa có' }],
    ['C-142 done:Có Xong', { commitment: 'C-142', done: 'yes', text: 'Xong' }],
    ['C-142 done:نعم تم', { commitment: 'C-142', done: 'yes', text: 'تم' }],
    ['C-142', { commitment: 'C-142' }],
    ['', {}],
    ['   ', {}],
    ['C-142 see note: price is open', { commitment: 'C-142', text: 'see note: price is open' }],
    ['C-142 at 10:30 see https://a.example/x', { commitment: 'C-142', text: 'at 10:30 see https://a.example/x' }],
    ['C-142 first\nsecond', { commitment: 'C-142', text: 'first\nsecond' }],
  ])('%j', (words, blanks) => {
    expect(read(words)).toEqual({ blanks, rest: '' });
  });

  it('keep the second value of a name where it was written', () => {
    expect(read('C-1 due:2026 due:2027 x').blanks).toEqual({ commitment: 'C-1', due: '2026', text: 'due:2027 x' });
  });

  it('that fit nowhere are left over, not dropped', () => {
    const only = [option('commitment', { kind: 'commitment', positional: 'token' })];
    expect(parseWords(only, 'C-1 and more')).toEqual({ blanks: { commitment: 'C-1' }, rest: 'and more' });
  });

  it('take the file that came along', () => {
    const file = { name: 'annex.csv', size: 1, fetch: async () => new Uint8Array() };
    expect(parseWords([option('file', { kind: 'file', positional: 'token' })], '', [file]).blanks).toEqual({ file });
  });

  it('lose nothing, whatever is typed', () => {
    const letters = (text: string) => [...text.replace(/[\s":]/g, '')].toSorted().join('');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'C', '-', '1', ' ', 'é', '\n') }), (words) => {
        const { blanks, rest } = read(words);
        expect(letters(Object.values(blanks).join('') + rest)).toBe(letters(words));
      }),
    );
  });
});
