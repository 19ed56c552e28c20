import { checkHome, checkView, type Modal } from './blocks.ts';
import { type Call, json, type Method, metadata, Refusal, required } from './method.ts';
import { initialValues } from './view-state.ts';
import { type OpenView, stackOf, TEAM, type Workspace } from './workspace.ts';

/** Views on top of each other. */
const DEEPEST = 3;

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
  root_view_id: view.root,
  previous_view_id: view.previous,
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

/** Puts a view on somebody's screen, over another where there is one. Also what an acknowledgement with `push` does. */
export function showView(workspace: Workspace, user: string, view: Modal, over: OpenView | null): OpenView {
  if (over && stackOf(workspace, over).length >= DEEPEST) throw new Refusal('push_limit_reached');
  const id = workspace.id('V');
  const open: OpenView = {
    id,
    user,
    root: over?.root ?? id,
    previous: over?.id ?? null,
    hash: workspace.id('h'),
    view,
    values: initialValues(view),
    errors: {},
  };
  workspace.views.set(id, open);
  workspace.touch();
  return open;
}

export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const view = viewOf(call);
      return { view: viewShape(showView(call.workspace, spend(call), view, null)) };
    },
  },
  'views.push': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const { workspace } = call;
      const view = viewOf(call);
      const user = spend(call);
      const over = [...workspace.views.values()].findLast((each) => each.user === user);
      if (!over) throw new Refusal('not_found');
      return { view: viewShape(showView(workspace, user, view, over)) };
    },
  },
  'views.update': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const { workspace, args } = call;
      const view = viewOf(call);
      const open =
        args.external_id === undefined
          ? workspace.views.get(required(args, 'view_id'))
          : [...workspace.views.values()].find((each) => each.view.external_id === args.external_id);
      if (!open) throw new Refusal('not_found');
      if (args.hash !== undefined && args.hash !== open.hash) throw new Refusal('hash_conflict');
      Object.assign(open, { view, hash: workspace.id('h'), values: initialValues(view, open.values), errors: {} });
      workspace.touch();
      return { view: viewShape(open) };
    },
  },
  'views.publish': {
    perMinute: 100,
    scopes: [],
    run(call) {
      const { workspace, args } = call;
      const checked = checkHome(json(args, 'view', 'invalid_arguments'));
      if ('error' in checked) throw new Refusal(checked.error, metadata(...checked.messages));
      const user = required(args, 'user_id');
      const known = workspace.users.get(user);
      if (!known || known.isBot) throw new Refusal('invalid_arguments');
      if (!workspace.homeTab) throw new Refusal('not_enabled');
      const before = workspace.homes.get(user);
      if (args.hash !== undefined && args.hash !== before?.hash) throw new Refusal('hash_conflict');
      const home = { id: before?.id ?? workspace.id('V'), hash: workspace.id('h'), view: checked.value };
      workspace.homes.set(user, home);
      workspace.touch();
      return { view: { id: home.id, hash: home.hash, ...home.view } };
    },
  },
};
