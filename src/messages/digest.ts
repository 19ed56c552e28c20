import type { Block, Entry, MessageDocument } from '../chat/message.ts';
import { join, shorten, type Text } from '../chat/text.ts';
import { addDays, type Day, daysBetween } from '../domain/calendar.ts';
import type { Digest, DigestFacts, DigestPart } from '../domain/digest.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { AgencyView, CommitmentView, ObstacleView } from '../use-cases/views.ts';
import { myList, reportObstacle } from './buttons.ts';
import { dueLine, isSecret, nameOf } from './commitment-card.ts';
import { countsSentence } from './commitment-list.ts';

export type DigestItem = DigestFacts & { readonly commitment: CommitmentView };

/** Commitments that an import holds back: how many the figures count (a preview), how many they leave out. */
export interface Held {
  readonly counted: number;
  readonly left: number;
}

/** The week at a glance, for the coordination channel: every count with its denominator. */
export function digestSummary(
  speaker: Speaker,
  facts: {
    readonly day: Day;
    readonly time: string;
    readonly digest: Digest<DigestItem>;
    readonly agencies: ReadonlyMap<number, AgencyView>;
    readonly obstacles: readonly ObstacleView[];
    readonly incomplete: { readonly roadmap: number; readonly clears: number };
    readonly held: Held;
  },
): MessageDocument {
  const { digest } = facts;
  const { counts } = digest;
  const title = speaker.say('digest.title', { day: speaker.longDay(facts.day), time: facts.time });
  const overdue = counts['open-overdue'];
  const lines: Text[] = [
    countsSentence(speaker, counts),
    overdue === 0
      ? speaker.rich('digest.nothing-overdue', { all: counts.all })
      : speaker.rich('digest.overdue', {
          overdue,
          all: counts.all,
          percent: speaker.percent(overdue, counts.all),
          last: digest.overdueLastWeek,
          long: digest.longOverdue,
        }),
  ];
  const blocks: Block[] = [
    { block: 'heading', text: title },
    ...lines.map((text): Block => ({ block: 'paragraph', text })),
  ];
  if (digest.flagships.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('digest.flagship'),
      entries: digest.flagships.slice(0, MOST_FLAGSHIPS).map(({ item, days }) => ({
        text: isSecret(item.commitment)
          ? nameOf(speaker, item.commitment)
          : join(nameOf(speaker, item.commitment, 120), ' · ', speaker.rich('late.days', { days })),
      })),
    });
    if (digest.flagships.length > MOST_FLAGSHIPS)
      blocks.push({
        block: 'note',
        text: speaker.say('digest.more-flagships', { count: digest.flagships.length - MOST_FLAGSHIPS }),
      });
  }
  const late = digest.parts.filter((part) => part.overdue.length > 0);
  const clean = digest.parts.filter((part) => part.overdue.length === 0);
  const nameOfLead = (part: DigestPart<DigestItem>) => facts.agencies.get(part.leadId)?.name ?? '';
  if (late.length > 0) blocks.push(...byAgency(speaker, late, nameOfLead));
  if (clean.length > 0) {
    const named = clean.length <= 6 ? speaker.list(clean.map(nameOfLead)) : '';
    blocks.push({
      block: 'paragraph',
      text:
        named === ''
          ? speaker.say('digest.clean-count', { count: clean.length })
          : speaker.say('digest.clean-named', { agencies: named }),
    });
  }
  if (digest.owedByPartners.all > 0) {
    blocks.push({
      block: 'paragraph',
      text: speaker.rich('digest.partners', {
        all: digest.owedByPartners.all,
        overdue: digest.owedByPartners['open-overdue'],
      }),
    });
  }
  if (facts.obstacles.length > 0)
    blocks.push({ block: 'paragraph', text: speaker.rich('digest.new-obstacles', { count: facts.obstacles.length }) });
  if (facts.incomplete.roadmap + facts.incomplete.clears > 0) {
    blocks.push({
      block: 'paragraph',
      text: speaker.rich('digest.incomplete', {
        roadmap: facts.incomplete.roadmap,
        clears: facts.incomplete.clears,
        open: counts['open-in-term'] + overdue,
      }),
    });
  }
  blocks.push(...heldNotes(speaker, facts.held));
  blocks.push({ block: 'paragraph', text: speaker.say('digest.ask') });
  blocks.push({ block: 'buttons', buttons: [myList(speaker), reportObstacle(speaker)] });
  return { lang: speaker.lang, summary: title, blocks };
}

const MOST_AGENCIES = 20;
/** As many agencies are read line by line; more are compared in columns. */
const LISTED_AGENCIES = 5;

/** Who is behind with how much. */
function byAgency(
  speaker: Speaker,
  late: readonly DigestPart<DigestItem>[],
  nameOf: (part: DigestPart<DigestItem>) => string,
): Block[] {
  const title = speaker.say('digest.by-agency');
  const shown = late.slice(0, MOST_AGENCIES);
  const more = late.length - shown.length;
  const note: Block[] = more > 0 ? [{ block: 'note', text: speaker.say('digest.more-agencies', { count: more }) }] : [];
  if (late.length <= LISTED_AGENCIES) {
    const entries = shown.map((part) => ({
      text: speaker.rich('digest.agency-line', {
        agency: nameOf(part),
        overdue: part.overdue.length,
        all: part.counts.all,
      }),
    }));
    return [{ block: 'entries', title, entries }, ...note];
  }
  const columns = ['agency', 'overdue', 'long', 'soon', 'all'] as const;
  const rows = shown.map((part) => [
    nameOf(part),
    ...[part.overdue.length, part.overdue.filter((each) => each.long).length, part.dueSoon.length, part.counts.all].map(
      String,
    ),
  ]);
  return [
    { block: 'paragraph', text: [{ bold: title }] },
    { block: 'table', columns: columns.map((each) => speaker.say(`digest.column.${each}`)), rows },
    ...note,
  ];
}

/** Flagships that the summary names; each stands in its agency's part too. */
const MOST_FLAGSHIPS = 5;

function heldNotes(speaker: Speaker, { counted, left }: Held): Block[] {
  const notes = [];
  if (counted > 0) notes.push(speaker.say('digest.held-counted', { count: counted }));
  if (left > 0) notes.push(speaker.say('digest.held', { count: left }));
  return notes.map((text) => ({ block: 'note', text }));
}

/** One agency's part: overdue first, due soon, silent, done, what newly stands in the way. */
export function digestAgency(
  speaker: Speaker,
  facts: {
    readonly day: Day;
    readonly agency: AgencyView;
    readonly part: DigestPart<DigestItem>;
    readonly obstacles: readonly ObstacleView[];
    readonly dueSoonDays: number;
    readonly silentDays: number;
    /** Null where it is said elsewhere. */
    readonly held: Held | null;
    /** What stands beside an open item where its reader can do something about it. */
    readonly beside?: (commitment: CommitmentView) => Partial<Entry>;
  },
): MessageDocument {
  const { part, beside = () => ({}) } = facts;
  const title = speaker.say('digest.agency-title', { agency: facts.agency.name });
  const head =
    part.overdue.length === 0
      ? speaker.rich('digest.agency-nothing', { all: part.counts.all })
      : speaker.rich('digest.agency-overdue', {
          overdue: part.overdue.length,
          all: part.counts.all,
          percent: speaker.percent(part.overdue.length, part.counts.all),
        });
  const blocks: Block[] = [
    { block: 'heading', text: title },
    { block: 'paragraph', text: head },
    { block: 'note', text: countsSentence(speaker, part.counts) },
  ];
  const section = (heading: string, entries: readonly Entry[]) => {
    if (entries.length > 0) blocks.push({ block: 'entries', title: heading, entries });
  };
  /** One line of a section; of what is restricted the reference alone. */
  const line = (item: DigestItem, ...detail: Text[]): Entry =>
    isSecret(item.commitment)
      ? { text: nameOf(speaker, item.commitment), ...beside(item.commitment) }
      : { text: nameOf(speaker, item.commitment), detail: join(...detail), ...beside(item.commitment) };
  const semicolon = speaker.say('punctuation.semicolon');
  section(
    speaker.say('digest.section-overdue', { count: part.overdue.length }),
    part.overdue.map(({ item, days, long }) => {
      const late = speaker.rich(long ? 'late.long' : 'late.days', { days });
      return line(item, dueLine(speaker, item.commitment), semicolon, late, ...silence(speaker, item, facts));
    }),
  );
  section(
    speaker.say('digest.section-due', {
      count: part.dueSoon.length,
      day: speaker.shortDay(addDays(facts.day, facts.dueSoonDays)),
    }),
    part.dueSoon.map(({ item, inDays }) =>
      line(item, dueLine(speaker, item.commitment), semicolon, speaker.say('line.in-days', { days: inDays })),
    ),
  );
  section(
    speaker.say('digest.section-silent', { count: part.silent.length, days: facts.silentDays }),
    part.silent.map(({ item, days }) => line(item, speaker.say('line.silent', { days }))),
  );
  section(
    speaker.say('digest.section-done', { count: part.done.length }),
    part.done.map((item) =>
      line(item, speaker.say('line.verified', { day: item.doneOn === null ? '' : speaker.day(item.doneOn) })),
    ),
  );
  section(
    speaker.say('digest.section-obstacles', { count: facts.obstacles.length }),
    facts.obstacles.map((obstacle) => ({
      text: speaker.rich('obstacle.of', {
        ref: obstacle.ref,
        commitment: obstacle.commitmentRef,
        text: shorten(obstacle.text ?? speaker.say('commitment.restricted'), 200),
      }),
    })),
  );
  if (facts.held) blocks.push(...heldNotes(speaker, { ...facts.held, left: 0 }));
  return {
    lang: speaker.lang,
    summary: `${title}: ${speaker.say('digest.summary-line', { overdue: part.overdue.length, all: part.counts.all })}`,
    blocks,
  };
}

function silence(speaker: Speaker, item: DigestItem, facts: { day: Day; silentDays: number }): Text[] {
  const days = daysBetween(item.lastWord, facts.day);
  return days > facts.silentDays ? [speaker.say('punctuation.semicolon'), speaker.say('line.silent', { days })] : [];
}
