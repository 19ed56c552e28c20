import type { MessageDocument } from '../chat/message.ts';
import { shorten, type Text } from '../chat/text.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, GroupView, ObstacleView } from '../use-cases/views.ts';
import { myList, reportProgress, showCommitment } from './buttons.ts';
import { isSecret, nameOf } from './commitment-card.ts';
import { notice } from './notice.ts';

/** The names of blanks, as a form calls them. */
export const fieldNames = (speaker: Speaker, fields: readonly string[]): string =>
  speaker.list(fields.map((field) => speaker.find(`option.${field}`) ?? field));

/** To whoever answers for a commitment: a coordinator corrected it, withdrew it, or brought it back. */
export function commitmentChanged(
  speaker: Speaker,
  facts: {
    readonly commitment: CommitmentView;
    readonly what: 'amended' | 'withdrawn' | 'restored';
    readonly by: string;
    readonly fields: readonly string[];
    readonly reason: string | null;
  },
): MessageDocument {
  const { commitment, what } = facts;
  const paragraphs: Text[] = [
    speaker.rich(`changed.${what}`, {
      ref: commitment.ref,
      by: facts.by,
      fields: fieldNames(speaker, facts.fields),
    }),
    nameOf(speaker, commitment),
  ];
  if (!isSecret(commitment)) {
    if (facts.reason !== null) paragraphs.push(speaker.say('changed.reason', { reason: shorten(facts.reason, 400) }));
    if (what !== 'withdrawn')
      paragraphs.push(speaker.say('changed.now', { due: speaker.due(commitment.due), lead: commitment.lead.name }));
  }
  const next = what === 'withdrawn' ? myList(speaker) : reportProgress(speaker, commitment.ref, commitment.version);
  return notice(speaker, paragraphs, { buttons: [next, showCommitment(speaker, commitment.ref)] });
}

/** To whoever reported it, or the same one: how it was removed, and whether that helps. */
export function obstacleSolved(
  speaker: Speaker,
  facts: { readonly solved: ObstacleView; readonly own: ObstacleView; readonly by: string },
): MessageDocument {
  const { solved, own } = facts;
  const same = solved.id === own.id;
  const words = {
    ref: solved.ref,
    own: own.ref,
    by: facts.by,
    agency: solved.agency.name,
    commitment: solved.commitmentRef,
  };
  const how = solved.solvedHow === null ? [] : [speaker.say('solved.how', { how: shorten(solved.solvedHow, 600) })];
  const paragraphs = [speaker.rich(same ? 'solved.yours' : 'solved.alike', words), ...how];
  if (same || own.state !== 'open')
    return notice(speaker, paragraphs, { buttons: [showCommitment(speaker, own.commitmentRef)] });
  return notice(speaker, paragraphs, {
    buttons: [
      {
        label: speaker.say('button.solve-own', { ref: own.ref }),
        style: 'primary',
        does: { path: 'obstacle/solve', blanks: { obstacle: own.ref } },
      },
    ],
  });
}

/** To the members of a working group: it is over, and this is what came of it. */
export function groupConcluded(
  speaker: Speaker,
  facts: { readonly group: GroupView; readonly by: string; readonly open: number },
): MessageDocument {
  const { group } = facts;
  const head = speaker.rich('concluded.head', { ref: group.ref, title: group.shared.title, by: facts.by });
  const outcome = speaker.say('concluded.outcome', { outcome: group.outcome ?? '' });
  return notice(speaker, [head, outcome], {
    note: facts.open > 0 ? speaker.say('concluded.open', { count: facts.open }) : speaker.say('concluded.solved'),
  });
}
