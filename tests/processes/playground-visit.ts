import type { Desk } from '../../src/chat/playground/desk.ts';
import type { ViewMessage } from '../../src/chat/playground/view-message.ts';
import { openSession } from '../journeys/playground-http-visit.ts';

export interface PlaygroundVisit {
  /** Types a line in a channel; resolves to the messages that answered. */
  says(line: string, channel: string): Promise<readonly ViewMessage[]>;
  /** The bot's messages that everybody in a channel sees, newest page. */
  deliveredIn(channel: string): Promise<readonly ViewMessage[]>;
  /** What the house's clock shows. */
  now(): Promise<string>;
  /** Moves the house's clock forward, with all that falls due on the way. */
  movesClock(milliseconds: number): Promise<void>;
}

/** Whoever opens the page of a running bot: its coordinator. */
export async function visitPlayground(url: string): Promise<PlaygroundVisit> {
  const { headers } = await openSession(url);
  const get = async <T>(name: string, query: Record<string, string>): Promise<T> => {
    const answer = await fetch(`${url}api/${name}?${new URLSearchParams(query)}`, { headers });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return (await answer.json()) as T;
  };
  const post = async <T>(name: string, body: object): Promise<T> => {
    const answer = await fetch(`${url}api/${name}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const { me, conversations } = await get<Desk>('desk', {});
  const idOf = (channel: string): string => {
    const found = conversations.find((each) => each.kind === 'channel' && each.name === channel);
    if (!found) throw new Error(`no channel ${channel}`);
    return found.id;
  };
  const now = async () => (await get<Desk>('desk', { as: me.id })).clock.now;
  let turns = 0;
  return {
    async says(line, channel) {
      const turn = { as: me.id, turn: `${Date.now()}-${++turns}`, conversation: idOf(channel), line, files: [] };
      return (await post<{ said: ViewMessage[] }>('say', turn)).said;
    },
    async deliveredIn(channel) {
      const { messages } = await get<{ messages: ViewMessage[] }>('messages', {
        as: me.id,
        conversation: idOf(channel),
      });
      return messages.filter((message) => message.author.bot && !message.private);
    },
    now,
    async movesClock(milliseconds) {
      await post('clock', { to: new Date(Date.parse(await now()) + milliseconds).toISOString() });
    },
  };
}
