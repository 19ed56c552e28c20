import { fitsCode } from '../chat/action.ts';
import type { Block, Entry, MessageDocument } from '../chat/message.ts';
import { join } from '../chat/text.ts';
import type { Day } from '../domain/calendar.ts';
import type { OwedKind } from '../domain/reminder-plan.ts';
import { type Counts, daysOverdue, STATES, stateOf } from '../domain/state.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, ProgressView } from '../use-cases/views.ts';
import { reportWords } from './approval.ts';
import { reportProgress, showCommitment } from './buttons.ts';
import { dueLine, isSecret, nameOf } from './commitment-card.ts';

export const stateFacts = (commitment: CommitmentView) => ({
  dueEnd: commitment.due.end,
  doneOn: commitment.doneOn,
  verified: commitment.verifiedAt !== null,
});

/** One line of a list: what, when due, how late. */
export function lineOf(speaker: Speaker, commitment: CommitmentView, today: string): Entry {
  if (isSecret(commitment)) return { text: nameOf(speaker, commitment) };
  const state = stateOf(stateFacts(commitment), today);
  const days = daysOverdue(commitment.due.end, today);
  const due = dueLine(speaker, commitment);
  const late = state === 'open-overdue' ? speaker.rich('late.days', { days }) : speaker.say(`state.${state}`);
  return { text: nameOf(speaker, commitment), detail: join(due, speaker.say('punctuation.semicolon'), late) };
}

/** What was found, a page at a time. */
export function foundList(
  speaker: Speaker,
  facts: {
    readonly found: readonly CommitmentView[];
    readonly total: number;
    readonly page: number;
    readonly perPage: number;
    readonly today: string;
    readonly again: Readonly<Record<string, string>>;
  },
): MessageDocument {
  const { found, total, page, perPage } = facts;
  if (total === 0 || found.length === 0) {
    const text = speaker.say('find.none');
    return {
      lang: speaker.lang,
      summary: text,
      blocks: [
        { block: 'paragraph', text },
        {
          block: 'buttons',
          buttons: [{ label: speaker.say('button.find-again'), does: { path: 'commitment/find', blanks: {} } }],
        },
      ],
    };
  }
  const from = (page - 1) * perPage + 1;
  const heading = speaker.say('find.heading', { from, to: from + found.length - 1, total });
  const blocks: Block[] = [
    { block: 'paragraph', text: heading },
    {
      block: 'entries',
      entries: found.map((each) => ({
        ...lineOf(speaker, each, facts.today),
        button: showCommitment(speaker, each.ref),
      })),
    },
  ];
  const pages = [];
  if (page > 1)
    pages.push({
      label: speaker.say('button.previous'),
      does: { path: 'commitment/find', blanks: { ...facts.again, page: String(page - 1) } },
    });
  if (page * perPage < total)
    pages.push({
      label: speaker.say('button.next'),
      does: { path: 'commitment/find', blanks: { ...facts.again, page: String(page + 1) } },
    });
  const held = pages.filter((button) => fitsCode(button.does));
  if (held.length > 0) blocks.push({ block: 'buttons', buttons: held });
  else if (pages.length > 0) blocks.push({ block: 'note', text: speaker.say('find.say-less') });
  return { lang: speaker.lang, summary: heading, blocks };
}

/** Something that waits for its reader to decide. */
export interface Asked {
  readonly commitment: CommitmentView;
  readonly kind: OwedKind;
  readonly since: Day;
  /** The report that waits to be approved. */
  readonly report?: ProgressView;
}

/** Decisions on a page; the others are counted, and on the next. */
const MOST_ASKED = 8;

/** The decisions of a page, and how many there are after it. */
function askedBlocks(
  speaker: Speaker,
  { asked, page, today }: { readonly asked: readonly Asked[]; readonly page: number; readonly today: string },
): { blocks: Block[]; left: number } {
  const shown = asked.slice((page - 1) * MOST_ASKED, page * MOST_ASKED);
  const left = Math.max(0, asked.length - page * MOST_ASKED);
  if (shown.length === 0) return { blocks: [], left };
  const blocks: Block[] = [
    {
      block: 'entries',
      title: speaker.say('my.asked', { count: asked.length }),
      entries: shown.map((each) => ({
        ...askedLine(speaker, each, today),
        button: showCommitment(speaker, each.commitment.ref),
      })),
    },
    ...(left > 0 ? [{ block: 'note', text: speaker.say('my.asked-more', { count: left }) } as const] : []),
  ];
  return { blocks, left };
}

function askedLine(speaker: Speaker, { commitment, kind, since, report }: Asked, today: string): Entry {
  if (isSecret(commitment)) return { text: nameOf(speaker, commitment) };
  if (report) return { text: nameOf(speaker, commitment), detail: reportWords(speaker, report, 140) };
  if (kind === 'verification')
    return {
      text: nameOf(speaker, commitment),
      detail: speaker.say('my.asked-verify', { day: speaker.day(since) }),
    };
  if (kind === 'disowned')
    return { text: nameOf(speaker, commitment), detail: speaker.say('reminder.disowned', { day: speaker.day(since) }) };
  return lineOf(speaker, commitment, today);
}

/** My own list: what waits for my decision, then what I answer for, most urgent first, each with its press. */
export function ownList(
  speaker: Speaker,
  facts: {
    readonly items: readonly CommitmentView[];
    readonly more: number;
    readonly page: number;
    readonly counts: Counts;
    readonly today: string;
    readonly asked: readonly Asked[];
  },
): MessageDocument {
  const { blocks: decide, left } = askedBlocks(speaker, facts);
  const next: Block = {
    block: 'buttons',
    buttons: [
      { label: speaker.say('button.next'), does: { path: 'my/list', blanks: { page: String(facts.page + 1) } } },
    ],
  };
  if (facts.counts.all === 0 && facts.asked.length > 0) {
    const heading = speaker.say('my.heading');
    const summary = `${heading}: ${speaker.say('my.asked', { count: facts.asked.length })}`;
    return {
      lang: speaker.lang,
      summary,
      blocks: [{ block: 'heading', text: heading }, ...decide, ...(left > 0 ? [next] : [])],
    };
  }
  if (facts.counts.all === 0) {
    const text = speaker.say('my.none');
    return { lang: speaker.lang, summary: text, blocks: [{ block: 'paragraph', text }] };
  }
  const heading = speaker.say('my.heading');
  const summary = countsSentence(speaker, facts.counts);
  const blocks: Block[] = [{ block: 'heading', text: heading }, ...decide, { block: 'paragraph', text: summary }];
  if (facts.items.length === 0) blocks.push({ block: 'paragraph', text: speaker.say('my.nothing-open') });
  else
    blocks.push({
      block: 'entries',
      entries: facts.items.map((each) => ({
        ...lineOf(speaker, each, facts.today),
        button: reportProgress(speaker, each.ref, each.version),
      })),
    });
  if (facts.more > 0) blocks.push({ block: 'note', text: speaker.say('my.more', { count: facts.more }) });
  if (facts.more > 0 || left > 0) blocks.push(next);
  return { lang: speaker.lang, summary: `${heading}: ${summary}`, blocks };
}

/** The four states with their denominator. */
export const countsSentence = (speaker: Speaker, counts: Counts): string =>
  speaker.say(
    'counts.four',
    Object.fromEntries([...STATES.map((state) => [state.replaceAll('-', '_'), counts[state]]), ['all', counts.all]]),
  );
