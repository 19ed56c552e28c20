import { type Span, spansOf, type Text, wholeUntil } from '../text.ts';

/** What formats, mentions or links wherever it stands: Discord takes a backslash before any of them. */
const INLINE = /[\\*_~`|[\]<>@]/g;
/** What makes a heading, a list or small print at the beginning of a line. */
const LINE_START = /^(\s*)(#{1,3}|-#?|\+|\d+\.)(?=\s|$)/gm;
/** What Discord makes a link of by itself. */
const BARE_LINK = /:(?=\/\/)/g;

/** Literal text: it mentions nobody, links nowhere and formats nothing. */
export const literal = (text: string): string =>
  text
    .replace(INLINE, '\\$&')
    .replace(BARE_LINK, '\\:')
    .replace(LINE_START, (_, space: string, mark: string) =>
      mark.endsWith('.') ? `${space}${mark.slice(0, -1)}\\.` : `${space}\\${mark}`,
    );

/** A text in Discord's markdown; the accounts it mentions are added to `mentions`. */
export const markdown = (text: Text, mentions: Set<string>): string =>
  spansOf(text)
    .map((span) => spanOf(span, mentions))
    .join('');

function spanOf(span: Span, mentions: Set<string>): string {
  if (typeof span === 'string') return literal(span);
  if ('bold' in span) return bold(literal(span.bold));
  if ('code' in span) return code(span.code);
  if ('person' in span) {
    const account = span.person.accounts.discord;
    if (account === undefined) return literal(span.person.name);
    mentions.add(account);
    return `<@${account}>`;
  }
  return moment(span.moment, span.as) ?? literal(span.plain);
}

/** Bold, where there is something to embolden: `****` would show its stars, and a space at an edge undoes it. */
export const bold = (escaped: string): string => {
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(escaped) ?? [];
  return inside === '' ? escaped : `${before}**${inside}**${after}`;
};

/** Inline code; nothing inside can be escaped, so that a backtick in it is fenced by two. */
function code(text: string): string {
  if (text === '') return '';
  if (!text.includes('`')) return `\`${text}\``;
  return text.includes('``') ? literal(text) : `\`\` ${text} \`\``;
}

/** Discord's timestamp, shown in each reader's own zone; null where the instant cannot be read. */
function moment(instant: string, as: 'date' | 'time' | 'datetime'): string | null {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  if (Number.isNaN(seconds)) return null;
  return `<t:${seconds}:${{ date: 'D', time: 't', datetime: 'f' }[as]}>`;
}

/** Every line behind a mark of its own (`> ` for a quote, `-# ` for small print), which Discord ends with the line. */
export const eachLine = (mark: string, text: string): string =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' && mark === '-# ' ? '' : `${mark}${line}`))
    .join('\n');

/** A label that must fit a widget; the ellipsis says that there was more. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, wholeUntil(text, max - 1)).trimEnd()}…`;
