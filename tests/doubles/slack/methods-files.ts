import { json, type Method, Refusal, required } from './method.ts';
import { channelOf, parentOf } from './methods-chat.ts';

/** Files go in by three steps: an address, the bytes, and the word that they are complete. */
export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': {
    perMinute: 100,
    scopes: ['files:write'],
    run({ args, workspace, base }) {
      const name = required(args, 'filename');
      const length = Number(required(args, 'length'));
      if (!Number.isInteger(length) || length < 1) throw new Refusal('invalid_arguments');
      if (length > 1_000_000_000) throw new Refusal('file_upload_size_restricted');
      const id = workspace.id('F');
      workspace.files.set(id, { id, name, length, bytes: null, completed: false, owner: workspace.bot.id });
      return { upload_url: `${base}upload/${id}`, file_id: id };
    },
  },
  'files.info': {
    perMinute: 100,
    scopes: ['files:read'],
    run({ args, workspace, base }) {
      const file = workspace.files.get(required(args, 'file', 'file_not_found'));
      if (!file?.bytes) throw new Refusal('file_not_found');
      const url = `${base.replace(/api\/$/, '')}files-pri/${file.id}`;
      return {
        file: {
          id: file.id,
          name: file.name,
          size: file.length,
          mimetype: 'application/octet-stream',
          user: file.owner,
          url_private: url,
          url_private_download: url,
        },
      };
    },
  },
  'files.completeUploadExternal': {
    perMinute: 100,
    scopes: ['files:write'],
    run(call) {
      const { args, workspace } = call;
      const listed = json(args, 'files', 'invalid_arguments');
      if (!Array.isArray(listed) || listed.length === 0) throw new Refusal('invalid_arguments');
      const files = listed.map((entry: unknown) => {
        const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
        const file = typeof id === 'string' ? workspace.files.get(id) : undefined;
        if (!file || file.bytes === null || file.completed) throw new Refusal('file_not_found');
        return file;
      });
      if (args.channel_id !== undefined) {
        const channel = channelOf(call, 'channel_id');
        if (channel.archived) throw new Refusal('is_archived');
        if (!channel.members.has(workspace.bot.id)) throw new Refusal('not_in_channel');
        if (channel.readOnly) throw new Refusal('posting_to_channel_denied');
        if (args.thread_ts !== undefined) parentOf(channel, args.thread_ts);
        channel.messages.push({
          ts: workspace.nextTs(),
          user: workspace.bot.id,
          botId: workspace.botId,
          text: args.initial_comment ?? '',
          blocks: [],
          edited: false,
          files,
          ...(args.thread_ts === undefined ? {} : { threadTs: args.thread_ts }),
          changed: workspace.touch(),
        });
      }
      for (const file of files) file.completed = true;
      return { files: files.map((file) => ({ id: file.id, title: file.name })) };
    },
  },
};
