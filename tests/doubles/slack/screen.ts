import type { AnyBlock, RichText } from './blocks.ts';
import { readMrkdwn } from './mrkdwn.ts';
import { pressables } from './pressables.ts';
import type { SlackMessage, User } from './workspace.ts';

type Users = ReadonlyMap<string, User>;

/** The words of a message as its readers see them: lines in order, buttons as [Label]. */
export function readMessage(
  message: Pick<SlackMessage, 'text' | 'blocks' | 'files'>,
  users: Users,
): { text: string; buttons: string[] } {
  const lines =
    message.blocks.length > 0
      ? message.blocks.flatMap((block) => readBlock(block, users))
      : message.text === ''
        ? []
        : [readWords(message.text, false, users)];
  return {
    text: [...lines, ...message.files.map((file) => `(${file.name})`)].join('\n'),
    buttons: pressables(message.blocks).map((each) => each.label),
  };
}

/** The lines of one block. */
export function readBlock(block: AnyBlock, users: Users): string[] {
  const buttons = pressables([block]).map((each) => `[${each.label}]`);
  switch (block.type) {
    case 'header':
      return [block.text.text];
    case 'section':
      return [
        ...textLines(block.text, users),
        ...(block.fields ?? []).flatMap((field) => textLines(field, users)),
        ...buttons,
      ];
    case 'context':
      return block.elements.flatMap((element) => textLines(element, users));
    case 'actions':
      return buttons.length > 0 ? [buttons.join(' ')] : [];
    case 'divider':
      return [];
    case 'table':
      return block.rows.map((row) =>
        row.map((cell) => (cell.type === 'raw_text' ? cell.text : readRichText(cell, users).join(' '))).join(' | '),
      );
    case 'rich_text':
      return readRichText(block, users);
    case 'input':
      return [block.label.text];
    default:
      return block satisfies never;
  }
}

function textLines(
  text: { type: string; text: string; verbatim?: boolean | undefined } | undefined,
  users: Users,
): string[] {
  if (!text) return [];
  return (text.type === 'mrkdwn' ? readWords(text.text, text.verbatim ?? false, users) : text.text).split('\n');
}

const readWords = (text: string, verbatim: boolean, users: Users): string =>
  readMrkdwn(text, { reading: 'careful', verbatim })
    .map((piece) => (piece.as === 'user' ? `@${users.get(piece.text)?.name ?? piece.text}` : piece.text))
    .join('');

type Inline = Extract<RichText['elements'][number], { type: 'rich_text_section' }>['elements'];

function readRichText(block: RichText, users: Users): string[] {
  const inline = (elements: Inline): string =>
    elements
      .map((element) => {
        if (element.type === 'user') return `@${users.get(element.user_id)?.name ?? element.user_id}`;
        if (element.type === 'date') return element.fallback ?? element.format;
        return element.type === 'link' ? (element.text ?? element.url) : element.text;
      })
      .join('');
  return block.elements.flatMap((element): string[] => {
    if (element.type !== 'rich_text_list') return inline(element.elements).split('\n');
    return element.elements.flatMap((item, index) => {
      const mark = element.style === 'ordered' ? `${index + 1 + (element.offset ?? 0)}. ` : '• ';
      return `${mark}${inline(item.elements)}`.split('\n');
    });
  });
}
