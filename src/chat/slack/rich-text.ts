import { spansOf, type Text } from '../text.ts';
import type { RichTextBlock, RichTextElement, RichTextList, RichTextQuote, RichTextSection } from './block-kit.ts';
import { dateFormat, secondsOf } from './moment.ts';

type Element = RichTextBlock['elements'][number];

/** A text as rich_text elements: nothing needs escaping, nothing in it can mention, link or format. */
export function elements(text: Text, style: { bold?: true; italic?: true } = {}): RichTextElement[] {
  const styled = Object.keys(style).length > 0 ? { style } : {};
  return spansOf(text).flatMap((span): RichTextElement[] => {
    if (typeof span === 'string') return span === '' ? [] : [{ type: 'text', text: span, ...styled }];
    if ('bold' in span)
      return span.bold === '' ? [] : [{ type: 'text', text: span.bold, style: { ...style, bold: true } }];
    if ('code' in span)
      return span.code === '' ? [] : [{ type: 'text', text: span.code, style: { ...style, code: true } }];
    if ('person' in span) {
      const id = span.person.accounts.slack;
      if (id !== undefined) return [{ type: 'user', user_id: id, ...styled }];
      return span.person.name === '' ? [] : [{ type: 'text', text: span.person.name, ...styled }];
    }
    return [
      {
        type: 'date',
        timestamp: secondsOf(span.moment),
        format: dateFormat(span.as),
        ...(span.plain === '' ? {} : { fallback: span.plain }),
        ...styled,
      },
    ];
  });
}

export const section = (content: readonly RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  // An empty section is refused; an empty line is a line too.
  elements: content.length > 0 ? [...content] : [{ type: 'text', text: ' ' }],
});

export const quote = (content: readonly RichTextElement[]): RichTextQuote => ({
  type: 'rich_text_quote',
  elements: content.length > 0 ? [...content] : [{ type: 'text', text: ' ' }],
});

/** `from`: the number of the first item, or null for bullets. */
export const list = (items: readonly (readonly RichTextElement[])[], from: number | null): RichTextList => ({
  type: 'rich_text_list',
  style: from === null ? 'bullet' : 'ordered',
  ...(from === null || from === 1 ? {} : { offset: from - 1 }),
  elements: items.map(section),
});

export const richText = (...parts: readonly Element[]): RichTextBlock => ({ type: 'rich_text', elements: [...parts] });
export const newline: RichTextElement = { type: 'text', text: '\n' };
