import { checkBlocks, type MessageBlock } from './blocks.ts';
import { type Args, type Call, flag, json, type Method, metadata, page, Refusal, required } from './method.ts';
import type { Channel, SlackMessage } from './workspace.ts';

/** The channel an argument names, as far as the bot may know of it. */
export function channelOf({ args, workspace }: Pick<Call, 'args' | 'workspace'>, name = 'channel'): Channel {
  const channel = workspace.channels.get(required(args, name, 'channel_not_found'));
  const hidden = channel && channel.kind !== 'public' && !channel.members.has(workspace.bot.id);
  if (!channel || hidden) throw new Refusal('channel_not_found');
  return channel;
}

function writable(call: Call): Channel {
  const channel = channelOf(call);
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(call.workspace.bot.id)) throw new Refusal('not_in_channel');
  if (channel.readOnly) throw new Refusal('restricted_action_read_only_channel');
  return channel;
}

/** Text and blocks of a message, checked. */
export function contentOf(args: Args): { text: string; blocks: MessageBlock[] } {
  const blocks = json(args, 'blocks', 'invalid_blocks_format');
  const text = args.text ?? '';
  if (blocks === undefined) {
    if (text === '') throw new Refusal('no_text');
    return { text, blocks: [] };
  }
  const checked = checkBlocks(blocks);
  if ('error' in checked)
    throw new Refusal(checked.error, { errors: checked.messages, ...metadata(...checked.messages) });
  if (text === '' && checked.value.length === 0) throw new Refusal('no_text');
  return { text, blocks: checked.value };
}

function metadataOf(args: Args): Pick<SlackMessage, 'metadata'> {
  const given = json(args, 'metadata', 'invalid_metadata_format');
  if (given === undefined) return {};
  const whole = typeof given === 'object' && given !== null && 'event_type' in given && 'event_payload' in given;
  if (
    !whole ||
    typeof given.event_type !== 'string' ||
    typeof given.event_payload !== 'object' ||
    given.event_payload === null
  )
    throw new Refusal('invalid_metadata_schema');
  return { metadata: { event_type: given.event_type, event_payload: { ...given.event_payload } } };
}

const shape = (message: SlackMessage, withMetadata: boolean) => ({
  type: 'message',
  ts: message.ts,
  user: message.user,
  text: message.text,
  blocks: message.blocks,
  ...(message.botId === undefined ? {} : { bot_id: message.botId }),
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
  ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
});

function own(call: Call, channel: Channel, missing: string): SlackMessage {
  const ts = required(call.args, 'ts', missing);
  const message = channel.messages.find((each) => each.ts === ts && each.only === undefined);
  if (!message) throw new Refusal('message_not_found');
  return message;
}

/** The message a thread hangs on: one that all can see and that is itself in no thread. */
export function parentOf(channel: Channel, ts: string): SlackMessage {
  const parent = channel.messages.find((each) => each.ts === ts && each.only === undefined);
  if (!parent) throw new Refusal('thread_not_found');
  if (parent.threadTs !== undefined) throw new Refusal('cannot_reply_to_message');
  return parent;
}

const historyScopes = ({ args, workspace }: Call): readonly string[] => {
  const kind = workspace.channels.get(args.channel ?? '')?.kind;
  return [kind === 'im' ? 'im:history' : kind === 'private' ? 'groups:history' : 'channels:history'];
};

export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': {
    // About one a second in a channel; bursts are tolerated, so that the minute is what is counted.
    perMinute: { channel: 60 },
    scopes: ['chat:write'],
    run(call) {
      const channel = writable(call);
      const { workspace, args } = call;
      if (channel.kind === 'im') {
        const other = [...channel.members].find((member) => member !== workspace.bot.id);
        if (other !== undefined && workspace.users.get(other)?.disabled) throw new Refusal('channel_not_found');
      }
      const content = contentOf(args);
      if (args.thread_ts !== undefined) parentOf(channel, args.thread_ts);
      const message: SlackMessage = {
        ts: workspace.nextTs(),
        user: workspace.bot.id,
        botId: workspace.botId,
        ...content,
        // Longer text is cut without a word.
        text: content.text.slice(0, 40_000),
        ...metadataOf(args),
        edited: false,
        files: [],
        ...(args.thread_ts === undefined ? {} : { threadTs: args.thread_ts }),
        changed: workspace.touch(),
      };
      channel.messages.push(message);
      return { channel: channel.id, ts: message.ts, message: shape(message, false) };
    },
  },
  'chat.postEphemeral': {
    perMinute: 100,
    scopes: ['chat:write'],
    run(call) {
      const { workspace, args } = call;
      const channel = writable(call);
      const user = required(args, 'user', 'user_not_in_channel');
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const message: SlackMessage = {
        ts: workspace.nextTs(),
        user: workspace.bot.id,
        botId: workspace.botId,
        ...contentOf(args),
        edited: false,
        only: user,
        files: [],
        changed: workspace.touch(),
      };
      channel.messages.push(message);
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    perMinute: 50,
    scopes: ['chat:write'],
    run(call) {
      const { workspace, args } = call;
      const channel = channelOf(call);
      if (channel.archived) throw new Refusal('is_archived');
      const message = own(call, channel, 'message_not_found');
      if (message.user !== workspace.bot.id) throw new Refusal('cant_update_message');
      if (workspace.now() - Number(message.ts) * 1000 > workspace.editWindow.ms)
        throw new Refusal('edit_window_closed');
      const content = contentOf(args);
      if (content.text.length > 4000) throw new Refusal('msg_too_long');
      Object.assign(message, content, metadataOf(args), { edited: true, changed: workspace.touch() });
      return { channel: channel.id, ts: message.ts, text: message.text, message: shape(message, false) };
    },
  },
  'chat.delete': {
    perMinute: 50,
    scopes: ['chat:write'],
    run(call) {
      const channel = channelOf(call);
      const message = own(call, channel, 'message_not_found');
      if (message.user !== call.workspace.bot.id) throw new Refusal('cant_delete_message');
      channel.messages = channel.messages.filter((each) => each !== message);
      call.workspace.touch();
      return { channel: channel.id, ts: message.ts };
    },
  },
  'conversations.replies': {
    perMinute: 50,
    scopes: historyScopes,
    run(call) {
      const { args, workspace } = call;
      const channel = channelOf(call);
      if (!channel.members.has(workspace.bot.id)) throw new Refusal('not_in_channel');
      const parent = parentOf(channel, required(args, 'ts', 'thread_not_found'));
      const replies = channel.messages.filter((each) => each.threadTs === parent.ts && each.only === undefined);
      const { items, response_metadata } = page([parent, ...replies], args, 999);
      const withMetadata = flag(args, 'include_all_metadata');
      return {
        messages: items.map((message) => shape(message, withMetadata)),
        has_more: response_metadata.next_cursor !== '',
        response_metadata,
      };
    },
  },
  'conversations.history': {
    perMinute: 50,
    scopes: historyScopes,
    run(call) {
      const { args, workspace } = call;
      const channel = channelOf(call);
      if (!channel.members.has(workspace.bot.id)) throw new Refusal('not_in_channel');
      const oldest = Number(args.oldest ?? '0');
      if (Number.isNaN(oldest)) throw new Refusal('invalid_ts_oldest');
      const inclusive = flag(args, 'inclusive');
      const since = channel.messages
        .filter((message) => message.only === undefined && message.threadTs === undefined)
        .filter((message) => (inclusive ? Number(message.ts) >= oldest : Number(message.ts) > oldest))
        .toReversed();
      const { items, response_metadata } = page(since, args, 999);
      const withMetadata = flag(args, 'include_all_metadata');
      return {
        messages: items.map((message) => shape(message, withMetadata)),
        has_more: response_metadata.next_cursor !== '',
        response_metadata,
      };
    },
  },
};
