import type { Block, Entry, MessageDocument } from './message.ts';
import { join, type Span, shorten, spansOf, type Text, wholeUntil } from './text.ts';

/** What waits to be said. `repeated`: its title was said before and may be left out where there is no room. */
interface Waiting {
  readonly block: Block;
  readonly repeated?: true;
}
type Holds = (blocks: readonly Block[]) => boolean;
/** A heading that is repeated is recognised by its beginning. */
const LONGEST_REPEATED = 100;

/**
 * The messages that a document becomes where one holds only so much. `fits` is the dialect's own measure, of the
 * rendered thing. Blocks are kept whole while they can be, then lists are split between entries, tables between rows,
 * and texts between lines or words; nothing is cut away. A further message repeats its heading and the title of a list
 * that goes on, marked as continued; numbers go on; a heading is never the last thing in a message.
 */
export function fit(document: MessageDocument, fits: (document: MessageDocument) => boolean): MessageDocument[] {
  if (fits(document)) return [document];
  const parts: MessageDocument[] = [];
  const holds: Holds = (blocks) => fits({ ...document, blocks });
  const queue: Waiting[] = document.blocks.map((block) => ({ block }));
  const [first] = document.blocks;
  const heading: readonly Block[] =
    first?.block === 'heading'
      ? [{ block: 'heading', text: words(continued(shorten(first.text, LONGEST_REPEATED), document)) }]
      : [];
  const again = holds(heading) ? heading : [];
  let current: readonly Block[] = [];
  // How many things of a list the last message held: a good guess for the next.
  let usual = 1;
  // How many blocks of the current message only repeat what an earlier one said.
  let repeating = 0;
  const flush = () => {
    const headings = trailingHeadings(current, repeating);
    const said = current.slice(0, current.length - headings.length);
    queue.unshift(...headings.map((block) => ({ block })));
    parts.push({ ...document, blocks: said });
    current = again;
    repeating = again.length;
  };
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { block, repeated } = next;
    const begins = current.length === repeating;
    const whole = [...current, block];
    const count = lengthOf(block);
    const most = count === null ? 0 : sayable(block, (part) => holds([...current, part]), usual);
    if (count === null ? holds(whole) : most === count) {
      current = whole;
      continue;
    }
    // A list may fill the rest of this message; anything else begins the next one whole if it fits there.
    if (count !== null && most > 0 && (begins || block.block === 'entries' || block.block === 'table')) {
      usual = most;
      current = [...current, slice(block, 0, most)];
      queue.unshift({ block: titled(slice(block, most, count), document), repeated: true });
      flush();
      continue;
    }
    if (!begins) {
      // A message of headings alone says nothing: they stay where they are, and what follows is split.
      if (current.slice(repeating).some((each) => each.block !== 'heading')) {
        queue.unshift(next);
        flush();
        continue;
      }
    }
    const halves = halve(block);
    if (repeating > 0 && halves === null) {
      // What is repeated gives way to what is new.
      current = current.slice(repeating);
      repeating = 0;
      queue.unshift(next);
      continue;
    }
    if (repeated && block.block === 'entries' && block.title !== undefined) {
      queue.unshift({ block: untitled(block) });
      continue;
    }
    if (halves) {
      queue.unshift(...halves.map((half) => ({ block: half })));
      continue;
    }
    if (begins) {
      // It can neither be split nor fits alone: the dialect's own refusal shows it. Specimen tests keep this unreached.
      parts.push({ ...document, blocks: whole });
    } else {
      parts.push({ ...document, blocks: current });
      queue.unshift(next);
    }
    current = again;
    repeating = again.length;
  }
  if (current.length > repeating) parts.push({ ...document, blocks: current });
  return parts;
}

/** The headings at the end, which belong to what comes next; none of those that only repeat. */
function trailingHeadings(blocks: readonly Block[], repeating: number): readonly Block[] {
  let from = blocks.length;
  while (from > repeating && blocks[from - 1]?.block === 'heading') from -= 1;
  return from === repeating ? [] : blocks.slice(from);
}

/** How many things a block lists, or null where it lists none. */
function lengthOf(block: Block): number | null {
  switch (block.block) {
    case 'entries':
      return block.entries.length;
    case 'facts':
      return block.facts.length;
    case 'table':
      return block.rows.length;
    case 'buttons':
      return block.buttons.length;
    case 'menu':
      return block.choices.length;
    case 'meter':
      return block.parts.length;
    default:
      return null;
  }
}

/** Some of what a block lists. */
function slice(block: Block, from: number, to: number): Block {
  switch (block.block) {
    case 'entries':
      return {
        ...block,
        entries: block.entries.slice(from, to),
        ...(block.numbered && from > 0 ? { from: (block.from ?? 1) + from } : {}),
      };
    case 'facts':
      return { ...block, facts: block.facts.slice(from, to) };
    case 'table':
      return { ...block, rows: block.rows.slice(from, to) };
    case 'buttons':
      return { ...block, buttons: block.buttons.slice(from, to) };
    case 'menu':
      return { ...block, choices: block.choices.slice(from, to) };
    case 'meter':
      return { ...block, parts: block.parts.slice(from, to) };
    default:
      return block;
  }
}

/** With how many of its things a block fits: looked for from a guess, so that a long list is not rendered whole each time. */
function sayable(block: Block, holds: (part: Block) => boolean, guess: number): number {
  const count = lengthOf(block) ?? 0;
  if (count === 0) return holds(block) ? 0 : -1;
  const tried = (most: number) => holds(slice(block, 0, most));
  const first = Math.min(count, guess);
  const held = tried(first);
  let [from, over] = held ? [first, count + 1] : [0, first];
  // Away from the guess by steps that double, up or down: what follows is usually as long as what went before.
  for (let step = 1; held ? from < count : over > 1; step *= 2) {
    const next = held ? Math.min(count, from + step) : Math.max(1, over - step);
    if (tried(next)) {
      from = next;
      if (!held) break;
    } else {
      over = next;
      if (held) break;
    }
  }
  while (over - from > 1) {
    const middle = Math.floor((from + over) / 2);
    if (tried(middle)) from = middle;
    else over = middle;
  }
  return from;
}

/** A list that goes on says so in its title. */
const titled = (block: Block, document: MessageDocument): Block =>
  block.block === 'entries' && block.title !== undefined && block.continues !== true
    ? { ...block, title: continued(block.title, document), continues: true }
    : block;

function untitled(block: Extract<Block, { block: 'entries' }>): Block {
  const { title: _, ...bare } = block;
  return bare;
}

const continued = (text: Text, { continued: mark }: MessageDocument): Text =>
  mark === undefined ? text : join(text, ` ${mark}`);
const words = (text: Text): string => spansOf(text).join('');

/** A block as two that follow each other, or null where it has no seam. */
function halve(block: Block): readonly Block[] | null {
  const count = lengthOf(block) ?? 0;
  if (count > 1) {
    const rest = slice(block, 1, count);
    return [slice(block, 0, 1), rest.block === 'entries' ? untitled(rest) : rest];
  }
  switch (block.block) {
    case 'entries':
      return splitEntry(block);
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
    case 'facts': {
      const [fact] = block.facts;
      const halves = fact && halveText(fact.value);
      return fact && halves
        ? [
            { ...block, facts: [{ label: fact.label, value: halves[0] }] },
            { block: 'paragraph', text: halves[1] },
          ]
        : null;
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
    case 'heading': {
      const halves = halveString(block.text);
      return (
        halves && [
          { ...block, text: halves[0] },
          { block: 'paragraph', text: halves[1] },
        ]
      );
    }
    case 'table':
    case 'buttons':
    case 'menu':
    case 'meter':
    case 'divider':
    case 'file':
      return null;
    default:
      return block satisfies never;
  }
}

/** One entry that is too long: what is over goes on below it, without a number of its own. */
function splitEntry(block: Extract<Block, { block: 'entries' }>): readonly Block[] | null {
  const entry: Entry | undefined = block.entries[0];
  if (!entry) return null;
  const { button, detail, ...head } = entry;
  const press: readonly Block[] = button ? [{ block: 'buttons', buttons: [button] }] : [];
  if (detail !== undefined) return [{ ...block, entries: [head] }, { block: 'paragraph', text: detail }, ...press];
  const halves = halveText(entry.text);
  if (halves) return [{ ...block, entries: [{ text: halves[0] }] }, { block: 'paragraph', text: halves[1] }, ...press];
  if (button) return [{ ...block, entries: [head] }, ...press];
  return block.title === undefined ? null : [{ block: 'paragraph', text: block.title }, untitled(block)];
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

/** Near the middle, at a line end, else a space, else between two characters as people see them. */
function halveString(text: string): [string, string] | null {
  if (text.length < 2) return null;
  const middle = Math.floor(text.length / 2);
  for (const seam of ['\n', ' ']) {
    const at = text.lastIndexOf(seam, middle);
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  }
  const at = wholeUntil(text, middle);
  return at < 1 ? null : [text.slice(0, at), text.slice(at)];
}
