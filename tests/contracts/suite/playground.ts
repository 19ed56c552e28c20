import { expect } from 'vitest';
import type { Inbound } from '../../../src/chat/interaction.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { plainLines, pressable } from '../../../src/chat/playground/plain.ts';
import type { ViewMessage } from '../../../src/chat/playground/view-message.ts';
import { openSession } from '../../journeys/playground-http-visit.ts';
import type { Persona, Seen } from '../../journeys/stage.ts';
import { openPlaygroundByHttp, type PlaygroundStage } from '../../journeys/stage-playground.ts';
import { type Contract, type ContractStage, HAS } from './contract.ts';
import { opensForm, said } from './scene.ts';

interface Stage extends PlaygroundStage, ContractStage {
  /** What the page gets of a conversation for one person. */
  views(name: string, where: string): Promise<readonly ViewMessage[]>;
  /** The bytes the page downloads. */
  download(name: string, message: string, index: number): Promise<Uint8Array>;
  /** The conversation in which the answer to the next thing the bot says is lost. */
  readonly loses: { next: string | null };
}

const MILLISECONDS = /\.\d+Z$/;

async function open(cast: Parameters<Contract<Stage>['open']>[0], now: () => number): Promise<Stage> {
  const loses: Stage['loses'] = { next: null };
  const stage = await openPlaygroundByHttp(cast, {
    now,
    wrap: (ledger) => ({
      ...ledger,
      async write(message) {
        const written = await ledger.write(message);
        if (message.conversation === loses.next && message.author === 'accord' && message.only === null) {
          loses.next = null;
          throw new Error('connection reset');
        }
        return written;
      },
    }),
  });
  const get = async (name: string, api: string, query: Record<string, string>) => {
    const { url, headers } = await openSession(stage.playground.url);
    const as = stage.as(name).accountId;
    const response = await fetch(`${url}api/${api}?${new URLSearchParams({ as, ...query })}`, { headers });
    if (!response.ok) throw new Error(`${name} is refused ${where(query)}: ${await response.text()}`);
    return response;
  };
  const where = (query: Record<string, string>) => JSON.stringify(query);
  async function views(name: string, channel: string): Promise<readonly ViewMessage[]> {
    const place = (await stage.ledger.conversations()).find((each) => each.kind !== 'direct' && each.name === channel);
    const answer = await get(name, 'messages', { conversation: place?.id ?? '' });
    return ((await answer.json()) as { messages: ViewMessage[] }).messages;
  }
  const { platform } = stage;
  const house: { inbound?: Inbound } = {};
  const remembering: Platform = Object.assign(Object.create(platform) as Platform, {
    async start(inbound: Inbound) {
      house.inbound = inbound;
      await platform.start(inbound);
    },
  });
  /** The bot is the server: without it there is no page, and what it says meanwhile is there when it opens again. */
  const closes = async () => {
    await platform.stop();
    return async () => {
      if (house.inbound) await platform.start(house.inbound);
    };
  };
  let turns = 0;
  /** The form on each person's screen: the page closes it when anything else is answered. */
  const forms = new Map<string, string | null>();
  const { as } = stage;
  const watched = (name: string): Persona => {
    const persona = as(name);
    const shown = async (answer: Promise<Seen>): Promise<Seen> => {
      turns += 1;
      const seen = await answer;
      forms.set(name, seen.form?.title ?? null);
      return seen;
    };
    return {
      ...persona,
      types: (...line) => shown(persona.types(...line)),
      presses: (...label) => shown(persona.presses(...label)),
      fills: (values) => shown(persona.fills(values)),
    };
  };
  return Object.assign(stage, {
    platform: remembering,
    goesAway: closes,
    cutsOff: closes,
    as: watched,
    loses,
    views,
    // The page waits for its server as long as that takes: there is nothing to be too late for.
    handed: () => ({ total: turns, waiting: 0, failed: [] }),
    async glance(name: string) {
      const places = (await stage.ledger.conversations()).filter((each) => each.kind === 'channel');
      const all = (await Promise.all(places.map((place) => views(name, place.name)))).flat();
      return {
        form: forms.get(name) ?? null,
        words: all.map((message) => (message.view ? plainLines(message.view) : (message.text ?? ''))).join('\n'),
      };
    },
    sees: async (name: string, channel: string) =>
      (await views(name, channel)).map((message) => ({
        id: message.id,
        edited: message.edits > 0,
        text: message.view ? plainLines(message.view) : (message.text ?? ''),
        buttons: message.view ? pressable(message.view).map(({ label }) => label) : [],
        form: null,
      })),
    download: async (name: string, message: string, index: number) =>
      new Uint8Array(await (await get(name, 'file', { message, index: String(index) })).arrayBuffer()),
  });
}

export const PLAYGROUND: Contract<Stage> = {
  name: 'playground',
  open,
  offers: {
    'a typed command': HAS,
    'a form': HAS,
    'a field error': HAS,
    'a button': HAS,
    'an edit after a press': HAS,
    'an answer that one person sees': HAS,
    autocomplete: HAS,
    'a person chosen from a list': {
      lacks: 'the field searches the register',
      async instead({ hà, signs }) {
        const ref = await signs('Handed to somebody');
        const form = await hà.types(`/commitment assign ${ref}`, { where: 'general' });
        expect(form.form?.fields.map((field) => field.label)).toEqual(['Officer']);
        expect((await hà.fills({ Officer: 'Thị Lan' })).text).toContain(`Nguyễn Thị Lan answers for ${ref}`);
      },
    },
    'more than five fields': HAS,
    'a shortcut': {
      lacks: 'its command opens the same form',
      instead: ({ lan }) => opensForm(lan, '/progress report', 'Report progress'),
    },
    'a shortcut on a message': {
      lacks: 'the form takes the words',
      async instead(scene) {
        const ref = await scene.signs('Spoken of in a channel');
        await opensForm(scene.lan, '/obstacle report', 'Report an obstacle');
        const words = 'The cranes are stuck at the border.';
        expect((await scene.lan.fills({ Commitment: ref, 'What stands in the way': words })).text).toContain(ref);
      },
    },
    'a page of one’s own': {
      lacks: 'the list is one command away',
      async instead({ zahra, minh, signs }) {
        const ref = await signs('Kept on my page', { lead: 'MOF' });
        expect((await zahra.types('/my list', { where: 'general' })).text).toContain(`${ref} Kept on my page`);
        expect((await minh.types('/my list', { where: 'general' })).text).not.toContain('Kept on my page');
      },
    },
    'a file in': HAS,
    'a file dropped into a form': HAS,
    'a file out': {
      has: (stage) => ({
        async received(channel) {
          const files = (await stage.views('Lan', channel)).flatMap((message) =>
            (message.view?.blocks ?? []).flatMap((block) => (block.is === 'file' ? [{ message, block }] : [])),
          );
          return Promise.all(
            files.map(async ({ message, block }) => ({
              name: block.name,
              bytes: await stage.download('Lan', message.id, block.index),
            })),
          );
        },
      }),
    },
    'a direct message': HAS,
    'a direct message refused': {
      // Nobody closes their messages here; but somebody may have left.
      has: ({ people }) => {
        const away: typeof people = [];
        return {
          closes(name) {
            away.push(
              ...people.splice(
                people.findIndex((person) => person.name === name),
                1,
              ),
            );
          },
          opens() {
            people.push(...away.splice(0));
          },
        };
      },
    },
    'a private conversation': {
      has: (stage) => ({
        async mayWrite(name, conversation) {
          const typed = await stage
            .as(name)
            .types('Shall we meet?', { where: conversation })
            .catch(() => null);
          return typed !== null;
        },
      }),
    },
    'a long message': HAS,
    'a moment in each reader’s own zone': {
      has: (stage) => ({
        async instants(channel) {
          const last = (await stage.views('Lan', channel)).at(-1);
          const found = [
            ...JSON.stringify(last?.view ?? null).matchAll(/"is":"moment","text":"[^"]*","at":"([^"]+)"/g),
          ];
          return found.map(([, at = '']) => at.replace(MILLISECONDS, '.000Z'));
        },
      }),
    },
    'words that would ping': {
      lacks: 'nothing on the page pings or links: its words are text',
      async instead({ stage, hà, lan }) {
        const nasty = '<!channel> <script>alert(1)</script> @everyone [c](https://evil.example) <img src=x onerror=y>';
        await hà.types('/commitment register', { where: 'general' });
        const done = await hà.fills({ Title: nasty, 'Lead agency': 'Bộ Xây dựng', Due: '2029' });
        expect(done.text).toContain(nasty);
        await stage.platform.post(stage.channelId('general'), said(nasty), 'nasty-1');
        const last = (await stage.views('Lan', 'general')).at(-1);
        // It reaches the page as one piece of text, which the page writes as text.
        expect(last?.view?.blocks).toEqual([{ is: 'paragraph', text: [{ is: 'text', text: nasty }] }]);
        expect((await lan.types('/commitment find everyone')).text).toContain('@everyone');
      },
    },
    'Vietnamese and Arabic': HAS,
    'a rate limit': {
      lacks: 'nothing is limited: whatever is said in a burst stands there, in order',
      async instead({ stage, key }) {
        const where = stage.channelId('general');
        const lines = Array.from({ length: 60 }, (_, at) => `Burst ${at}.`);
        for (const line of lines) await stage.platform.post(where, said(line), key());
        const seen = (await stage.messagesIn('general')).map((message) => message.text);
        expect(seen.filter((text) => text.startsWith('Burst '))).toEqual(lines);
      },
    },
    'an answer that is lost': {
      has: ({ loses, channelId }) => ({
        losesNextPost(where) {
          loses.next = channelId(where);
        },
      }),
    },
    'a line that breaks': HAS,
  },
};
