import type { Lang } from '../chat/language.ts';
import type { Day } from '../domain/calendar.ts';
import type { DueDate } from '../domain/due-date.ts';
import type { Sector } from '../domain/sectors.ts';
import type { AgencyKind, Role } from '../use-cases/ports.ts';

/**
 * The demonstration year as plain data. Agencies are named by their code, officers and commitments by their place in
 * the list; instants are ISO 8601 in UTC and lie before the day the year is seen from.
 */
export interface DemoYear {
  /** Says that none of it is real. */
  readonly notice: string;
  readonly agencies: readonly DemoAgency[];
  /** A coordinator stands first. */
  readonly officers: readonly DemoOfficer[];
  readonly commitments: readonly DemoCommitment[];
  readonly obstacles: readonly DemoObstacle[];
  readonly shared: readonly DemoShared[];
  /** Whose report would be the third sector's on the obstacle that two have met so far. */
  readonly thirdReport: { readonly commitment: number; readonly officer: number; readonly text: string };
}

export interface DemoAgency {
  readonly code: string;
  readonly name: string;
  readonly kind: AgencyKind;
  readonly sector: Sector;
  readonly aliases: readonly string[];
  readonly formerNames: readonly string[];
}

export interface DemoOfficer {
  readonly agency: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly lang: Lang | null;
  readonly standIn: number | null;
  readonly away: { readonly from: Day; readonly until: Day } | null;
}

export interface DemoMilestone {
  readonly title: string;
  readonly due: DueDate;
  readonly doneOn: Day | null;
}

export interface DemoProgress {
  readonly at: string;
  readonly text: string;
  readonly expected: string | null;
  readonly claimsDone: boolean;
}

export interface DemoCommitment {
  readonly title: string;
  readonly instrument: string;
  readonly event: string | null;
  readonly field: string;
  readonly partners: readonly string[];
  readonly result: string | null;
  readonly obligor: 'us' | 'partner' | 'both';
  readonly signedOn: Day;
  readonly due: DueDate;
  readonly lead: string;
  readonly coLeads: readonly string[];
  readonly cooperating: readonly string[];
  readonly officer: number;
  readonly flagship: boolean;
  readonly restricted: boolean;
  readonly registeredAt: string;
  readonly milestones: readonly DemoMilestone[];
  /** Oldest first, by the officer named. */
  readonly progress: readonly DemoProgress[];
  readonly claimedAt: string | null;
  readonly doneOn: Day | null;
  readonly verifiedAt: string | null;
}

export interface DemoObstacle {
  readonly commitment: number;
  readonly agency: string;
  readonly officer: number;
  readonly at: string;
  readonly text: string;
  readonly solution: string | null;
  readonly decider: string | null;
}

export interface DemoShared {
  readonly title: string;
  readonly openedAt: string;
  /** Places in the list of obstacles, oldest first. */
  readonly obstacles: readonly number[];
  readonly group: DemoGroup | null;
}

export interface DemoGroup {
  readonly chair: string;
  readonly chairRule: string;
  readonly proposedAt: string;
  /** Null while it is only proposed; it has members once it is called. */
  readonly calledAt: string | null;
  readonly members: readonly { readonly officer: number; readonly why: 'reported' | 'chair' | 'coordinator' }[];
  readonly proposals: readonly { readonly officer: number; readonly text: string; readonly at: string }[];
}
