import type { Block, Button, MessageDocument } from '../chat/message.ts';
import { plainText } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import { notice } from './notice.ts';

export const showCalendar = (speaker: Speaker, year: number): Button => ({
  label: speaker.say('button.calendar', { year: String(year) }),
  does: { path: 'calendar/show', blanks: { year: String(year) } },
});

const setDays = (speaker: Speaker): Button => ({
  label: speaker.say('button.set-days'),
  does: { path: 'calendar/set', blanks: {} },
});

const confirmYear = (speaker: Speaker, year: number): Button => ({
  label: speaker.say('button.confirm-year', { year: String(year) }),
  does: { path: 'calendar/confirm', blanks: { year: String(year) } },
});

/** The days of a year that differ from the week, and whether anybody has said that they are all. */
export function calendarYear(
  speaker: Speaker,
  facts: {
    readonly year: number;
    readonly days: readonly { readonly day: string; readonly worked: boolean; readonly name: string }[];
    readonly decided: boolean;
  },
): MessageDocument {
  const year = String(facts.year);
  const head = speaker.rich('calendar.head', { year, count: facts.days.length });
  const blocks: Block[] = [{ block: 'paragraph', text: head }];
  if (facts.days.length > 0)
    blocks.push({
      block: 'entries',
      numbered: false,
      entries: facts.days.map(({ day, worked, name }) => ({
        text: speaker.rich(worked ? 'calendar.worked' : 'calendar.holiday', { day: speaker.day(day), name }),
      })),
    });
  blocks.push({
    block: 'note',
    text: speaker.say(facts.decided ? 'calendar.decided' : 'calendar.undecided', { year }),
  });
  blocks.push({
    block: 'buttons',
    buttons: facts.decided ? [setDays(speaker)] : [setDays(speaker), confirmYear(speaker, facts.year)],
  });
  return { lang: speaker.lang, summary: plainText(head), blocks };
}

/** A year is near or has begun, and nobody has entered what is decided for it. */
export function calendarWanted(
  speaker: Speaker,
  { year, isNear }: { readonly year: number; readonly isNear: boolean },
): MessageDocument {
  const key = isNear ? 'calendar.wanted' : 'calendar.wanted-now';
  return notice(speaker, [speaker.rich(key, { year: String(year) })], {
    buttons: [showCalendar(speaker, year), setDays(speaker), confirmYear(speaker, year)],
  });
}
