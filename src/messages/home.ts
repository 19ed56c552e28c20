import type { Block, Button, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { OfficerView } from '../use-cases/views.ts';
import { reportObstacle } from './buttons.ts';
import { ownList } from './commitment-list.ts';
import { platformName } from './platform-name.ts';

/** Somebody's own page: what they answer for, and how they are written to, each setting with its press. */
export function homePage(
  speaker: Speaker,
  facts: {
    readonly list: Parameters<typeof ownList>[1];
    readonly self: OfficerView | null;
    readonly standIn: OfficerView | null;
    readonly writtenTo: { readonly now: string | null; readonly chosen: boolean };
    /** IANA name; 'HH:MM' there. */
    readonly zone: string;
    readonly hours: { readonly from: string; readonly until: string };
  },
): MessageDocument {
  const list = ownList(speaker, facts.list);
  const { self } = facts;
  const away =
    self === null || self.awayFrom === null || self.awayUntil === null || self.awayUntil < facts.list.today
      ? speaker.say('home.not-away')
      : speaker.say('home.away', { from: speaker.day(self.awayFrom), until: speaker.day(self.awayUntil) });
  const { now, chosen } = facts.writtenTo;
  const where =
    now === null
      ? speaker.say('home.nowhere')
      : speaker.say(chosen ? 'home.platform-chosen' : 'home.platform-seen', { platform: platformName(now) });
  const settings: Block[] = [
    { block: 'heading', text: speaker.say('home.settings') },
    {
      block: 'facts',
      facts: [
        { label: speaker.say('title.my/language'), value: speaker.say('home.this-language') },
        { label: speaker.say('title.my/platform'), value: where },
        { label: speaker.say('title.my/zone'), value: speaker.say('home.hours', { zone: facts.zone, ...facts.hours }) },
        { label: speaker.say('title.my/away'), value: away },
        { label: speaker.say('option.stand-in'), value: facts.standIn?.name ?? speaker.say('home.nobody') },
      ],
    },
    {
      block: 'buttons',
      buttons: [
        press(speaker, 'my/language'),
        press(speaker, 'my/platform'),
        press(speaker, 'my/zone'),
        press(speaker, 'my/away'),
        press(speaker, 'accord/help'),
      ],
    },
  ];
  return {
    ...list,
    blocks: [
      ...list.blocks,
      { block: 'buttons', buttons: [reportObstacle(speaker)] },
      { block: 'divider' },
      ...settings,
    ],
  };
}

type Setting = 'my/language' | 'my/platform' | 'my/zone' | 'my/away' | 'accord/help';
const press = (speaker: Speaker, path: Setting): Button => ({
  label: speaker.say(`title.${path}`),
  does: { path, blanks: {} },
});
