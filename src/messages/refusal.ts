import type { Action } from '../chat/action.ts';
import type { Block, Button, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';

/** A no: what is wrong, that nothing changed and what was typed is kept, and the next press. */
export function refusal(
  speaker: Speaker,
  facts: {
    readonly text: string;
    readonly path: string | null;
    readonly draft: string | null;
    readonly next: readonly { readonly label: string; readonly does: Action }[];
    readonly version?: number;
  },
): MessageDocument {
  const { path, draft } = facts;
  const blocks: Block[] = [{ block: 'paragraph', text: facts.text }];
  const buttons: Button[] = [...facts.next];
  if (path !== null && draft !== null) {
    blocks.push({ block: 'note', text: speaker.say('refusal.kept') });
    const version = facts.version === undefined ? {} : { version: facts.version };
    buttons.push({ label: speaker.say('button.open-form'), does: { path, blanks: { draft }, ...version } });
  }
  if (buttons.length > 0) blocks.push({ block: 'buttons', buttons });
  return { lang: speaker.lang, summary: facts.text, blocks };
}
