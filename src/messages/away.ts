import type { MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { OfficerView } from '../use-cases/views.ts';
import { myList } from './buttons.ts';
import { notice } from './notice.ts';

interface Days {
  readonly from: string;
  readonly until: string;
}

/** Coordinators named in one sentence. */
const MOST_NAMED = 5;

/** To whoever goes away: who acts for them, and who does while that one is away too. */
export function awayNoted(
  speaker: Speaker,
  facts: {
    readonly self: OfficerView;
    readonly standIn: OfficerView;
    readonly told: boolean;
    readonly gap: (Days & { readonly next: OfficerView | null }) | null;
    readonly deciding: readonly OfficerView[] | null;
  },
): MessageDocument {
  const { self, standIn, told, gap, deciding } = facts;
  const [from, until] = [self.awayFrom ?? '', self.awayUntil ?? ''];
  const paragraphs = [speaker.rich('my.away', daysOf(speaker, { from, until }))];
  if (gap === null || gap.from > from || gap.until < until)
    paragraphs.push(speaker.rich(told ? 'my.away-stand-in' : 'my.away-untold', { name: standIn.name }));
  if (gap !== null) {
    const both = { ...daysOf(speaker, gap), name: standIn.name };
    paragraphs.push(
      gap.next === null
        ? speaker.rich('my.away-nobody', both)
        : speaker.rich('my.away-next', { ...both, next: gap.next.name }),
    );
  }
  if (deciding !== null) {
    const names = speaker.list(deciding.slice(0, MOST_NAMED).map((each) => each.name));
    paragraphs.push(
      deciding.length === 0 ? speaker.say('my.away-undecided') : speaker.rich('my.away-deciding', { names }),
    );
  }
  return notice(speaker, paragraphs);
}

/** To a stand-in: for whom they act, and from when to when. `inPlaceOf`: who was named, and is away then too. */
export function standInAsked(
  speaker: Speaker,
  facts: Days & { readonly absent: OfficerView; readonly inPlaceOf: OfficerView | null },
): MessageDocument {
  const words = absenceOf(speaker, facts);
  const text =
    facts.inPlaceOf === null
      ? speaker.rich('stand-in.asked', words)
      : speaker.rich('stand-in.next', { ...words, standIn: facts.inPlaceOf.name });
  return notice(speaker, [text, speaker.say('stand-in.meanwhile')], { buttons: [myList(speaker)] });
}

/** To somebody who was a stand-in: another has been named. */
export function standInOver(speaker: Speaker, facts: Days & { readonly absent: OfficerView }): MessageDocument {
  return notice(speaker, [speaker.rich('stand-in.over', absenceOf(speaker, facts))]);
}

const daysOf = (speaker: Speaker, { from, until }: Days) => ({ from: speaker.day(from), until: speaker.day(until) });

const absenceOf = (speaker: Speaker, facts: Days & { readonly absent: OfficerView }) => ({
  ...daysOf(speaker, facts),
  name: facts.absent.name,
  agency: facts.absent.agency.name,
});
