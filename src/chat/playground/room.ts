import { fit as split } from '../fit.ts';
import type { MessageDocument } from '../message.ts';
import { documentToJson } from './document-json.ts';
import type { Events } from './events.ts';
import { ACCORD, type Ledger, type LedgerMessage } from './ledger.ts';
import type { People } from './people.ts';
import { render, withinLimits } from './render.ts';
import { mayRead, viewMessage } from './view-message.ts';

/** The ledger together with the pages that watch it: whatever is written is shown at once. */
export interface Room {
  readonly ledger: Ledger;
  readonly events: Events;
  readonly people: People;
  now(): string;
  fit(document: MessageDocument): readonly MessageDocument[];
  /** Says a document as the bot, in as many messages as it needs. */
  say(conversation: string, document: MessageDocument, key: string, only: string | null): Promise<LedgerMessage[]>;
  /** Shows a message, new or edited, on every page that may see it. */
  show(message: LedgerMessage): Promise<void>;
}

export const fitPlayground = (document: MessageDocument): readonly MessageDocument[] =>
  split(document, (part) => withinLimits(render(part)));

export function createRoom(parts: { ledger: Ledger; events: Events; people: People; now: () => string }): Room {
  const { ledger, events, people, now } = parts;
  const room: Room = {
    ledger,
    events,
    people,
    now,
    fit: fitPlayground,
    async say(conversation, document, key, only) {
      const said: LedgerMessage[] = [];
      for (const [at, part] of fitPlayground(document).entries()) {
        const body = { document: documentToJson(part) };
        said.push(await ledger.write({ conversation, author: ACCORD, at: now(), body, only, key: `${key}:${at}` }));
      }
      for (const message of said) await room.show(message);
      return said;
    },
    async show(message) {
      const [view, conversation] = await Promise.all([
        viewMessage(message, people),
        ledger.conversation(message.conversation),
      ]);
      if (!conversation) return;
      const { said } = conversation;
      const told = conversation.kind === 'direct' ? conversation.members[0] : undefined;
      events.tell((person) => {
        if (message.only !== null && message.only !== person) return null;
        if (mayRead(conversation, person)) return { type: 'message', message: view, said };
        return told !== undefined && message.edits === 0 ? { type: 'elsewhere', person: told, said } : null;
      });
    },
  };
  return room;
}
