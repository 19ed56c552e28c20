/** Whatever in the messages said so far would notify or link although nobody meant it, as each service would read them. */
import type { DiscordDouble } from '../doubles/discord/index.ts';
import type { SlackDouble } from '../doubles/slack/index.ts';
import { readMrkdwn } from '../doubles/slack/mrkdwn.ts';

const ALARMING = new Set(['user', 'broadcast', 'link', 'emoji', 'usergroup', 'channel', 'color']);

/** Whatever in a payload Slack would make a mention, a link or an emoji of; mrkdwn is read as eagerly as it can be. */
function alarmsIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(alarmsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { type, text, verbatim } = part as { type?: unknown; text?: unknown; verbatim?: unknown };
  if (type === 'mrkdwn' && typeof text === 'string') return inMrkdwn(text, verbatim === true);
  if (typeof type === 'string' && ALARMING.has(type)) return [JSON.stringify(part)];
  return Object.values(part).flatMap(alarmsIn);
}

const inMrkdwn = (text: string, verbatim: boolean): string[] =>
  readMrkdwn(text, { reading: 'eager', verbatim })
    .filter((piece) => ALARMING.has(piece.as))
    .map((piece) => `${piece.as}: ${piece.text}`);

export function alarmsOnSlack({ workspace }: SlackDouble): string[] {
  const said = [...workspace.channels.values()]
    .flatMap((channel) => channel.messages)
    .filter((message) => message.user === workspace.bot.id);
  if (said.length === 0) throw new Error('nothing was said');
  // The text beside the blocks is what a notification shows: mrkdwn, in which chat.postMessage looks for no bare
  // names or links (its `parse` is 'none' unless asked for). A colon cannot be escaped there: an emoji pings nobody.
  const spoken = (text: string) => inMrkdwn(text, true).filter((alarm) => !alarm.startsWith('emoji'));
  return said.flatMap((message) => [...spoken(message.text), ...alarmsIn(message.blocks)]);
}

/** A mention, a masked link, a bare link: wherever no backslash or code takes its meaning away. */
const LIVE = /(?<!\\)<(?:@[!&]?|#)\d+>|(?<![\\`])\]\((?!\\)https?:|(?<!\\)<https?:[^|]*>/g;

export function alarmsOnDiscord({ world }: DiscordDouble): string[] {
  const said = [...world.messages.values()];
  if (said.length === 0) throw new Error('nothing was said');
  return said.flatMap((message) => [
    // No message may notify more than the people it was written for: none by role, by name in the text, or all.
    ...(JSON.stringify((message.allowed_mentions as { parse?: unknown } | undefined)?.parse) === '[]'
      ? []
      : [`may notify: ${JSON.stringify(message.allowed_mentions)}`]),
    ...(JSON.stringify(message.components).match(LIVE) ?? []),
  ]);
}
