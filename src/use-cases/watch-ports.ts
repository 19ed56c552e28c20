import type { Answer, SaidReminder } from '../domain/reminder-answers.ts';
import type { OutboxNow } from './views.ts';

/** What coordinators watch over. */
export interface WatchReads {
  outboxNow(now: string, refusedSince: string): Promise<OutboxNow>;
  /** The reminders said since an instant, and what officers said of commitments since then. */
  remindersAndAnswers(
    since: string,
  ): Promise<{ readonly reminders: readonly SaidReminder[]; readonly answers: readonly Answer[] }>;
}
