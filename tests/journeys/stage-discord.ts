import { createDiscord } from '../../src/chat/discord/index.ts';
import { parseWords } from '../../src/chat/grammar.ts';
import type { Inbound, IncomingFile } from '../../src/chat/interaction.ts';
import { LANGS } from '../../src/chat/language.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { type DiscordDouble, type DoubleOptions, openDiscordDouble } from '../doubles/discord/index.ts';
import type { Live, OpenModal } from '../doubles/discord/interactions.ts';
import type { Given } from '../doubles/discord/people.ts';
import { isJson, jsonList } from '../doubles/discord/problems.ts';
import { readable, screenOf } from '../doubles/discord/screen.ts';
import { type Channel, type Message, PERMISSIONS, type User } from '../doubles/discord/world.ts';
import type { Cast, OpenStage, Persona, Seen, SeenMessage, Stage } from './stage.ts';

export interface DiscordStage extends Stage {
  readonly double: DiscordDouble;
}

interface StageOptions extends DoubleOptions {
  /** Whether what the adapter warns of is printed: yes, unless the test means it to go wrong. */
  readonly quiet?: boolean;
}

/** The stage over Discord's double, with the real adapter and the real SDK. Commands are global, so that they work in direct messages. */
export async function openDiscordStage(cast: Cast, options: StageOptions = {}): Promise<DiscordStage> {
  const double = await openDiscordDouble(options);
  const clock = options.now ?? Date.now;
  const { world } = double;
  const users = new Map(cast.people.map((person) => [person.name, world.addUser(person.name, person.locale)]));
  for (const name of cast.channels) world.addChannel(name);

  const complain = (facts: object, message: string) => {
    if (!options.quiet) console.error('discord:', message, facts);
  };
  const discord = createDiscord({
    token: double.token,
    apiUrl: double.apiUrl,
    log: { info() {}, warn: complain, error: complain },
    now: () => new Date(clock()).toISOString(),
  });
  let inbound: Inbound | null = null;
  let running = false;
  const platform: Platform = {
    ...discord,
    async start(given) {
      inbound = given;
      await discord.start(given);
      running = true;
    },
    async stop() {
      running = false;
      await discord.stop();
    },
  };

  const user = (name: string): User => {
    const found = users.get(name);
    if (!found) throw new Error(`nobody called ${name} is in the cast`);
    return found;
  };
  const channel = (name: string): Channel => {
    const found = [...world.channels.values()].find((each) => each.name === name.replace(/^#/, ''));
    if (!found) throw new Error(`no channel ${name}`);
    return found;
  };
  const shapes = () => inbound?.commands ?? [];

  const seenMessage = (message: Message): SeenMessage => {
    const { text, pressables } = screenOf(world, message);
    return {
      id: message.id,
      edited: message.edited !== null,
      text,
      buttons: pressables.map((each) => each.label),
      form: null,
    };
  };

  /** What is wrong with a field stands where its hint stood. */
  function errorOf(path: string, name: string, description: string): { error?: string } {
    const option = shapes()
      .find((shape) => shape.path === path)
      ?.options.find((each) => each.name === name);
    const hints = LANGS.map((lang) => option?.hint(lang) ?? '');
    return description === '' || hints.includes(description) ? {} : { error: description };
  }

  function seenForm(modal: OpenModal): { form: NonNullable<Seen['form']>; text: string } {
    const path = String(modal.data.custom_id).split('?')[0] ?? '';
    const parts = jsonList(modal.data.components);
    const fields = parts.flatMap((part) => {
      const input = part.component;
      if (!isJson(input)) return [];
      const chosen = jsonList(input.options).find((option) => option.default === true);
      const person = world.users.get(String(jsonList(input.default_values)[0]?.id ?? ''));
      const value = String(chosen?.label ?? person?.global_name ?? input.value ?? '');
      const name = String(input.custom_id).replace(/@$/, '');
      return [{ label: String(part.label), value, ...errorOf(path, name, String(part.description ?? '')) }];
    });
    const said = parts.filter((part) => part.type === 10).map((part) => readable(world, String(part.content)));
    const title = String(modal.data.title);
    return { form: { title, fields }, text: [title, ...said, ...fields.map((field) => field.label)].join('\n') };
  }

  /** Waits until the bot has answered, and looks at what came of it. */
  async function seenOf(live: Live): Promise<Seen> {
    const how = await live.first;
    if (how === 'did not respond') return { text: 'The application did not respond', buttons: [], form: null };
    await discord.settled();
    const modal = double.interactions.modals.get(live.user);
    if (live.modal && modal?.data === live.modal) {
      return { ...seenForm(modal), buttons: [] };
    }
    const screens = [...live.produced].flatMap((id) => {
      const message = world.messages.get(id);
      return message && world.sees(live.user, message) ? [screenOf(world, message)] : [];
    });
    return {
      text: screens.map((screen) => screen.text).join('\n'),
      buttons: screens.flatMap((screen) => screen.pressables.map((each) => each.label)),
      form: null,
    };
  }

  function as(name: string): Persona {
    const me = user(name);
    const home = (where: string | undefined) => (where === undefined ? world.direct(me.id) : channel(where));
    return {
      accountId: me.id,
      async types(line, { where, file } = {}) {
        const [, noun, verb, words = ''] = /^\/(\S+)\s+(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
        const path = `${noun}/${verb}`;
        const shape = shapes().find((each) => each.path === path);
        if (!shape) throw new Error(`Discord offers no ${line}`);
        const files: IncomingFile[] = file
          ? [{ name: file.name, size: file.bytes.byteLength, fetch: async () => file.bytes }]
          : [];
        const { blanks, rest } = parseWords(shape.options, words, files);
        if (rest !== '') throw new Error(`Discord's options of /${path} take no words like "${rest}"`);
        const given = Object.entries(blanks).map(([option, value]): [string, Given] => [
          option,
          typeof value === 'string' || !file ? String(value) : file,
        ]);
        return seenOf(double.people.command(me.id, home(where).id, path, Object.fromEntries(given)));
      },
      async presses(label, { on, where } = {}) {
        const place = where === undefined ? null : channel(where).id;
        for (const message of [...world.messages.values()].toReversed()) {
          if (message.loading || !world.sees(me.id, message) || (place !== null && message.channel_id !== place))
            continue;
          const { text, pressables } = screenOf(world, message);
          const found = pressables.find((each) => each.label === label);
          if (!found || (on !== undefined && !text.includes(on))) continue;
          return seenOf(
            double.people.press(me.id, message, found.customId, found.value === undefined ? undefined : [found.value]),
          );
        }
        throw new Error(`${name} sees nothing called [${label}]${on === undefined ? '' : ` on "${on}"`}`);
      },
      async fills(values) {
        const modal = double.interactions.modals.get(me.id);
        const labels = jsonList(modal?.data.components).filter((part) => part.type === 18);
        const listed = modal ? double.people.listedIn(modal.channel, me.id) : [];
        const given = Object.entries(values).map(([label, value]): [string, Given] => {
          const input = labels.find((part) => part.label === label)?.component;
          if (!isJson(input))
            throw new Error(
              `no field called ${label}; there are ${labels.map((part) => String(part.label)).join(', ') || 'none'}`,
            );
          if (input.type === 5) {
            const chosen = listed.find((each) => each.global_name === value);
            // Whoever is not in the list is named in the field below it.
            return chosen ? [String(input.custom_id), chosen.id] : [String(input.custom_id).replace(/@$/, ''), value];
          }
          const option = jsonList(input.options).find((each) => each.label === value);
          return [String(input.custom_id), option ? String(option.value) : value];
        });
        return seenOf(double.people.submit(me.id, Object.fromEntries(given)));
      },
      async completes(path, blank, typed) {
        const live = double.people.autocomplete(me.id, world.direct(me.id).id, path, blank, typed);
        await live.first;
        return (live.choices ?? []).map((choice) => String(choice.name));
      },
      async directMessages() {
        return world
          .messagesOf(world.direct(me.id).id)
          .filter((message) => !message.loading && world.sees(me.id, message))
          .map(seenMessage);
      },
    };
  }

  return {
    double,
    platform,
    as,
    async messagesIn(name) {
      return world
        .messagesOf(channel(name).id)
        .filter((message) => !message.loading && message.onlyFor === undefined)
        .map(seenMessage);
    },
    async privateConversations() {
      const hidden = [...world.channels.values()].filter((each) =>
        each.overwrites.some(
          (overwrite) => overwrite.id === world.guildId && (BigInt(overwrite.deny) & PERMISSIONS.view) !== 0n,
        ),
      );
      return hidden.map((each) => ({
        name: each.name,
        members: [...world.users.values()]
          .filter((one) => !one.bot && (world.permissions(one.id, each) & PERMISSIONS.view) !== 0n)
          .map((one) => one.global_name),
      }));
    },
    channelId: (name) => channel(name).id,
    async [Symbol.asyncDispose]() {
      if (running) await platform.stop();
      await double[Symbol.asyncDispose]();
    },
  };
}

export const openStage: OpenStage = openDiscordStage;
