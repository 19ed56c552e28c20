import type { Conversation, Ledger, LedgerMessage } from './ledger.ts';

/** A ledger that lasts as long as the process: for tests and for a look around. */
export function createMemoryLedger(): Ledger {
  const conversations = new Map<string, Omit<Conversation, 'said'>>();
  const messages = new Map<string, LedgerMessage>();
  const conversationByKey = new Map<string, string>();
  const messageByKey = new Map<string, string>();
  const said = new Map<string, number>();
  const whole = (id: string): Conversation | null => {
    const found = conversations.get(id);
    return found ? { ...found, said: said.get(id) ?? 0 } : null;
  };
  const having = (id: string): Conversation => {
    const found = whole(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  };

  return {
    async conversations() {
      return [...conversations.keys()].map(having);
    },
    async conversation(id) {
      return whole(id);
    },
    async open({ key, ...request }) {
      const made = conversationByKey.get(key);
      if (made !== undefined) return having(made);
      const id = `c${conversations.size + 1}`;
      conversations.set(id, { ...request, id, archived: false, members: [...new Set(request.members)] });
      conversationByKey.set(key, id);
      return having(id);
    },
    async addMembers(id, members) {
      const { said: _, ...found } = having(id);
      conversations.set(id, { ...found, members: [...new Set([...found.members, ...members])] });
    },
    async removeMembers(id, members) {
      const { said: _, ...found } = having(id);
      conversations.set(id, { ...found, members: found.members.filter((member) => !members.includes(member)) });
    },
    async archive(id) {
      const { said: _, ...found } = having(id);
      conversations.set(id, { ...found, archived: true });
    },
    async write({ key, ...message }) {
      const written = messages.get(messageByKey.get(key) ?? '');
      if (written) return written;
      having(message.conversation);
      const order = messages.size + 1;
      const made: LedgerMessage = { ...message, id: `m${order}`, order, edits: 0 };
      messages.set(made.id, made);
      messageByKey.set(key, made.id);
      if (made.only === null) said.set(made.conversation, (said.get(made.conversation) ?? 0) + 1);
      return made;
    },
    async rewrite(conversation, id, body) {
      const found = messages.get(id);
      if (!found || found.conversation !== conversation) return null;
      const made = { ...found, body, edits: found.edits + 1 };
      messages.set(id, made);
      return made;
    },
    async message(id) {
      return messages.get(id) ?? null;
    },
    async messages(conversation, { viewer, limit, before }) {
      return [...messages.values()]
        .filter(
          (each) =>
            each.conversation === conversation &&
            (each.only === null || each.only === viewer) &&
            (before === undefined || each.order < before),
        )
        .slice(-limit);
    },
    async find(conversation, key) {
      const found = messages.get(messageByKey.get(key) ?? '');
      return found?.conversation === conversation ? found.id : null;
    },
  };
}
