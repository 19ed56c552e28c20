import type { WebClient } from '@slack/web-api';
import type { Inbound } from '../interaction.ts';
import { bounded } from './bounded.ts';
import { platformError } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './logger.ts';
import type { CommandNames } from './names.ts';
import type { People } from './people.ts';
import { render } from './render.ts';

/** The bot's own tab: what the house's home says, for whoever opens it, and again after each of their changes. */
export function createHome(parts: {
  client: WebClient;
  inbound: Inbound;
  people: People;
  names: CommandNames;
  log: Log;
  id: () => string;
}) {
  const { client, inbound, people, names, log } = parts;
  const path = inbound.commands.find((command) => command.home)?.path;
  /** Who has opened theirs since the start: only they may be looking at it. */
  const seen = bounded<true>(5000);

  async function show(user: string): Promise<void> {
    if (path === undefined) return;
    seen.set(user, true);
    const account = await people.account(user, user);
    const conversation = await people.direct(user).catch(() => '');
    const outcome = await inbound.run({
      id: `home/${parts.id()}`,
      account,
      place: { conversation, direct: true },
      said: { by: 'options', path, blanks: {} },
    });
    if (outcome.do !== 'say') return;
    // What is longer than the tab is reached by the list's own press.
    const blocks = render(names.inDocument(outcome.document)).blocks.filter((block) => block.type !== 'table');
    try {
      await client.views.publish({
        user_id: user,
        view: { type: 'home', blocks: blocks.slice(0, LIMITS.blocksPerView) },
      });
    } catch (error) {
      log.warn({ error: platformError(error).message }, 'the home tab could not be shown');
    }
  }

  return {
    show,
    /** After something was done by this person. */
    changed: async (user: string): Promise<void> => {
      if (seen.get(user)) await show(user);
    },
  };
}
export type Home = ReturnType<typeof createHome>;
