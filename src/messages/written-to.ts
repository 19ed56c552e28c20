import type { Button, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { notice } from './notice.ts';
import { platformName } from './platform-name.ts';

/** Where a person is written to, and the presses that change it. */
export function writtenTo(
  speaker: Speaker,
  facts: {
    readonly now: string | null;
    readonly chosen: boolean;
    readonly platforms: readonly string[];
    /** Whether they have just said so. */
    readonly changed: boolean;
  },
): MessageDocument {
  const platform = platformName(facts.now ?? '');
  const state = facts.changed
    ? facts.chosen
      ? 'platform.chosen'
      : 'platform.last-seen'
    : facts.chosen
      ? 'platform.is-chosen'
      : 'platform.is-seen';
  const text = speaker.rich(state, { platform });
  if (facts.platforms.length < 2) return notice(speaker, [text, speaker.say('platform.only')]);
  const choose = (label: string, wish: string): Button => ({
    label,
    does: { path: 'my/platform', blanks: { platform: wish } },
  });
  return notice(speaker, [text], {
    buttons: [
      ...facts.platforms
        .filter((each) => !(facts.chosen && each === facts.now))
        .map((each) => choose(speaker.say('button.write-on', { platform: platformName(each) }), each)),
      ...(facts.chosen ? [choose(speaker.say('button.write-last-seen'), 'last-seen')] : []),
    ],
  });
}
