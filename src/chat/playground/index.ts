import { randomBytes, randomUUID } from 'node:crypto';
import type { HealthReport } from '../connections.ts';
import type { Lang } from '../language.ts';
import { type Platform, PlatformError } from '../platform.ts';
import { createApi } from './api.ts';
import { loadAssets } from './assets.ts';
import type { PlaygroundClock } from './clock.ts';
import { documentToJson } from './document-json.ts';
import { asPlatform } from './errors.ts';
import { createEvents } from './events.ts';
import { createGuard } from './guard.ts';
import type { Conversation, Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { createPeople, type PlaygroundPerson } from './people.ts';
import type { Dialects } from './preview.ts';
import { createReceiver } from './receive.ts';
import { createRoom, fitPlayground } from './room.ts';
import { createPageServer } from './server.ts';
import { createUploads } from './uploads.ts';

export interface PlaygroundOptions {
  /** The first port tried; 0 takes any. */
  readonly port: number;
  readonly host?: '127.0.0.1';
  readonly ledger: Ledger;
  readonly people: () => Promise<readonly PlaygroundPerson[]>;
  readonly clock: PlaygroundClock;
  /** The payloads of the other dialects, for the pane that shows them. */
  readonly dialects: Dialects;
  /** The page's own words (PLAYGROUND_WORDS) in a language. */
  readonly words: (lang: Lang) => Readonly<Record<string, string>>;
  readonly log: Log;
  /** The real present, ISO; the house's time is the clock's. */
  readonly now: () => string;
  /** Public channels that exist from the start, by name. */
  readonly channels?: readonly string[];
  /** The zone in which the clock is read, IANA. */
  readonly zone?: string;
  /** What a monitor is told. */
  readonly health?: () => Promise<HealthReport>;
}

export type Playground = Platform & {
  /** Where the page is; valid once started. */
  readonly url: string;
  address(): { readonly host: string; readonly port: number };
  /** The id of a channel by name; throws where there is none. */
  channelId(name: string): Promise<string>;
};

/** The playground: a platform on localhost, with the page that people talk through. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const { ledger, clock, log } = options;
  const host = options.host ?? '127.0.0.1';
  const zone = options.zone ?? 'UTC';
  const people = createPeople(options.people);
  let running: { port: number; close(): Promise<void> } | null = null;
  const port = () => {
    if (!running) throw new Error('the playground has not started');
    return running.port;
  };
  // Another set of listeners for each start; between two starts nobody listens.
  let events = createEvents();
  const room = createRoom({
    ledger,
    people,
    now: () => clock.now(),
    events: { listen: (...at) => events.listen(...at), tell: (make) => events.tell(make), close: () => events.close() },
  });

  async function having(conversation: string): Promise<Conversation> {
    const found = await ledger.conversation(conversation);
    if (!found) throw new PlatformError('refused', 'channel-gone');
    if (found.archived) throw new PlatformError('refused', 'archived');
    return found;
  }
  async function known(accounts: readonly string[]): Promise<void> {
    const all = new Set((await people.all()).map((person) => person.id));
    if (!accounts.every((account) => all.has(account))) throw new PlatformError('refused', 'unknown-person');
  }
  /** Who of them there is here. */
  async function sorted(accounts: readonly string[]) {
    const all = new Set((await people.all()).map((person) => person.id));
    return {
      here: accounts.filter((account) => all.has(account)),
      missing: accounts.filter((account) => !all.has(account)),
    };
  }
  const tellDesk = () => events.tell(() => ({ type: 'desk' }));
  const openDirect = async (account: string): Promise<string> => {
    const key = `direct:${account}`;
    return (await ledger.open({ name: 'Accord', topic: '', kind: 'direct', members: [account], key })).id;
  };

  return {
    name: 'playground',
    get url() {
      return `http://${host}:${port()}/`;
    },
    address: () => ({ host, port: port() }),
    async channelId(name) {
      const found = (await ledger.conversations()).find((each) => each.kind === 'channel' && each.name === name);
      if (!found) throw new Error(`no channel ${name}`);
      return found.id;
    },
    async start(inbound) {
      if (running) throw new Error('the playground is running');
      for (const name of options.channels ?? [])
        await ledger.open({ name, topic: '', kind: 'channel', members: [], key: `channel:${name}` });
      events = createEvents();
      const uploads = createUploads(randomUUID);
      const guard = createGuard(randomBytes(24).toString('hex'), port);
      const receiver = createReceiver(room, inbound);
      const { words, dialects, now: present } = options;
      const api = createApi({ room, inbound, receiver, clock, present, zone, words, dialects, uploads, openDirect });
      const server = createPageServer({
        api,
        assets: await loadAssets(),
        guard,
        events,
        uploads,
        log,
        health: options.health,
      });
      running = { port: await server.listen(options.port, host), close: server.close };
      log.info({ url: `http://${host}:${running.port}/` }, 'the playground is open');
    },
    async stop() {
      const stopping = running;
      running = null;
      await stopping?.close();
    },
    fit: fitPlayground,
    post: (conversation, document, key) =>
      asPlatform(async () => {
        await having(conversation);
        const [message] = await room.say(conversation, document, key, null);
        if (!message) throw new PlatformError('refused', 'invalid');
        return message.id;
      }),
    edit: (conversation, message, document) =>
      asPlatform(async () => {
        await having(conversation);
        const edited = await ledger.rewrite(conversation, message, { document: documentToJson(document) });
        if (!edited) throw new PlatformError('refused', 'message-gone');
        await room.show(edited);
      }),
    openDirect: (account) =>
      asPlatform(async () => {
        await known([account]);
        return openDirect(account);
      }),
    openConversation: ({ name, topic, members }, key) =>
      asPlatform(async () => {
        const { here, missing } = await sorted(members);
        const others = await ledger.conversations();
        const taken = new Set(others.filter((each) => each.kind !== 'direct').map((each) => each.name));
        const made = await ledger.open({
          name: freeName(name, taken),
          topic,
          kind: 'private',
          members: here,
          key: `conversation:${key}`,
        });
        tellDesk();
        return { conversation: made.id, missing };
      }),
    invite: (conversation, accounts) =>
      asPlatform(async () => {
        await having(conversation);
        const { here, missing } = await sorted(accounts);
        await ledger.addMembers(conversation, here);
        tellDesk();
        return missing;
      }),
    remove: (conversation, accounts) =>
      asPlatform(async () => {
        await having(conversation);
        await ledger.removeMembers(conversation, accounts);
        tellDesk();
      }),
    archive: (conversation) =>
      asPlatform(async () => {
        if (!(await ledger.conversation(conversation))) throw new PlatformError('refused', 'channel-gone');
        await ledger.archive(conversation);
        tellDesk();
      }),
    // Nobody is mentioned here: a person is called by the name in the page's list of people.
    accountIn: (typed) => (/^@?([\w-]{1,80})$/.exec(typed.trim()) ?? [])[1] ?? null,
    lookUp: (by) =>
      asPlatform(async () => {
        const wanted = 'email' in by ? by.email.toLowerCase() : null;
        const all = await people.all();
        const found = all.find((person) => ('id' in by ? person.id === by.id : person.email?.toLowerCase() === wanted));
        return found
          ? {
              id: found.id,
              name: found.name,
              locale: found.lang,
              ...(found.email === undefined ? {} : { email: found.email }),
            }
          : null;
      }),
    countsByConversation: [],
    findPosted: (conversation, key) => asPlatform(() => ledger.find(conversation, `${key}:0`)),
    // The ledger knows every key for ever.
    repeatable: () => true,
  };
}

/** The name, or with the first number that makes it one of its own. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.trim().replace(/\s+/g, '-').toLowerCase();
  for (let mark = 1; ; mark++) {
    const tried = mark === 1 ? plain : `${plain}-${mark}`;
    if (!taken.has(tried)) return tried;
  }
}
