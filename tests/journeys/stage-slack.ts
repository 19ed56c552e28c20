import { createSlack } from '../../src/chat/slack/index.ts';
import type { InputBlock, Option } from '../doubles/slack/blocks.ts';
import { readForm } from '../doubles/slack/form-screen.ts';
import { openSlackDouble, type SlackDouble, type SlackDoubleOptions } from '../doubles/slack/index.ts';
import { pressables } from '../doubles/slack/pressables.ts';
import { readBlock, readMessage } from '../doubles/slack/screen.ts';
import { inputsOf } from '../doubles/slack/view-state.ts';
import type { Channel, OpenView, SlackMessage, User } from '../doubles/slack/workspace.ts';
import type { Cast, Inbound, OpenStage, Persona, Seen, SeenMessage, Stage, Upload } from './stage.ts';

/**
 * How many looks in a row must find nothing going on before what was done counts as answered (looks, not time: a busy
 * machine stands still for both); and how many milliseconds to wait at most.
 */
const CALM_LOOKS = 8;
const BETWEEN_LOOKS = 5;
const PATIENCE = 60_000;

export interface SlackStage extends Stage {
  readonly double: SlackDouble;
  /** Where Slack's requests arrive, if it sends any. */
  requestAddress(): string | null;
}

/** What requests are signed with. */
export const SECRET = '8f742231b10e8888abcd99eeefff85a5';

interface StageOptions extends SlackDoubleOptions {
  /** Slack sends signed requests, where it else uses a socket. */
  readonly requests?: boolean;
  readonly commandPrefix?: string;
  /** Milliseconds a form may take before it says that it is being saved. */
  readonly patience?: number;
  /** Milliseconds a socket may say nothing. */
  readonly silence?: number;
}

/** A stage on Slack: the real adapter and SDK over the double. */
export async function openSlackStage(cast: Cast, options: StageOptions = {}): Promise<SlackStage> {
  const double = await openSlackDouble(options);
  const { workspace, users } = double;
  const people = new Map<string, User>(cast.people.map((each) => [each.name, workspace.addUser(each)]));
  for (const name of cast.channels) {
    const members = [workspace.bot.id, ...[...people.values()].map((user) => user.id)];
    workspace.addChannel({ name, kind: 'public', creator: workspace.bot.id, members });
  }
  let running = 0;
  const clock = options.clock?.now ?? options.now ?? Date.now;
  const slack = createSlack({
    botToken: double.tokens.bot,
    receives: options.requests
      ? { signingSecret: SECRET, host: '127.0.0.1', port: 0 }
      : { appToken: double.tokens.app },
    apiUrl: double.apiUrl,
    log: { info() {}, warn() {}, error() {} },
    now: () => new Date(clock()).toISOString(),
    ...(options.commandPrefix === undefined ? {} : { commandPrefix: options.commandPrefix }),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
    ...(options.silence === undefined ? {} : { silence: options.silence }),
  });
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
  /** The house's door, watched: while somebody is inside, nothing is answered yet. */
  const watched = (inbound: Inbound): Inbound => ({
    ...inbound,
    plan: (interaction) => during(() => inbound.plan(interaction)),
    run: (interaction, progress) => during(() => inbound.run(interaction, progress)),
    complete: (query) => during(() => inbound.complete(query)),
  });
  let started = false;
  const platform = {
    ...slack,
    start: async (inbound: Inbound) => {
      await slack.start(watched(inbound));
      started = true;
      const url = slack.requestAddress();
      if (url !== null) double.deliversTo({ url, secret: SECRET });
    },
    stop: async () => {
      started = false;
      await slack.stop();
    },
  };

  /** Waits until nothing is on its way and nothing has changed for a moment. */
  async function settle(): Promise<void> {
    const end = Date.now() + PATIENCE;
    let before = -1;
    for (let calm = 0; calm < CALM_LOOKS; calm++) {
      if (Date.now() > end) throw new Error('the bot did not finish answering');
      const state = workspace.changes() + double.calls.length;
      const busy = running > 0 || double.inFlight() > 0 || double.socket.waiting() > 0;
      if (busy || state !== before) calm = -1;
      before = state;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
  }

  const channelNamed = (name: string): Channel => {
    const found = [...workspace.channels.values()].find((channel) => channel.name === name && channel.kind !== 'im');
    if (!found) throw new Error(`there is no channel ${name}`);
    return found;
  };
  const seenMessage = (message: SlackMessage): SeenMessage => ({
    ...readMessage(message, workspace.users),
    id: message.ts,
    edited: message.edited,
    form: null,
  });

  function persona(user: User): Persona {
    const place = (where: string | undefined) =>
      where === undefined ? workspace.direct(user.id, workspace.bot.id) : channelNamed(where);
    const visible = (): { channel: Channel; message: SlackMessage }[] =>
      [...workspace.channels.values()]
        .filter((channel) => channel.members.has(user.id))
        .flatMap((channel) => channel.messages.map((message) => ({ channel, message })))
        .filter(({ message }) => message.only === undefined || message.only === user.id)
        .toSorted((a, b) => Number(a.message.ts) - Number(b.message.ts));

    /** What is new on this person's screen since a moment. */
    function look(since: number): Seen {
      const fresh = visible()
        .filter(({ message }) => message.changed > since && message.user !== user.id)
        .map(({ message }) => readMessage(message, workspace.users));
      const view = users.viewOf(user.id);
      const words =
        view?.view.blocks
          .filter((block) => block.type !== 'input')
          .flatMap((block) => readBlock(block, workspace.users)) ?? [];
      return {
        text: [...fresh.map((each) => each.text), ...(view && !view.view.submit ? words : [])].join('\n'),
        buttons: fresh.flatMap((each) => each.buttons),
        form: view?.view.submit ? readForm(view, words, workspace.users) : null,
      };
    }

    async function after(act: () => Promise<unknown>): Promise<Seen> {
      if (!started) throw new Error('the platform was not started');
      const since = workspace.changes();
      await act();
      await settle();
      return look(since);
    }

    /** A view covers everything else: whoever types or presses has closed it. */
    function closeView(): void {
      const view = users.viewOf(user.id);
      if (view) users.close(view);
    }

    async function openView(): Promise<OpenView> {
      const view = users.viewOf(user.id);
      if (!view) throw new Error(`${user.name} has no form open`);
      return view;
    }

    async function fill(view: OpenView, id: string, block: InputBlock, value: string | Upload): Promise<void> {
      const set = (state: Record<string, unknown>) =>
        view.values.set(id, { [block.element.action_id]: { type: block.element.type, ...state } });
      if (typeof value !== 'string') {
        if (block.element.type !== 'file_input') throw new Error(`"${block.label.text}" takes no file`);
        set({ files: [users.uploads(user.id, value)] });
        return;
      }
      switch (block.element.type) {
        case 'plain_text_input':
          if (value.length > (block.element.max_length ?? 3000))
            throw new Error(`"${block.label.text}" takes no more than ${block.element.max_length} characters`);
          set({ value: value === '' ? null : value });
          return;
        case 'static_select': {
          const chosen = block.element.options.find((each) => each.text.text === value || each.value === value);
          if (!chosen && value !== '') throw new Error(`"${block.label.text}" does not offer ${value}`);
          set({ selected_option: chosen ?? null });
          return;
        }
        case 'external_select': {
          const [first]: readonly (Option | undefined)[] =
            value === '' ? [] : await users.suggest(view, id, block, value);
          if (!first && value !== '') throw new Error(`"${block.label.text}" finds nothing for ${value}`);
          set({ selected_option: first ?? null });
          return;
        }
        case 'users_select':
          set({ selected_user: [...people.values()].find((each) => each.name === value)?.id ?? null });
          return;
        case 'file_input':
          throw new Error(`"${block.label.text}" takes a file`);
        default:
          block.element satisfies never;
      }
    }

    async function types(
      line: string,
      how: { where?: string; file?: { name: string; bytes: Uint8Array } } = {},
    ): Promise<Seen> {
      const channel = place(how.where);
      closeView();
      const since = workspace.changes();
      const seen = await after(async () => {
        const [command = '', ...words] = line.split(' ');
        if (command.startsWith('/')) return users.slash(user.id, channel, command, words.join(' '));
        if (how.where !== undefined) throw new Error('the bot hears nothing but commands in a channel');
        return users.writes(user.id, line, how.file ? [how.file] : []);
      });
      // A slash command carries no file: it is chosen in the form, which is sent in where nothing else is asked.
      const view = users.viewOf(user.id);
      if (!how.file || !view) return seen;
      const input = inputsOf(view.view).find(({ block }) => block.element.type === 'file_input');
      if (!input) return seen;
      view.values.set(input.id, {
        [input.block.element.action_id]: { type: 'file_input', files: [users.uploads(user.id, how.file)] },
      });
      const result = await users.submit(view);
      await settle();
      if ('incomplete' in result) view.errors = {};
      return look(since);
    }

    return {
      accountId: user.id,
      types,
      async presses(label, how = {}) {
        closeView();
        const candidates = visible()
          .toReversed()
          .filter(({ channel }) => how.where === undefined || channel === channelNamed(how.where));
        for (const { channel, message } of candidates) {
          if (how.on !== undefined && !readMessage(message, workspace.users).text.includes(how.on)) continue;
          const found = pressables(message.blocks).find((each) => each.label === label);
          if (found) return after(() => users.press(user.id, channel, message, found));
        }
        throw new Error(`${user.name} sees nothing called ${label}`);
      },
      async fills(values) {
        const view = await openView();
        const inputs = inputsOf(view.view);
        for (const [label, value] of Object.entries(values)) {
          const input = inputs.find(({ block }) => block.label.text === label);
          if (!input)
            throw new Error(
              `the form has no field ${label}: ${inputs.map(({ block }) => block.label.text).join(', ')}`,
            );
          // Whoever is not in the workspace's list is found in the field below it.
          const listed = input.block.element.type !== 'users_select' || typeof value !== 'string' || people.has(value);
          const below = inputs[inputs.indexOf(input) + 1];
          const { id, block } = listed || !below ? input : below;
          await fill(view, id, block, value);
        }
        return after(() => users.submit(view));
      },
      async completes(path, blank, typed) {
        const [noun, verb] = path.split('/');
        const already = users.viewOf(user.id);
        if (!already) await types(`/${noun} ${verb}`);
        const view = users.viewOf(user.id);
        const input = view && inputsOf(view.view).find(({ id }) => id.split('/')[0] === blank);
        const options = view && input ? await users.suggest(view, input.id, input.block, typed) : [];
        await settle();
        if (!already && view) users.close(view);
        return options.map((each) => each.text.text);
      },
      async directMessages() {
        await settle();
        return workspace
          .direct(user.id, workspace.bot.id)
          .messages.filter((message) => message.user === workspace.bot.id && message.only === undefined)
          .map(seenMessage);
      },
    };
  }

  return {
    double,
    platform,
    as(name) {
      const user = people.get(name);
      if (!user) throw new Error(`${name} is not in the cast`);
      return persona(user);
    },
    async messagesIn(channel) {
      await settle();
      return channelNamed(channel)
        .messages.filter((message) => message.only === undefined)
        .map(seenMessage);
    },
    async privateConversations() {
      await settle();
      return [...workspace.channels.values()]
        .filter((channel) => channel.kind === 'private' && channel.creator === workspace.bot.id)
        .map((channel) => ({
          name: channel.name,
          members: [...channel.members]
            .filter((id) => id !== workspace.bot.id)
            .map((id) => workspace.users.get(id)?.name ?? id),
        }));
    },
    channelId: (name) => channelNamed(name).id,
    requestAddress: slack.requestAddress,
    async [Symbol.asyncDispose]() {
      if (started) await platform.stop();
      await double[Symbol.asyncDispose]();
    },
  };
}

export const openStage: OpenStage = openSlackStage;
