import { type Span, spansOf, type Text } from '../text.ts';
import { dateFormat, secondsOf } from './moment.ts';

/**
 * Whether Slack's mrkdwn leaves this text as it is. mrkdwn has no escape for its marks, and every trick (zero-width
 * characters, look-alikes) changes what people copy. So text with a mark in it is not said in mrkdwn at all: the
 * renderer takes rich_text, which needs no escaping. `>` opens a quotation at a line's beginning even as `&gt;`, and
 * `:word:` becomes an emoji.
 */
const plainInMrkdwn = (text: string): boolean => !/[*_~`]|^\s*>|:[^\s:]+:/mu.test(text);

/** The three characters that mrkdwn does have an escape for. */
export const escapeControl = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A mark only works at a word's edge: between spaces or punctuation. */
const edge = (neighbour: string | undefined): boolean =>
  neighbour === undefined || /[\s.,;:!?()«»"'’·–—-]/u.test(neighbour);

/** A text in mrkdwn, meaning exactly what it says; null where mrkdwn cannot say it faithfully. Send with verbatim. */
export function mrkdwn(text: Text): string | null {
  const spans = spansOf(text);
  let written = '';
  for (const [index, span] of spans.entries()) {
    if (typeof span === 'string') {
      if (!plainInMrkdwn(span)) return null;
      written += escapeControl(span);
      continue;
    }
    const before = Array.from(written).at(-1);
    const after = firstCharacter(spans.slice(index + 1));
    if ('bold' in span || 'code' in span) {
      const inner = 'bold' in span ? span.bold : span.code;
      const marked = plainInMrkdwn(inner) && inner !== '' && inner.trim() === inner && !inner.includes('\n');
      if (!marked || !edge(before) || !edge(after)) return null;
      const mark = 'bold' in span ? '*' : '`';
      written += `${mark}${escapeControl(inner)}${mark}`;
    } else if ('person' in span) {
      const id = span.person.accounts.slack;
      if (id === undefined && !plainInMrkdwn(span.person.name)) return null;
      written += id === undefined ? escapeControl(span.person.name) : `<@${id}>`;
    } else {
      if (span.plain.trim() === '' || /[|>\n]/.test(span.plain)) return null;
      written += `<!date^${secondsOf(span.moment)}^${dateFormat(span.as)}|${escapeControl(span.plain)}>`;
    }
  }
  // Two harmless pieces may make a mark together.
  return quotesOrEmoji(spans) ? null : written;
}

function firstCharacter(spans: readonly Span[]): string | undefined {
  const next = spans[0];
  if (next === undefined) return undefined;
  if (typeof next === 'string') return next === '' ? firstCharacter(spans.slice(1)) : Array.from(next)[0];
  // Next to another mark, a mention or a moment: not an edge that is certain.
  return 'x';
}

/** What the pieces say in a row, marked ones as a space: emoji and quotations may span the seams. */
const quotesOrEmoji = (spans: readonly Span[]): boolean =>
  !plainInMrkdwn(
    spans
      .map((span) => {
        if (typeof span === 'string') return span;
        if ('bold' in span) return span.bold;
        if ('code' in span) return span.code;
        // A name that is no mention is words like any other.
        return 'person' in span && span.person.accounts.slack === undefined ? span.person.name : ' ';
      })
      .join(''),
  );
