import type { Connection } from '../chat/connections.ts';
import type { Lang } from '../chat/language.ts';
import type { Day } from '../domain/calendar.ts';
import type { DueDate } from '../domain/due-date.ts';
import type { Tally } from '../domain/reminder-answers.ts';
import type { Sector } from '../domain/sectors.ts';

/** The register as it is read: plain data, shown only as far as its viewer may see. Messages are made of these. */

export type Role = 'officer' | 'coordinator' | 'leader';
export type AgencyKind = 'ministry' | 'body' | 'province' | 'commune' | 'group';

export interface AgencyView {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: AgencyKind;
  readonly sector: Sector;
}

export interface OfficerView {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly lang: Lang | null;
  readonly agency: AgencyView;
  readonly standInId: number | null;
  readonly awayFrom: Day | null;
  readonly awayUntil: Day | null;
  /** IANA name; null where they live in the zone of the house. */
  readonly zone: string | null;
  /** Approves for the agency, and hears of what is long overdue. */
  readonly approver: boolean;
  /** platform → account id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The platforms of these, where they were last seen first; those they never spoke from last. */
  readonly seenOn: readonly string[];
  /** Where they chose to be written to; null for wherever they were last seen. */
  readonly platform: string | null;
}

/** A commitment as its viewer may see it: `title` and what else would tell is null where it is restricted to them. */
export interface CommitmentView {
  readonly id: number;
  readonly ref: string;
  readonly version: number;
  readonly restricted: boolean;
  readonly title: string | null;
  readonly instrument: string | null;
  readonly event: string | null;
  readonly field: string | null;
  readonly partners: readonly string[];
  readonly result: string | null;
  readonly signedOn: Day | null;
  readonly due: DueDate;
  readonly lead: AgencyView;
  readonly coLeads: readonly AgencyView[];
  readonly cooperating: readonly AgencyView[];
  /** The officer named on it, else the agency's first. */
  readonly officerId: number | null;
  readonly flagship: boolean;
  readonly obligor: 'us' | 'partner' | 'both';
  readonly registeredAt: string;
  readonly assignedAt: string;
  /** The agency's last word: of progress, or of an obstacle. */
  readonly lastReportAt: string | null;
  readonly lastReport: string | null;
  readonly claimedAt: string | null;
  /** Since when its officer says that it is not theirs, until another is named or one of them reports. */
  readonly disownedAt: string | null;
  readonly doneOn: Day | null;
  readonly verifiedAt: string | null;
  /** No longer counted, listed or reminded of; its card and history stay. */
  readonly withdrawnAt: string | null;
  readonly withdrawnWhy: string | null;
  /** Imported, and not yet started: nothing about it is sent to officers. */
  readonly held: boolean;
}

export interface MilestoneView {
  readonly position: number;
  readonly title: string;
  readonly due: DueDate;
  readonly doneOn: Day | null;
}

export interface ProgressView {
  readonly id: number;
  readonly commitmentId: number;
  readonly at: string;
  readonly by: string;
  readonly byId: number;
  /** Null where the commitment is restricted to this viewer. */
  readonly text: string | null;
  readonly expected: string | null;
  readonly claimsDone: boolean;
  /** Whether it counts, or waits for the agency's approver, or came back from there. */
  readonly state: 'counted' | 'waiting' | 'sent-back';
  /** Who was asked to approve it; null where the coordinators were, or nobody was. */
  readonly askedId: number | null;
  /** What was decided about it; null where nothing had to be, or has not been. */
  readonly decided: { readonly by: string; readonly at: string; readonly why: string | null } | null;
}

export interface ObstacleView {
  readonly id: number;
  readonly ref: string;
  readonly commitmentId: number;
  readonly commitmentRef: string;
  readonly restricted: boolean;
  readonly agency: AgencyView;
  readonly officerId: number;
  readonly officerName: string;
  readonly at: string;
  /** Null where the commitment is restricted to this viewer. */
  readonly text: string | null;
  readonly solution: string | null;
  readonly decider: string | null;
  readonly state: 'open' | 'solved';
  readonly sharedId: number | null;
  /** Null while it is open, and where the commitment is restricted to this viewer. */
  readonly solvedHow: string | null;
  readonly solvedAt: string | null;
}

export interface SharedObstacleView {
  readonly id: number;
  readonly ref: string;
  readonly title: string;
  readonly state: 'open' | 'solved';
  readonly openedAt: string;
  /** How it was removed where it was met before. */
  readonly solvedHow: string | null;
}

export interface GroupView {
  readonly id: number;
  readonly ref: string;
  readonly shared: SharedObstacleView;
  readonly state: 'proposed' | 'called' | 'declined' | 'concluded';
  readonly chair: AgencyView;
  readonly chairRule: string;
  readonly proposedAt: string;
  readonly decidedAt: string | null;
  readonly decidedById: number | null;
  readonly outcome: string | null;
  readonly concludedAt: string | null;
  readonly concludedById: number | null;
  readonly memberIds: readonly number[];
  readonly proposals: readonly { readonly by: string; readonly text: string }[];
  /** The reports it was declined or concluded on. */
  readonly weighedIds: readonly number[];
}

/** Something promised that did not arrive, as coordinators see it. */
export interface UndeliveredView {
  readonly id: number;
  readonly kind: string;
  readonly state: 'refused' | 'expired' | 'in-doubt';
  /** The house's word for the reason. */
  readonly why: string;
  readonly since: string;
  readonly place: ChannelView['kind'];
  readonly platform: string;
  /** Whom a direct message was for. */
  readonly officer: string | null;
  /** Theirs, or the one whose channel it is. */
  readonly agency: string | null;
  readonly groupId: number | null;
}

export interface ChannelView {
  readonly id: number;
  readonly platform: string;
  readonly conversation: string | null;
  readonly kind: 'coordination' | 'agency' | 'direct' | 'group';
  readonly agencyId: number | null;
  readonly officerId: number | null;
  readonly groupId: number | null;
  readonly lang: Lang | null;
  /** IANA name; null where its digest comes in the zone of the house. */
  readonly zone: string | null;
}

/** How the outbox stands. */
export interface OutboxNow {
  /** Could be said now, is being said, or is tried again. */
  readonly waiting: number;
  /** ISO instant since when the oldest of these waits; null where none does. */
  readonly oldestWaiting: string | null;
  /** Is to be said later: a reminder in the morning. */
  readonly planned: number;
  /** Refused for good since the instant asked for, and said nowhere else. */
  readonly refused: number;
  /** Not said before its time ran out. */
  readonly expired: number;
  /** People are asked whether it arrived. */
  readonly inDoubt: number;
}

/** A job's runs, ISO instants. */
export interface JobHealth {
  readonly name: string;
  readonly lastDone: string | null;
  /** The ones of the last 30 days that were missed, oldest first. */
  readonly missed: readonly string[];
  readonly next: string | null;
  /** Planned for then, and left by everybody. */
  readonly late: string | null;
  readonly failingSince: string | null;
}

export interface Health {
  /** Whether everything runs: the database, the jobs and the platforms. */
  readonly well: boolean;
  /** Whether a coordination channel is linked where the digest can be posted. */
  readonly coordinated: boolean;
  readonly jobs: readonly JobHealth[];
  readonly outbox: OutboxNow;
  readonly platforms: readonly Connection[];
  readonly years: readonly { readonly year: number; readonly known: boolean; readonly decided: boolean }[];
}

/** Who was reminded how often and answered how in a span of days, a page at a time. */
export interface ReminderTable {
  readonly from: Day;
  readonly until: Day;
  readonly rows: readonly { readonly officer: OfficerView; readonly tally: Tally }[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
  /** The last day of these on which messages were held back by cap or budget, and to how many people; null where none was. */
  readonly unsent: { readonly day: Day; readonly people: number } | null;
}
