import { demandGuild, snowflake } from './demands.ts';
import { type Json, jsonList, NO, Problems } from './problems.ts';
import type { Parts, Route } from './routes.ts';
import { channelJson, messageJson } from './shapes.ts';
import { BOT_PERMISSIONS, type Channel, type Overwrite, PERMISSIONS, type World } from './world.ts';

/** Channels of the guild, and who may do what in them. */
export function channelRoutes({ world, tell }: Parts): Route[] {
  const changed = (channel: Channel, t = 'CHANNEL_UPDATE') => {
    const json = channelJson(world, channel);
    tell(t, json);
    return json;
  };
  return [
    {
      method: 'GET',
      path: '/guilds/:/channels',
      answer: ({ params: [guild] }) => {
        demandGuild(world, guild);
        return [...world.channels.values()]
          .filter((channel) => channel.type === 0)
          .map((channel) => channelJson(world, channel));
      },
    },
    {
      method: 'POST',
      path: '/guilds/:/channels',
      answer: ({ params: [guild], body }) => {
        demandGuild(world, guild);
        if ([...world.channels.values()].filter((channel) => channel.type === 0).length >= 500) throw NO.guildFull();
        checkChannel(body, true);
        const overwrites = jsonList(body.permission_overwrites).map(overwrite);
        return changed(
          world.addChannel(String(body.name).toLowerCase(), { topic: topicOf(body), overwrites }),
          'CHANNEL_CREATE',
        );
      },
    },
    {
      method: 'GET',
      path: '/channels/:',
      answer: ({ params: [id = ''] }) => {
        const channel = world.channel(id);
        world.demand(channel, 0n);
        return channelJson(world, channel);
      },
    },
    {
      method: 'PATCH',
      path: '/channels/:',
      answer: ({ params: [id = ''], body }) => {
        const channel = world.channel(id);
        if (channel.thread) return changed(changeThread(world, channel, body), 'THREAD_UPDATE');
        world.demand(channel, PERMISSIONS.manageChannels);
        checkChannel(body, false);
        if (typeof body.name === 'string') channel.name = body.name;
        if ('topic' in body) channel.topic = topicOf(body);
        if (Array.isArray(body.permission_overwrites)) {
          world.demand(channel, PERMISSIONS.manageRoles);
          channel.overwrites = jsonList(body.permission_overwrites).map(overwrite);
        }
        return changed(channel);
      },
    },
    {
      method: 'PUT',
      path: '/channels/:/permissions/:',
      answer: ({ params: [id = '', who = ''], body }) => {
        const channel = world.channel(id);
        world.demand(channel, PERMISSIONS.manageRoles);
        const type = Number(body.type);
        if (type === 1) world.user(snowflake(who));
        channel.overwrites = [...channel.overwrites.filter((each) => each.id !== who), overwrite({ ...body, id: who })];
        changed(channel);
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:/permissions/:',
      answer: ({ params: [id = '', who = ''] }) => {
        const channel = world.channel(id);
        world.demand(channel, PERMISSIONS.manageRoles);
        snowflake(who);
        if (!channel.overwrites.some((each) => each.id === who)) throw NO.unknownOverwrite();
        channel.overwrites = channel.overwrites.filter((each) => each.id !== who);
        changed(channel);
        return undefined;
      },
    },
  ];
}

/** Threads of a channel: begun, joined, left. They are archived by PATCH, as any channel is changed. */
export function threadRoutes({ world, tell }: Parts): Route[] {
  const threadOf = (id: string) => {
    const channel = world.channel(id);
    if (!channel.thread) throw NO.notHere();
    world.demand(channel, 0n);
    return { channel, thread: channel.thread };
  };
  return [
    {
      method: 'POST',
      path: '/channels/:/threads',
      answer: ({ params: [id = ''], body }) => {
        const parent = world.channel(id);
        if (parent.type !== 0) throw NO.notHere();
        const type = body.type === 11 ? 11 : 12;
        world.demand(parent, type === 11 ? PERMISSIONS.publicThreads : PERMISSIONS.privateThreads);
        const problems = new Problems();
        problems.length(['name'], body.name, 1, 100);
        if (
          body.auto_archive_duration !== undefined &&
          ![60, 1440, 4320, 10080].includes(Number(body.auto_archive_duration))
        )
          problems.add(['auto_archive_duration'], 'BASE_TYPE_CHOICES', 'Value must be one of (60, 1440, 4320, 10080).');
        problems.throwIfAny();
        const made = channelJson(world, world.addThread(parent, String(body.name), type));
        tell('THREAD_CREATE', made);
        return made;
      },
    },
    {
      method: 'PUT',
      path: '/channels/:/thread-members/:',
      answer: ({ params: [id = '', who = ''] }) => {
        const { thread } = threadOf(id);
        if (thread.archived) throw NO.archived();
        const user = world.user(who === '@me' ? world.bot.id : snowflake(who));
        if (!user.inGuild) throw NO.access();
        if (!thread.members.has(user.id) && thread.members.size >= 1000) throw NO.threadFull();
        thread.members.add(user.id);
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:/thread-members/:',
      answer: ({ params: [id = '', who = ''] }) => {
        const { channel, thread } = threadOf(id);
        if (thread.archived) throw NO.archived();
        if (who !== '@me' && channel.type === 11) world.demand(channel, PERMISSIONS.manageThreads);
        if (!thread.members.delete(who === '@me' ? world.bot.id : snowflake(who))) throw NO.unknownMember();
        return undefined;
      },
    },
    {
      method: 'GET',
      path: '/channels/:/thread-members',
      answer: ({ params: [id = ''] }) => [...threadOf(id).thread.members].map((user_id) => ({ id, user_id, flags: 0 })),
    },
  ];
}

/** The bot may change the threads it began; a locked one opens again only for whoever manages threads. */
function changeThread(world: World, channel: Channel, body: Json): Channel {
  const { thread } = channel;
  if (!thread) throw NO.unknownChannel();
  world.demand(channel, thread.locked ? PERMISSIONS.manageThreads : 0n);
  // In an archived one nothing may be changed but that.
  if (thread.archived && body.archived !== false) throw NO.archived();
  const problems = new Problems();
  if (body.name !== undefined) problems.length(['name'], body.name, 1, 100);
  problems.throwIfAny();
  if (typeof body.name === 'string') channel.name = body.name;
  if (typeof body.archived === 'boolean') thread.archived = body.archived;
  if (typeof body.locked === 'boolean') thread.locked = body.locked;
  return channel;
}

/** Messages in them. */
export function messageRoutes({ world, messages }: Parts): Route[] {
  const own = (channel: string, id: string) => {
    const message = world.messages.get(id);
    // A message for one person's eyes has no address but its interaction's.
    if (!message || message.channel_id !== channel || message.onlyFor !== undefined) throw NO.unknownMessage();
    return message;
  };
  return [
    {
      method: 'POST',
      path: '/channels/:/messages',
      answer: ({ params: [id = ''], body, uploads }) => {
        const channel = world.channel(id);
        if (channel.recipient !== undefined) demandOpen(world, channel.recipient);
        world.demand(channel, PERMISSIONS.send | (uploads.length > 0 ? PERMISSIONS.attach : 0n));
        if (channel.thread?.archived) {
          if (channel.thread.locked) throw NO.archived();
          // Words open an archived thread again.
          channel.thread.archived = false;
        }
        return messageJson(world, messages.create(channel, body, uploads));
      },
    },
    {
      method: 'GET',
      path: '/channels/:/messages',
      answer: ({ params: [id = ''], query }) => {
        const channel = world.channel(id);
        world.demand(channel, PERMISSIONS.history);
        const limit = Number(query.get('limit') ?? 50);
        const problems = new Problems();
        if (!(limit >= 1 && limit <= 100))
          problems.add(['limit'], 'NUMBER_TYPE_RANGE', 'int value should be between 1 and 100.');
        problems.throwIfAny();
        const all = world.messagesOf(id).filter((message) => message.onlyFor === undefined);
        const after = query.get('after');
        const some =
          after === null
            ? all.slice(-limit)
            : all.filter((message) => BigInt(message.id) > BigInt(after)).slice(0, limit);
        return some.toReversed().map((message) => messageJson(world, message));
      },
    },
    {
      method: 'GET',
      path: '/channels/:/messages/:',
      answer: ({ params: [channel = '', id = ''] }) => messageJson(world, own(world.channel(channel).id, id)),
    },
    {
      method: 'PATCH',
      path: '/channels/:/messages/:',
      answer: ({ params: [id = '', which = ''], body, uploads }) => {
        const channel = world.channel(id);
        world.demand(channel, 0n);
        const message = own(id, which);
        if (message.author !== world.bot.id) throw NO.notOurs();
        if (channel.thread?.archived) throw NO.archived();
        return messageJson(world, messages.edit(message, body, uploads));
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:/messages/:',
      answer: ({ params: [id = '', which = ''] }) => {
        const message = own(world.channel(id).id, which);
        if (message.author !== world.bot.id) throw NO.permission();
        world.messages.delete(message.id);
        return undefined;
      },
    },
  ];
}

function demandOpen(world: World, recipient: string): void {
  const user = world.user(recipient);
  if (!user.inGuild || !world.bot.inGuild) throw NO.stranger();
  if (!user.dmsOpen) throw NO.closed();
}

function checkChannel(body: Json, creating: boolean): void {
  const problems = new Problems();
  if (creating || body.name !== undefined) problems.length(['name'], body.name, 1, 100);
  problems.length(['topic'], body.topic, 0, 1024);
  jsonList(body.permission_overwrites).forEach((each, index) => {
    for (const key of ['allow', 'deny'])
      if (each[key] !== undefined && !/^\d+$/.test(String(each[key])))
        problems.add(['permission_overwrites', index, key], 'NUMBER_TYPE_COERCE', 'Value is not int.');
  });
  problems.throwIfAny();
}

const topicOf = (body: Json) => (typeof body.topic === 'string' ? body.topic : null);

/** Nobody grants or takes away what they do not have themselves. */
function overwrite(each: Json): Overwrite {
  const touched = BigInt(String(each.allow ?? '0')) | BigInt(String(each.deny ?? '0'));
  if ((touched & ~BOT_PERMISSIONS) !== 0n) throw NO.permission();
  return {
    id: String(each.id),
    type: Number(each.type ?? 0),
    allow: String(each.allow ?? '0'),
    deny: String(each.deny ?? '0'),
  };
}
