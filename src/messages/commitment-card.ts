import type { Block, Button, MessageDocument } from '../chat/message.ts';
import { join, oneLine, shorten, type Text } from '../chat/text.ts';
import { daysOverdue, type State } from '../domain/state.ts';
import type { Speaker } from '../locales/speaker.ts';
import type { CommitmentView, MilestoneView, ObstacleView, OfficerView, ProgressView } from '../use-cases/views.ts';
import {
  corrections,
  decideClaim,
  decideReport,
  reportObstacle,
  reportProgress,
  restoreCommitment,
} from './buttons.ts';
import { listSome } from './list-some.ts';

/** The title as its reader may see it. */
export const titleOf = (speaker: Speaker, commitment: Pick<CommitmentView, 'title'>): string =>
  commitment.title === null ? speaker.say('commitment.restricted') : oneLine(commitment.title);

/** Restricted to its reader: of such a one nothing but the reference is said. */
export const isSecret = (commitment: Pick<CommitmentView, 'title'>): boolean => commitment.title === null;

/** 'C-142 Grid-connection memorandum, Laos' with the reference bold; long titles end in an ellipsis, whole on the card. */
export function nameOf(speaker: Speaker, commitment: CommitmentView, longest = 160): Text {
  const title = shorten(titleOf(speaker, commitment), longest);
  const partners = listSome(speaker, commitment.partners, 3);
  return partners === ''
    ? speaker.rich('commitment.name', { ref: commitment.ref, title })
    : speaker.rich('commitment.name-with', { ref: commitment.ref, title, partners });
}

/** 'due 24 November 2025'; 'ongoing' and 'no date stated' stand for themselves. */
export const dueLine = (speaker: Speaker, { due }: Pick<CommitmentView, 'due'>): string =>
  due.end === null ? speaker.due(due) : speaker.say('line.due', { due: speaker.due(due) });

export const stateWords = (speaker: Speaker, state: State): string => speaker.say(`state.${state}`);

/** How late, or how long still, in words. */
export function howLate(speaker: Speaker, commitment: CommitmentView, today: string): Text {
  const days = daysOverdue(commitment.due.end, today);
  return days > 0 && commitment.verifiedAt === null ? speaker.rich('late.days', { days }) : speaker.say('late.not');
}

export interface CardFacts {
  readonly commitment: CommitmentView;
  readonly state: State;
  readonly today: string;
  readonly officer: OfficerView | null;
  readonly milestones: readonly MilestoneView[];
  readonly progress: readonly ProgressView[];
  readonly obstacles: readonly ObstacleView[];
  /** A coordinator may put right what stands on it. */
  readonly coordinator: boolean;
  /** Where a report waits: who approves it (null: a coordinator), and its number where the viewer may. */
  readonly approval?: { readonly by: string | null; readonly report: number | null };
}

/** Everything about one commitment that its viewer may see, and what can be done about it. */
export function commitmentCard(speaker: Speaker, facts: CardFacts): MessageDocument {
  const { commitment, state } = facts;
  if (isSecret(commitment)) return secretCard(speaker, facts);
  const days = daysOverdue(commitment.due.end, facts.today);
  const stateText =
    state === 'open-overdue' ? speaker.rich('state.overdue-days', { days }) : stateWords(speaker, state);
  const rows: { label: string; value: Text }[] = [];
  const add = (key: Parameters<Speaker['say']>[0], value: Text | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') rows.push({ label: speaker.say(key), value });
  };
  if (commitment.withdrawnAt === null) add('fact.state', stateText);
  add('fact.due', dueWithRaw(speaker, commitment));
  add('fact.partners', commitment.partners.length > 0 ? speaker.list(commitment.partners) : null);
  add('fact.instrument', commitment.instrument);
  add('fact.event', commitment.event);
  add('fact.lead', commitment.lead.name);
  if (commitment.coLeads.length > 0)
    add('fact.co-leads', speaker.list(commitment.coLeads.map((agency) => agency.name)));
  if (commitment.cooperating.length > 0)
    add('fact.cooperating', speaker.list(commitment.cooperating.map((agency) => agency.name)));
  add('fact.officer', facts.officer ? facts.officer.name : speaker.say('fact.officer-none'));
  add('fact.result', commitment.result);
  if (commitment.claimedAt !== null && commitment.verifiedAt === null && commitment.doneOn !== null)
    add('fact.claimed', speaker.day(commitment.doneOn));
  const blocks: Block[] = [
    { block: 'heading', text: commitment.ref },
    { block: 'paragraph', text: titleOf(speaker, commitment) },
    ...(commitment.withdrawnAt === null
      ? []
      : [
          {
            block: 'paragraph',
            text: speaker.rich('commitment.withdrawn', {
              at: speaker.moment(commitment.withdrawnAt),
              reason: commitment.withdrawnWhy ?? '',
            }),
          } as const,
        ]),
    { block: 'facts', facts: rows },
  ];
  if (facts.milestones.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('fact.milestones'),
      numbered: true,
      entries: facts.milestones.map((step) => ({
        text: step.doneOn
          ? speaker.say('milestone.done', { title: step.title, day: speaker.day(step.doneOn) })
          : speaker.say('milestone.open', { title: step.title, due: speaker.due(step.due) }),
      })),
    });
  }
  if (facts.progress.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('fact.progress'),
      entries: facts.progress.map((update) => ({
        text: update.text ?? speaker.say('commitment.restricted'),
        detail: reportDetail(speaker, update, facts.approval?.by ?? null),
      })),
    });
  }
  if (facts.obstacles.length > 0) {
    blocks.push({
      block: 'entries',
      title: speaker.say('fact.obstacles'),
      entries: facts.obstacles.map((obstacle) => ({
        text: speaker.rich('obstacle.line', {
          ref: obstacle.ref,
          text: obstacle.text ?? speaker.say('commitment.restricted'),
        }),
        detail: speaker.rich('progress.by', { by: obstacle.officerName, at: speaker.moment(obstacle.at) }),
      })),
    });
  }
  const buttons = cardButtons(speaker, facts);
  if (buttons.length > 0) blocks.push({ block: 'buttons', buttons });
  return { lang: speaker.lang, summary: `${commitment.ref} ${shorten(titleOf(speaker, commitment), 120)}`, blocks };
}

/** Who reported it when, and where it does not count: why. */
function reportDetail(speaker: Speaker, update: ProgressView, approver: string | null): Text {
  const facts = { by: update.by, at: speaker.moment(update.at) };
  if (update.state === 'counted') return speaker.rich('progress.by', facts);
  const said = speaker.rich(update.claimsDone ? 'approval.reported-done' : 'progress.by', facts);
  const semicolon = speaker.say('punctuation.semicolon');
  const { decided } = update;
  if (decided) {
    const words = { approver: decided.by, why: decided.why ?? '' };
    return join(said, semicolon, speaker.say('progress.sent-back', words));
  }
  return approver === null
    ? join(said, semicolon, speaker.say('progress.counts-once-coordinators'))
    : join(said, semicolon, speaker.say('progress.counts-once', { approver }));
}

function cardButtons(speaker: Speaker, { commitment, state, coordinator, approval }: CardFacts): Button[] {
  const { ref, version } = commitment;
  if (commitment.withdrawnAt !== null) return coordinator ? [restoreCommitment(speaker, ref)] : [];
  const open = state === 'open-in-term' || state === 'open-overdue';
  return [
    // A restricted one tells no state: its verification is pressed in the notice of the claim.
    ...(coordinator && commitment.title !== null && commitment.claimedAt !== null && commitment.verifiedAt === null
      ? decideClaim(speaker, ref)
      : []),
    ...(approval && approval.report !== null ? decideReport(speaker, ref, approval.report) : []),
    ...(open ? [reportProgress(speaker, ref, version), reportObstacle(speaker, ref)] : []),
    ...(coordinator ? corrections(speaker, ref) : []),
  ];
}

/** The reference alone, and what its officer may still do about it. */
function secretCard(speaker: Speaker, facts: CardFacts): MessageDocument {
  const { commitment } = facts;
  // Its state would tell something: the buttons are those of an open one, whatever it is.
  const buttons = cardButtons(speaker, { ...facts, state: 'open-in-term' });
  return {
    lang: speaker.lang,
    summary: commitment.ref,
    blocks: [
      { block: 'heading', text: commitment.ref },
      { block: 'paragraph', text: titleOf(speaker, commitment) },
      ...(buttons.length > 0 ? [{ block: 'buttons', buttons } as const] : []),
    ],
  };
}

/** The due date in its own precision, with the words of the source where they say more. */
export function dueWithRaw(speaker: Speaker, commitment: CommitmentView): string {
  const due = speaker.due(commitment.due);
  const raw = commitment.due.raw.trim();
  return raw === '' || commitment.restricted || raw === due || commitment.due.precision === 'day'
    ? due
    : speaker.say('due.with-raw', { due, raw });
}
