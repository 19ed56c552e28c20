/** The playground as a stage: over its HTTP API, or through its page in a headless Chromium. */
import { createPlayground, type Playground } from '../../src/chat/playground/index.ts';
import type { Ledger } from '../../src/chat/playground/ledger.ts';
import { createMemoryLedger } from '../../src/chat/playground/memory-ledger.ts';
import type { PlaygroundPerson } from '../../src/chat/playground/people.ts';
import { PLAYGROUND_WORDS } from '../../src/chat/playground/words.ts';
import { openBrowserVisits } from './playground-browser-visit.ts';
import { openHttpVisit } from './playground-http-visit.ts';
import type { Cast, OpenStage, Persona, SeenMessage, Stage } from './stage.ts';

/** One person at the playground: a persona, and what they see in one conversation. */
export interface Visit extends Persona {
  reads(conversation: string): Promise<readonly SeenMessage[]>;
}
export interface Visits {
  visit(person: PlaygroundPerson): Visit;
  close(): Promise<void>;
}

export interface PlaygroundStage extends Stage {
  readonly playground: Playground;
  readonly ledger: Ledger;
  /** Who is there; a test may let somebody leave. */
  readonly people: PlaygroundPerson[];
}

interface StageOptions {
  /** Milliseconds since 1970; the real clock where absent. */
  readonly now?: () => number;
  /** What a test lets go wrong with the ledger. */
  readonly wrap?: (ledger: Ledger) => Ledger;
}

const openWith =
  (openVisits: (playground: Playground) => Visits) =>
  async (cast: Cast, options: StageOptions = {}): Promise<PlaygroundStage> => {
    const people: PlaygroundPerson[] = cast.people.map(({ name, email, locale }, at) => ({
      id: `p${at + 1}`,
      name,
      email,
      role: at === 0 ? 'coordinator' : 'officer',
      agency: '',
      lang: locale ?? 'en',
    }));
    const memory = createMemoryLedger();
    const ledger = options.wrap?.(memory) ?? memory;
    const present = () => new Date(options.now?.() ?? Date.now()).toISOString();
    const channels = new Map<string, string>();
    for (const name of cast.channels) {
      const { id } = await ledger.open({ name, topic: '', kind: 'channel', members: [], key: `channel:${name}` });
      channels.set(name, id);
    }
    const complaints: string[] = [];
    const playground = createPlayground({
      port: 0,
      ledger,
      people: async () => people,
      clock: { now: present, moveTo: async () => {} },
      dialects: {},
      words: () => Object.fromEntries(PLAYGROUND_WORDS.map((key) => [key, key])),
      log: {
        info: () => {},
        warn: () => {},
        error: (facts, text) => complaints.push(`${text} ${JSON.stringify(facts)}`),
      },
      now: present,
      channels: cast.channels,
    });
    const visits = openVisits(playground);
    const made = new Map<string, Visit>();
    const visit = (person: PlaygroundPerson): Visit => {
      const known = made.get(person.id) ?? visits.visit(person);
      made.set(person.id, known);
      return known;
    };
    const named = (name: string) => {
      const found = people.find((person) => person.name === name);
      if (!found) throw new Error(`nobody is called ${name}`);
      return found;
    };
    return {
      platform: playground,
      playground,
      ledger,
      people,
      as: (name) => visit(named(name)),
      async messagesIn(channel) {
        const place = (await ledger.conversations()).find((each) => each.kind !== 'direct' && each.name === channel);
        if (!place) throw new Error(`no conversation ${channel}`);
        const reader = people.find((person) => place.kind === 'channel' || place.members.includes(person.id));
        return reader ? visit(reader).reads(place.id) : [];
      },
      async privateConversations() {
        const all = await ledger.conversations();
        const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
        return all
          .filter(({ kind }) => kind === 'private')
          .map(({ name, members }) => ({ name, members: members.map(nameOf) }));
      },
      channelId(name) {
        const id = channels.get(name);
        if (id === undefined) throw new Error(`no channel ${name}`);
        return id;
      },
      async [Symbol.asyncDispose]() {
        await visits.close();
        await playground.stop();
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
      },
    };
  };

/** People talk through the page's own requests. */
export const openPlaygroundByHttp = openWith((playground) => ({
  visit: (person) => openHttpVisit(playground, person),
  close: async () => {},
}));

/** People talk through the page itself. Needs a Chromium at CHROMIUM; its browser stays for the next. */
export const openPlaygroundByBrowser: OpenStage = openWith(openBrowserVisits);
