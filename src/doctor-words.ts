import type { Finding } from './chat/doctor.ts';

type Words = (facts: Readonly<Record<string, string>>) => string;
const slackApp = 'api.slack.com/apps, your app';
const discordApp = 'discord.com/developers, your application';
const again = 'Try again; status: ';

/** What is in order, by what was looked at. */
const FINE: Readonly<Record<string, Words>> = {
  'node version': ({ version }) => `Node ${version}`,
  'configuration variables': ({ platforms }) => `the configuration is whole; it names ${platforms}`,
  'database running': ({ pid }) => `the bot is running (process ${pid}) and has its database open`,
  'database none': ({ folder }) => `there is no database in ${folder} yet; the first start makes one`,
  'database opened': ({ version }) => `PostgreSQL ${version} is reached`,
  'database migrated': () => 'the database is as this version wants it',
  'database to-migrate': ({ steps }) => `the next start brings the database up to date (${steps})`,
  'database written': () => 'the database can be written to',
  'port free': ({ port }) => `port ${port} is free`,
  'port taken': ({ port }) => `port ${port} is taken; the playground will take the next free one`,
  'health free': ({ host, port }) => `health will be told at ${host}, port ${port} (HEALTH_PORT), which is free`,
  'health told': ({ host, port }) => `the bot tells its health at ${host}, port ${port}`,
  'register coordination': () => 'a coordination channel is linked',
  'slack bot-token': ({ name, team }) => `the bot token is accepted: ${name} in ${team}`,
  'slack app-token': () => 'the app token is accepted, and Socket Mode is on',
  'slack scopes': () => 'every scope is granted',
  'slack clock': ({ seconds }) => `the clock agrees with Slack's (${seconds} s)`,
  'slack channel': ({ channel }) => `it is in the channel of ${channel}`,
  'discord token': ({ name }) => `the token is accepted: ${name}; no privileged intent is needed`,
  'discord gateway': ({ left }) => `${left} connections are left today`,
  'discord server': ({ server }) => `it is in the server ${server}`,
  'discord permissions': () => 'it has every permission it needs',
  'discord clock': ({ seconds }) => `the clock agrees with Discord's (${seconds} s)`,
  'discord channel': ({ channel }) => `it sees the channel of ${channel} and may post there`,
};

const skew: Words = ({ seconds }) =>
  `This machine's clock is ${seconds} s off. Switch on time synchronisation (Linux: timedatectl set-ntp true).`;

/** What is wrong and what to click, by what was looked at and the problem. */
const WRONG: Readonly<Record<string, Words>> = {
  'node version old': ({ version }) => `This is Node ${version}. Install Node 20.19 or later: nodejs.org.`,
  'configuration variable wrong': ({ text }) => `${text}`,
  'database running no-answer': ({ pid }) =>
    `Process ${pid} has the database open and does not answer. Wait until it has started, or stop it.`,
  'database none folder': ({ folder, why }) =>
    `No database can be made in ${folder} (${why}). Let this user write there, or set DATA_DIR to another folder.`,
  'database opened not': ({ why }) => `${why}`,
  'database used not': ({ why }) => `The database cannot be used: ${why}`,
  'port free not': ({ port, why }) => `Port ${port} cannot be opened (${why}). Set PORT to another one.`,
  'health free not': ({ host, port, why }) =>
    `Health cannot be told at ${host}, port ${port} (${why}). Set HEALTH_PORT to another one, or stop what uses it.`,
  'register coordination none': () =>
    'No channel is the coordination channel, where the digest goes. Type there: /channel coordination',
  'slack bot-token refused': ({ why }) =>
    `Slack refuses SLACK_BOT_TOKEN (${why}). ${slackApp}, OAuth & Permissions: copy the Bot User OAuth Token, or press Reinstall.`,
  'slack bot-token not-reached': ({ why }) =>
    `Slack does not answer (${why}). Let this machine reach slack.com (HTTPS). ${again}slack-status.com.`,
  'slack app-token refused': ({ why }) =>
    `Slack refuses SLACK_APP_TOKEN (${why}). ${slackApp}, Basic Information, App-Level Tokens: generate one with connections:write.`,
  'slack app-token missing-scope': () =>
    `SLACK_APP_TOKEN lacks connections:write. ${slackApp}, Basic Information, App-Level Tokens: generate one that has it.`,
  'slack app-token socket-mode-off': () => `Socket Mode is off. ${slackApp}, Socket Mode: Enable Socket Mode.`,
  'slack app-token not-reached': ({ why }) =>
    `Slack gives no socket (${why}). Let this machine reach slack.com (HTTPS, WebSocket). ${again}slack-status.com.`,
  'slack scopes missing': ({ scopes }) =>
    `Scopes are missing: ${scopes}. ${slackApp}, OAuth & Permissions, Bot Token Scopes: add them, then Reinstall to Workspace (or paste npm run slack:manifest anew).`,
  'slack clock wrong': skew,
  'slack channel archived': ({ channel }) =>
    `The channel of ${channel} is archived. Unarchive it in Slack, or link another with /channel.`,
  'slack channel not-in': ({ channel }) => `The bot is not in the channel of ${channel}. Type there: /invite @Accord`,
  'slack channel not-seen': ({ channel }) =>
    `The bot does not see the channel of ${channel}: it is private and the bot is not in it (type there: /invite @Accord), or it is gone (link another with /channel).`,
  'slack channel missing-scope': ({ channel }) =>
    `The bot may not look at the channel of ${channel}: the scopes above are missing.`,
  'slack channel refused': ({ channel, why }) => `Slack would not show the channel of ${channel} (${why}).`,
  'slack channel not-reached': ({ channel }) => `Slack did not answer about the channel of ${channel}. Try again.`,
  'discord token refused': () =>
    `Discord refuses DISCORD_TOKEN. ${discordApp}, Bot: Reset Token, and copy the new one.`,
  'discord token not-reached': ({ why }) =>
    `Discord does not answer (${why}). Let this machine reach discord.com (HTTPS). ${again}discordstatus.com.`,
  'discord gateway few-starts': ({ left, minutes }) =>
    `Only ${left} connections are left for ${minutes} minutes: the bot has been started too often. Leave it running, or stopped, until then.`,
  'discord server none': () =>
    'The bot is in no server. Open the address that npm run discord:invite -- APPLICATION_ID prints, and choose yours.',
  'discord server not-in': () =>
    'The bot is not in the server of DISCORD_GUILD_ID. Check the id (right-click the server, Copy Server ID), or invite the bot: npm run discord:invite -- APPLICATION_ID',
  'discord server several': ({ servers }) =>
    `The bot is in several servers (${servers}). Set DISCORD_GUILD_ID to yours: right-click it, Copy Server ID.`,
  'discord server refused': ({ why }) =>
    `Discord would not show the server (${why}). Invite the bot again: npm run discord:invite -- APPLICATION_ID`,
  'discord server not-reached': ({ why }) => `Discord stopped answering (${why}). ${again}discordstatus.com.`,
  'discord permissions missing': ({ permissions, application }) =>
    `Permissions are missing: ${permissions}. Server Settings, Roles, the bot's role: switch them on; or invite it again: npm run discord:invite -- ${application}`,
  'discord clock wrong': skew,
  'discord channel gone': ({ channel }) => `The channel of ${channel} is gone. Link another with /channel.`,
  'discord channel archived': ({ channel }) =>
    `The thread of ${channel} is locked and archived. Unarchive it, or link another channel with /channel.`,
  'discord channel not-seen': ({ channel }) =>
    `The bot does not see the channel of ${channel}. Edit Channel, Permissions: add the bot's role, View Channel.`,
  'discord channel may-not': ({ channel, may }) =>
    `In the channel of ${channel} the bot lacks: ${may}. Edit Channel, Permissions, the bot's role: allow them.`,
  'discord channel refused': ({ channel, why }) => `Discord would not show the channel of ${channel} (${why}).`,
  'discord channel not-reached': ({ channel }) => `Discord did not answer about the channel of ${channel}. Try again.`,
};

/** The sentence for an operator. Throws where a finding has no words: that is a mistake of ours, and a test looks for it. */
export function wordsFor({ of, what, problem, facts }: Finding): string {
  const key = [of, what, ...(problem === null ? [] : [problem])].join(' ');
  const words = (problem === null ? FINE : WRONG)[key];
  if (!words) throw new Error(`no words for '${key}'`);
  return words(facts);
}
