import type { Lang } from '../chat/language.ts';
import type { Moment, Text } from '../chat/text.ts';
import type { Day } from '../domain/calendar.ts';
import type { DueDate } from '../domain/due-date.ts';
import { type Facts, formatLocale, phrases, richSentence, type SentenceKey, sentence } from './index.ts';

/** Speaks one language in one zone. Made for the reader of a message. */
export interface Speaker {
  readonly lang: Lang;
  readonly zone: string;
  say(key: SentenceKey, facts?: Facts): string;
  rich(key: SentenceKey, facts?: Facts): Text;
  /** The sentence under a key made at run time (from a code), or null. */
  find(key: string, facts?: Readonly<Record<string, string | number>>): string | null;
  /** '17 November 2025' */
  day(day: Day): string;
  /** '17 Nov' / '17/11': where the year is plain. */
  shortDay(day: Day): string;
  /** 'Monday 17 November 2025' */
  longDay(day: Day): string;
  /** The calendar day of an instant in the zone, to be counted with. */
  dayOf(instant: string): Day;
  /** An instant's day and time: in the reader's own zone where the platform can, else in this one. */
  moment(instant: string): Moment;
  /** A due date in its own precision: a month is shown as a month. */
  due(due: DueDate): string;
  list(items: readonly string[]): string;
  percent(part: number, whole: number): string;
}

const ROMAN = ['I', 'II', 'III', 'IV'] as const;

const speakers = new Map<string, Speaker>();

/** The formats behind one are costly to make: each is made once. */
export function speaker(lang: Lang, zone: string): Speaker {
  const known = speakers.get(`${lang} ${zone}`);
  if (known) return known;
  const made = createSpeaker(lang, zone);
  speakers.set(`${lang} ${zone}`, made);
  return made;
}

function createSpeaker(lang: Lang, zone: string): Speaker {
  const locale = formatLocale(lang);
  const utc = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (day: Day) => format.format(new Date(`${day}T00:00:00Z`));
  };
  const numeric = lang === 'vi';
  const day = utc(
    numeric
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { day: 'numeric', month: 'long', year: 'numeric' },
  );
  const shortDay = numeric
    ? (day: Day) => `${day.slice(8, 10)}/${day.slice(5, 7)}`
    : utc({ day: 'numeric', month: 'long' });
  const weekday = utc({ weekday: 'long' });
  const month = utc(numeric ? { month: 'numeric', year: 'numeric' } : { month: 'long', year: 'numeric' });
  const moment = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: numeric ? '2-digit' : 'numeric',
    month: numeric ? '2-digit' : 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  // Of all locales this one writes days as ISO 8601 does.
  const isoDay = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const say = (key: SentenceKey, facts?: Facts) => sentence(lang, key, facts);
  return {
    lang,
    zone,
    say,
    rich: (key, facts) => richSentence(lang, key, facts),
    find: (key, facts) => phrases.find(lang, key, facts),
    day,
    shortDay,
    longDay: (value) => say('date.weekday', { weekday: weekday(value), day: day(value) }),
    dayOf: (instant) => isoDay.format(new Date(instant)),
    moment: (instant) => ({ moment: instant, as: 'datetime', plain: moment.format(new Date(instant)) }),
    list: (items) => list.format(items),
    percent: (part, whole) => percent.format(whole === 0 ? 0 : part / whole),
    due(due) {
      const end = due.end ?? '';
      const year = end.slice(0, 4);
      const startYear = due.start?.slice(0, 4) ?? year;
      switch (due.precision) {
        case 'day':
          return day(end);
        case 'month':
          return say('due.month', { month: month(end) });
        case 'quarter': {
          const quarter = Math.ceil(Number(end.slice(5, 7)) / 3);
          return say('due.quarter', { roman: ROMAN[quarter - 1] ?? '', quarter: `q${quarter}`, year });
        }
        case 'half':
          return say('due.half', { half: end.slice(5, 7) === '06' ? 'first' : 'second', year });
        case 'year':
          return startYear < year ? say('due.years', { from: startYear, to: year }) : say('due.year', { year });
        case 'ongoing':
          return say('due.ongoing');
        case 'unknown':
          return say('due.unknown');
        default:
          return due.precision satisfies never;
      }
    },
  };
}
