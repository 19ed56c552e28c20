import type { Block, Entry, MessageDocument } from '../chat/message.ts';
import { plainText, shorten } from '../chat/text.ts';
import { weekOf } from '../domain/calendar.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, GroupView, ObstacleView, OfficerView } from '../use-cases/views.ts';
import { decideClaim, nameOfficer, showCommitment } from './buttons.ts';
import { isSecret, nameOf } from './commitment-card.ts';
import { notice } from './notice.ts';
import type { ComingDigest } from './reminder.ts';

/** An officer says it is done: a coordinator agrees, or hands it back. */
export function claimNotice(
  speaker: Speaker,
  facts: {
    readonly commitment: CommitmentView;
    readonly decided: {
      readonly by: string;
      readonly at: string;
      readonly agreed: boolean;
      readonly reason: string | null;
    } | null;
  },
): MessageDocument {
  const { commitment, decided } = facts;
  const paragraphs = [
    isSecret(commitment)
      ? speaker.say('claim.head-restricted')
      : speaker.rich('claim.head', { lead: commitment.lead.name }),
    nameOf(speaker, commitment),
  ];
  if (commitment.lastReport !== null)
    paragraphs.push(speaker.say('claim.words', { text: shorten(commitment.lastReport, 400) }));
  if (decided) {
    const words = speaker.rich(decided.agreed ? 'claim.verified' : 'claim.handed-back', {
      by: decided.by,
      at: speaker.moment(decided.at),
    });
    const why =
      decided.reason !== null && commitment.title !== null
        ? [speaker.say('claim.words', { text: shorten(decided.reason, 1000) })]
        : [];
    return notice(speaker, [...paragraphs, words, ...why]);
  }
  return notice(speaker, paragraphs, {
    buttons: [...decideClaim(speaker, commitment.ref), showCommitment(speaker, commitment.ref)],
  });
}

/** An officer says a commitment is not theirs. */
export function notMineNotice(
  speaker: Speaker,
  facts: { readonly commitment: CommitmentView; readonly by: string; readonly proposed: OfficerView | null },
): MessageDocument {
  const { commitment } = facts;
  const paragraphs = [
    isSecret(commitment)
      ? speaker.rich('not-mine.head-restricted', { by: facts.by })
      : speaker.rich('not-mine.head', { by: facts.by, lead: commitment.lead.name }),
    nameOf(speaker, commitment),
  ];
  if (facts.proposed !== null) {
    const { name, agency } = facts.proposed;
    paragraphs.push(speaker.say('not-mine.proposed', { name, agency: agency.name }));
  }
  return notice(speaker, paragraphs, {
    buttons: [nameOfficer(speaker, commitment.ref), showCommitment(speaker, commitment.ref)],
  });
}

/** Members whom their working group's conversation could not let in. */
export function groupMissing(
  speaker: Speaker,
  facts: { readonly group: GroupView; readonly names: readonly string[] },
): MessageDocument {
  const words = { ref: facts.group.ref, names: speaker.list(facts.names) };
  return notice(speaker, [speaker.rich('group.missing', words)], { note: speaker.say('group.missing-next') });
}

/** To a group that is open: a further agency reports the same obstacle. */
export function groupReport(
  speaker: Speaker,
  facts: { readonly group: GroupView; readonly report: ObstacleView },
): MessageDocument {
  const { report } = facts;
  const head = speaker.rich('group.further', {
    agency: report.agency.name,
    officer: report.officerName,
    ref: report.ref,
    commitment: report.commitmentRef,
  });
  return notice(speaker, [
    head,
    speaker.say('group.further-words', { text: shorten(report.text ?? speaker.say('commitment.restricted'), 600) }),
  ]);
}

/** Nobody of these agencies has been shown what the digest will say of them: how it stands, and what mends it. */
export function digestUnseen(speaker: Speaker, digests: readonly ComingDigest[]): MessageDocument {
  const heads = digests.map(({ day, time, parts }) =>
    speaker.rich('digest.unseen', { day: speaker.longDay(day), time, count: parts.length }),
  );
  const entriesOf = ({ day, parts }: ComingDigest): Entry[] =>
    parts.map(({ agency, part: { overdue, counts } }) => ({
      text: agency.name,
      detail:
        overdue.length === 0
          ? speaker.rich('digest.agency-nothing', { all: counts.all })
          : speaker.rich('digest.agency-overdue', {
              overdue: overdue.length,
              all: counts.all,
              percent: speaker.percent(overdue.length, counts.all),
            }),
      button: {
        label: speaker.say('button.see-part'),
        does: { path: 'digest/preview', blanks: { week: weekOf(day), agency: agency.code } },
      },
    }));
  const blocks = digests.flatMap((each, at): Block[] => [
    { block: 'paragraph', text: heads[at] ?? '' },
    { block: 'entries', entries: entriesOf(each) },
  ]);
  return {
    lang: speaker.lang,
    summary: plainText(heads[0] ?? ''),
    blocks: [...blocks, { block: 'note', text: speaker.say('digest.unseen-how') }],
  };
}
