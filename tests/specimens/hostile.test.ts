import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/chat/discord/answer.ts';
import { render as renderDiscord } from '../../src/chat/discord/render.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import { quiet } from '../../src/chat/slack/post.ts';
import { cleaned } from '../../src/chat/text.ts';
import { DIALECTS, FIT, made, NAMES } from './made.ts';
import { illFormed, READ, type Reading } from './readings.ts';
import { REFUSED } from './refused.ts';
import { written } from './register.ts';

/** What somebody might type to ping, link, format, hide or imitate. */
const INGREDIENTS = [
  '<!channel>',
  '<!here>',
  '<!subteam^S1>',
  '<@U1>',
  '<#C1>',
  '@everyone',
  '@here',
  '<@&1>',
  '<@123456789012345678>',
  '<https://evil.example|here>',
  '[here](https://evil.example)',
  'https://evil.example/a_b_c',
  '<t:0>',
  '</cmd:1>',
  '<:e:1>',
  ':fire:',
  '`',
  '```',
  '*',
  '**bold**',
  '_',
  '~~',
  '||',
  '\\',
  '\\*x\\*',
  '\\<@123456789012345678>',
  '&lt;',
  '<b>bold</b>',
  '<img src=x onerror=alert(1)>',
  '{ref}',
  '\n# ',
  '\n- ',
  '\n-# ',
  '\n> ',
  '\n1. ',
  '\n\n\nC-1 done. [Verify]',
  '\r\n',
  '\u2028',
  '\u0085',
  '\u000B',
  '\u202Eevil\u202C',
  '\u2067',
  '\u2068',
  '\u2069',
  '\u200F',
  '\u200B',
  '\u200D\u200D\u200D',
  '\uFEFF',
  '\u0000',
  '\u001B[31m',
  '\uD800',
  '\uDC00',
  `z${'\u0301'.repeat(40)}`,
  `ก${'\u0E49'.repeat(40)}`,
  '👩‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'Bộ Công Thương',
  'مذكرة',
  ' ',
  'a',
];
const LINE_STARTS = ['# ', '- ', '-# ', '> ', '1. ', '* ', '+ ', '~~~', '```'];

/** Something is to be seen at its beginning: what shows nothing is refused where it is typed. */
const visible = (text: string): boolean => cleaned(text.slice(0, 20)).trim() !== '';
const hostile = fc
  .tuple(
    fc.option(fc.constantFrom(...LINE_STARTS)),
    fc.array(fc.oneof(fc.constantFrom(...INGREDIENTS), fc.string({ unit: 'binary', maxLength: 6 })), {
      minLength: 1,
      maxLength: 14,
    }),
  )
  .map(([start, parts]) => (start ?? '') + parts.join(''))
  .filter(visible);

/** Plain letters of the same length, with the same spaces and line ends. */
const plainOf = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: two of the line ends are
  text.replace(/\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g, '\n').replace(/\S/g, 'x');

const fencesIn = (reading: Reading): number => reading.skeleton.filter((marks) => marks.includes('```')).length;
const isFenced = (reading: Reading): boolean => fencesIn(reading) > 0;

/** A kind of message in which people wrote this, everywhere they write, as each platform understands it. */
function check(name: string, lang: Lang, words: string): void {
  const attacked = written(
    () => words,
    () => made(name, lang),
  ).made;
  const innocent = written(
    () => plainOf(words),
    () => made(name, lang),
  ).made;
  for (const dialect of DIALECTS) {
    const [reading, plain] = [READ[dialect](attacked), READ[dialect](innocent)];
    expect(reading.alarms, dialect).toEqual([]);
    // Whether columns stand even depends on the letters in them: one way they are fenced, the other they are a list.
    if ([reading, plain].some(isFenced)) expect(fencesIn(reading) % 2, dialect).toBe(0);
    else expect(reading.skeleton, dialect).toEqual(plain.skeleton);
    expect(reading.texts.map(illFormed).filter(Boolean), dialect).toEqual([]);
    for (const part of FIT[dialect](attacked)) expect(REFUSED[dialect](part), dialect).toBeNull();
  }
}

const lang = fc.constantFrom(...LANGS);
/** Kinds that between them say every sort of words, in every sort of block. */
const WORDY = [
  'commitmentCard whole',
  'reminder due',
  'groupOpening exchange',
  'claimNotice waiting',
  'importPreview first',
];

describe('text from people', () => {
  it.each(NAMES)('in %s mentions nobody, links nowhere and breaks nothing', (name) => {
    fc.assert(
      fc.property(hostile, lang, (words, spoken) => check(name, spoken, words)),
      {
        numRuns: 8,
        examples: [
          [INGREDIENTS.join(''), 'ar'],
          [`x${INGREDIENTS.toReversed().join(' ')}`, 'en'],
          [LINE_STARTS.map((start) => `${start}x`).join('\n'), 'vi'],
        ],
      },
    );
  });

  it.each(WORDY)('in %s may begin with any of it', (name) => {
    for (const words of INGREDIENTS.filter(visible)) check(name, 'en', words);
    for (const start of LINE_STARTS) check(name, 'en', `${start}x`);
  });

  it.each(WORDY)('in %s may be 10,000 characters that are all marks', (name) => {
    for (const mark of ['<', '*', '&', '\n> ', '@here ', 'z\u0301\u0301\u0301\u0301'])
      check(name, 'en', mark.repeat(Math.ceil(10_000 / mark.length)));
  });

  it('keeps the emoji that are made of several, flags and the joiners of scripts', () => {
    const whole = '👩‍👩‍👧‍👦 👍🏽 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ می‌خواهم क्‍ष ຜູ້';
    expect(cleaned(whole)).toBe(whole);
    for (const dialect of DIALECTS)
      expect(
        READ[dialect](
          written(
            () => whole,
            () => made('commitmentCard whole', 'en'),
          ).made,
        ).texts.join(),
      ).toContain(whole);
  });

  it('cannot ask for a notification by the way it is sent', () => {
    expect(quiet).toEqual({ unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false });
    for (const name of NAMES) {
      const attacked = written(
        () => INGREDIENTS.join(''),
        () => made(name, 'en'),
      ).made;
      expect(messageOf(renderDiscord(attacked)).allowedMentions).toEqual({ parse: [], users: [] });
    }
  });
});
