import { expect } from 'vitest';
import { pressables } from '../../doubles/slack/pressables.ts';
import { readBlock, readMessage } from '../../doubles/slack/screen.ts';
import type { Channel } from '../../doubles/slack/workspace.ts';
import { alarmsOnSlack } from '../../journeys/alarms.ts';
import { openSlackStage, type SlackStage } from '../../journeys/stage-slack.ts';
import { type Contract, type ContractStage, HAS } from './contract.ts';

type Stage = SlackStage & ContractStage;

const channelNamed = ({ double }: SlackStage, name: string): Channel => {
  const found = [...double.workspace.channels.values()].find((each) => each.kind !== 'im' && each.name === name);
  if (!found) throw new Error(`there is no channel ${name}`);
  return found;
};
const userNamed = ({ double }: SlackStage, name: string) => {
  const found = [...double.workspace.users.values()].find((each) => each.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

export const SLACK: Contract<Stage> = {
  name: 'slack',
  async open(cast, now) {
    const stage = await openSlackStage(cast, { now });
    const { workspace, users, handed, socket } = stage.double;
    const connected = () => expect.poll(() => socket.connections()).toBe(1);
    return Object.assign(stage, {
      async goesAway() {
        const back = await stage.double.outage();
        return async () => {
          await back();
          await connected();
        };
      },
      async cutsOff() {
        socket.refuse(true);
        socket.cut();
        await expect.poll(() => socket.connections()).toBe(0);
        return async () => {
          socket.refuse(false);
          await connected();
        };
      },
      handed: () => handed,
      async glance(name: string) {
        const { id } = userNamed(stage, name);
        const view = users.viewOf(id)?.view;
        const messages = [...workspace.channels.values()]
          .filter((channel) => channel.members.has(id))
          .flatMap((channel) => channel.messages)
          .filter((message) => message.only === undefined || message.only === id)
          .map((message) => readMessage(message, workspace.users).text);
        const inView = (view?.blocks ?? []).flatMap((block) => readBlock(block, workspace.users));
        return { form: view?.submit ? view.title.text : null, words: [...messages, ...inView].join('\n') };
      },
      async sees(name: string, where: string) {
        await stage.messagesIn(where);
        const channel = channelNamed(stage, where);
        const { id } = userNamed(stage, name);
        if (channel.kind === 'private' && !channel.members.has(id)) throw new Error(`${name} is not in ${where}`);
        return channel.messages
          .filter((message) => message.only === undefined || message.only === id)
          .map((message) => ({
            ...readMessage(message, stage.double.workspace.users),
            id: message.ts,
            edited: message.edited,
            form: null,
          }));
      },
    });
  },
  offers: {
    'a typed command': HAS,
    'a form': HAS,
    'a field error': HAS,
    'a button': HAS,
    'an edit after a press': HAS,
    'an answer that one person sees': HAS,
    autocomplete: {
      lacks: 'a slash command’s words complete nothing: the form’s field searches',
      async instead({ lan, signs }) {
        const ref = await signs('Autonomous ferries for the delta');
        const form = await lan.types('/commitment show', { where: 'general' });
        expect(form.form?.fields.map((field) => field.label)).toEqual(['Commitment']);
        expect(await lan.completes('commitment/show', 'commitment', 'autonomous fer')).toEqual([
          expect.stringContaining(`${ref} Autonomous ferries`),
        ]);
        expect((await lan.fills({ Commitment: 'autonomous fer' })).text).toContain('Autonomous ferries for the delta');
      },
    },
    'a person chosen from a list': HAS,
    'more than five fields': HAS,
    'a shortcut': {
      has: (stage) => ({
        async chooses(name, command) {
          await stage.double.users.shortcut(userNamed(stage, name).id, command);
          await stage.messagesIn('general');
        },
      }),
    },
    'a shortcut on a message': {
      has: (stage) => ({
        async writes(name, where, text) {
          const { workspace } = stage.double;
          const ts = workspace.nextTs();
          const user = userNamed(stage, name).id;
          const message = { ts, user, text, blocks: [], edited: false, files: [], changed: workspace.touch() };
          channelNamed(stage, where).messages.push(message);
          return ts;
        },
        async choosesOn(name, where, ts, command) {
          const channel = channelNamed(stage, where);
          const message = channel.messages.find((each) => each.ts === ts);
          if (!message) throw new Error('that message is not there');
          await stage.double.users.messageShortcut(userNamed(stage, name).id, channel, message, `message:${command}`);
          await stage.messagesIn('general');
        },
      }),
    },
    'a page of one’s own': {
      has: (stage) => ({
        async page(name) {
          const { users, workspace } = stage.double;
          const { id } = userNamed(stage, name);
          if (!workspace.homes.has(id)) await users.opensHome(id);
          await stage.messagesIn('general');
          const blocks = workspace.homes.get(id)?.view.blocks ?? [];
          return {
            text: blocks.flatMap((block) => readBlock(block, workspace.users)).join('\n'),
            buttons: pressables(blocks).map((each) => each.label),
          };
        },
      }),
    },
    'a file in': HAS,
    'a file dropped into a form': HAS,
    'a file out': {
      has: (stage) => ({
        async received(where) {
          await stage.messagesIn(where);
          return channelNamed(stage, where)
            .messages.flatMap((message) => message.files)
            .map(({ name, bytes }) => ({ name, bytes: bytes ?? new Uint8Array() }));
        },
      }),
    },
    'a direct message': HAS,
    'a direct message refused': {
      has: (stage) => ({
        closes(name) {
          userNamed(stage, name).disabled = true;
        },
        opens(name) {
          userNamed(stage, name).disabled = false;
        },
      }),
    },
    'a private conversation': {
      has: (stage) => ({
        async mayWrite(name, where) {
          const channel = channelNamed(stage, where);
          return !channel.archived && channel.members.has(userNamed(stage, name).id);
        },
      }),
    },
    'a long message': HAS,
    'a moment in each reader’s own zone': {
      has: (stage) => ({
        async instants(where) {
          const sent = JSON.stringify((await blocksOf(stage, where)) ?? []);
          const seconds = [...sent.matchAll(/<!date\^(\d+)\^|"type":"date","timestamp":(\d+)/g)];
          return seconds.map(([, inText, inRich]) => new Date(Number(inText ?? inRich) * 1000).toISOString());
        },
      }),
    },
    'words that would ping': { has: ({ double }) => ({ alarms: async () => alarmsOnSlack(double) }) },
    'Vietnamese and Arabic': HAS,
    'a rate limit': {
      has: (stage) => ({
        limits: (where, retryAfter) =>
          stage.double.faults.plan(
            'chat.postMessage',
            { how: 'rate-limited', retryAfter },
            1,
            channelNamed(stage, where).id,
          ),
      }),
    },
    'an answer that is lost': {
      has: (stage) => ({
        losesNextPost: (where) =>
          stage.double.faults.plan('chat.postMessage', { how: 'answer-lost' }, 1, channelNamed(stage, where).id),
      }),
    },
    'a line that breaks': HAS,
  },
};

async function blocksOf(stage: SlackStage, where: string): Promise<unknown> {
  await stage.messagesIn(where);
  return channelNamed(stage, where).messages.findLast((message) => message.only === undefined)?.blocks;
}
