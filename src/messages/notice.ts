import type { Block, Button, MessageDocument } from '../chat/message.ts';
import { plainText, type Text } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';

/** A short message: one or more paragraphs, small print, and what may be pressed next. */
export function notice(
  speaker: Speaker,
  paragraphs: readonly Text[],
  more: { readonly buttons?: readonly Button[]; readonly note?: Text } = {},
): MessageDocument {
  const blocks: Block[] = paragraphs.map((text) => ({ block: 'paragraph', text }));
  if (more.note !== undefined) blocks.push({ block: 'note', text: more.note });
  if (more.buttons && more.buttons.length > 0) blocks.push({ block: 'buttons', buttons: more.buttons });
  return { lang: speaker.lang, summary: plainText(paragraphs[0] ?? ''), blocks };
}
