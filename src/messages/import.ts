import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { shorten } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import { listSome } from './list-some.ts';

export interface ImportCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  /** Fields that stay as a hand amended them, for the sheet says of them what it said before. */
  readonly kept?: number;
  readonly vanished: readonly string[];
  readonly precision: Readonly<Record<string, number>>;
  readonly agencies: { readonly lead: number; readonly cooperating: number };
  readonly newAgencies: readonly string[];
  readonly skipped: readonly { readonly row: number; readonly why: string }[];
  readonly questions: readonly {
    readonly row: number;
    readonly column: string;
    readonly text: string;
    readonly why: string;
  }[];
}

/** What an import would do, before it does it. */
export function importPreview(
  speaker: Speaker,
  facts: {
    readonly id: number;
    readonly fileName: string;
    readonly source: string;
    readonly known: boolean;
    readonly counts: ImportCounts;
    readonly applied: boolean;
    /** A shell has nothing to press: everything is listed at once. */
    readonly whole?: boolean;
  },
): MessageDocument {
  const { counts } = facts;
  const most = (few: number) => (facts.whole ? Number.POSITIVE_INFINITY : few);
  const title = speaker.say('import.title', { file: facts.fileName });
  const rows = [
    { label: speaker.say('import.create'), value: String(counts.create) },
    { label: speaker.say('import.update'), value: String(counts.update) },
    { label: speaker.say('import.unchanged'), value: String(counts.unchanged) },
    ...(counts.kept ? [{ label: speaker.say('import.kept'), value: String(counts.kept) }] : []),
    { label: speaker.say('import.skipped'), value: skippedWords(speaker, counts) },
    { label: speaker.say('import.dates'), value: precisionWords(speaker, counts) },
    { label: speaker.say('import.agencies'), value: speaker.say('import.agencies-count', counts.agencies) },
  ];
  const blocks: Block[] = [
    { block: 'heading', text: title },
    {
      block: 'paragraph',
      text: speaker.say(facts.known ? 'import.newer-edition' : 'import.first-time', { source: facts.source }),
    },
    { block: 'facts', facts: rows },
  ];
  if (counts.newAgencies.length > 0) {
    const names = listSome(
      speaker,
      counts.newAgencies.map((name) => shorten(name, 60)),
      most(MOST_AGENCIES),
    );
    blocks.push({
      block: 'paragraph',
      text: speaker.say('import.new-agencies', { count: counts.newAgencies.length, names }),
    });
  }
  if (counts.questions.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('import.questions', { count: counts.questions.length }),
      entries: counts.questions.slice(0, most(MOST_QUESTIONS)).map((question) => questionEntry(speaker, question)),
    });
    if (counts.questions.length > most(MOST_QUESTIONS))
      blocks.push({
        block: 'note',
        text: speaker.say('import.more-questions', { count: counts.questions.length - MOST_QUESTIONS }),
      });
  }
  if (counts.vanished.length > 0) {
    blocks.push({
      block: 'paragraph',
      text: speaker.say('import.vanished', {
        count: counts.vanished.length,
        refs: listSome(speaker, counts.vanished, most(MOST_VANISHED)),
      }),
    });
  }
  if (facts.applied) blocks.push({ block: 'note', text: speaker.say('import.applied-note') });
  else if (counts.create + counts.update === 0) blocks.push({ block: 'note', text: speaker.say('import.nothing-new') });
  else blocks.push({ block: 'note', text: speaker.say('import.nothing-yet') });
  const buttons = previewButtons(speaker, facts);
  if (buttons.length > 0) blocks.push({ block: 'buttons', buttons });
  return { lang: speaker.lang, summary: title, blocks };
}

const MOST_QUESTIONS = 10;
const MOST_AGENCIES = 8;
const MOST_VANISHED = 10;

/** Import it, and see all of what is shown in part. */
function previewButtons(
  speaker: Speaker,
  facts: { readonly id: number; readonly counts: ImportCounts; readonly applied: boolean; readonly whole?: boolean },
): Button[] {
  const { counts } = facts;
  const id = String(facts.id);
  const changes = counts.create + counts.update;
  const all = (what: 'questions' | 'agencies' | 'vanished', count: number, shown: number): Button[] =>
    facts.whole || count <= shown
      ? []
      : [
          {
            label: speaker.say(`button.all-${what}`, { count }),
            does: { path: 'import/show', blanks: { id, list: what } },
          },
        ];
  return [
    ...(facts.applied || changes === 0
      ? []
      : [
          {
            label: speaker.say('button.import', { count: changes }),
            style: 'primary',
            does: { path: 'import/apply', blanks: { id } },
          } as const,
        ]),
    ...all('questions', counts.questions.length, MOST_QUESTIONS),
    ...all('agencies', counts.newAgencies.length, MOST_AGENCIES),
    ...all('vanished', counts.vanished.length, MOST_VANISHED),
  ];
}

/** A row, its column and why it is asked about, with the cell below. */
export const questionEntry = (speaker: Speaker, question: ImportCounts['questions'][number]): Entry => ({
  text: speaker.rich('import.question', {
    row: question.row,
    column: shorten(question.column, 40),
    why: questionWords(speaker, question.why),
  }),
  ...(question.text === '' ? {} : { detail: shorten(question.text, 160) }),
});

/** An import as it stands: what came in, and what starting it would send. */
export interface AppliedFacts {
  readonly id: number;
  readonly fileName: string;
  readonly created: number;
  readonly updated: number;
  readonly wouldSend: {
    readonly parts: number;
    readonly people: number;
    readonly messages: number;
    readonly unreachable: number;
  };
  readonly started: { readonly by: string; readonly at: string } | null;
}

/** It is in the register; this is what would be sent, and nothing is until the press. */
export function importApplied(speaker: Speaker, facts: AppliedFacts): MessageDocument {
  const summary = speaker.say('import.done', { file: facts.fileName, created: facts.created, updated: facts.updated });
  const { wouldSend } = facts;
  const blocks: Block[] = [{ block: 'paragraph', text: summary }];
  if (facts.started) {
    blocks.push({
      block: 'paragraph',
      text: speaker.rich('import.started', { by: facts.started.by, at: speaker.moment(facts.started.at) }),
    });
  } else {
    blocks.push({
      block: 'paragraph',
      text: speaker.rich('import.would-send', {
        parts: wouldSend.parts,
        people: wouldSend.people,
        messages: wouldSend.messages,
      }),
    });
    if (wouldSend.unreachable > 0)
      blocks.push({ block: 'note', text: speaker.say('import.unreachable', { count: wouldSend.unreachable }) });
    blocks.push({
      block: 'buttons',
      buttons: [
        {
          label: speaker.say('button.start-import'),
          style: 'primary',
          does: { path: 'import/start', blanks: { id: String(facts.id) } },
        },
      ],
    });
  }
  return { lang: speaker.lang, summary, blocks };
}

function skippedWords(speaker: Speaker, counts: ImportCounts): string {
  if (counts.skipped.length === 0) return '0';
  const why = new Map<string, number>();
  for (const each of counts.skipped) why.set(each.why, (why.get(each.why) ?? 0) + 1);
  return speaker.list(
    [...why].map(([code, count]) =>
      speaker.say('import.of-kind', { count, kind: codeWords(speaker, `skipped.${code}`, code) }),
    ),
  );
}

function precisionWords(speaker: Speaker, counts: ImportCounts): string {
  const parts = Object.entries(counts.precision).filter(([, count]) => count > 0);
  return parts.length === 0
    ? '0'
    : speaker.list(
        parts.map(([kind, count]) =>
          speaker.say('import.of-kind', { count, kind: codeWords(speaker, `precision.${kind}`, kind) }),
        ),
      );
}

export const questionWords = (speaker: Speaker, why: string): string => codeWords(speaker, `question.${why}`, why);

const codeWords = (speaker: Speaker, key: string, code: string): string => {
  const words = speaker.find(key);
  return words ?? code;
};
