import type { Button } from '../chat/message.ts';
import type { Speaker } from '../locales/speaker.ts';

/** The presses that several messages offer; each names its command by path and plain blanks. */
export const reportProgress = (speaker: Speaker, ref: string, version?: number): Button => ({
  label: speaker.say('button.progress'),
  style: 'primary',
  does: { path: 'progress/report', blanks: { commitment: ref }, ...(version === undefined ? {} : { version }) },
});

export const reportObstacle = (speaker: Speaker, ref?: string): Button => ({
  label: speaker.say('button.obstacle'),
  does: { path: 'obstacle/report', blanks: ref === undefined ? {} : { commitment: ref } },
});

export const remindLater = (speaker: Speaker, ref: string): Button => ({
  label: speaker.say('button.later'),
  does: { path: 'reminder/snooze', blanks: { commitment: ref } },
});

export const notMine = (speaker: Speaker, ref: string): Button => ({
  label: speaker.say('button.not-mine'),
  does: { path: 'reminder/not-mine', blanks: { commitment: ref } },
});

export const showCommitment = (speaker: Speaker, ref: string): Button => ({
  label: speaker.say('button.show', { ref }),
  does: { path: 'commitment/show', blanks: { commitment: ref } },
});

/** A milestone by its number is done. */
export const milestoneDone = (speaker: Speaker, ref: string, position: number): Button => ({
  label: speaker.say('button.milestone-done'),
  style: 'primary',
  does: { path: 'progress/milestone', blanks: { commitment: ref, number: String(position) } },
});

/** Whose it is to be. */
export const nameOfficer = (speaker: Speaker, ref: string): Button => ({
  label: speaker.say('button.assign'),
  style: 'primary',
  does: { path: 'commitment/assign', blanks: { commitment: ref } },
});

/** Whether the result of what is reported done is there. */
export const decideClaim = (speaker: Speaker, ref: string): Button[] => [
  {
    label: speaker.say('button.verify'),
    style: 'primary',
    does: { path: 'commitment/verify', blanks: { commitment: ref, agree: 'yes' } },
  },
  {
    label: speaker.say('button.hand-back'),
    does: { path: 'commitment/hand-back', blanks: { commitment: ref } },
  },
];

/** A report that waits: it counts, or goes back to its officer with a sentence. */
export const decideReport = (speaker: Speaker, ref: string, report: number): Button[] => [
  {
    label: speaker.say('button.approve'),
    style: 'primary',
    does: { path: 'progress/approve', blanks: { commitment: ref, report: String(report) } },
  },
  {
    label: speaker.say('button.send-back'),
    does: { path: 'progress/send-back', blanks: { commitment: ref, report: String(report) } },
  },
];

/** The form of a report with what was written before. */
export const reportAgain = (speaker: Speaker, report: number): Button => ({
  label: speaker.say('button.report-again'),
  style: 'primary',
  does: { path: 'progress/again', blanks: { report: String(report) } },
});

export const myList = (speaker: Speaker): Button => ({
  label: speaker.say('button.my-list'),
  does: { path: 'my/list', blanks: {} },
});

export const everything = (speaker: Speaker): Button => ({
  label: speaker.say('button.help'),
  does: { path: 'accord/help', blanks: {} },
});

export const restoreCommitment = (speaker: Speaker, ref: string): Button => ({
  label: speaker.say('button.restore', { ref }),
  does: { path: 'commitment/restore', blanks: { commitment: ref } },
});

/** What a coordinator may put right of a commitment. */
export const corrections = (speaker: Speaker, ref: string): readonly Button[] => [
  { label: speaker.say('button.amend'), does: { path: 'commitment/amend', blanks: { commitment: ref } } },
  { label: speaker.say('button.withdraw'), does: { path: 'commitment/withdraw', blanks: { commitment: ref } } },
];
