import type { MessageDocument } from '../../src/chat/message.ts';
import { type CountedVerb, type Person, type Platform, PlatformError } from '../../src/chat/platform.ts';

type Verb = 'post' | 'edit' | 'openDirect' | 'openConversation' | 'invite' | 'remove' | 'lookUp' | 'findPosted';

/** What goes wrong the next time a verb is asked for. `done`: whether the work was done before the answer was lost. */
export type Fault =
  | { readonly how: 'refused'; readonly code: string }
  | { readonly how: 'later'; readonly retryAfterMs?: number }
  | { readonly how: 'unknown'; readonly done: boolean }
  | { readonly how: 'slow'; readonly until: Promise<unknown> };

export interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly key: string;
  text: string;
  edits: number;
}

export interface FakePlatform extends Platform {
  countsByConversation: readonly CountedVerb[];
  /** Every message that stands somewhere, in the order in which they were said. */
  readonly messages: Message[];
  readonly calls: { readonly verb: Verb; readonly where: string; readonly key?: string }[];
  readonly members: Map<string, Set<string>>;
  /** Accounts that have left and can be let in nowhere. */
  readonly gone: Set<string>;
  /** Whether it can say later what was posted under a key. */
  remembers: boolean;
  /** Whether the service itself recognises a key that comes twice. */
  recognises: boolean;
  fails(verb: Verb, fault: Fault, where?: string): void;
  texts(conversation: string): readonly string[];
}

/** Discord's nonce: the shortest key that a service takes. */
const KEY_LENGTH = 25;

/**
 * A platform whose memory and moods a test decides. It is as strict as a service: it posts whatever it is asked to
 * post, as often as it is asked, unless it recognises keys.
 */
export function createFakePlatform(name = 'fake', people: readonly Person[] = []): FakePlatform {
  const faults: { verb: Verb; fault: Fault; where: string | undefined }[] = [];
  let ids = 0;
  const made = new Map<string, string>();

  async function doing<T>(verb: Verb, where: string, work: () => T, key?: string): Promise<T> {
    platform.calls.push({ verb, where, ...(key === undefined ? {} : { key }) });
    const at = faults.findIndex((each) => each.verb === verb && (each.where === undefined || each.where === where));
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    switch (fault?.fault.how) {
      case 'refused':
        throw new PlatformError('refused', fault.fault.code);
      case 'later': {
        const { retryAfterMs } = fault.fault;
        throw new PlatformError('later', 'rate-limited', retryAfterMs === undefined ? {} : { retryAfterMs });
      }
      case 'unknown':
        if (fault.fault.done) work();
        throw new PlatformError('unknown', 'no-answer');
      case 'slow':
        await fault.fault.until;
        return work();
      default:
        return work();
    }
  }

  const platform: FakePlatform = {
    name,
    countsByConversation: [],
    messages: [],
    calls: [],
    members: new Map(),
    gone: new Set(),
    remembers: true,
    recognises: false,
    fails: (verb, fault, where) => void faults.push({ verb, fault, where }),
    texts: (conversation) =>
      platform.messages.filter((message) => message.conversation === conversation).map((message) => message.text),
    async start() {},
    async stop() {},
    // One message a paragraph.
    fit: (document) => document.blocks.map((block) => ({ ...document, blocks: [block] })),
    post(conversation, document, key) {
      if (key.length > KEY_LENGTH) throw new PlatformError('refused', 'invalid');
      const say = () => {
        const known = platform.recognises ? platform.messages.find((message) => message.key === key) : undefined;
        if (known) return known.id;
        const message = { id: `m${++ids}`, conversation, key, text: textOf(document), edits: 0 };
        platform.messages.push(message);
        return message.id;
      };
      return doing('post', conversation, say, key);
    },
    edit: (conversation, id, document) =>
      doing('edit', conversation, () => {
        const message = platform.messages.find((each) => each.id === id && each.conversation === conversation);
        if (!message) throw new PlatformError('refused', 'message-gone');
        message.text = textOf(document);
        message.edits++;
      }),
    openDirect: (account) => doing('openDirect', account, () => `direct-${account}`),
    openConversation: (request, key) =>
      doing('openConversation', request.name, () => {
        const id = made.get(key) ?? `conversation-${made.size + 1}`;
        made.set(key, id);
        const missing = request.members.filter((account) => platform.gone.has(account));
        const members = request.members.filter((account) => !platform.gone.has(account));
        if (!platform.members.has(id)) platform.members.set(id, new Set(members));
        return { conversation: id, missing };
      }),
    invite: (conversation, accounts) =>
      doing('invite', conversation, () => {
        const members = platform.members.get(conversation);
        if (!members) throw new PlatformError('refused', 'channel-gone');
        for (const account of accounts) if (!platform.gone.has(account)) members.add(account);
        return accounts.filter((account) => platform.gone.has(account));
      }),
    remove: (conversation, accounts) =>
      doing('remove', conversation, () => {
        const members = platform.members.get(conversation);
        if (!members) throw new PlatformError('refused', 'channel-gone');
        for (const account of accounts) members.delete(account);
      }),
    async archive() {},
    accountIn: (typed) => /^(?:<@(U[\w-]+)>|(U[\w-]+))$/.exec(typed.trim())?.slice(1).find(Boolean) ?? null,
    lookUp: (by) =>
      doing('lookUp', 'email' in by ? by.email : by.id, () => {
        const found = people.find((person) => ('email' in by ? person.email === by.email : person.id === by.id));
        return found ?? null;
      }),
    findPosted: (conversation, key) =>
      doing('findPosted', conversation, () => {
        if (!platform.remembers) return 'cannot-tell';
        return platform.messages.find((each) => each.conversation === conversation && each.key === key)?.id ?? null;
      }),
    repeatable: () => platform.recognises,
  };
  return platform;
}

function textOf(document: MessageDocument): string {
  return document.blocks
    .map((block) => (block.block === 'paragraph' || block.block === 'heading' ? String(block.text) : block.block))
    .join('\n');
}
