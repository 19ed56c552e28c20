import { IntlMessageFormat } from 'intl-messageformat';
import type { Phrases } from '../chat/command.ts';
import type { Lang } from '../chat/language.ts';
import { fromPeople, isolated, type Moment, oneLine, type Span, type Text } from '../chat/text.ts';
import { ar } from './ar.ts';
import { en, type Sentences } from './en.ts';
import { vi } from './vi.ts';

export type SentenceKey = keyof Sentences;
/** A moment stays one in a rich sentence, and is its plain words in a plain one. */
export type Facts = Readonly<Record<string, string | number | Moment>>;

/** A language that lacks a sentence falls back to English; `tests/locales.test.ts` lists what is missing. */
export const LOCALES: Readonly<Record<Lang, Partial<Record<SentenceKey, string>>>> = { en, vi, ar };

/** Numbers in Latin digits in all three: a reference and a figure read the same for everybody. */
const FORMAT_LOCALE: Readonly<Record<Lang, string>> = { en: 'en-GB', vi: 'vi-VN', ar: 'ar-EG-u-nu-latn' };

export const formatLocale = (lang: Lang): string => FORMAT_LOCALE[lang];

interface Format {
  readonly format: IntlMessageFormat;
  readonly blanks: Record<string, string>;
  /** Values that choose a branch: they are never shown, and an isolate around one would hide it from the choice. */
  readonly choosing: ReadonlySet<string>;
}

const formats = new Map<string, Format>();

function formatOf(lang: Lang, key: SentenceKey): Format {
  const own = LOCALES[lang][key];
  const spoken: Lang = own === undefined ? 'en' : lang;
  const id = `${spoken}:${key}`;
  const known = formats.get(id);
  if (known) return known;
  const pattern = own ?? en[key];
  const choosing = new Set([...pattern.matchAll(/\{\s*([\w-]+)\s*,\s*select\s*,/g)].map(([, name = '']) => name));
  const made = { format: new IntlMessageFormat(pattern, FORMAT_LOCALE[spoken]), blanks: blanksOf(pattern), choosing };
  formats.set(id, made);
  return made;
}

/** A value that a caller could not tell is left empty: a sentence with a gap is better than none. */
const blanksOf = (pattern: string): Record<string, string> =>
  Object.fromEntries([...pattern.matchAll(/\{\s*([\w-]+)/g)].map(([, name]) => [name, '']));

const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A value inside a sentence: cleaned, and isolated where its direction could turn the sentence around. */
function isolate(lang: Lang, value: string | number): string | number {
  if (typeof value === 'number') return value;
  const clean = oneLine(fromPeople(value));
  const foreign = lang === 'ar' ? /[\p{L}\p{N}]/u.test(clean) : RTL.test(clean);
  return foreign ? isolated(clean) : clean;
}

const prepared = <M>(
  lang: Lang,
  facts: Facts,
  choosing: ReadonlySet<string>,
  moment: (value: Moment) => M,
): Record<string, string | number | M> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'object' ? moment(value) : choosing.has(name) ? value : isolate(lang, value),
    ]),
  );

/** A sentence as plain text. */
export function sentence(lang: Lang, key: SentenceKey, facts: Facts = {}): string {
  const { format, blanks, choosing } = formatOf(lang, key);
  return String(
    format.format({
      ...blanks,
      ...prepared(lang, facts, choosing, ({ plain }) => isolate(lang, plain)),
      b: (chunks: unknown[]) => chunks.join(''),
    }),
  );
}

/** A sentence whose `<b>` parts are bold. Text inside a value is never read as a tag. */
export function richSentence(lang: Lang, key: SentenceKey, facts: Facts = {}): Text {
  const bold = (chunks: unknown[]): Span => ({ bold: chunks.join('') });
  const { format, blanks, choosing } = formatOf(lang, key);
  const parts = format.format<Span>({
    ...blanks,
    ...prepared(lang, facts, choosing, (moment): Span => moment),
    b: bold,
  });
  return (Array.isArray(parts) ? parts : [parts]) as readonly Span[];
}

/** Sentences found by a key made at run time: a command's, an option's, an error's. */
export const phrases: Phrases = {
  find(lang, key, facts = {}) {
    return key in en ? sentence(lang, key as SentenceKey, facts) : null;
  },
};
