/**
 * A piece of a sentence. A plain string is literal text, often written by people: a dialect escapes it so that it
 * mentions nobody, links nowhere and formats nothing.
 */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  /** Shown as a mention where this dialect has an account for the person, else by name. `accounts`: platform → id. */
  | { readonly person: { readonly name: string; readonly accounts: Readonly<Record<string, string>> } }
  | Moment;

/** An instant (ISO 8601, UTC) shown in each reader's own zone where the dialect can; `plain` elsewhere. */
export interface Moment {
  readonly moment: string;
  readonly as: 'date' | 'time' | 'datetime';
  readonly plain: string;
}

export type Text = string | readonly Span[];

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

/** One text out of several, in order. */
export const join = (...texts: readonly Text[]): Text => texts.flatMap((text) => spansOf(text));

/** The words alone, as a notification or a shell shows them. */
export function plainText(text: Text): string {
  return spansOf(text)
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('bold' in span) return span.bold;
      if ('code' in span) return span.code;
      if ('person' in span) return span.person.name;
      return span.plain;
    })
    .join('');
}

/**
 * The one home of cleaning. Text from people may hold anything; every renderer passes its document through `legible`
 * (legible.ts), which calls `cleaned` on each string, and escapes for its dialect what is left. Nothing else need do it,
 * except where a sentence puts marks of its own around a value (`isolated`) or where words are compared or kept.
 */

// Written as code points: some of them would turn this very line around in an editor.
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';
const ISOLATES = /[\u2066-\u2069]/g;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: removing them is the point
const BREAKS = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g;
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\uFFF9-\uFFFB]/g;
/** Nearly all there is: whole letters of Latin (Vietnamese with them) and Arabic, figures, punctuation. */
const HARMLESS = /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u024F\u0621-\u064A\u1E00-\u1EFF\u2010-\u2027\u2030-\u203A]*$/;
const HARMLESS_AND_ISOLATES =
  /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u024F\u0621-\u064A\u1E00-\u1EFF\u2010-\u2027\u2030-\u203A\u2066-\u2069]*$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: removing them is the point
/**
 * What is drawn as nothing, direction controls among them. Kept: joiners and variation selectors, without which Arabic,
 * Indic and emoji sequences fall apart, isolates (`balanced` sees to them), and the tags that spell a flag.
 */
const INVISIBLE =
  /(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,16}\u{E007F})|(?!\p{Variation_Selector}|\u200C|\u200D|[\u2066-\u2069])\p{Default_Ignorable_Code_Point}/gu;
/** A joiner joins two things: of several in a row one is enough. */
const JOINERS = /(\u200C|\u200D)(?:\u200C|\u200D)+/g;
/**
 * Marks piled on one letter run into the lines around it. Vietnamese and Arabic need three at most (shadda, vowel,
 * superscript alef); scripts that write their vowels as marks (Burmese, Tibetan) up to eight.
 */
const PILES =
  /((?:(?=\p{Script=Inherited})\p{M}){3})(?:(?=\p{Script=Inherited})\p{M})+|((?:[\p{M}\u2066-\u2069]|\u200C|\u200D){8})(?:[\p{M}\u2066-\u2069]|\u200C|\u200D)+/gu;

/**
 * Text as it may be shown: well-formed (lone surrogates become U+FFFD), NFC, its lines ended by '\n', without controls,
 * direction overrides, invisible characters and piles of marks. Isolates stay where each has its end.
 */
export function cleaned(text: string): string {
  if (HARMLESS.test(text)) return text;
  if (HARMLESS_AND_ISOLATES.test(text)) return balanced(text);
  return balanced(
    text
      .toWellFormed()
      .replace(BREAKS, '\n')
      .normalize('NFC')
      .replace(CONTROLS, '')
      .replace(INVISIBLE, '$1')
      .replace(JOINERS, '$1')
      .replace(PILES, '$1$2'),
  );
}

/** Text from people, as it is compared, kept and put into sentences: `cleaned`, and without isolates. */
export const fromPeople = (text: string): string => cleaned(text.replace(ISOLATES, ''));

/** A value set apart, so that its direction cannot turn the sentence around it. */
export const isolated = (clean: string): string => `${ISOLATE}${clean}${END_OF_ISOLATE}`;

export const holdsIsolates = (text: string): boolean => text.includes(ISOLATE);

/** What a dialect writes in the reader's own way, an instant or a person's name, set apart from the words around it. */
export function setApart(text: Text): Text {
  if (typeof text === 'string') return text;
  const made: Span[] = [];
  const add = (words: string): void => {
    const before = made.at(-1);
    if (typeof before === 'string') made[made.length - 1] = before + words;
    else made.push(words);
  };
  for (const span of text) {
    if (typeof span === 'string') add(span);
    else if ('moment' in span || 'person' in span) {
      add(ISOLATE);
      made.push(span);
      add(END_OF_ISOLATE);
    } else made.push(span);
  }
  return made;
}

/** `cleaned`, and one line (a title, a name, a label) whatever was pasted into it. */
export const oneLine = (text: string): string => cleaned(text).replace(/\s*\n\s*/g, ' ');

/** An isolate without an end, or an end without its isolate, would reach into what follows. */
function balanced(text: string): string {
  const open: number[] = [];
  const astray = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x2066 && code <= 0x2068) open.push(at);
    else if (code === 0x2069 && open.pop() === undefined) astray.add(at);
  }
  for (const at of open) astray.add(at);
  return astray.size === 0 ? text : Array.from(text.split(''), (unit, at) => (astray.has(at) ? '' : unit)).join('');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Text of at most so many UTF-16 units, with an ellipsis where some is left out: at a word where there is one in the
 * second half, and never inside a character.
 */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, wholeUntil(text, longest - 1));
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** The last place not after `end` at which no character (as people see it) is cut in two. */
export function wholeUntil(text: string, end: number): number {
  if (end >= text.length) return text.length;
  // Long enough for a family of emoji, short enough to be quick.
  const from = Math.max(0, end - 64);
  const start = /[\uDC00-\uDFFF]/.test(text[from] ?? '') ? from + 1 : from;
  let last = start;
  for (const { index } of graphemes.segment(text.slice(start, end + 64))) {
    if (start + index > end) break;
    last = start + index;
  }
  if (last > start || start === 0) return last;
  return /[\uDC00-\uDFFF]/.test(text[end] ?? '') ? end - 1 : end;
}
