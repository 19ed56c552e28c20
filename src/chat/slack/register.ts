import type { CommandShape } from '../command.ts';
import type { Lang } from '../language.ts';
import { clip } from './limits.ts';

/** A slash command's name with its stroke [S: 32]; its description and hint in a manifest [S: 2000, 1000]. */
const MANIFEST = { command: 32, description: 2000, hint: 1000, name: 35 } as const;

/** What the bot may do, one scope for each thing it does. */
export const SCOPES = [
  'commands',
  'chat:write',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:write',
  'groups:history',
  'im:read',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
  'files:read',
  'files:write',
] as const;

/**
 * The app's manifest: a bot cannot register slash commands by itself, so an administrator pastes this at
 * api.slack.com/apps. One command for each noun; its verbs are the hint. Throws where a noun makes no valid name.
 */
export function manifest(commands: readonly CommandShape[], app: { name: string; lang: Lang }) {
  const offered = commands.filter((command) => !command.hidden);
  const nouns = [...new Set(offered.map((command) => command.noun))];
  return {
    display_information: { name: clip(app.name, MANIFEST.name) },
    features: {
      bot_user: { display_name: app.name, always_online: true },
      app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      slash_commands: nouns.map((noun) => {
        const verbs = offered.filter((each) => each.noun === noun);
        const command = `/${noun}`;
        if (!/^\/[a-z0-9_-]+$/.test(command) || command.length > MANIFEST.command)
          throw new Error(`"${command}" is no name for a slash command`);
        return {
          command,
          description: clip(verbs.map((verb) => verb.title(app.lang)).join(' · '), MANIFEST.description),
          usage_hint: clip(verbs.map((verb) => verb.verb).join(' | '), MANIFEST.hint),
          should_escape: false,
        };
      }),
    },
    oauth_config: { scopes: { bot: [...SCOPES] } },
    settings: {
      event_subscriptions: { bot_events: ['message.im'] },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
}
