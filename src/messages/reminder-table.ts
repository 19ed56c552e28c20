import type { Block, Button, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { ReminderTable } from '../use-cases/views.ts';

const ANSWERS = ['progress', 'obstacle', 'snoozed', 'not-mine'] as const;
const page = (at: number) => ({ path: 'reminder/table', blanks: { page: String(at) } });

/** For coordinators: who was reminded how often and answered how, a page at a time, by agency and name. */
export function reminderTable(speaker: Speaker, facts: ReminderTable): MessageDocument {
  const { from, until, rows, total } = facts;
  if (rows.length === 0) {
    const none = speaker.say('answers.none');
    return { lang: speaker.lang, summary: none, blocks: [{ block: 'paragraph', text: none }] };
  }
  const head = speaker.say('answers.head', { from: speaker.day(from), until: speaker.day(until), total });
  const blocks: Block[] = [
    { block: 'paragraph', text: head },
    {
      block: 'table',
      columns: [
        speaker.say('answers.agency'),
        speaker.say('answers.officer'),
        speaker.say('answers.messages'),
        ...ANSWERS.map((what) => speaker.say(`answers.${what}`)),
        speaker.say('answers.unanswered'),
      ],
      rows: rows.map(({ officer, tally }) => [
        officer.agency.code,
        officer.name,
        ...[tally.messages, ...ANSWERS.map((what) => tally[what]), tally.unanswered].map(String),
      ]),
    },
    { block: 'note', text: speaker.say('answers.note') },
  ];
  if (facts.unsent)
    blocks.push({
      block: 'note',
      text: speaker.say('answers.unsent', { day: speaker.day(facts.unsent.day), count: facts.unsent.people }),
    });
  const pages: Button[] = [];
  if (facts.page > 1) pages.push({ label: speaker.say('button.previous'), does: page(facts.page - 1) });
  if (facts.page * facts.perPage < total) pages.push({ label: speaker.say('button.next'), does: page(facts.page + 1) });
  if (pages.length > 0) blocks.push({ block: 'buttons', buttons: pages });
  return { lang: speaker.lang, summary: head, blocks };
}
