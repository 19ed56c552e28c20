import { checkView, type Modal } from './blocks.ts';
import { type Call, flag, json, type Method, metadata, Refusal, required } from './method.ts';
import { channelOf } from './methods-chat.ts';
import { initialValues } from './view-state.ts';
import { type OpenView, TEAM, type User } from './workspace.ts';

const person = (user: User, { scopes, args }: Call) => ({
  id: user.id,
  team_id: TEAM.id,
  name: user.name.toLowerCase().replaceAll(' ', '.'),
  real_name: user.name,
  deleted: user.disabled,
  is_bot: user.isBot,
  ...(flag(args, 'include_locale') ? { locale: user.locale } : {}),
  profile: {
    real_name: user.name,
    display_name: user.name,
    // The address is only told to those who may read it.
    ...(scopes.has('users:read.email') && !user.isBot ? { email: user.email } : {}),
  },
});

function viewOf(call: Call): Modal {
  const checked = checkView(json(call.args, 'view', 'invalid_arguments'));
  if ('error' in checked) throw new Refusal(checked.error, metadata(...checked.messages));
  return checked.value;
}

/** A trigger works once, for three seconds. */
function spend({ args, workspace }: Call): string {
  const name = required(args, 'trigger_id', 'invalid_trigger_id');
  const trigger = workspace.triggers.get(name);
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (workspace.now() - trigger.at > 3000) throw new Refusal('expired_trigger_id');
  trigger.used = true;
  return trigger.user;
}

export const viewShape = (view: OpenView) => ({
  id: view.id,
  team_id: TEAM.id,
  hash: view.hash,
  root_view_id: view.id,
  previous_view_id: null,
  app_id: 'A0ACCORD',
  bot_id: 'B0ACCORD',
  clear_on_close: false,
  notify_on_close: false,
  external_id: '',
  callback_id: '',
  private_metadata: '',
  close: null,
  submit: null,
  ...view.view,
  state: { values: Object.fromEntries(view.values) },
});

export const OTHER: Readonly<Record<string, Method>> = {
  'auth.test': {
    perMinute: null,
    scopes: [],
    run: ({ workspace, base }) => ({
      url: base,
      team: TEAM.name,
      user: workspace.bot.name,
      team_id: TEAM.id,
      user_id: workspace.bot.id,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    }),
  },
  'users.info': {
    perMinute: 100,
    scopes: ['users:read'],
    run(call) {
      const user = call.workspace.users.get(required(call.args, 'user', 'user_not_found'));
      if (!user) throw new Refusal('user_not_found');
      return { user: person(user, call) };
    },
  },
  'users.lookupByEmail': {
    perMinute: 50,
    scopes: ['users:read.email'],
    run(call) {
      const email = required(call.args, 'email').toLowerCase();
      const user = [...call.workspace.users.values()].find(
        (each) => each.email.toLowerCase() === email && !each.disabled,
      );
      if (!user || email === '') throw new Refusal('users_not_found');
      return { user: person(user, call) };
    },
  },
  'views.open': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const { workspace } = call;
      const view = viewOf(call);
      const user = spend(call);
      const open: OpenView = {
        id: workspace.id('V'),
        user,
        hash: workspace.id('h'),
        view,
        values: initialValues(view),
        errors: {},
      };
      workspace.views.set(open.id, open);
      workspace.touch();
      return { view: viewShape(open) };
    },
  },
  'views.update': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const { workspace, args } = call;
      const view = viewOf(call);
      const open = workspace.views.get(required(args, 'view_id'));
      if (!open) throw new Refusal('not_found');
      if (args.hash !== undefined && args.hash !== open.hash) throw new Refusal('hash_conflict');
      Object.assign(open, { view, hash: workspace.id('h'), values: initialValues(view, open.values), errors: {} });
      workspace.touch();
      return { view: viewShape(open) };
    },
  },
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
        channel.messages.push({
          ts: workspace.nextTs(),
          user: workspace.bot.id,
          botId: workspace.botId,
          text: args.initial_comment ?? '',
          blocks: [],
          edited: false,
          files,
          changed: workspace.touch(),
        });
      }
      for (const file of files) file.completed = true;
      return { files: files.map((file) => ({ id: file.id, title: file.name })) };
    },
  },
};
