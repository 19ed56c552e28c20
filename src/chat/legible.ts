import { directionOf } from './language.ts';
import type { Block, Button, Entry, MessageDocument } from './message.ts';
import { once } from './once.ts';
import { cleaned, holdsIsolates, isolated, oneLine as line, type Span, setApart, spansOf, type Text } from './text.ts';

/** Lines, with no more than one empty between two: a gap cannot stand for the end of the message. */
const lines = (text: string): string => cleaned(text).replace(/\n\s*\n/g, '\n\n');

/**
 * The door of rendering: a document whose every string may be shown. Breaks stay in paragraphs, small print and
 * quotations; a heading, a fact, an entry, a label is one line, so that nobody can write a second one below it.
 */
export function legible(document: MessageDocument): MessageDocument {
  const clean = { ...document, summary: line(document.summary), blocks: document.blocks.map(blockOf) };
  return directionOf(document.lang) === 'rtl' ? { ...clean, blocks: clean.blocks.map(turned) } : clean;
}

/**
 * In a language that runs from the right, what may run from the left is set apart: instants and names, which a reader's
 * own program writes in its own language, and the bare values of facts.
 */
const turned = once((block: Block): Block => {
  switch (block.block) {
    case 'paragraph':
    case 'note':
      return { ...block, text: setApart(block.text) };
    case 'facts':
      return { ...block, facts: block.facts.map(({ label, value }) => ({ label, value: valueApart(value) })) };
    case 'entries':
      return { ...block, entries: block.entries.map(entryTurned) };
    default:
      return block;
  }
});

const valueApart = (value: Text): Text =>
  typeof value !== 'string' || value === '' || holdsIsolates(value) ? setApart(value) : isolated(value);

const entryTurned = once((entry: Entry): Entry => {
  const { text, detail } = entry;
  return { ...entry, text: setApart(text), ...(detail === undefined ? {} : { detail: setApart(detail) }) };
});

const blockOf = once((block: Block): Block => {
  switch (block.block) {
    case 'heading':
      return { ...block, text: line(block.text) };
    case 'paragraph':
    case 'note':
      return { ...block, text: textOf(block.text, lines) };
    case 'facts':
      return {
        ...block,
        facts: block.facts.map(({ label, value }) => ({ label: line(label), value: textOf(value, line) })),
      };
    case 'entries':
      return {
        ...block,
        ...(block.title === undefined ? {} : { title: textOf(block.title, line) }),
        entries: block.entries.map(entryOf),
      };
    case 'quote':
      return { ...block, text: lines(block.text), ...(block.by === undefined ? {} : { by: line(block.by) }) };
    case 'meter':
      return {
        ...block,
        label: line(block.label),
        parts: block.parts.map((part) => ({ ...part, label: line(part.label) })),
      };
    case 'table':
      return { ...block, columns: block.columns.map(line), rows: block.rows.map((row) => row.map(line)) };
    case 'buttons':
      return { ...block, buttons: block.buttons.map(buttonOf) };
    case 'menu':
      return { ...block, label: line(block.label), choices: block.choices.map(buttonOf) };
    case 'file':
      return { ...block, name: line(block.name) };
    case 'divider':
      return block;
    default:
      return block satisfies never;
  }
});

/** A code is ours and is not touched: only what is read. */
const buttonOf = (button: Button): Button => ({ ...button, label: line(button.label) });

const entryOf = once(
  (entry: Entry): Entry => ({
    text: textOf(entry.text, line),
    ...(entry.detail === undefined ? {} : { detail: textOf(entry.detail, line) }),
    ...(entry.button === undefined ? {} : { button: buttonOf(entry.button) }),
  }),
);

const textOf = (text: Text, clean: (text: string) => string): Text =>
  typeof text === 'string' ? clean(text) : spansOf(text).map((span) => spanOf(span, clean));

function spanOf(span: Span, clean: (text: string) => string): Span {
  if (typeof span === 'string') return clean(span);
  if ('bold' in span) return { bold: clean(span.bold) };
  if ('code' in span) return { code: line(span.code) };
  if ('person' in span) return { person: { ...span.person, name: line(span.person.name) } };
  return { ...span, plain: line(span.plain) };
}
