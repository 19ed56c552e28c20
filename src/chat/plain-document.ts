import { legible } from './legible.ts';
import type { Block, MessageDocument } from './message.ts';
import { plainText } from './text.ts';

/** A document as plain lines, for a shell: nothing to press. */
export function plainDocument(document: MessageDocument): string {
  return legible(document)
    .blocks.map(linesOf)
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function linesOf(block: Block): string[] {
  switch (block.block) {
    case 'heading':
      return [block.text];
    case 'paragraph':
    case 'note':
      return [plainText(block.text)];
    case 'facts':
      return block.facts.map((fact) => `${fact.label}: ${plainText(fact.value)}`);
    case 'entries': {
      const lines = block.entries.flatMap((entry, at) => [
        `${block.numbered ? `${(block.from ?? 1) + at}.` : '•'} ${plainText(entry.text)}`,
        ...(entry.detail === undefined ? [] : [`  ${plainText(entry.detail)}`]),
      ]);
      return block.title === undefined ? lines : [plainText(block.title), ...lines];
    }
    case 'quote':
      return [`“${block.text}”${block.by === undefined ? '' : ` (${block.by})`}`];
    case 'meter':
      return [`${block.label}: ${block.parts.map((part) => `${part.label} ${part.count}`).join(', ')}`];
    case 'table':
      return [block.columns.join('\t'), ...block.rows.map((row) => row.join('\t'))];
    case 'file':
      return [block.name];
    case 'buttons':
    case 'menu':
    case 'divider':
      return [];
    default:
      return block satisfies never;
  }
}
