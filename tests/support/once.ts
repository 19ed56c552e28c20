import type { Block, MessageDocument } from '../../src/chat/message.ts';

/** Behind what a further message repeats, in the tests' documents. */
export const CONTINUED = '(continued)';

/** The parts of a document without what the further ones repeat: headings, titles of lists, columns of tables. */
export const once = (parts: readonly MessageDocument[]): MessageDocument[] => {
  let columns = '';
  return parts.map((part) => ({
    ...part,
    blocks: part.blocks.flatMap((block): Block[] => {
      if (block.block === 'heading') return block.text.endsWith(CONTINUED) ? [] : [block];
      if (block.block === 'table') {
        const continues = columns === block.columns.join();
        columns = block.columns.join();
        return [continues ? { ...block, columns: [] } : block];
      }
      if (block.block !== 'entries' || !block.continues) return [block];
      const { title: _, ...bare } = block;
      return [bare];
    }),
  }));
};
