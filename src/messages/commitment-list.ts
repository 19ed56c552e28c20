import { fitsCode } from '../chat/action.ts';
import type { Block, Entry, MessageDocument } from '../chat/message.ts';
import { join } from '../chat/text.ts';
import { type Counts, daysOverdue, STATES, stateOf } from '../domain/state.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView } from '../use-cases/views.ts';
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

/** My own list: what I answer for, most urgent first, each with its press. */
export function ownList(
  speaker: Speaker,
  facts: {
    readonly items: readonly CommitmentView[];
    readonly more: number;
    readonly page: number;
    readonly counts: Counts;
    readonly today: string;
  },
): MessageDocument {
  if (facts.counts.all === 0) {
    const text = speaker.say('my.none');
    return { lang: speaker.lang, summary: text, blocks: [{ block: 'paragraph', text }] };
  }
  const heading = speaker.say('my.heading');
  const summary = countsSentence(speaker, facts.counts);
  const blocks: Block[] = [
    { block: 'heading', text: heading },
    { block: 'paragraph', text: summary },
  ];
  if (facts.items.length === 0) blocks.push({ block: 'paragraph', text: speaker.say('my.nothing-open') });
  else
    blocks.push({
      block: 'entries',
      entries: facts.items.map((each) => ({
        ...lineOf(speaker, each, facts.today),
        button: reportProgress(speaker, each.ref, each.version),
      })),
    });
  if (facts.more > 0) {
    blocks.push({ block: 'note', text: speaker.say('my.more', { count: facts.more }) });
    blocks.push({
      block: 'buttons',
      buttons: [
        { label: speaker.say('button.next'), does: { path: 'my/list', blanks: { page: String(facts.page + 1) } } },
      ],
    });
  }
  return { lang: speaker.lang, summary: `${heading}: ${summary}`, blocks };
}

/** The four states with their denominator. */
export const countsSentence = (speaker: Speaker, counts: Counts): string =>
  speaker.say(
    'counts.four',
    Object.fromEntries([...STATES.map((state) => [state.replaceAll('-', '_'), counts[state]]), ['all', counts.all]]),
  );
