import type { Block, MessageDocument } from '../../src/chat/message.ts';

/** Behind what a further message repeats, in the tests' documents. */
export const CONTINUED = '(continued)';

/** The parts of a document without what the further ones repeat. */
export const once = (parts: readonly MessageDocument[]): MessageDocument[] =>
  parts.map((part) => ({
    ...part,
    blocks: part.blocks.flatMap((block): Block[] => {
      if (block.block === 'heading') return block.text.endsWith(CONTINUED) ? [] : [block];
      if (block.block !== 'entries' || !block.continues) return [block];
      const { title: _, ...bare } = block;
      return [bare];
    }),
  }));
