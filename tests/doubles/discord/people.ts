import type { Interactions, Live } from './interactions.ts';
import type { Messages } from './messages.ts';
import { isJson, type Json, jsonList } from './problems.ts';
import type { Commands } from './routes.ts';
import { attachmentJson, channelJson, memberJson, messageJson, userJson } from './shapes.ts';
import type { Message, User, World } from './world.ts';

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
export type Given = string | SentFile;

interface Parts {
  readonly world: World;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly commands: Commands;
  tell(t: string, d: unknown): void;
}

/** What people do in Discord's own client, which lets through only what was offered to them. */
export function createPeople({ world, interactions, messages, commands, tell }: Parts) {
  function send(live: Live, data: Json): Live {
    const user = world.user(live.user);
    const channel = world.channel(live.channel);
    const direct = channel.type === 1;
    tell('INTERACTION_CREATE', {
      id: live.id,
      application_id: world.bot.id,
      type: live.type,
      token: live.token,
      version: 1,
      data,
      channel_id: channel.id,
      channel: channelJson(world, channel),
      ...(direct
        ? { user: userJson(user) }
        : {
            guild_id: world.guildId,
            guild_locale: 'en-US',
            member: memberJson(user, world.permissions(user.id, channel)),
          }),
      locale: user.locale,
      app_permissions: String(world.permissions(world.bot.id, channel)),
      entitlements: [],
      authorizing_integration_owners: { '0': direct ? '0' : world.guildId },
      context: direct ? 1 : 0,
      attachment_size_limit: 10 * 1024 * 1024,
      ...(live.pressed ? { message: messageJson(world, live.pressed) } : {}),
    });
    return live;
  }

  /** The command as registered where the person types, or an error: Discord offers nothing else. */
  function offered(path: string, channel: string): { command: Json; verb: Json } {
    const direct = world.channel(channel).type === 1;
    const [noun, verb] = path.split('/');
    const here = [
      ...(direct ? [] : (commands.registered.get(world.guildId) ?? [])),
      ...(commands.registered.get('global') ?? []),
    ];
    const command = here.find(
      (each) => each.name === noun && (!direct || !Array.isArray(each.contexts) || each.contexts.includes(1)),
    );
    const found = jsonList(command?.options).find((option) => option.type === 1 && option.name === verb);
    if (!command || !found) throw new Error(`Discord offers no /${path.replace('/', ' ')} here`);
    return { command, verb: found };
  }

  function demandSeeing(user: string, channel: string): void {
    if ((world.permissions(user, world.channel(channel)) & (1n << 10n)) === 0n)
      throw new Error('this person does not see that channel');
  }

  const upload = (file: SentFile) =>
    messages.keep({ name: file.name, type: 'application/octet-stream', bytes: file.bytes }, file.name);

  return {
    /** Types a slash command with options; files go into attachment options. */
    command(user: string, channel: string, path: string, given: Readonly<Record<string, Given>>): Live {
      demandSeeing(user, channel);
      const { command, verb } = offered(path, channel);
      const attachments: Record<string, unknown> = {};
      const options = Object.entries(given).map(([name, value]) => {
        const option = jsonList(verb.options).find((each) => each.name === name);
        if (!option) throw new Error(`/${path} has no option ${name} on Discord`);
        return { name, type: option.type, value: accepted(option, value, attachments) };
      });
      for (const option of jsonList(verb.options))
        if (option.required === true && !(String(option.name) in given))
          throw new Error(`Discord wants ${String(option.name)} before it sends /${path}`);
      return send(interactions.open(2, user, channel), {
        id: command.id,
        name: command.name,
        type: 1,
        options: [{ name: verb.name, type: 1, options }],
        ...(Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {}),
      });
    },

    /** Types into an option that completes. */
    autocomplete(user: string, channel: string, path: string, name: string, typed: string): Live {
      const { command, verb } = offered(path, channel);
      const option = jsonList(verb.options).find((each) => each.name === name);
      if (option?.autocomplete !== true) throw new Error(`Discord completes no ${name} in /${path}`);
      return send(interactions.open(4, user, channel), {
        id: command.id,
        name: command.name,
        type: 1,
        options: [{ name: verb.name, type: 1, options: [{ name, type: 3, value: typed, focused: true }] }],
      });
    },

    /** Presses a button, or picks values of a select, on a message. */
    press(user: string, message: Message, customId: string, values?: readonly string[]): Live {
      if (!world.sees(user, message)) throw new Error('this person does not see that message');
      const live = interactions.open(3, user, message.channel_id, message);
      return send(live, { custom_id: customId, component_type: values ? 3 : 2, ...(values ? { values } : {}) });
    },

    /** Sends the form that is open in front of them. */
    submit(user: string, given: Readonly<Record<string, Given>>): Live {
      const modal = interactions.modals.get(user);
      if (!modal) throw new Error('no form is open');
      const attachments: Record<string, unknown> = {};
      const listed = listedIn(modal.channel, user);
      const chosen: User[] = [];
      const components = jsonList(modal.data.components).map((part, index) => {
        const input = part.component;
        if (part.type !== 18 || !isJson(input)) return { type: part.type, id: index + 1 };
        return {
          type: 18,
          id: index + 1,
          component:
            input.type === 5
              ? { ...chosenIn(input, given[String(input.custom_id)], listed, chosen), id: 100 + index }
              : { ...filled(input, given[String(input.custom_id)], attachments), id: 100 + index },
        };
      });
      interactions.modals.delete(user);
      return send(interactions.open(5, user, modal.channel, modal.pressed), {
        custom_id: modal.data.custom_id,
        components,
        ...(Object.keys(attachments).length + chosen.length > 0
          ? { resolved: { attachments, users: byId(chosen, userJson), ...membersOf(modal.channel, chosen) } }
          : {}),
      });
    },

    /** Whom a list of people offers somebody in a channel: in a direct message nobody but its two. */
    listedIn,
  };

  function listedIn(channel: string, user: string): User[] {
    if (world.channel(channel).type === 1) return [world.user(user), world.bot];
    return [...world.users.values()].filter((each) => each.inGuild);
  }

  function membersOf(id: string, users: readonly User[]): { members?: object } {
    const channel = world.channel(id);
    if (channel.type === 1) return {};
    return { members: byId(users, (each) => memberJson(each, world.permissions(each.id, channel))) };
  }

  /** A list of people: those chosen, or those it began with. */
  function chosenIn(input: Json, value: Given | undefined, listed: readonly User[], chosen: User[]): Json {
    const name = String(input.custom_id);
    const ids = value === undefined ? jsonList(input.default_values).map((each) => String(each.id)) : [value];
    const users = ids.map((id) => {
      const found = listed.find((each) => each.id === id);
      if (!found) throw new Error(`the list of ${name} does not show ${String(id)}`);
      return found;
    });
    if (input.required !== false && users.length === 0) throw new Error(`Discord wants ${name}`);
    chosen.push(...users);
    return { type: 5, custom_id: name, values: users.map((each) => each.id) };
  }

  function accepted(option: Json, value: Given, attachments: Record<string, unknown>): string {
    if (option.type === 11) {
      if (typeof value === 'string') throw new Error(`${String(option.name)} takes a file`);
      const kept = upload(value);
      attachments[kept.id] = attachmentJson(kept);
      return kept.id;
    }
    if (typeof value !== 'string') throw new Error(`${String(option.name)} takes no file`);
    const choices = jsonList(option.choices);
    if (choices.length > 0 && !choices.some((choice) => choice.value === value))
      throw new Error(`Discord offers no ${value} for ${String(option.name)}`);
    if (value.length > Number(option.max_length ?? 6000))
      throw new Error(`${String(option.name)} takes ${String(option.max_length)} characters`);
    return value;
  }

  function filled(input: Json, value: Given | undefined, attachments: Record<string, unknown>): Json {
    const name = String(input.custom_id);
    const required = input.required !== false;
    if (input.type === 4) {
      const text = value === undefined ? String(input.value ?? '') : value;
      if (typeof text !== 'string') throw new Error(`${name} takes no file`);
      if (required && text === '') throw new Error(`Discord wants ${name}`);
      if (text.length > Number(input.max_length ?? 4000))
        throw new Error(`${name} takes ${String(input.max_length)} characters`);
      return { type: 4, custom_id: name, value: text };
    }
    if (input.type === 3) {
      const options = jsonList(input.options);
      const values =
        value === undefined
          ? options.filter((option) => option.default === true).map((option) => option.value)
          : [value];
      if (values.some((each) => !options.some((option) => option.value === each)))
        throw new Error(`Discord offers no such choice for ${name}`);
      if (required && values.length === 0) throw new Error(`Discord wants ${name}`);
      return { type: 3, custom_id: name, values };
    }
    if (required && value === undefined) throw new Error(`Discord wants ${name}`);
    if (typeof value === 'string') throw new Error(`${name} takes a file`);
    if (value === undefined) return { type: 19, custom_id: name, values: [] };
    const kept = upload(value);
    attachments[kept.id] = attachmentJson(kept);
    return { type: 19, custom_id: name, values: [kept.id] };
  }
}

export type People = ReturnType<typeof createPeople>;

const byId = (users: readonly User[], shape: (user: User) => unknown) =>
  Object.fromEntries(users.map((user) => [user.id, shape(user)]));
