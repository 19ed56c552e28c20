import type { Day } from '../domain/calendar.ts';
import type { DueDate } from '../domain/due-date.ts';
import type { ChannelView } from './views.ts';

/** What goes into the register and its outbox, and what is asked of them: plain rows, before anybody reads them. */

export interface CommitmentFilter {
  readonly text?: string;
  readonly agencyId?: number;
  readonly partner?: string;
  readonly state?: 'done' | 'open' | 'overdue' | 'withdrawn';
  /** Today, which 'overdue' is measured against. */
  readonly today: Day;
  readonly limit: number;
  readonly offset: number;
}

export interface NewCommitment {
  readonly title: string;
  readonly instrument?: string | null;
  readonly event?: string | null;
  readonly field?: string | null;
  readonly partners?: readonly string[];
  readonly result?: string | null;
  readonly obligor?: 'us' | 'partner' | 'both';
  readonly signedOn?: Day | null;
  readonly due: DueDate;
  readonly leadId: number;
  readonly coLeadIds?: readonly number[];
  readonly cooperatingIds?: readonly number[];
  readonly officerId?: number | null;
  readonly flagship?: boolean;
  readonly classification?: 'open' | 'restricted';
  readonly importId?: number | null;
  readonly source?: string | null;
  readonly sourceKey?: string | null;
  readonly registeredAt: string;
  /** What was reported and done before it came into this register. */
  readonly lastReportAt?: string | null;
  readonly lastReport?: string | null;
  readonly claimedAt?: string | null;
  readonly doneOn?: Day | null;
  readonly verifiedAt?: string | null;
}

/** What changes of a commitment; each given key is written, and the version goes up by one. */
export interface CommitmentPatch {
  readonly title?: string;
  readonly result?: string | null;
  readonly partners?: readonly string[];
  readonly due?: DueDate;
  readonly leadId?: number;
  readonly coLeadIds?: readonly number[];
  readonly cooperatingIds?: readonly number[];
  readonly officerId?: number | null;
  readonly instrument?: string | null;
  readonly classification?: 'open' | 'restricted';
  readonly assignedAt?: string;
  readonly disownedAt?: string | null;
  readonly lastReportAt?: string;
  readonly lastReport?: string;
  readonly claimedAt?: string | null;
  readonly doneOn?: Day | null;
  readonly verifiedAt?: string | null;
  readonly sourceKey?: string;
  readonly importId?: number;
  readonly withdrawn?: { readonly at: string; readonly why: string } | null;
  /** Why, in the words of whoever changes it: kept in the history. */
  readonly reason?: string;
  /** What a sheet said of fields that an import left as a hand had amended them: kept in the history. */
  readonly sheetSaid?: Readonly<Record<string, string>>;
}

/** A change of a commitment by an import or by hand: columns as the register keeps them, what they were and became. */
export interface AmendedRow {
  readonly commitmentId: number;
  readonly change: 'imported' | 'amended';
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** One change of a record: `columns` are the names of what changed, as the register keeps them. */
export interface ChangeView {
  readonly at: string;
  readonly by: string;
  readonly columns: readonly string[];
}

export interface ImportRow {
  readonly id: number;
  readonly source: string;
  readonly fileName: string;
  readonly state: 'previewed' | 'applied' | 'started';
  readonly plan: unknown;
  /** What applying it did; null before. */
  readonly done: { readonly created: number; readonly updated: number } | null;
  readonly madeAt: string;
}

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'refused' | 'expired' | 'in-doubt';

/** A delivery as it was promised, and what became of it. */
export interface PromisedDelivery {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly verb: 'post' | 'edit' | 'open' | 'invite' | 'archive';
  readonly facts: Readonly<Record<string, unknown>>;
  readonly state: DeliveryState;
  /** When it was refused, expired or came in doubt; else when it was promised. */
  readonly since: string;
  readonly expiresAt: string | null;
  readonly channel: ChannelView;
}

export interface DeliveryView {
  readonly id: number;
  readonly state: DeliveryState;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface NewDelivery {
  /** Makes it happen once. */
  readonly key: string;
  readonly channelId: number;
  readonly verb: 'post' | 'open' | 'invite' | 'archive';
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly notBefore: string;
  readonly expiresAt?: string;
  /** Promised anew, in this channel, where what was promised under the key came to this. */
  readonly again?: readonly ('refused' | 'expired')[];
}

export interface HistoryView {
  readonly at: string;
  readonly actor: string;
  readonly via: string;
  readonly thing: string;
  readonly thingId: string;
  readonly change: string;
}

/** A day that differs from the week: a holiday, or one worked in exchange for another. */
export interface SpecialDay {
  readonly day: Day;
  readonly worked: boolean;
  readonly name: string;
}
