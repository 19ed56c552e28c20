import { describe, expect, it } from 'vitest';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { en } from '../../src/locales/en.ts';
import type { SentenceKey } from '../../src/locales/index.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { once } from '../support/once.ts';
import { buttonsIn, DIALECTS, FIT, made, NAMES } from './made.ts';
import { REFUSED } from './refused.ts';
import { type Field, LONGEST, type Pen, written, ZONE } from './register.ts';

/** Kinds of messages that say one thing: they list nothing, however much there is. */
const SAY_ONE_THING = new Set([
  'commitmentChanged',
  'obstacleSolved',
  'accountMoves',
  'accountTaken',
  'calendarWanted',
  'claimNotice',
  'digestNowhere',
  'groupReport',
  'handedBack',
  'health',
  'help',
  'importApplied',
  'notMineNotice',
  'notice',
  'obstacleLinked',
  'refusal',
  'reportDecided',
  'awayNoted',
  'standInAsked',
  'standInOver',
  'writtenTo',
]);

const plainly: Pen = (words) => words;
/** As long as the register lets it be, in words and without any. */
const atLength: Pen = (words, field) => filled(words, field, ' Bản ghi nhớ, مذكرة تفاهم, memorandum;');
const withoutSpaces: Pen = (words, field) => filled(words, field, 'memorandum');
const filled = (words: string, field: Field, filler: string): string =>
  words + filler.repeat(Math.ceil(LONGEST[field] / filler.length)).slice(0, Math.max(0, LONGEST[field] - words.length));

/** Sentences that say how many more there are. */
const MORE = (Object.keys(en) as SentenceKey[]).filter((key) => /[.-]more(-|$)/.test(key) && /\{count\b/.test(en[key]));

/** What was given to be listed, and is neither there nor counted as more. */
function lost(lang: Lang, given: ReadonlyMap<string, readonly (readonly string[])[]>, text: string): string[] {
  const references = new Set(text.match(/\b[A-Z]{1,2}-\d+/g));
  const occurs = (name: string) => (/^[A-Z]{1,2}-\d+$/.test(name) ? references.has(name) : text.includes(name));
  const speak = speaker(lang, ZONE);
  return [...given].flatMap(([group, things]) => {
    const missing = things.filter((names) => !names.some(occurs));
    const counted = () => MORE.some((key) => text.includes(speak.say(key, { count: missing.length })));
    return missing.length === 0 || counted()
      ? []
      : [`${group}: ${missing.length} of ${things.length}, the first ${missing[0]}`];
  });
}

const isCounted = (name: string): boolean => plainDocument(made(name, 'en', 1)) !== plainDocument(made(name, 'en', 10));
const COUNTED = NAMES.filter(isCounted);

const text = (parts: readonly MessageDocument[]): string => parts.map(plainDocument).join('\n');
const presses = (parts: readonly MessageDocument[]): readonly string[] =>
  parts.flatMap(buttonsIn).map((button) => `${button.label} ${JSON.stringify(button.does)}`);

/** A message of this kind in every dialect: accepted by it, whole, nothing twice, no heading without what it heads. */
function checkEverywhere(name: string, lang: Lang, count: number, pen: Pen): void {
  const { made: document, given } = written(pen, () => made(name, lang, count));
  expect(lost(lang, given, text([document])), 'lost by the message').toEqual([]);
  const [pressed, said] = [presses([document]), words([document])];
  for (const dialect of DIALECTS) {
    const parts = FIT[dialect](document);
    expect(
      parts.map(REFUSED[dialect]).filter((why) => why !== null),
      dialect,
    ).toEqual([]);
    expect(
      parts.filter((part) => part.blocks.at(-1)?.block === 'heading'),
      dialect,
    ).toEqual([]);
    expect(presses(parts), dialect).toEqual(pressed);
    expect(words(once(parts)), dialect).toBe(said);
  }
}
/** The words alone: marks of lists and isolates are each part's own. */
const words = (parts: readonly MessageDocument[]): string => text(parts).replaceAll(/[\s•\u2066-\u2069]+/g, '');

describe('every kind of message', () => {
  const kinds = [...new Set(NAMES.map((name) => name.split(' ')[0] ?? ''))];
  it.each(kinds)('%s has a specimen whose length is a function of a count, or says one thing', (kind) => {
    const counted = COUNTED.some((name) => name.split(' ')[0] === kind);
    expect(
      counted || SAY_ONE_THING.has(kind),
      `No specimen of ${kind} grows with its count: make one in specimens.ts list as many things as \`count\` says ` +
        '(made by commitment(), obstacle() or listed() of register.ts, so that each is looked for), or, where it ' +
        'lists nothing, name it in SAY_ONE_THING of this file.',
    ).toBe(true);
    expect(counted && SAY_ONE_THING.has(kind), `${kind} is named in SAY_ONE_THING and lists things`).toBe(false);
  });

  it('stands on sentences that count what is left out', () => {
    expect(MORE.length).toBeGreaterThan(3);
  });
});

describe.each(LANGS)('in %s', (lang) => {
  it.each(NAMES)('%s fits everywhere, and with the longest words', (name) => {
    for (const pen of [plainly, atLength, withoutSpaces]) checkEverywhere(name, lang, 1, pen);
  });
  it.each(COUNTED)('%s of 10 and 100 things fits everywhere, and with the longest words', (name) => {
    for (const count of [10, 100]) for (const pen of [plainly, atLength]) checkEverywhere(name, lang, count, pen);
  });
  it.each(COUNTED)('%s of 1,000 things fits everywhere', (name) => {
    checkEverywhere(name, lang, 1000, plainly);
  });
});
