import type { App, BlockAction, SlackViewAction, ViewStateValue } from '@slack/bolt';
import { decodeAction } from '../action.ts';
import { inTime } from '../in-time.ts';
import type { Blank, Inbound } from '../interaction.ts';
import { fromPeople } from '../text.ts';
import { bounded } from './bounded.ts';
import type { Heard } from './converse.ts';
import type { incomingFile, SlackFile } from './file.ts';
import type { Forms } from './forms.ts';
import type { Home } from './home.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './logger.ts';
import type { CommandNames } from './names.ts';
import type { People } from './people.ts';
import { chosenHere, FORM, fieldName, INPUT, option } from './render-form.ts';
import { meant } from './shortcuts.ts';
import type { Submitted } from './submit.ts';
import { pathOf, readable, unescapeEntities } from './words.ts';

/** Milliseconds a completion may take; later Slack shows an error instead of an empty list. */
const COMPLETION = LIMITS.acknowledge - 500;

interface Parts {
  readonly app: App;
  readonly inbound: Inbound;
  readonly people: People;
  readonly forms: Forms;
  readonly home: Home;
  readonly names: CommandNames;
  readonly log: Log;
  readonly now: () => string;
  readonly file: (file: SlackFile) => ReturnType<typeof incomingFile>;
  converse(heard: Heard): Promise<void>;
  submit(submitted: Submitted): Promise<void>;
  /** Work that a stop waits for. */
  track<T>(work: Promise<T>): Promise<T>;
}

/** Listens to what Slack delivers, however it is delivered, and hands each thing in once. */
export function receive({
  app,
  inbound,
  people,
  forms,
  home,
  names,
  log,
  now,
  file,
  converse,
  submit,
  track,
}: Parts): void {
  const seen = bounded<true>(10_000);
  const nouns = new Set(inbound.commands.map((command) => command.noun));
  const responseUrl = (url: string | undefined) =>
    url ? { answer: { url, until: Date.parse(now()) + LIMITS.responseWindow } } : {};

  const takesFiles = inbound.commands.find(
    (command) => !command.hidden && command.options.some((option) => option.kind === 'file' && option.required),
  )?.path;
  /** Something a person did, which a stop waits for; their own page shows what came of it. */
  const handled = (user: string, work: () => Promise<void>): Promise<void> =>
    track(work().then(() => home.changed(user)));

  app.command(/^\//, async ({ command, ack }) => {
    if (!seen.first(command.trigger_id, true)) return ack();
    const noun = names.noun(command.command.slice(1).toLowerCase());
    const { path, words } = pathOf(noun, fromPeople(unescapeEntities(command.text ?? '')));
    await handled(command.user_id, () =>
      converse({
        id: command.trigger_id,
        user: { id: command.user_id, name: command.user_name },
        said: { by: 'words', path, words },
        spot: { conversation: command.channel_id, ...responseUrl(command.response_url) },
        ...named(command.channel_name),
        trigger: command.trigger_id,
        showsLine: true,
        acknowledge: (line) => (line === undefined ? ack() : ack({ response_type: 'ephemeral', text: line })),
      }),
    );
  });

  app.action(/.*/, async ({ body, ack }) => {
    if (body.type !== 'block_actions') return ack();
    const code = codeOf(body);
    if (code === null || !seen.first(body.trigger_id, true)) return ack();
    const { container, channel, user, response_url } = body;
    const message: unknown = container.message_ts;
    await handled(user.id, () =>
      converse({
        id: body.trigger_id,
        user: { id: user.id, name: user.username ?? user.name ?? user.id },
        said: { by: 'press', code },
        spot: {
          conversation: channel?.id ?? '',
          ...(typeof message === 'string' ? { message, ephemeral: container.is_ephemeral === true } : {}),
          ...responseUrl(response_url),
        },
        ...named(channel?.name),
        trigger: body.trigger_id,
        showsLine: false,
        acknowledge: () => ack(),
      }),
    );
  });

  app.view({ callback_id: FORM, type: 'view_submission' }, async ({ body, view, ack }) => {
    const trigger = triggerOf(body);
    if (trigger !== null && !seen.first(trigger, true)) return ack();
    const { blanks, shown } = readValues(view.state.values, file);
    await handled(body.user.id, () =>
      submit({
        id: trigger ?? `${view.id}/${view.hash}`,
        user: { id: body.user.id, name: body.user.name },
        viewId: view.id,
        title: view.title.text,
        privateMetadata: view.private_metadata,
        blanks,
        shown,
        acknowledge: (answer) => (answer === undefined ? ack() : ack(answer)),
      }),
    );
  });

  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ body, ack }) => {
    const carried = body.view ? forms.read(body.view.private_metadata) : null;
    if (carried === null) return ack({ options: [] });
    const typed = fromPeople(unescapeEntities(body.value)).trim();
    const account = people.glimpse(body.user.id, body.user.name);
    const name = fieldName(body.block_id);
    const query = { account, path: carried.path, name, typed, limit: LIMITS.options };
    const choices = (await inTime(inbound.complete(query), COMPLETION)) ?? [];
    const options = choices
      .filter((choice) => choice.value !== '')
      .slice(0, LIMITS.options)
      .map((choice) => option(choice.value, choice.label));
    // A select takes nothing that is not offered; what nobody knows may still be said, and is answered by its command.
    if (options.length === 0 && typed !== '') options.push(option(typed, typed));
    await ack({ options });
  });

  app.event('message', async ({ event, body }) => {
    if (event.channel_type !== 'im' || (event.subtype !== undefined && event.subtype !== 'file_share')) return;
    if (!('user' in event) || event.user === undefined || 'bot_id' in event) return;
    if (!seen.first(body.event_id, true)) return;
    const text = fromPeople(unescapeEntities(event.text ?? ''))
      .trim()
      .replace(/^\//, '');
    const word = /^\S+/.exec(text)?.[0] ?? '';
    const noun = names.noun(word.toLowerCase());
    const files = ('files' in event ? (event.files ?? []) : []).map((each) => file(described(each)));
    const said = { by: 'words' as const, ...(files.length > 0 ? { files } : {}) };
    // Somebody who just says hello is told what can be said; a file alone goes where files are taken.
    const meantFile = files.length > 0 && !nouns.has(noun) ? takesFiles : undefined;
    const { path, words } = pathOf(nouns.has(noun) ? noun : '', text.slice(word.length));
    await handled(event.user, () =>
      converse({
        id: body.event_id,
        user: { id: event.user, name: event.user },
        said: meantFile === undefined ? { ...said, path, words } : { ...said, path: meantFile, words: '' },
        spot: { conversation: event.channel },
        showsLine: false,
        acknowledge: async () => {},
      }),
    );
  });

  app.shortcut(/.*/, async ({ body, ack }) => {
    const text = 'message' in body ? readable(body.message.text ?? '', (id) => people.glimpse(id, id).name) : undefined;
    const said = meant(body.callback_id, inbound.commands, text);
    if (said === null || !seen.first(body.trigger_id, true)) return ack();
    const channel = 'channel' in body ? body.channel : undefined;
    await handled(body.user.id, () =>
      converse({
        id: body.trigger_id,
        user: { id: body.user.id, name: shortcutUser(body.user) },
        said,
        // From anywhere means from nowhere in particular: what is said about it is said to them alone.
        spot: {
          conversation: channel?.id ?? '',
          ...('response_url' in body ? responseUrl(body.response_url) : {}),
        },
        ...named(channel?.name),
        trigger: body.trigger_id,
        showsLine: false,
        acknowledge: () => ack(),
      }),
    );
  });

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home' && seen.first(body.event_id, true)) await track(home.show(event.user));
  });

  app.error(async (error) => log.error({ error }, 'something that came from Slack could not be handled'));
}

const shortcutUser = (user: { id: string; name?: string; username?: string }): string =>
  user.username ?? user.name ?? user.id;

/** The types leave out what a file's description holds. */
function described(file: object): SlackFile {
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(file, key);
    return typeof value === 'string' ? value : undefined;
  };
  const size: unknown = Reflect.get(file, 'size');
  return {
    name: text('name'),
    size: typeof size === 'number' ? size : undefined,
    mimetype: text('mimetype'),
    url_private: text('url_private'),
    url_private_download: text('url_private_download'),
  };
}

/** The channel's name; of private ones Slack tells only that they are. */
const named = (name: string | undefined) =>
  name === undefined || name === '' || name === 'privategroup' || name === 'directmessage' ? {} : { placeName: name };

/** What a press or a choice in a menu carries; null for what is not ours. */
function codeOf(body: BlockAction): string | null {
  const action = body.actions[0];
  if (!action) return null;
  const code = action.type === 'static_select' ? action.selected_option.value : action.action_id;
  // A code of an older deploy is still handed in: the house says that the button is old.
  return decodeAction(code) || action.type === 'button' || action.type === 'static_select' ? code : null;
}

const triggerOf = (body: SlackViewAction): string | null => ('trigger_id' in body ? body.trigger_id : null);

type Values = Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>;

/** The inputs of a view as blanks. An input left empty is an empty blank, a file not chosen is none. */
function readValues(values: Values, file: (file: SlackFile) => ReturnType<typeof incomingFile>) {
  const blanks: Record<string, Blank> = {};
  const shown = new Map<string, string>();
  for (const [block, inputs] of Object.entries(values)) {
    const input = inputs[INPUT];
    if (!input) continue;
    const name = fieldName(block);
    shown.set(block, name);
    if (input.type === 'file_input') {
      const first = input.files?.[0];
      if (first) blanks[name] = file(described(first));
      // What was searched for or typed counts before the list beside it, which may show who was chosen earlier.
    } else if (input.type === 'users_select')
      blanks[name] ||= input.selected_user ? chosenHere(input.selected_user) : '';
    else blanks[name] = fromPeople(input.value ?? input.selected_option?.value ?? '') || (blanks[name] ?? '');
  }
  return { blanks, shown };
}
