import { encodeAction } from '../action.ts';
import { fit as split } from '../fit.ts';
import { legible } from '../legible.ts';
import type { Block, Button, Entry, MessageDocument } from '../message.ts';
import { join, plainText, type Text } from '../text.ts';
import { type KnownBlock, plain as plainElement, type RichTextBlock, type Button as SlackButton } from './block-kit.ts';
import { clip, LIMITS, withinLimits } from './limits.ts';
import { escapeControl, mrkdwn } from './mrkdwn.ts';
import { elements, list, newline, quote, richText, section } from './rich-text.ts';

/** What one message becomes: blocks, the line for notifications, and the files that go with it. */
export interface Rendered {
  readonly blocks: KnownBlock[];
  readonly text: string;
  readonly files: readonly Extract<Block, { block: 'file' }>[];
}

/** A message document in Block Kit. Pure; it renders what is there, `fitted` keeps it within the limits. */
export function render(said: MessageDocument): Rendered {
  const document = legible(said);
  let position = 0;
  const next: Position = () => String(position++);
  const rendered = document.blocks.flatMap((block) => renderBlock(block, next));
  // A message without blocks would have its line read as mrkdwn.
  const alone = rendered.length === 0 && document.summary.trim() !== '';
  const blocks = alone ? [richText(section(elements(document.summary)))] : rendered;
  return {
    blocks,
    text: clip(
      escapeControl([document.summary, ...document.blocks.flatMap(tableLines)].join('\n')),
      LIMITS.messageText,
    ),
    files: document.blocks.filter((block) => block.block === 'file'),
  };
}

/** The messages a document becomes here, each within Slack's limits. */
export const fitted = (document: MessageDocument): readonly MessageDocument[] =>
  split(document, (part) => withinLimits(render(part).blocks));

/** Gives every button of a message its number: action ids are unique in a message. */
type Position = () => string;

function renderBlock(block: Block, next: Position): KnownBlock[] {
  switch (block.block) {
    case 'heading':
      if (block.text.length > LIMITS.header) return [richText(section(elements([{ bold: block.text }])))];
      return block.text.trim() === '' ? [] : [{ type: 'header', text: plainElement(block.text) }];
    case 'paragraph':
      return [richText(section(elements(block.text)))];
    case 'facts':
      return [
        richText(
          ...block.facts.map((fact) => section([...elements([{ bold: fact.label }, ': ']), ...elements(fact.value)])),
        ),
      ].filter(filled);
    case 'entries':
      return renderEntries(block, next);
    case 'quote':
      return [
        richText(
          quote(elements(block.text)),
          ...(block.by === undefined ? [] : [section(elements(`— ${block.by}`, { italic: true }))]),
        ),
      ];
    case 'meter':
      return [
        richText(
          section([
            ...elements([{ bold: block.label }]),
            newline,
            ...elements(block.parts.map((part) => `${part.label}: ${part.count}`).join(' · ')),
          ]),
        ),
      ];
    case 'table':
      return renderTable(block);
    case 'buttons':
      return rows(block.buttons, next);
    case 'menu':
      return renderMenu(block, next);
    case 'note':
      return renderNote(block.text);
    case 'file':
      return [];
    case 'divider':
      return [{ type: 'divider' }];
    default:
      return block satisfies never;
  }
}

/**
 * A list without buttons is a rich_text list. With a button, an entry is a section whose button stands beside it, or,
 * where mrkdwn cannot say its words faithfully, rich text with the button below.
 */
function renderEntries(block: Extract<Block, { block: 'entries' }>, next: Position): KnownBlock[] {
  const title = block.title === undefined ? [] : [section(elements(bold(block.title)))];
  if (block.entries.every((entry) => !entry.button)) {
    const items = block.entries.map(lines);
    const listed = items.length === 0 ? [] : [list(items, block.numbered ? (block.from ?? 1) : null)];
    return [richText(...title, ...listed)].filter(filled);
  }
  return [
    ...[richText(...title)].filter(filled),
    ...block.entries.flatMap((entry, index): KnownBlock[] => {
      const mark = block.numbered ? `${(block.from ?? 1) + index}. ` : '• ';
      const marked = { ...entry, text: join(mark, entry.text) };
      if (!entry.button) return [richText(section(lines(marked)))];
      const button = renderButton(entry.button, next);
      const words = mrkdwn(entry.detail === undefined ? marked.text : join(marked.text, '\n', entry.detail));
      if (words !== null && words.length <= LIMITS.sectionText)
        return [{ type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true }, accessory: button }];
      return [richText(section(lines(marked))), { type: 'actions', elements: [button] }];
    }),
  ];
}

const lines = (entry: Entry) => [
  ...elements(entry.text),
  ...(entry.detail === undefined ? [] : [newline, ...elements(entry.detail, { italic: true })]),
];

const bold = (text: Text): Text =>
  (typeof text === 'string' ? [text] : text).map((span) => (typeof span === 'string' ? { bold: span } : span));

const FIGURES = /^[\d.,%\s–-]*$/;

function renderTable({ columns, rows: content }: Extract<Block, { block: 'table' }>): KnownBlock[] {
  // A cell with nothing in it is refused.
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text.trim() === '' ? '–' : text });
  const header = columns.map((column) => richText(section(elements([{ bold: column || '–' }]))));
  if (columns.length === 0) return [];
  // Words wrap, which they do not of themselves; figures stand below each other.
  const column_settings = columns.map((_, at) =>
    content.every((row) => FIGURES.test(row[at] ?? '')) ? { align: 'right' as const } : { is_wrapped: true },
  );
  return [
    {
      type: 'table',
      column_settings,
      rows: [header, ...content.map((row) => columns.map((_, at) => cell(row[at] ?? '')))],
    },
  ];
}

/** A table for whoever reads the text beside the blocks: a notification, a reader's voice, a client that knows none. */
const tableLines = (block: Block): string[] =>
  block.block === 'table' ? [block.columns, ...block.rows].map((row) => row.join(' · ')) : [];

function rows(buttons: readonly Button[], next: Position): KnownBlock[] {
  const made = buttons.map((button) => renderButton(button, next));
  const all: KnownBlock[] = [];
  for (let at = 0; at < made.length; at += LIMITS.elementsPerActions)
    all.push({ type: 'actions', elements: made.slice(at, at + LIMITS.elementsPerActions) });
  return all;
}

function renderButton(button: Button, next: Position): SlackButton {
  return {
    type: 'button',
    text: plainElement(label(button.label, LIMITS.buttonText)),
    action_id: encodeAction(button.does, next()),
    ...(button.style === undefined ? {} : { style: button.style }),
  };
}

/** A label that is missing would be refused, and with it the whole message. */
const label = (text: string, length: number): string => clip(text.trim() === '' ? '–' : text, length);

/** What a select is called by the payload of a press: its options carry the codes. */
export const MENU = 'menu';

/** A select whose option values are the codes; buttons where a code is longer than a value may be. */
function renderMenu(block: Extract<Block, { block: 'menu' }>, next: Position): KnownBlock[] {
  const at = next();
  const codes = block.choices.map((choice) => encodeAction(choice.does, next()));
  const said = richText(section(elements(block.label)));
  if (codes.some((code) => code.length > LIMITS.optionValue) || codes.length > LIMITS.options)
    return [said, ...rows(block.choices, next)];
  if (codes.length === 0) return [said];
  return [
    said,
    {
      type: 'actions',
      elements: [
        {
          type: 'static_select',
          action_id: `${MENU}:${at}`,
          placeholder: plainElement(label(block.label, LIMITS.placeholder)),
          options: block.choices.map((choice, index) => ({
            text: plainElement(label(choice.label, LIMITS.optionText)),
            value: codes[index] ?? '',
          })),
        },
      ],
    },
  ];
}

/** Small print; where mrkdwn cannot say it, its plain words. */
function renderNote(text: Text): KnownBlock[] {
  const words = mrkdwn(text);
  const plain = plainText(text);
  if (plain.trim() === '') return [];
  // More than small print holds is said in the size of the rest.
  if (Math.max(plain.length, words?.length ?? 0) > LIMITS.contextText) return [richText(section(elements(text)))];
  return [
    {
      type: 'context',
      elements: [words === null ? plainElement(plain) : { type: 'mrkdwn', text: words, verbatim: true }],
    },
  ];
}

const filled = (block: RichTextBlock): boolean => block.elements.length > 0;
