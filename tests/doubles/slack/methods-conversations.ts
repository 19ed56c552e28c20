import { type Call, flag, type Method, page, Refusal, required } from './method.ts';
import { channelOf } from './methods-chat.ts';
import type { Channel } from './workspace.ts';

const shape = (channel: Channel, bot: string) => ({
  id: channel.id,
  name: channel.name,
  is_private: channel.kind === 'private',
  is_im: channel.kind === 'im',
  is_archived: channel.archived,
  is_member: channel.members.has(bot),
  creator: channel.creator,
  topic: { value: channel.topic },
  purpose: { value: channel.purpose },
});

function member(call: Call): Channel {
  const channel = channelOf(call);
  if (!channel.members.has(call.workspace.bot.id)) throw new Refusal('not_in_channel');
  return channel;
}

const manage = ({ args, workspace }: Call): readonly string[] =>
  workspace.channels.get(args.channel ?? '')?.kind === 'public' ? ['channels:manage'] : ['groups:write'];

function describe(key: 'topic' | 'purpose'): Method {
  return {
    perMinute: 20,
    scopes: manage,
    run(call) {
      const channel = member(call);
      if (channel.archived) throw new Refusal('is_archived');
      const text = call.args[key] ?? '';
      if (text.length > 250) throw new Refusal('too_long');
      channel[key] = text;
      return { channel: shape(channel, call.workspace.bot.id) };
    },
  };
}

const LISTED: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.create': {
    perMinute: 20,
    scopes: ({ args }) => [flag(args, 'is_private') ? 'groups:write' : 'channels:manage'],
    run({ args, workspace }) {
      const name = required(args, 'name', 'invalid_name_required');
      if (name.length > 80) throw new Refusal('invalid_name_maxlength');
      if (!/[\p{L}\p{N}]/u.test(name)) throw new Refusal('invalid_name_punctuation');
      // The service takes letters of any script; lowercase, without spaces or punctuation but - and _.
      if (name !== name.toLowerCase() || /[^\p{L}\p{M}\p{N}_-]/u.test(name)) throw new Refusal('invalid_name_specials');
      // A name stays taken when its channel is archived.
      if ([...workspace.channels.values()].some((channel) => channel.name === name && channel.kind !== 'im'))
        throw new Refusal('name_taken');
      const kind = flag(args, 'is_private') ? 'private' : 'public';
      const channel = workspace.addChannel({ name, kind, creator: workspace.bot.id, members: [workspace.bot.id] });
      return { channel: shape(channel, workspace.bot.id) };
    },
  },
  'conversations.invite': {
    perMinute: 50,
    scopes: manage,
    run(call) {
      const { args, workspace } = call;
      const channel = member(call);
      if (channel.archived) throw new Refusal('is_archived');
      const users = required(args, 'users', 'no_user').split(',');
      if (users.length > 1000) throw new Refusal('too_many_users');
      const problem = (user: string): string | null => {
        if (user === workspace.bot.id) return 'cant_invite_self';
        const known = workspace.users.get(user);
        if (!known || known.disabled || known.hidden) return 'user_not_found';
        if (known.restricted) return 'user_is_restricted';
        return channel.members.has(user) ? 'already_in_channel' : null;
      };
      const errors = users.flatMap((user) => {
        const error = problem(user);
        return error === null ? [] : [{ user, ok: false, error }];
      });
      const wellMeant = users.filter((user) => problem(user) === null);
      const first = errors[0];
      if (first && !(flag(args, 'force') && wellMeant.length > 0)) throw new Refusal(first.error, { errors });
      for (const user of wellMeant) channel.members.add(user);
      return { channel: shape(channel, workspace.bot.id), ...(first ? { errors } : {}) };
    },
  },
  'conversations.kick': {
    perMinute: 50,
    scopes: manage,
    run(call) {
      const channel = member(call);
      const user = required(call.args, 'user', 'user_not_found');
      if (user === call.workspace.bot.id) throw new Refusal('cant_kick_self');
      if (!channel.members.delete(user)) throw new Refusal('not_in_channel');
      return {};
    },
  },
  'conversations.open': {
    perMinute: 50,
    scopes: ['im:write'],
    run({ args, workspace }) {
      const users = required(args, 'users', 'users_list_not_supplied').split(',');
      if (users.length > 8) throw new Refusal('too_many_users');
      // Groups of several are not used by anything here.
      const [user = '', ...others] = users;
      if (others.length > 0) throw new Refusal('method_not_supported_for_channel_type');
      const known = workspace.users.get(user);
      if (!known) throw new Refusal('user_not_found');
      if (known.hidden) throw new Refusal('user_not_visible');
      if (known.disabled) throw new Refusal('user_disabled');
      if (known.isBot) throw new Refusal('cannot_dm_bot');
      return { channel: { id: workspace.direct(user, workspace.bot.id).id } };
    },
  },
  'conversations.archive': {
    perMinute: 20,
    scopes: manage,
    run(call) {
      const channel = member(call);
      if (channel.archived) throw new Refusal('already_archived');
      channel.archived = true;
      return {};
    },
  },
  'conversations.unarchive': {
    perMinute: 20,
    scopes: manage,
    run(call) {
      const channel = channelOf(call);
      if (!channel.archived) throw new Refusal('not_archived');
      channel.archived = false;
      return {};
    },
  },
  'conversations.setTopic': describe('topic'),
  'conversations.setPurpose': describe('purpose'),
  'conversations.info': {
    perMinute: 50,
    scopes: ({ args, workspace }) =>
      workspace.channels.get(args.channel ?? '')?.kind === 'public' ? ['channels:read'] : ['groups:read'],
    run: (call) => ({ channel: shape(channelOf(call), call.workspace.bot.id) }),
  },
  'conversations.members': {
    perMinute: 100,
    scopes: ['groups:read'],
    run(call) {
      const { items, response_metadata } = page([...channelOf(call).members], call.args, 1000);
      return { members: items, response_metadata };
    },
  },
  'conversations.list': {
    perMinute: 20,
    scopes: ({ args }) =>
      (args.types ?? 'public_channel')
        .split(',')
        .map((type) => (type === 'public_channel' ? 'channels:read' : 'groups:read')),
    run({ args, workspace }) {
      const kinds = (args.types ?? 'public_channel').split(',').map((type) => {
        const kind = LISTED[type];
        if (!kind) throw new Refusal('invalid_types');
        return kind;
      });
      const seen = [...workspace.channels.values()]
        .filter((channel) => kinds.includes(channel.kind))
        .filter((channel) => channel.kind === 'public' || channel.members.has(workspace.bot.id))
        .filter((channel) => !channel.archived || !flag(args, 'exclude_archived'));
      const { items, response_metadata } = page(seen, args, 1000);
      return { channels: items.map((each) => shape(each, workspace.bot.id)), response_metadata };
    },
  },
};
