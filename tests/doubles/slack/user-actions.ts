import { type AnyBlock, checkView, type InputBlock, type Option, suggestionAnswer } from './blocks.ts';
import { Refusal } from './method.ts';
import { showView, viewShape } from './methods-views.ts';
import type { Pressable } from './pressables.ts';
import type { Deliver, Delivered } from './socket.ts';
import { initialValues, inputsOf } from './view-state.ts';
import { APP, type Channel, type OpenView, type SlackMessage, stackOf, TEAM, type Workspace } from './workspace.ts';

/** Slack writes these three as entities in what people type. */
const typed = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What people do in Slack's client; each tells the app and shows what comes back. */
export function createUserActions(parts: { workspace: Workspace; deliver: Deliver; base: () => string }) {
  const { workspace, deliver, base } = parts;

  const person = (id: string) => {
    const name = workspace.users.get(id)?.name.toLowerCase().replaceAll(' ', '.') ?? id;
    return { id, name, username: name, team_id: TEAM.id };
  };
  const common = {
    team: { id: TEAM.id, domain: TEAM.domain },
    api_app_id: APP,
    token: 'verification',
    is_enterprise_install: false,
  };

  function responseUrl(channel: string, user: string, original: string | null): string {
    const key = workspace.id('R');
    workspace.responseUrls.set(key, { channel, user, at: workspace.now(), uses: 0, original });
    return `${base()}respond/${key}`;
  }

  /** A line under somebody's own command or press: an acknowledgement's words, or the service's word for a failure. */
  function whisper(channel: Channel, user: string, text: string): SlackMessage {
    const message: SlackMessage = {
      ts: workspace.nextTs(),
      user: workspace.bot.id,
      text,
      blocks: [],
      edited: false,
      only: user,
      files: [],
      changed: workspace.touch(),
    };
    channel.messages.push(message);
    return message;
  }

  /** An event as it is delivered. */
  const happened = (event: Record<string, unknown>) => ({
    ...common,
    team_id: TEAM.id,
    type: 'event_callback',
    event_id: workspace.id('Ev'),
    event_time: Math.floor(workspace.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: workspace.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event,
  });

  return {
    /** Types `/command text` in a channel. */
    async slash(user: string, channel: Channel, command: string, text: string): Promise<Delivered> {
      const answerUrl = responseUrl(channel.id, user, null);
      const delivered = await deliver('slash_commands', {
        token: 'verification',
        team_id: TEAM.id,
        team_domain: TEAM.domain,
        channel_id: channel.id,
        channel_name:
          channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
        user_id: user,
        user_name: person(user).name,
        command,
        text: typed(text),
        api_app_id: APP,
        is_enterprise_install: 'false',
        response_url: answerUrl,
        trigger_id: workspace.trigger(user),
      });
      if ('failed' in delivered) whisper(channel, user, `${command} failed with the error "${delivered.failed}"`);
      else if (typeof delivered.ack.text === 'string' && delivered.ack.text !== '') {
        const line = whisper(channel, user, delivered.ack.text);
        const url = workspace.responseUrls.get(answerUrl.split('/').at(-1) ?? '');
        if (url) url.original = line.ts;
      }
      return delivered;
    },

    /** Writes a message to the bot in their own conversation, with files where there are some. */
    async writes(
      user: string,
      text: string,
      files: readonly { name: string; bytes: Uint8Array }[] = [],
    ): Promise<Delivered> {
      const channel = workspace.direct(user, workspace.bot.id);
      const stored = files.map((file) => this.uploads(user, file));
      const ts = workspace.nextTs();
      channel.messages.push({
        ts,
        user,
        text: typed(text),
        blocks: [],
        edited: false,
        files: [],
        changed: workspace.touch(),
      });
      return deliver('events_api', this.event(user, channel, ts, text, stored));
    },

    event: (user: string, channel: Channel, ts: string, text: string, files: readonly Record<string, unknown>[] = []) =>
      happened({
        type: 'message',
        channel_type: 'im',
        channel: channel.id,
        user,
        text: typed(text),
        ts,
        event_ts: ts,
        ...(files.length > 0 ? { subtype: 'file_share', files } : {}),
      }),

    /** Opens the app's own tab. */
    opensHome: (user: string, tab: 'home' | 'messages' = 'home'): Promise<Delivered> =>
      deliver(
        'events_api',
        happened({
          type: 'app_home_opened',
          user,
          channel: workspace.direct(user, workspace.bot.id).id,
          tab,
          event_ts: workspace.nextTs(),
        }),
      ),

    /** Chooses a shortcut of the app, from anywhere. */
    shortcut: (user: string, callbackId: string): Promise<Delivered> =>
      deliver('interactive', {
        ...common,
        type: 'shortcut',
        action_ts: workspace.nextTs(),
        user: person(user),
        callback_id: callbackId,
        trigger_id: workspace.trigger(user),
      }),

    /** Chooses a shortcut on a message. */
    messageShortcut: (user: string, channel: Channel, message: SlackMessage, callbackId: string): Promise<Delivered> =>
      deliver('interactive', {
        ...common,
        type: 'message_action',
        action_ts: workspace.nextTs(),
        user: person(user),
        callback_id: callbackId,
        trigger_id: workspace.trigger(user),
        response_url: responseUrl(channel.id, user, null),
        channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
        message_ts: message.ts,
        message: { type: 'message', user: message.user, ts: message.ts, text: message.text, blocks: message.blocks },
      }),

    /** Presses something in a view or in the app's own tab. */
    pressInView: (user: string, what: Pressable, view: { id: string; hash: string; blocks: readonly AnyBlock[] }) =>
      deliver('interactive', {
        ...common,
        type: 'block_actions',
        user: person(user),
        container: { type: 'view', view_id: view.id },
        trigger_id: workspace.trigger(user),
        view: { type: 'home', state: { values: {} }, private_metadata: '', callback_id: '', ...view },
        actions: [what.action],
      }),

    /** A person's upload, as the app hears of it. */
    uploads(user: string, file: { name: string; bytes: Uint8Array }): Record<string, unknown> {
      const id = workspace.id('F');
      const { name, bytes } = file;
      workspace.files.set(id, { id, name, length: bytes.byteLength, bytes, completed: true, owner: user });
      const url = `${base()}files-pri/${id}`;
      return {
        id,
        name,
        title: name,
        size: bytes.byteLength,
        mimetype: 'application/octet-stream',
        user,
        url_private: url,
        url_private_download: url,
      };
    },

    /** Presses something in a message. */
    async press(user: string, channel: Channel, message: SlackMessage, what: Pressable): Promise<Delivered> {
      const ephemeral = message.only !== undefined;
      return deliver('interactive', {
        ...common,
        type: 'block_actions',
        user: person(user),
        container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral },
        trigger_id: workspace.trigger(user),
        channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
        // A message that only one person sees is not told in full.
        ...(ephemeral
          ? {}
          : { message: { ts: message.ts, user: message.user, text: message.text, blocks: message.blocks } }),
        state: { values: {} },
        response_url: responseUrl(channel.id, user, message.ts),
        actions: [what.action],
      });
    },

    /** The view that is open for somebody. */
    viewOf: (user: string): OpenView | undefined =>
      [...workspace.views.values()].findLast((view) => view.user === user),
    /** Closes a view with all that lie below and above it. */
    close(view: OpenView): void {
      for (const each of stackOf(workspace, view)) workspace.views.delete(each.id);
      workspace.touch();
    },
    /** Goes back to the view below. */
    back(view: OpenView): void {
      workspace.views.delete(view.id);
      workspace.touch();
    },

    /** Types in a search; what is offered. Fewer characters than the field wants offer nothing. */
    async suggest(view: OpenView, id: string, block: InputBlock, value: string): Promise<readonly Option[]> {
      if (block.element.type !== 'external_select') throw new Error('this field offers nothing while typing');
      if (value.length < (block.element.min_query_length ?? 3)) return [];
      const delivered = await deliver('interactive', {
        ...common,
        type: 'block_suggestion',
        user: person(view.user),
        container: { type: 'view', view_id: view.id },
        action_id: block.element.action_id,
        block_id: id,
        value,
        view: viewShape(view),
      });
      if ('failed' in delivered) return [];
      return suggestionAnswer.parse(delivered.ack).options;
    },

    /** Sends a view in. Slack's client itself refuses what is empty or too long; then nothing is sent. */
    async submit(view: OpenView): Promise<Delivered | { readonly incomplete: string[] }> {
      if (!view.view.submit) throw new Error('this view has nothing to send in');
      const incomplete = inputsOf(view.view).flatMap(({ id, block }) => {
        const state = asState(view.values.get(id)?.[block.element.action_id]);
        const value =
          state.value ??
          state.selected_option ??
          state.selected_user ??
          (Array.isArray(state.files) ? state.files[0] : undefined);
        return block.optional !== true && (value === null || value === undefined || value === '') ? [id] : [];
      });
      view.errors = Object.fromEntries(incomplete.map((id) => [id, 'Please complete this required field.']));
      if (incomplete.length > 0) return { incomplete };
      const delivered = await deliver('interactive', {
        ...common,
        type: 'view_submission',
        user: person(view.user),
        trigger_id: workspace.trigger(view.user),
        view: viewShape(view),
        response_urls: [],
      });
      if ('failed' in delivered) {
        view.errors = { '': 'We had some trouble connecting. Try again?' };
        return delivered;
      }
      answered(view, delivered.ack);
      return delivered;
    },
  };

  function answered(view: OpenView, ack: Readonly<Record<string, unknown>>): void {
    workspace.touch();
    switch (ack.response_action) {
      case undefined:
        workspace.views.delete(view.id);
        return;
      case 'clear':
        for (const each of stackOf(workspace, view)) workspace.views.delete(each.id);
        return;
      case 'push': {
        const checked = checkView(ack.view);
        if ('error' in checked) throw new Error(`the view was refused: ${checked.messages.join('; ')}`);
        try {
          showView(workspace, view.user, checked.value, view);
        } catch (error) {
          throw error instanceof Refusal ? new Error(`the view was refused: ${error.code}`) : error;
        }
        return;
      }
      case 'errors': {
        const errors = asState(ack.errors);
        const ids = new Set(inputsOf(view.view).map(({ id }) => id));
        const unknown = Object.keys(errors).filter((id) => !ids.has(id));
        if (unknown.length > 0 || Object.keys(errors).length === 0)
          throw new Error(`errors for blocks that are no inputs here: ${unknown.join(', ')}`);
        view.errors = Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)]));
        return;
      }
      case 'update': {
        const checked = checkView(ack.view);
        // The client shows that something went wrong and keeps the old view.
        if ('error' in checked) throw new Error(`the view was refused: ${checked.messages.join('; ')}`);
        Object.assign(view, {
          view: checked.value,
          hash: workspace.id('h'),
          values: initialValues(checked.value, view.values),
          errors: {},
        });
        return;
      }
      default:
        throw new Error(`unknown response_action ${String(ack.response_action)}`);
    }
  }
}

const asState = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
export type UserActions = ReturnType<typeof createUserActions>;
