import type { CommandShape } from '../command.ts';
import type { Lang } from '../language.ts';
import { clip } from './limits.ts';
import { commandNames } from './names.ts';
import { REQUEST_PATH } from './request-path.ts';
import { shortcutsOf } from './shortcuts.ts';

/** Characters [S]: a slash command with its stroke, its description and hint; the app's name; a shortcut and what it says. */
const MANIFEST = {
  command: 32,
  description: 2000,
  hint: 1000,
  name: 35,
  shortcut: 24,
  shortcutDescription: 150,
} as const;
/** [S: app settings] An app has so many shortcuts of each kind, and so many commands. */
const MOST = { shortcuts: 5, commands: 50 } as const;

/** What the bot may do; each scope with the methods and events that need it. */
export const SCOPES = {
  commands: ['slash_commands', 'shortcuts'],
  'chat:write': ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'chat.delete'],
  'channels:history': ['conversations.history', 'conversations.replies'],
  'channels:read': ['conversations.info'],
  'groups:read': ['conversations.list', 'conversations.info'],
  'groups:write': [
    'conversations.create',
    'conversations.invite',
    'conversations.kick',
    'conversations.archive',
    'conversations.setTopic',
    'conversations.setPurpose',
  ],
  'groups:history': ['conversations.history', 'conversations.replies'],
  'im:write': ['conversations.open'],
  'im:history': ['conversations.history', 'message.im'],
  'users:read': ['users.info'],
  'users:read.email': ['users.lookupByEmail'],
  'files:read': ['file_input', 'url_private'],
  'files:write': ['files.getUploadURLExternal', 'files.completeUploadExternal'],
} as const;

/** What Slack tells the bot of: what is written to it, and that its own tab was opened. */
export const EVENTS = ['app_home_opened', 'message.im'] as const;

export interface App {
  readonly name: string;
  readonly lang: Lang;
  /** What stands before the nouns of the commands. */
  readonly prefix?: string | undefined;
  /** Where Slack sends requests (https://accord.example); Socket Mode where absent. */
  readonly requests?: string | undefined;
}

/**
 * The app's manifest: a bot cannot register slash commands by itself, so an administrator pastes this at
 * api.slack.com/apps. One command for each noun; its verbs are the hint. Throws where a noun makes no valid name.
 */
export function manifest(commands: readonly CommandShape[], app: App) {
  const offered = commands.filter((command) => !command.hidden);
  const nouns = [...new Set(offered.map((command) => command.noun))];
  const names = commandNames(app.prefix ?? '', commands);
  const url = app.requests === undefined ? null : new URL(REQUEST_PATH, app.requests).href;
  const shortcuts = shortcutsOf(offered);
  for (const type of ['global', 'message'])
    if (shortcuts.filter((each) => each.type === type).length > MOST.shortcuts)
      throw new Error(`there are more than ${MOST.shortcuts} shortcuts: ${type}`);
  if (nouns.length > MOST.commands) throw new Error(`there are more than ${MOST.commands} commands`);
  return {
    display_information: { name: clip(app.name, MANIFEST.name) },
    features: {
      bot_user: { display_name: app.name, always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      shortcuts: shortcuts.map(({ type, callbackId, label, description }) => ({
        name: clip(label(app.lang), MANIFEST.shortcut),
        type,
        callback_id: callbackId,
        description: clip(description(app.lang), MANIFEST.shortcutDescription),
      })),
      slash_commands: nouns.map((noun) => {
        const verbs = offered.filter((each) => each.noun === noun);
        const command = `/${names.typed(noun)}`;
        if (!/^\/[a-z0-9_-]+$/.test(command) || command.length > MANIFEST.command)
          throw new Error(`"${command}" is no name for a slash command`);
        return {
          command,
          ...(url === null ? {} : { url }),
          description: clip(verbs.map((verb) => verb.title(app.lang)).join(' · '), MANIFEST.description),
          usage_hint: clip(verbs.map((verb) => verb.verb).join(' | '), MANIFEST.hint),
          should_escape: false,
        };
      }),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...(url === null ? {} : { request_url: url }), bot_events: [...EVENTS] },
      interactivity: {
        is_enabled: true,
        ...(url === null ? {} : { request_url: url, message_menu_options_url: url }),
      },
      socket_mode_enabled: url === null,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
}
