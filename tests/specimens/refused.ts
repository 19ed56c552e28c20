import { brokenLimits } from '../../src/chat/discord/broken-limits.ts';
import { render as renderDiscord } from '../../src/chat/discord/render.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { withinLimits as playgroundHolds, render as renderPlayground } from '../../src/chat/playground/render.ts';
import { withinLimits } from '../../src/chat/slack/limits.ts';
import { render as renderSlack } from '../../src/chat/slack/render.ts';
import { checkMessage } from '../doubles/discord/check-message.ts';
import { checkBlocks } from '../doubles/slack/blocks.ts';
import type { Dialect } from './made.ts';

/**
 * Why a platform would refuse a message, or null: by the adapter's own measure and by that of the service's strict
 * counterpart, which was written apart from it.
 */
export const REFUSED: Readonly<Record<Dialect, (part: MessageDocument) => string | null>> = {
  slack(part) {
    const { blocks, text } = renderSlack(part);
    const checked = checkBlocks(blocks);
    if ('error' in checked) return `${checked.error}: ${checked.messages.join('; ')}`;
    if (text.length > 4000) return 'msg_too_long';
    return withinLimits(blocks) ? null : 'over our own limits';
  },
  discord(part) {
    const rendered = renderDiscord(part);
    const body = {
      flags: 1 << 15,
      components: rendered.components,
      allowed_mentions: { parse: [], users: rendered.mentions },
    };
    try {
      checkMessage(body, new Set(rendered.files.map((file) => file.name)), null);
    } catch (error) {
      return JSON.stringify(error);
    }
    return brokenLimits(rendered).join('; ') || null;
  },
  playground: (part) => (playgroundHolds(renderPlayground(part)) ? null : 'over our own limits'),
};
