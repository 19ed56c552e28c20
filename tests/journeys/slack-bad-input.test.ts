import { describe, test } from 'vitest';
import { readMrkdwn } from '../doubles/slack/mrkdwn.ts';
import { type Peculiar, wrongCharacters, wrongFiles, wrongMoment, wrongWords } from './bad-input.ts';
import { openStage, type SlackStage } from './stage-slack.ts';

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

const SLACK: Peculiar = {
  open: openStage,
  unknown: ['/commitment dance', '/commitment', 'hello'],
  longLines: true,
  async alarms(stage) {
    const { workspace } = (stage as SlackStage).double;
    const said = [...workspace.channels.values()]
      .flatMap((channel) => channel.messages)
      .filter((message) => message.user === workspace.bot.id);
    if (said.length === 0) throw new Error('nothing was said');
    // The text beside the blocks is what a notification shows: mrkdwn, in which chat.postMessage looks for no bare
    // names or links (its `parse` is 'none' unless asked for). A colon cannot be escaped there: an emoji pings nobody.
    const spoken = (text: string) => inMrkdwn(text, true).filter((alarm) => !alarm.startsWith('emoji'));
    return said.flatMap((message) => [...spoken(message.text), ...alarmsIn(message.blocks)]);
  },
};

describe('slack: bad input', () => {
  test('wrong words', () => wrongWords(SLACK));
  test('at the wrong moment', () => wrongMoment(SLACK));
  test('wrong files', () => wrongFiles(SLACK));
  test('wrong characters', () => wrongCharacters(SLACK));
});
