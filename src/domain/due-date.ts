import { fold } from './fold.ts';

export type Precision = 'day' | 'month' | 'quarter' | 'half' | 'year' | 'ongoing' | 'unknown';

/**
 * Calendar dates are ISO strings 'YYYY-MM-DD'. start: first day of the (possibly spanning) period, or null;
 * end: last day of the period, overdue begins the day after; null when ongoing or unknown. raw: as typed.
 */
export interface DueDate {
  precision: Precision;
  start: string | null;
  end: string | null;
  raw: string;
}

export type ParsedDue =
  | { ok: true; due: DueDate }
  | { ok: false; why: 'not-a-date' | 'ambiguous-day' | 'impossible-day' };

type Why = 'ambiguous-day' | 'impossible-day';
type Reach = 'day' | 'month' | 'quarter' | 'half' | 'year';
interface Period {
  precision: Reach;
  start: string;
  end: string;
}
type Found = Period | Why | null;

/** A due date in words is shorter than this; anything longer is a sentence and is not searched. */
const LONGEST_DUE = 200;
const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;
/** Years that registers write where the date is not known. */
const NO_YEAR = new Set([2899, 2999, 9999]);
/** A year of two digits below this belongs to the 2000s, as POSIX strptime reads %y (69 to 99 are the 1900s). */
const CENTURY_PIVOT = 69;

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'يناير', 'كانون الثاني', 'جانفي'],
  ['february', 'feb', 'فبراير', 'شباط', 'فيفري'],
  ['march', 'mar', 'مارس', 'اذار'],
  ['april', 'apr', 'ابريل', 'نيسان', 'افريل'],
  ['may', 'مايو', 'ايار', 'ماي'],
  ['june', 'jun', 'يونيو', 'يونيه', 'حزيران', 'جوان'],
  ['july', 'jul', 'يوليو', 'يوليه', 'تموز', 'جويليه', 'يوليوز'],
  ['august', 'aug', 'اغسطس', 'اب', 'اوت', 'غشت'],
  ['september', 'sept', 'sep', 'سبتمبر', 'ايلول', 'شتنبر'],
  ['october', 'oct', 'اكتوبر', 'تشرين الاول'],
  ['november', 'nov', 'نوفمبر', 'تشرين الثاني', 'نونبر'],
  ['december', 'dec', 'ديسمبر', 'كانون الاول', 'دجنبر'],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)));
const MONTH = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join('|');
/** Arabic papers often give both names of a month: "تشرين الثاني/نوفمبر". */
const NAMED_MONTH = new RegExp(
  `^([^\\p{L}]*(?:st|nd|rd|th)?(?: of| من)?[ -]?)(?:شهر )?(?<!\\p{L})(${MONTH})(?: ?[/(] ?(${MONTH})\\)?)?(?!\\p{L})\\.?(.*)$`,
  'u',
);

const NTHS: readonly (readonly string[])[] = [
  ['1', 'i', 'mot', 'dau', 'first', '1st', 'الاول'],
  ['2', 'ii', 'hai', 'cuoi', 'sau', 'second', '2nd', 'الثاني'],
  ['3', 'iii', 'ba', 'third', '3rd', 'الثالث'],
  ['4', 'iv', 'bon', 'tu', 'fourth', '4th', 'الرابع', 'الاخير'],
];
const ORDINAL = new Map(NTHS.flatMap((words, i) => words.map((word) => [word, i + 1] as const)));
const JOIN = '(?: ?[/.,-] ?| (?:nam |of |من )?(?:(?:ال)?عام |(?:ال)?سنه )?)';
const COUNT = '([1-4]|i{1,3}|iv|mot|hai|ba|bon|tu)';
const NTH = '(first|second|third|fourth|1st|2nd|3rd|4th)';

const SHAPES: readonly (readonly [RegExp, (m: readonly string[], dayFirst: boolean) => Found])[] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, (m) => day(num(m[1]), num(m[3]), num(m[4]))],
  [/^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/, (m, dayFirst) => twoOrders(m, dayFirst)],
  [/^(\d{1,2}) thang (\d{1,2})(?: nam |, ?| ?[/-] ?| )(\d{4})$/, (m) => day(num(m[3]), num(m[2]), num(m[1]))],
  [/^(\d{4}) ?[-/.] ?(\d{1,2})$/, (m) => month(num(m[1]), num(m[2]))],
  [/^t?(\d{1,2}) ?[-/.] ?(\d{4})$/, (m) => month(num(m[2]), num(m[1]))],
  [new RegExp(`^(?:thang|شهر|month) (\\d{1,2})${JOIN}(\\d{4})$`), (m) => month(num(m[2]), num(m[1]))],
  [new RegExp(`^(?:quy|q|quarter)[ .]?${COUNT}${JOIN}(\\d{4})$`), (m) => quarter(m[2], m[1])],
  [/^(\d{4}) ?[-/]? ?q([1-4])$/, (m) => quarter(m[1], m[2])],
  [new RegExp(`^${NTH} quarter(?: of)? (\\d{4})$`), (m) => quarter(m[2], m[1])],
  [new RegExp(`^(?:ال)?ربع (الاول|الثاني|الثالث|الرابع|الاخير|[1-4])${JOIN}(\\d{4})$`), (m) => quarter(m[2], m[1])],
  [new RegExp(`^(?:(?:6|sau) thang|nua) (dau|cuoi|sau)${JOIN}(\\d{4})$`), (m) => half(m[2], m[1])],
  [/^h([12]) ?[-/]? ?(\d{4})$/, (m) => half(m[2], m[1])],
  [/^(\d{4}) ?[-/]? ?h([12])$/, (m) => half(m[1], m[2])],
  [/^(first|second|1st|2nd) half(?: of)? (\d{4})$/, (m) => half(m[2], m[1])],
  [new RegExp(`^(?:ال)?نصف (الاول|الثاني)${JOIN}(\\d{4})$`), (m) => half(m[2], m[1])],
  [/^(?:nam |year |(?:ال)?عام |(?:ال)?سنه )?(\d{4})$/, (m) => year(num(m[1]))],
  [/^\d{1,2}(?:[/.-]| thang )\d{1,2}$/, () => 'ambiguous-day'],
  [NAMED_MONTH, (m) => namedMonth(m)],
];

const LEADING =
  /^(?:trong|den|het|cham nhat|muon nhat|hoan thanh|xong|vao|cuoi|ngay|by|until|till|no later than|not later than|on|in|due|the|end of|late|حتي|في|خلال|بحلول|نهايه|اواخر|يوم) /;
/** "Before 2030" ends with 2029, or does it? Before a day is clear; before anything longer is asked. */
const BEFORE = /^(?:(?:hoan thanh |xong )?truoc|before|قبل) /;
const ONGOING =
  /(?<![\p{L}\p{N}])(?:(?:nhiem vu )?thuong xuyen|(?:hang|moi) (?:nam|quy|thang|tuan|ngay)|lien tuc|dinh ky|tro di|(?:va )?(?:nhung|cac) nam (?:tiep theo|sau|toi|tiep sau)|onwards?|(?:and )?beyond|and (?:the )?(?:following|subsequent) years|annual(?:ly)?|yearly|(?:every|each) (?:year|quarter|month)|quarterly|monthly|on-?going|continuous(?:ly)?|permanent(?:ly)?|regular(?:ly)?|مستمره?|بشكل مستمر|باستمرار|سنويا|شهريا|دوريا|بشكل دوري|دائمه?|كل (?:عام|سنه)|(?:وما|فما) بعد(?:ها|ه)?|والسنوات (?:التاليه|اللاحقه))(?![\p{L}\p{N}])/gu;
const SINCE = /^(?:ke tu|tu|starting from|from|since|ابتداء من|اعتبارا من|بدءا من|من|منذ) /;
const UNKNOWN = new Set(
  '-|--|?|n/a|na|tbd|tbc|unknown|not known|to be determined|chua xac dinh|khong xac dinh|chua ro|غير محدد|غير معروف'.split(
    '|',
  ),
);

/**
 * Reads a due date as people type it in English, Vietnamese or Arabic, or as a spreadsheet keeps it.
 * A span has the precision of its end and keeps its start. Blank, and the years 2899, 2999 and 9999, are unknown.
 * dayFirst (default true) decides 03/04/2025; a day that can only be read the other way is read so.
 * A day that isn't there is never invented: "6/2025" is a month. "Feb 13" is a question ('ambiguous-day').
 */
export function parseDue(text: string, options?: { dayFirst?: boolean }): ParsedDue {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_DUE) return { ok: false, why: 'not-a-date' };
  const said = spoken(trimmed);
  const due = (precision: Precision, start: string | null, end: string | null): ParsedDue => ({
    ok: true,
    due: { precision, start, end, raw: text },
  });
  if (said === '' || UNKNOWN.has(said)) return due('unknown', null, null);

  const dayFirst = options?.dayFirst ?? true;
  const found = onePeriod(said, dayFirst) ?? span(said, dayFirst);
  if (typeof found === 'string') return { ok: false, why: found };
  if (found) return isSentinel(found) ? due('unknown', null, null) : due(found.precision, found.start, found.end);

  const since = withoutOngoing(said);
  if (since === '') return due('ongoing', null, null);
  const from = since === null ? null : (onePeriod(since, dayFirst) ?? span(since, dayFirst));
  if (typeof from === 'string') return { ok: false, why: from };
  if (from) return isSentinel(from) ? due('unknown', null, null) : due('ongoing', from.start, null);
  return { ok: false, why: 'not-a-date' };
}

function onePeriod(said: string, dayFirst: boolean): Found {
  const before = BEFORE.test(said);
  let rest = said.replace(BEFORE, '');
  for (let i = 0; i < 4 && LEADING.test(rest); i++) rest = rest.replace(LEADING, '');
  for (const [shape, read] of SHAPES) {
    const match = shape.exec(rest);
    const found = match ? read(match, dayFirst) : null;
    if (found) return before && typeof found !== 'string' && found.precision !== 'day' ? null : found;
  }
  return null;
}

function span(said: string, dayFirst: boolean): Found {
  const rest = said.replace(SINCE, '').replace(/^(?:giai doan|between|period) /, '');
  for (const cut of rest.matchAll(/ den | to | until | till | الي | حتي |-/g)) {
    const { left, right } = oneWord(rest.slice(0, cut.index), rest.slice(cut.index + cut[0].length));
    const end = onePeriod(right, dayFirst);
    if (!end || typeof end === 'string') continue;
    const first = onePeriod(left, dayFirst);
    const start = first && typeof first !== 'string' ? first : onePeriod(borrowYear(left, end), dayFirst);
    if (!start || typeof start === 'string' || start.start > end.end || start.end > end.end) continue;
    return { precision: end.precision, start: start.start, end: end.end };
  }
  return null;
}

/** "Quý II - III/2025": the word stands once for both sides. */
function oneWord(left: string, right: string): { left: string; right: string } {
  const l = left.trim();
  const r = right.trim();
  const word = /^(quy|thang|q|t)(?: |(?=\d))/.exec(l)?.[1];
  return { left: l, right: word && /^(?:\d{1,2}|i{1,3}|iv)(?: ?[/.-]| nam )/.test(r) ? `${word} ${r}` : r };
}

/** "6 - 9/2025": the year stands once, at the end. */
function borrowYear(left: string, end: Period): string {
  const [y, m] = end.end.split('-');
  if (end.precision === 'day' && /^\d{1,2}([/.-])\d{1,2}$/.test(left))
    return left.replace(/([/.-])(\d+)$/, `$1$2$1${y}`);
  const n = /^(?:quy ?|thang |q|t)?(\d{1,2}|i{1,3}|iv)$/.exec(left)?.[1];
  if (!n) return '';
  if (end.precision === 'month') return `${n}/${y}`;
  if (end.precision === 'quarter') return `quy ${n}/${y}`;
  return end.precision === 'day' ? `${y}-${m}-${n}` : '';
}

/** What is left when the words for "goes on" are taken away, or null where there were none. */
function withoutOngoing(said: string): string | null {
  const left = said.replace(ONGOING, ' ');
  const open = left.replace(/^[ ,;:.()-]+/, '').replace(/[ ,;:.()-]+$/, '');
  const bare = open.replace(SINCE, '').replace(/ (?:va|and)$/, '');
  return left === said && bare === open ? null : bare.trim();
}

function namedMonth(m: readonly string[]): Found {
  const monthNumber = MONTH_OF.get(m[2] ?? '') ?? 0;
  if (m[3] && MONTH_OF.get(m[3]) !== monthNumber) return null;
  const before = (m[1] ?? '').replace(/[ ,.-]|st|nd|rd|th|of|من/g, '');
  const after = (m[4] ?? '').replace(/^[ ,.'’/-]*(?:من )?(?:nam |of |(?:ال)?عام |(?:ال)?سنه )?/, '').trim();
  const dayAfter = /^(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(after);
  if (before === '' && dayAfter) return day(num(dayAfter[2]), monthNumber, num(dayAfter[1]));
  if (before === '')
    return /^\d{4}$/.test(after) ? month(num(after), monthNumber) : /^\d{2}$/.test(after) ? 'ambiguous-day' : null;
  if (!/^\d{1,2}$/.test(before)) return null;
  if (after === '') return 'ambiguous-day';
  return /^(?:\d{4}|\d{2})$/.test(after) ? day(century(after), monthNumber, num(before)) : null;
}

function twoOrders(m: readonly string[], dayFirst: boolean): Found {
  const [a, b, y] = [num(m[1]), num(m[3]), century(m[4] ?? '')];
  const asWritten = dayFirst ? [a, b] : [b, a];
  const [d = 0, mo = 0] = (asWritten[1] ?? 0) > 12 ? asWritten.toReversed() : asWritten;
  return day(y, mo, d);
}

function day(y: number, m: number, d: number): Found {
  if (!knownYear(y)) return null;
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return 'impossible-day';
  return { precision: 'day', start: iso(y, m, d), end: iso(y, m, d) };
}

function month(y: number, m: number): Found {
  return m >= 1 && m <= 12 ? months('month', y, m, m) : null;
}

function quarter(y: string | undefined, nth: string | undefined): Found {
  const q = ORDINAL.get(nth ?? '');
  return q ? months('quarter', num(y), q * 3 - 2, q * 3) : null;
}

function half(y: string | undefined, nth: string | undefined): Found {
  const h = ORDINAL.get(nth ?? '');
  return h ? months('half', num(y), h * 6 - 5, h * 6) : null;
}

function year(y: number): Found {
  return months('year', y, 1, 12);
}

function months(precision: Reach, y: number, from: number, to: number): Found {
  return knownYear(y) ? { precision, start: iso(y, from, 1), end: iso(y, to, daysIn(y, to)) } : null;
}

const num = (text: string | undefined): number => Number(text ?? Number.NaN);
const century = (text: string): number => num(text) + (text.length > 2 ? 0 : num(text) < CENTURY_PIVOT ? 2000 : 1900);
const knownYear = (y: number): boolean => (y >= FIRST_YEAR && y <= LAST_YEAR) || NO_YEAR.has(y);
const isSentinel = (period: Period): boolean => NO_YEAR.has(num(period.end.slice(0, 4)));
const iso = (y: number, m: number, d: number): string =>
  `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;

function daysIn(y: number, m: number): number {
  if (m === 2) return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28;
  return m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31;
}

/** A date as it is compared: folded, marks of direction away, digits and dashes unified, a time of day dropped. */
function spoken(text: string): string {
  return fold(text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu, ''))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('،', ',')
    .replace(/(\d)(?:t| )\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:z| ?[ap]m)?$/, '$1')
    .replace(/[.;, ]+$/, '')
    .trim();
}
