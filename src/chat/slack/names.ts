import type { CommandShape } from '../command.ts';
import type { Block, MessageDocument } from '../message.ts';
import type { Span, Text } from '../text.ts';

/**
 * What the house's commands are called in this workspace. Slack's commands are shared by all apps of a workspace, so a
 * prefix may stand before the nouns: `accord-` makes /accord-commitment; the noun that is the prefix stays as it is.
 */
export function commandNames(prefix: string, commands: readonly CommandShape[]) {
  const nouns = new Set(commands.map((command) => command.noun));
  const paths = new Set(commands.map((command) => command.path));
  const alone = prefix.replace(/[-_]+$/, '');

  /** A noun as it is typed, without its stroke. */
  const typed = (noun: string): string => (noun === alone ? noun : `${prefix}${noun}`);

  /** Where a text names a command, it names the one that is there. What only looks like one stays. */
  const inString = (text: string): string =>
    prefix === ''
      ? text
      : text.replace(/(^|[^\w/-])\/([a-z]+(?:-[a-z]+)*) ([a-z]+(?:-[a-z]+)*)/g, (whole, before, noun, verb) =>
          paths.has(`${noun}/${verb}`) ? `${before}/${typed(noun)} ${verb}` : whole,
        );
  const inSpan = (span: Span): Span => {
    if (typeof span === 'string') return inString(span);
    if ('bold' in span) return { bold: inString(span.bold) };
    return 'code' in span ? { code: inString(span.code) } : span;
  };
  const inText = (text: Text): Text => (typeof text === 'string' ? inString(text) : text.map(inSpan));

  function inBlock(block: Block): Block {
    switch (block.block) {
      case 'paragraph':
      case 'note':
        return { ...block, text: inText(block.text) };
      case 'facts':
        return { ...block, facts: block.facts.map((fact) => ({ ...fact, value: inText(fact.value) })) };
      case 'entries':
        return {
          ...block,
          entries: block.entries.map((entry) => ({
            ...entry,
            text: inText(entry.text),
            ...(entry.detail === undefined ? {} : { detail: inText(entry.detail) }),
          })),
        };
      default:
        return block;
    }
  }

  return {
    typed,
    inText,
    /** The house's noun for what was typed; it is also understood without its prefix, as people remember it. */
    noun(word: string): string {
      const bare = prefix !== '' && word.startsWith(prefix) ? word.slice(prefix.length) : word;
      return nouns.has(bare) ? bare : word;
    },
    /** A document that names commands as they are called here. */
    inDocument: (document: MessageDocument): MessageDocument =>
      prefix === ''
        ? document
        : { ...document, summary: inString(document.summary), blocks: document.blocks.map(inBlock) },
  };
}
export type CommandNames = ReturnType<typeof commandNames>;
