import { wholeUntil } from '../text.ts';
import type { KnownBlock } from './block-kit.ts';

/**
 * What Slack holds. Characters unless said otherwise.
 * Sources: [S] docs.slack.dev, Block Kit and app surfaces; [R] docs.slack.dev, the method's own page;
 * [T] the doc comments of @slack/types 3; [#n] measured by people in the bolt-js issue of that number.
 */
export const LIMITS = Object.freeze({
  /** [S] */
  blocksPerMessage: 50,
  /** A modal or a home tab [S]. */
  blocksPerView: 100,
  /**
   * All blocks of a message together, as JSON. Undocumented: about 13,200 with few blocks, less text with many
   * [#2509, #2867]: the containers count too.
   */
  blocksLength: 13_000,
  /** [T] */
  sectionText: 3000,
  /** [T] */
  header: 150,
  /** A text object at most [S]; a context block holds ten. */
  contextText: 3000,
  /** [T] */
  elementsPerActions: 25,
  /** [T] */
  buttonText: 75,
  /** [T] says 75, today's page [S] 150: the smaller one holds in both. */
  optionValue: 75,
  /** [T] */
  optionText: 75,
  /** [T] */
  options: 100,
  /** [T] */
  placeholder: 150,
  /** [T] */
  tableRows: 100,
  /** [T] */
  tableColumns: 20,
  /** One table a message [S]: a second one is refused with `invalid_attachments`. */
  tablesPerMessage: 1,
  /** Title, submit and close of a view [T]. */
  viewTitle: 24,
  /** [T] */
  privateMetadata: 3000,
  /** Label and hint of an input [T]. */
  inputLabel: 2000,
  /** [T] */
  inputText: 3000,
  /** The text beside the blocks: chat.update refuses more with msg_too_long [R]. */
  messageText: 4000,
  /** [S] */
  channelName: 80,
  /** Topic and purpose [R]. */
  topic: 250,
  /** conversations.invite takes 100 (older pages) to 1000 (today's) in one call [R]: the smaller one. */
  invitedAtOnce: 100,
  /** Milliseconds to acknowledge an interaction [S]. */
  acknowledge: 3000,
  /** A response_url answers five times within 30 minutes [S]. */
  responses: 5,
  /** Milliseconds. */
  responseWindow: 30 * 60_000,
  /** conversations.history gives so many at most, and recommends 200 [R]. */
  historyPage: 200,
});

/** Whether a message's blocks are few and short enough. Lengths inside a block are the renderer's to keep. */
export function withinLimits(blocks: readonly KnownBlock[]): boolean {
  if (blocks.length > LIMITS.blocksPerMessage) return false;
  if (blocks.filter((block) => block.type === 'table').length > LIMITS.tablesPerMessage) return false;
  if (!blocks.every(blockWithinLimits)) return false;
  return JSON.stringify(blocks).length <= LIMITS.blocksLength;
}

function blockWithinLimits(block: KnownBlock): boolean {
  switch (block.type) {
    case 'section':
      return (block.text?.text.length ?? 0) <= LIMITS.sectionText;
    case 'context':
      return block.elements.every((each) => !('text' in each) || each.text.length <= LIMITS.contextText);
    case 'table':
      return block.rows.length <= LIMITS.tableRows && block.rows.every((row) => row.length <= LIMITS.tableColumns);
    default:
      return true;
  }
}

/** A label shortened to what fits, visibly. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, wholeUntil(text, length - 1))}…`;
}
