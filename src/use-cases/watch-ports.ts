import type { Day } from '../domain/calendar.ts';
import type { Answer, SaidReminder } from '../domain/reminder-answers.ts';
import type { OutboxNow } from './views.ts';

/** The ticks planned up to an instant, and recorded up to another. */
export interface TakenBy {
  readonly planned: string;
  readonly recorded: string;
}

/** What coordinators watch over. */
export interface WatchReads {
  /** The newest tick of a job that was taken, done or missed: its planned instant and local day. */
  lastTick(
    job: string,
    by: TakenBy,
    state?: 'done' | 'missed',
  ): Promise<{ readonly plannedAt: string; readonly plannedDay: Day } | null>;
  /** The planned instants of a job since one that were missed, oldest first. */
  missedTicks(job: string, since: string, by: TakenBy): Promise<readonly string[]>;
  /** What did not arrive is counted as it is listed: doubts, and what was refused or has expired since an instant. */
  outboxNow(now: string, listedSince: string): Promise<OutboxNow>;
  /** The reminders said since an instant, and what officers said of commitments since then. */
  remindersAndAnswers(
    since: string,
  ): Promise<{ readonly reminders: readonly SaidReminder[]; readonly answers: readonly Answer[] }>;
}
