import { expect } from 'vitest';
import { screenOf } from '../../doubles/discord/screen.ts';
import { type Channel, PERMISSIONS, type User } from '../../doubles/discord/world.ts';
import { alarmsOnDiscord } from '../../journeys/alarms.ts';
import { type DiscordStage, openDiscordStage } from '../../journeys/stage-discord.ts';
import { type Contract, type ContractStage, HAS } from './contract.ts';
import { opensForm } from './scene.ts';

type Stage = DiscordStage & ContractStage;

const channelNamed = ({ double }: DiscordStage, name: string): Channel => {
  const found = [...double.world.channels.values()].find((each) => each.name === name);
  if (!found) throw new Error(`there is no channel ${name}`);
  return found;
};
const userNamed = ({ double }: DiscordStage, name: string): User => {
  const found = [...double.world.users.values()].find((each) => each.global_name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

export const DISCORD: Contract<Stage> = {
  name: 'discord',
  async open(cast, now) {
    const stage = await openDiscordStage(cast, { now, quiet: true });
    const { interactions, gateway, people } = stage.double;
    /** The bot hears and answers again; one that was stopped meanwhile may first have to leave its seat to it. */
    const connected = () =>
      expect
        .poll(() => {
          const [hà, general] = [userNamed(stage, 'Hà').id, channelNamed(stage, 'general').id];
          return people.autocomplete(hà, general, 'commitment/show', 'commitment', 'x').first;
        })
        .toBe('answered');
    return Object.assign(stage, {
      async goesAway() {
        const back = await stage.double.outage();
        return async () => {
          await back();
          await connected();
        };
      },
      async cutsOff() {
        gateway.down();
        return async () => {
          gateway.up();
          await connected();
        };
      },
      handed: () => interactions.handed(),
      async glance(name: string) {
        const { world } = stage.double;
        const { id } = userNamed(stage, name);
        const modal = interactions.modals.get(id);
        const seen = [...world.messages.values()].filter((message) => world.sees(id, message));
        return {
          form: modal ? String(modal.data.title) : null,
          words: seen.map((message) => (message.loading ? '…' : screenOf(world, message).text)).join('\n'),
        };
      },
      async sees(name: string, where: string) {
        const { world } = stage.double;
        const channel = channelNamed(stage, where);
        const { id } = userNamed(stage, name);
        if ((world.permissions(id, channel) & PERMISSIONS.view) === 0n)
          throw new Error(`${name} does not see ${where}`);
        return world
          .messagesOf(channel.id)
          .filter((message) => !message.loading && world.sees(id, message))
          .map((message) => {
            const { text, pressables } = screenOf(world, message);
            const buttons = pressables.map((each) => each.label);
            return { id: message.id, edited: message.edited !== null, text, buttons, form: null };
          });
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
    autocomplete: HAS,
    'a person chosen from a list': HAS,
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
        received: async (where) =>
          stage.double.world
            .messagesOf(channelNamed(stage, where).id)
            .flatMap((message) => message.attachments)
            .map(({ title, filename, bytes }) => ({ name: title ?? filename, bytes })),
      }),
    },
    'a direct message': HAS,
    'a direct message refused': {
      has: (stage) => ({
        closes(name) {
          userNamed(stage, name).dmsOpen = false;
        },
        opens(name) {
          userNamed(stage, name).dmsOpen = true;
        },
      }),
    },
    'a private conversation': {
      has: (stage) => ({
        async mayWrite(name, where) {
          const may = stage.double.world.permissions(userNamed(stage, name).id, channelNamed(stage, where));
          return (may & PERMISSIONS.send) !== 0n;
        },
      }),
    },
    'a long message': HAS,
    'a moment in each reader’s own zone': {
      has: (stage) => ({
        async instants(where) {
          const last = stage.double.world
            .messagesOf(channelNamed(stage, where).id)
            .findLast((message) => message.onlyFor === undefined);
          const seconds = [...JSON.stringify(last?.components ?? []).matchAll(/<t:(\d+)(?::[a-zA-Z])?>/g)];
          return seconds.map(([, each]) => new Date(Number(each) * 1000).toISOString());
        },
      }),
    },
    'words that would ping': { has: ({ double }) => ({ alarms: async () => alarmsOnDiscord(double) }) },
    'Vietnamese and Arabic': HAS,
    'a rate limit': {
      has: (stage) => ({
        limits: (where, retryAfter) =>
          stage.double.fail({
            method: 'POST',
            path: new RegExp(`^/channels/${channelNamed(stage, where).id}/messages$`),
            how: { retryAfter },
          }),
      }),
    },
    'an answer that is lost': {
      has: (stage) => ({
        losesNextPost: (where) =>
          stage.double.fail({
            method: 'POST',
            path: new RegExp(`^/channels/${channelNamed(stage, where).id}/messages$`),
            how: 'lost',
          }),
      }),
    },
    'a line that breaks': HAS,
  },
};
