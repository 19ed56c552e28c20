import { documentFromJson } from './document-json.ts';
import { ACCORD, type Conversation, type LedgerMessage } from './ledger.ts';
import type { People } from './people.ts';
import { render, type View } from './render.ts';

/** A message on the page. */
export interface ViewMessage {
  readonly id: string;
  readonly order: number;
  readonly conversation: string;
  readonly author: { readonly id: string; readonly name: string; readonly bot: boolean };
  readonly at: string;
  readonly edits: number;
  /** Only the reader sees it. */
  readonly private: boolean;
  /** What the bot said; null for people's own lines and for what an older version wrote. */
  readonly view: View | null;
  readonly text: string | null;
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

export async function viewMessage(message: LedgerMessage, people: People): Promise<ViewMessage> {
  const { id, order, conversation, author, at, edits, body } = message;
  const bot = author === ACCORD;
  const name = bot ? 'Accord' : ((await people.find(author))?.name ?? author);
  const own = 'text' in body ? { text: body.text, files: body.files } : { text: null, files: [] };
  return {
    id,
    order,
    conversation,
    author: { id: author, name, bot },
    at,
    edits,
    private: message.only !== null,
    view: viewOf(message),
    ...own,
  };
}

/** A message that this version cannot read is shown as an old one, not as an error. */
function viewOf({ body }: LedgerMessage): View | null {
  if ('text' in body) return null;
  try {
    return render(documentFromJson(body.document));
  } catch {
    return null;
  }
}

/** Whether this person may read what is said in a conversation. */
export const mayRead = (conversation: Conversation, person: string): boolean =>
  conversation.kind === 'channel' || conversation.members.includes(person);
