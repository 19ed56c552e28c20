import type { Block, Button, Entry, MessageDocument } from '../chat/message.ts';
import { join, shorten, type Text } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, ProgressView } from '../use-cases/views.ts';
import { decideReport, myList, reportAgain, showCommitment } from './buttons.ts';
import { nameOf } from './commitment-card.ts';
import { notice } from './notice.ts';

export interface ReportOn {
  readonly commitment: CommitmentView;
  readonly report: ProgressView;
}

/** As much of a report as is read before it is approved, where it stands alone and among others. */
const ALONE = 1500;
const AMONG_OTHERS = 300;

/** To whoever approves: what waits for them, in whose words, and the press beside it. */
export function approvalAsked(
  speaker: Speaker,
  facts: {
    /** Null where coordinators are asked in their channel. */
    readonly name: string | null;
    readonly reports: readonly ReportOn[];
    /** How many more wait, for which there is no room. */
    readonly others: number;
  },
): MessageDocument {
  const { name, reports, others } = facts;
  const waiting = reports.filter(({ report }) => report.state === 'waiting');
  const [alone] = waiting.length === 1 ? waiting : [];
  const count = waiting.length + others;
  const head =
    name === null
      ? speaker.say(count > 0 ? 'approval.head-coordinators' : 'approval.decided-coordinators')
      : speaker.say('approval.head', { name, count });
  const blocks: Block[] = [
    { block: 'paragraph', text: head },
    {
      block: 'entries',
      numbered: reports.length > 1,
      entries: reports.map((each): Entry => {
        const words = reportWords(speaker, each.report, reports.length === 1 ? ALONE : AMONG_OTHERS);
        const decided = decidedText(speaker, each.report);
        const detail = decided === null ? words : join(words, speaker.say('punctuation.stop'), decided);
        const entry = { text: nameOf(speaker, each.commitment), detail };
        return each.report.state !== 'waiting' || alone
          ? entry
          : { ...entry, button: showCommitment(speaker, each.commitment.ref) };
      }),
    },
  ];
  if (alone) blocks.push({ block: 'buttons', buttons: approvalButtons(speaker, alone) });
  if (others > 0) {
    blocks.push({ block: 'paragraph', text: speaker.rich('approval.others', { count: others }) });
    blocks.push({ block: 'buttons', buttons: [myList(speaker)] });
  }
  if (waiting.length > 0) blocks.push({ block: 'note', text: speaker.say('approval.until-then') });
  return { lang: speaker.lang, summary: head, blocks };
}

/** Approve it, send it back with a sentence, or look at the whole. */
export const approvalButtons = (speaker: Speaker, { commitment, report }: ReportOn): Button[] => [
  ...decideReport(speaker, commitment.ref, report.id),
  showCommitment(speaker, commitment.ref),
];

/** Who reported, when and what, as much of it as is asked for. */
export function reportWords(speaker: Speaker, report: ProgressView, most: number): Text {
  const facts = { by: report.by, at: speaker.moment(report.at) };
  // Of what is restricted not even that it is done.
  if (report.text === null) return speaker.rich('progress.by', facts);
  return join(
    speaker.rich(report.claimsDone ? 'approval.reported-done' : 'progress.by', facts),
    speaker.say('approval.words', { text: shorten(report.text, most) }),
  );
}

/** What was decided about a report, by whom; null while nothing was. */
function decidedText(speaker: Speaker, report: ProgressView): Text | null {
  if (report.decided === null) return null;
  const facts = { by: report.decided.by, at: speaker.moment(report.decided.at) };
  if (report.state === 'counted') return speaker.rich('approval.approved', facts);
  const why = report.decided.why;
  return why === null
    ? speaker.rich('approval.sent-back', facts)
    : speaker.rich('approval.sent-back-why', { ...facts, why: shorten(why, 600) });
}

/** To whoever reported: it counts now, or it came back with a sentence and the press that reports again. */
export function reportDecided(speaker: Speaker, facts: ReportOn): MessageDocument {
  const { commitment, report } = facts;
  const by = report.decided?.by ?? '';
  const approved = report.state === 'counted';
  const paragraphs: Text[] = [
    speaker.rich(approved ? 'report-decided.approved' : 'report-decided.sent-back', { by }),
    nameOf(speaker, commitment),
  ];
  if (report.text !== null)
    paragraphs.push(speaker.say('report-decided.yours', { text: shorten(report.text, approved ? 300 : 1500) }));
  if (!approved && report.decided?.why && commitment.title !== null)
    paragraphs.push(speaker.say('report-decided.why', { why: shorten(report.decided.why, 1000) }));
  if (approved) return notice(speaker, paragraphs, { buttons: [showCommitment(speaker, commitment.ref)] });
  return notice(speaker, paragraphs, {
    buttons: [reportAgain(speaker, report.id), showCommitment(speaker, commitment.ref)],
    note: speaker.say('report-decided.not-counted'),
  });
}
