import type { OutboxNow } from './views.ts';

/** What coordinators watch over. */
export interface WatchReads {
  outboxNow(now: string, refusedSince: string): Promise<OutboxNow>;
}
