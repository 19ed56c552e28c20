import type { Block, Entry, MessageDocument } from './message.ts';
import { type Span, spansOf, type Text } from './text.ts';

/**
 * The messages that a document becomes where one holds only so much. `fits` is the dialect's own measure, of the
 * rendered thing. Blocks are kept whole while they can be, then lists are split between entries, tables between rows,
 * and texts between lines or words; nothing is cut away.
 */
export function fit(document: MessageDocument, fits: (document: MessageDocument) => boolean): MessageDocument[] {
  if (fits(document)) return [document];
  const parts: MessageDocument[] = [];
  let current: Block[] = [];
  const queue: Block[] = [...document.blocks];
  const flush = () => {
    if (current.length > 0) parts.push({ ...document, blocks: current });
    current = [];
  };
  while (queue.length > 0) {
    const block = queue.shift() as Block;
    if (fits({ ...document, blocks: [...current, block] })) {
      current.push(block);
      continue;
    }
    const halves = halve(block);
    // A list may fill the rest of this message; anything else begins the next one whole if it fits there.
    if (halves && (current.length === 0 || block.block === 'entries' || block.block === 'table')) {
      if (current.length > 0 && !fits({ ...document, blocks: [...current, smallest(block)] })) {
        flush();
        queue.unshift(block);
        continue;
      }
      queue.unshift(...halves);
      continue;
    }
    if (current.length > 0) {
      flush();
      queue.unshift(block);
      continue;
    }
    // It can neither be split nor fits alone: the dialect's own refusal shows it. Specimen tests keep this unreached.
    parts.push({ ...document, blocks: [block] });
  }
  flush();
  return parts;
}

/** A block as two of its kind, or null where it has no seam. */
function halve(block: Block): [Block, Block] | null {
  switch (block.block) {
    case 'entries': {
      if (block.entries.length < 2) return splitEntry(block);
      const middle = Math.ceil(block.entries.length / 2);
      const { title: _, ...untitled } = block;
      return [
        { ...block, entries: block.entries.slice(0, middle) },
        { ...untitled, entries: block.entries.slice(middle) },
      ];
    }
    case 'facts':
      return inTwo(block.facts, (facts) => ({ ...block, facts }));
    case 'table':
      return inTwo(block.rows, (rows) => ({ ...block, rows }));
    case 'buttons':
      return inTwo(block.buttons, (buttons) => ({ ...block, buttons }));
    case 'menu':
      return inTwo(block.choices, (choices) => ({ ...block, choices }));
    case 'paragraph':
    case 'note': {
      const halves = halveText(block.text);
      return (
        halves && [
          { ...block, text: halves[0] },
          { ...block, text: halves[1] },
        ]
      );
    }
    case 'quote': {
      const halves = halveString(block.text);
      const { by: _, ...unsigned } = block;
      return (
        halves && [
          { ...unsigned, text: halves[0] },
          { ...block, text: halves[1] },
        ]
      );
    }
    case 'meter':
      return inTwo(block.parts, (parts) => ({ ...block, parts }));
    case 'heading': {
      const halves = halveString(block.text);
      return (
        halves && [
          { ...block, text: halves[0] },
          { block: 'paragraph', text: halves[1] },
        ]
      );
    }
    case 'divider':
    case 'file':
      return null;
    default:
      return block satisfies never;
  }
}

function inTwo<T>(items: readonly T[], make: (items: readonly T[]) => Block): [Block, Block] | null {
  if (items.length < 2) return null;
  const middle = Math.ceil(items.length / 2);
  return [make(items.slice(0, middle)), make(items.slice(middle))];
}

/** The smallest beginning of a list: what must fit for it to be worth starting here. */
function smallest(block: Block): Block {
  if (block.block === 'entries') return { ...block, entries: block.entries.slice(0, 1) };
  if (block.block === 'table') return { ...block, rows: block.rows.slice(0, 1) };
  return block;
}

function splitEntry(block: Extract<Block, { block: 'entries' }>): [Block, Block] | null {
  const entry: Entry | undefined = block.entries[0];
  if (!entry) return null;
  const { title: _, ...untitled } = block;
  if (entry.detail !== undefined) {
    const { detail, button, ...head } = entry;
    return [
      { ...block, entries: [head] },
      { ...untitled, entries: [{ text: detail, ...(button ? { button } : {}) }] },
    ];
  }
  const halves = halveText(entry.text);
  if (!halves) return null;
  const { button, ...bare } = entry;
  return [
    { ...block, entries: [{ ...bare, text: halves[0] }] },
    { ...untitled, entries: [{ text: halves[1], ...(button ? { button } : {}) }] },
  ];
}

function halveText(text: Text): [Text, Text] | null {
  const spans = spansOf(text);
  if (spans.length > 1) {
    const middle = Math.ceil(spans.length / 2);
    return [spans.slice(0, middle), spans.slice(middle)];
  }
  const span: Span | undefined = spans[0];
  if (span === undefined) return null;
  if (typeof span === 'string') return halveString(span);
  if ('bold' in span) {
    const halves = halveString(span.bold);
    return halves && [[{ bold: halves[0] }], [{ bold: halves[1] }]];
  }
  return null;
}

/** Near the middle, at a line end, else a space, else between two characters (never inside a surrogate pair). */
function halveString(text: string): [string, string] | null {
  if (text.length < 2) return null;
  const middle = Math.floor(text.length / 2);
  for (const seam of ['\n', ' ']) {
    const at = text.lastIndexOf(seam, middle);
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  }
  const at = /[\uDC00-\uDFFF]/.test(text[middle] ?? '') ? middle - 1 : middle;
  return at < 1 ? null : [text.slice(0, at), text.slice(at)];
}
