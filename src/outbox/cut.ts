import type { MessageDocument } from '../chat/message.ts';
import type { Platform } from '../chat/platform.ts';
import type { Claimed } from './ports.ts';
import type { RelayParts } from './relay.ts';

/** Characters of a cut that are kept with a row: some hundred messages. What is longer is cut anew. */
const MOST_KEPT = 250_000;

/**
 * The messages of a delivery; null where there is nothing left to say. What is said in several is said to its end as it was
 * cut: made anew from a register that has changed meanwhile, a line could fall between two.
 */
export async function cutOf(
  parts: Pick<RelayParts, 'compose'>,
  delivery: Claimed,
  platform: Platform,
): Promise<readonly MessageDocument[] | null> {
  if (delivery.cut !== null && delivery.said.length > 0) return delivery.cut;
  const document = await parts.compose(delivery.channel, delivery.kind, delivery.facts);
  if (!document) return null;
  // Under its key a service may answer with what it said the first time.
  return (delivery.doubtSince === null ? null : delivery.cut) ?? platform.fit(document);
}

/** The cut as it is kept with its row; null where it holds a file, or too much. */
export function kept(messages: readonly MessageDocument[]): string | null {
  if (messages.some(({ blocks }) => blocks.some(({ block }) => block === 'file'))) return null;
  const text = JSON.stringify(messages);
  return text.length > MOST_KEPT ? null : text;
}
