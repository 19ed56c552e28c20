import type { Button, Entry, MessageDocument } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';
import { type ImportCounts, questionEntry } from './import.ts';

export type ListedOfImport = 'questions' | 'agencies' | 'vanished';

/** On one page: some three screens, read once. */
const PER_PAGE = 30;

/** All of what a preview shows some of: the questions, the agencies that are new, what is no longer in the sheet. */
export function importList(
  speaker: Speaker,
  facts: {
    readonly id: number;
    readonly fileName: string;
    readonly counts: ImportCounts;
    readonly what: ListedOfImport;
    readonly page: number;
  },
): MessageDocument {
  const { what, counts } = facts;
  const all: Readonly<Record<ListedOfImport, readonly Entry[]>> = {
    questions: counts.questions.map((question) => questionEntry(speaker, question)),
    agencies: counts.newAgencies.map((name) => ({ text: name })),
    vanished: counts.vanished.map((ref) => ({ text: ref })),
  };
  const entries = all[what];
  const pages = Math.max(1, Math.ceil(entries.length / PER_PAGE));
  const page = Math.min(Math.max(1, facts.page), pages);
  const from = (page - 1) * PER_PAGE;
  const summary = speaker.say(`import.all-${what}`, { file: facts.fileName, count: entries.length });
  const to = (label: 'button.previous' | 'button.next', at: number): Button => ({
    label: speaker.say(label),
    does: { path: 'import/show', blanks: { id: String(facts.id), list: what, page: String(at) } },
  });
  const turns = [
    ...(page > 1 ? [to('button.previous', page - 1)] : []),
    ...(page < pages ? [to('button.next', page + 1)] : []),
  ];
  return {
    lang: speaker.lang,
    summary,
    blocks: [
      { block: 'entries', title: summary, entries: entries.slice(from, from + PER_PAGE) },
      ...(pages > 1
        ? [
            {
              block: 'note',
              text: speaker.say('import.page', {
                page,
                pages,
                more: entries.length - from - Math.min(PER_PAGE, entries.length - from),
              }),
            } as const,
          ]
        : []),
      ...(turns.length > 0 ? [{ block: 'buttons', buttons: turns } as const] : []),
    ],
  };
}
