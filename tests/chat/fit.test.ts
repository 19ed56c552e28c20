import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit as divide } from '../../src/chat/fit.ts';
import type { Block, Entry, MessageDocument } from '../../src/chat/message.ts';
import { plainText } from '../../src/chat/text.ts';
import { CONTINUED, once } from '../support/once.ts';

const document = (...blocks: readonly Block[]): MessageDocument => ({ lang: 'en', summary: 'S', blocks });
/** A dialect that holds so many characters of words. */
const holds = (most: number) => (each: MessageDocument) => lettersOf([each]).length <= most;

function lettersOf(documents: readonly MessageDocument[]): string {
  const of = (block: Block): string => {
    switch (block.block) {
      case 'heading':
        return block.text;
      case 'quote':
        return block.text + (block.by ?? '');
      case 'paragraph':
      case 'note':
        return plainText(block.text);
      case 'facts':
        return block.facts.map((each) => each.label + plainText(each.value)).join('');
      case 'entries':
        return (
          plainText(block.title ?? '') +
          block.entries
            .map((each) => plainText(each.text) + plainText(each.detail ?? '') + (each.button?.label ?? ''))
            .join('')
        );
      case 'table':
        return block.rows.flat().join('');
      case 'buttons':
        return block.buttons.map((each) => each.label).join('');
      case 'menu':
        return block.choices.map((each) => each.label).join('');
      case 'meter':
        return block.parts.map((each) => each.label).join('');
      default:
        return '';
    }
  };
  return documents
    .flatMap((each) => each.blocks.map(of))
    .join('')
    .replace(/\s/g, '');
}

const entry = (text: string): Entry => ({ text, button: { label: 'x', does: { path: 'a/b', blanks: {} } } });

describe('what is too long', () => {
  it('stays whole where it fits', () => {
    const whole = document({ block: 'paragraph', text: 'ten chars.' });
    expect(divide(whole, holds(10))).toEqual([whole]);
  });

  it('is split between entries, as many as fit, and the title says that the list goes on', () => {
    const list = document({
      block: 'entries',
      title: 'T',
      entries: ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee'].map(entry),
    });
    const parts = divide({ ...list, continued: '…' }, holds(13)).map((each) => each.blocks);
    expect(parts).toEqual([
      [{ block: 'entries', title: 'T', entries: ['aaaa', 'bbbb'].map(entry) }],
      [{ block: 'entries', title: ['T', ' …'], continues: true, entries: ['cccc', 'dddd'].map(entry) }],
      [{ block: 'entries', title: ['T', ' …'], continues: true, entries: ['eeee'].map(entry) }],
    ]);
  });

  it('numbers on, past an entry that is split itself', () => {
    const list = document({
      block: 'entries',
      numbered: true,
      entries: ['aaaa', 'bbbb', 'cc cc cc', 'dddd'].map((text) => ({ text })),
    });
    const parts = divide(list, holds(5)).flatMap((each) => each.blocks);
    expect(parts).toMatchObject([
      { entries: [{ text: 'aaaa' }] },
      { from: 2, entries: [{ text: 'bbbb' }] },
      { from: 3, entries: [{ text: 'cc' }] },
      { block: 'paragraph', text: 'cc cc' },
      { from: 4, entries: [{ text: 'dddd' }] },
    ]);
  });

  it('begins each further message with its heading, continued', () => {
    const long = document(
      { block: 'heading', text: 'H' },
      ...['aaaa', 'bbbb', 'cccc'].map((text): Block => ({ block: 'paragraph', text })),
    );
    expect(divide({ ...long, continued: '…' }, holds(6)).map((each) => each.blocks)).toEqual([
      [
        { block: 'heading', text: 'H' },
        { block: 'paragraph', text: 'aaaa' },
      ],
      [
        { block: 'heading', text: 'H …' },
        { block: 'paragraph', text: 'bbbb' },
      ],
      [
        { block: 'heading', text: 'H …' },
        { block: 'paragraph', text: 'cccc' },
      ],
    ]);
  });

  it('leaves no heading at the end of a message', () => {
    const parts = divide(
      document(
        { block: 'paragraph', text: 'aaaa' },
        { block: 'heading', text: 'H' },
        { block: 'paragraph', text: 'bbbb' },
      ),
      holds(6),
    );
    expect(parts.map((each) => each.blocks.map((block) => block.block))).toEqual([
      ['paragraph'],
      ['heading', 'paragraph'],
    ]);
  });

  it('is split between words, and never inside a character', () => {
    const parts = divide(document({ block: 'paragraph', text: 'one two three four' }), holds(9));
    expect(parts.map((each) => lettersOf([each]))).not.toContain('');
    const emoji = divide(document({ block: 'paragraph', text: '😀'.repeat(9) }), holds(4));
    expect(lettersOf(emoji)).toBe('😀'.repeat(9));
    for (const each of emoji) expect(lettersOf([each])).toBe(lettersOf([each]).toWellFormed());
  });

  it('keeps a quotation’s name with its end, and a split heading a heading', () => {
    const quoted = divide(document({ block: 'quote', text: 'aaaa bbbb', by: 'N' }), holds(5));
    expect(quoted.flatMap((each) => each.blocks)).toEqual([
      { block: 'quote', text: 'aaaa' },
      { block: 'quote', text: 'bbbb', by: 'N' },
    ]);
  });

  it('keeps language and summary in every part', () => {
    for (const part of divide(document({ block: 'paragraph', text: 'aaaa bbbb cccc' }), holds(4)))
      expect(part).toMatchObject({ lang: 'en', summary: 'S' });
  });
});

const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'đ', 'ا', '😀'), maxLength: 40 });
const blocks = fc.oneof(
  words.map((text): Block => ({ block: 'paragraph', text })),
  words.map((text): Block => ({ block: 'note', text: [{ bold: text }, 'x'] })),
  words.map((text): Block => ({ block: 'heading', text })),
  fc.array(words, { maxLength: 6 }).map((all): Block => ({ block: 'entries', entries: all.map(entry) })),
  // A row is the one thing without a seam.
  fc
    .array(fc.constantFrom('a', 'bcd', ''), { maxLength: 6 })
    .map((all): Block => ({ block: 'table', columns: [], rows: all.map((each) => [each]) })),
  words.map((text): Block => ({ block: 'quote', text, by: 'n' })),
);

describe('for any document and any limit', () => {
  it('nothing is lost, doubled or turned around, and each part that can fits', () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 8 }), fc.integer({ min: 8, max: 60 }), (all, most) => {
        const whole: MessageDocument = { ...document(...all), continued: CONTINUED };
        const parts = divide(whole, holds(most));
        expect(lettersOf(once(parts))).toBe(lettersOf([whole]));
        for (const part of parts) expect(holds(most)(part)).toBe(true);
      }),
    );
  });
});
