import type { Lang } from '../chat/language.ts';
import type { Day } from '../domain/calendar.ts';
import type { Reminded } from '../domain/reminder-plan.ts';
import type { Sector } from '../domain/sectors.ts';
import type { Sight } from '../domain/visibility.ts';
import type { CalendarReads, CalendarWrites } from './calendar-ports.ts';
import type { MilestoneReads, MilestoneWrites } from './milestone-ports.ts';
import type { ReportReads, ReportWrites } from './report-ports.ts';
import type {
  AmendedRow,
  ChangeView,
  CommitmentFilter,
  CommitmentPatch,
  DeliveryView,
  HistoryView,
  ImportRow,
  NewCommitment,
  NewDelivery,
  PromisedDelivery,
} from './rows.ts';
import type {
  AgencyKind,
  AgencyView,
  ChannelView,
  CommitmentView,
  GroupView,
  ObstacleView,
  OfficerView,
  Role,
  SharedObstacleView,
  UndeliveredView,
} from './views.ts';
import type { WaitingReads, WaitingWrites } from './waiting-ports.ts';
import type { WatchReads } from './watch-ports.ts';

export type * from './rows.ts';
export type * from './views.ts';

export interface Clock {
  /** The instant, ISO 8601 in UTC. */
  now(): string;
}

/** Whoever reads: an officer or nobody in particular, and by what sight. */
export interface Viewer {
  readonly sight: Sight;
  readonly officerId: number | null;
}

/** The least entitled viewer of all: a chat channel. */
export const CHANNEL: Viewer = { sight: 'chat', officerId: null };
/** The house itself, which plans and counts and shows nothing. */
export const HOUSE: Viewer = { sight: 'house', officerId: null };

/** Whoever changes something. `once`: the key under which it happens one time only. */
export interface Actor extends Viewer {
  /** How the history names them: 'officer:12', 'job:weekly-digest', 'account:slack:U1'. */
  readonly name: string;
  readonly displayName: string;
  readonly role: Role | 'house' | 'guest';
  readonly agencyId: number | null;
  /** From where: the platform's name, 'shell' or 'job'. */
  readonly via: string;
  readonly once?: string;
}

/** Reads the register for one viewer, and shows what that viewer may see. */
export interface Reader extends CalendarReads, MilestoneReads, ReportReads, WaitingReads, WatchReads {
  readonly viewer: Viewer;
  commitment(id: number): Promise<CommitmentView | null>;
  commitmentsByIds(ids: readonly number[]): Promise<readonly CommitmentView[]>;
  findCommitments(
    filter: CommitmentFilter,
  ): Promise<{ readonly found: readonly CommitmentView[]; readonly total: number }>;
  /** Every commitment that is not withdrawn, or those of an agency or officer; for digests, lists and plans. */
  allCommitments(where?: {
    readonly leadId?: number;
    readonly officerId?: number;
    readonly open?: boolean;
    readonly importId?: number;
  }): Promise<readonly CommitmentView[]>;
  /** What became of a commitment after a version, oldest first: who changed which columns. */
  changesSince(id: number, version: number): Promise<readonly ChangeView[]>;
  commitmentsBySource(source: string): Promise<readonly (CommitmentView & { readonly sourceKey: string })[]>;
  /** What hands and imports made of the commitments of a source that a hand has amended, oldest first. */
  amendmentsOf(source: string): Promise<readonly AmendedRow[]>;
  sources(): Promise<readonly { readonly source: string; readonly keys: readonly string[] }[]>;
  nearestCommitments(id: number, limit: number): Promise<readonly CommitmentView[]>;
  /** Reports since an instant, newest first. */
  obstaclesSince(since: string): Promise<readonly ObstacleView[]>;
  obstacle(id: number): Promise<ObstacleView | null>;
  obstaclesOf(where: {
    readonly commitmentId?: number;
    readonly sharedId?: number;
    readonly open?: boolean;
  }): Promise<readonly ObstacleView[]>;
  /** Reports that were solved and whose words are most like these, with how. */
  solvedLike(
    text: string,
    limit: number,
  ): Promise<readonly { readonly obstacle: ObstacleView; readonly score: number }[]>;
  /** Open reports of others whose words are most like these; at most `limit`, best first. */
  similarObstacles(
    text: string,
    without: { readonly obstacleId?: number },
    limit: number,
  ): Promise<readonly { readonly obstacle: ObstacleView; readonly score: number }[]>;
  /** What was shown beside a report when it was made, and with which score. */
  suggestedTo(obstacleId: number): Promise<readonly { readonly obstacleId: number; readonly score: number }[]>;
  shared(id: number): Promise<SharedObstacleView | null>;
  group(id: number): Promise<GroupView | null>;
  openGroupOf(sharedId: number): Promise<GroupView | null>;
  groups(states: readonly GroupView['state'][]): Promise<readonly GroupView[]>;
  /** Every group there was for a shared obstacle, in any state. */
  groupsOf(sharedId: number): Promise<readonly GroupView[]>;
  agency(id: number): Promise<AgencyView | null>;
  agencies(): Promise<readonly AgencyView[]>;
  /** By code, name, alias or former name, folded. */
  agencyNamed(typed: string): Promise<AgencyView | null>;
  agencyNames(): Promise<readonly { readonly agencyId: number; readonly code: string; readonly name: string }[]>;
  nearestAgencies(typed: string, limit: number): Promise<readonly AgencyView[]>;
  officer(id: number): Promise<OfficerView | null>;
  officers(where?: {
    readonly agencyId?: number;
    readonly role?: Role;
    readonly ids?: readonly number[];
    /** Whoever named this officer as their stand-in. */
    readonly standInId?: number;
  }): Promise<readonly OfficerView[]>;
  findOfficers(typed: string, limit: number): Promise<readonly OfficerView[]>;
  officerByEmail(email: string): Promise<OfficerView | null>;
  officerOfAccount(platform: string, account: string): Promise<OfficerView | null>;
  invitation(
    code: string,
  ): Promise<{ readonly officerId: number; readonly expiresAt: string; readonly usedAt: string | null } | null>;
  snoozes(
    today: Day,
  ): Promise<readonly { readonly commitmentId: number; readonly officerId: number; readonly until: Day }[]>;
  /** When an officer last postponed the reminder of a commitment, and how many times in a row. */
  snooze(commitmentId: number, officerId: number): Promise<{ readonly at: string; readonly times: number } | null>;
  channels(where?: {
    readonly kind?: ChannelView['kind'];
    readonly agencyId?: number;
    readonly groupId?: number;
    readonly platform?: string;
  }): Promise<readonly ChannelView[]>;
  /** The delivery that said this message, if one did. */
  deliveryOf(platform: string, conversation: string, message: string): Promise<DeliveryView | null>;
  deliveryByKey(key: string): Promise<DeliveryView | null>;
  /** What did not arrive since an instant and up to another, of which nothing was said instead: what is in doubt first. */
  undelivered(where: {
    readonly since: string;
    readonly until?: string;
    readonly limit: number;
    readonly offset: number;
  }): Promise<{ readonly found: readonly UndeliveredView[]; readonly total: number }>;
  promised(deliveryId: number): Promise<PromisedDelivery | null>;
  /** The reminders promised since an instant that were said or still may be: what budgets are counted by. */
  remindedSince(at: string): Promise<readonly (Reminded & { readonly notBefore: string })[]>;
  /** Posts whose key is this one or begins with it and a colon. */
  deliveriesByKey(key: string): Promise<readonly DeliveryView[]>;
  import(id: number): Promise<ImportRow | null>;
  setting(key: string): Promise<unknown>;
  history(thing: string, thingId: string): Promise<readonly HistoryView[]>;
}

/**
 * One transaction made for an actor. Every change writes its history row with it; there is no other way to change the
 * register. Reads inside see the changes.
 */
export interface Writer extends Reader, CalendarWrites, MilestoneWrites, ReportWrites, WaitingWrites {
  readonly actor: Actor;
  addCommitment(row: NewCommitment): Promise<CommitmentView>;
  /** Many at once; their ids in order. */
  addCommitments(rows: readonly NewCommitment[]): Promise<readonly number[]>;
  /** Throws UserError 'changed-meanwhile' where `version` is given and no longer the record's. */
  changeCommitment(id: number, patch: CommitmentPatch, change: string, version?: number): Promise<CommitmentView>;
  /** Each after those its commitment has. */
  addObstacle(row: {
    commitmentId: number;
    agencyId: number;
    officerId: number;
    at: string;
    text: string;
    solution: string | null;
    decider: string | null;
  }): Promise<ObstacleView>;
  addObstacleEvent(row: {
    obstacleId: number;
    otherId?: number;
    sharedId?: number;
    event: 'suggested' | 'confirmed' | 'rejected';
    score?: number;
    scorer?: string;
    at: string;
  }): Promise<void>;
  addShared(row: { title: string; openedAt: string }): Promise<SharedObstacleView>;
  /** Resolves to the report as it is then. */
  solveObstacle(id: number, how: string, at: string): Promise<ObstacleView>;
  /** Remembers how a shared obstacle was removed; `done` where no report of it is open any more. */
  solveShared(id: number, how: string, done: boolean, at: string): Promise<void>;
  joinShared(obstacleId: number, sharedId: number): Promise<void>;
  leaveShared(obstacleId: number, at: string): Promise<void>;
  /** All that belongs to the one belongs to the other from now on, its past groups included. */
  mergeShared(from: number, into: number): Promise<void>;
  addGroup(row: {
    sharedId: number;
    state: 'proposed' | 'called';
    chairId: number;
    chairRule: string;
    at: string;
  }): Promise<GroupView>;
  decideGroup(id: number, state: 'called' | 'declined', at: string): Promise<GroupView>;
  /** Throws UserError 'group-not-open' where it is not called. */
  concludeGroup(id: number, outcome: string, at: string): Promise<GroupView>;
  /** Resolves to false where they were in already. */
  addMember(
    groupId: number,
    officerId: number,
    why: 'reported' | 'chair' | 'joined' | 'delegate' | 'coordinator',
    at: string,
  ): Promise<boolean>;
  addGroupProposal(groupId: number, officerId: number, text: string, at: string): Promise<void>;
  addAgency(row: {
    code?: string;
    name: string;
    kind: AgencyKind;
    sector: Sector;
    aliases?: readonly string[];
    formerNames?: readonly string[];
  }): Promise<AgencyView>;
  addOfficer(row: {
    agencyId: number;
    name: string;
    email: string | null;
    role: Role;
    lang: Lang | null;
    standInId?: number | null;
    /** The entry of the configuration that names them; the officer of that entry is found, where there is one. */
    configuredAs?: string;
  }): Promise<OfficerView>;
  /** Many at once, with e-mail addresses that nobody has; `standIn` is a place in the same list. Their ids in order. */
  addOfficers(
    rows: readonly {
      readonly agencyId: number;
      readonly name: string;
      readonly email: string | null;
      readonly role: Role;
      readonly lang: Lang | null;
      readonly standIn: number | null;
    }[],
  ): Promise<readonly number[]>;
  changeOfficer(
    id: number,
    patch: {
      role?: Role;
      lang?: Lang;
      platform?: string | null;
      standInId?: number | null;
      awayFrom?: Day | null;
      awayUntil?: Day | null;
      zone?: string | null;
      approver?: boolean;
    },
  ): Promise<OfficerView>;
  /**
   * Throws UserError 'account-taken' where it is another officer's, or the officer has another one there, unless
   * `move`; an e-mail address alone moves only what an e-mail address had linked. `seen`: they speak from it now.
   */
  linkAccount(row: {
    platform: string;
    account: string;
    name: string;
    officerId: number;
    how: 'email' | 'invitation' | 'coordinator' | 'configuration';
    at: string;
    seen?: boolean;
    move?: boolean;
  }): Promise<void>;
  addInvitation(row: { code: string; officerId: number; madeAt: string; expiresAt: string }): Promise<void>;
  useInvitation(code: string, at: string): Promise<void>;
  setSnooze(row: {
    commitmentId: number;
    officerId: number;
    until: Day;
    reason: string | null;
    at: string;
    times: number;
  }): Promise<void>;
  /** Finds or makes a channel row. */
  setChannel(row: {
    platform: string;
    conversation: string | null;
    kind: ChannelView['kind'];
    agencyId?: number;
    officerId?: number;
    groupId?: number;
    lang?: Lang | null;
  }): Promise<ChannelView>;
  setChannelZone(id: number, zone: string | null): Promise<ChannelView>;
  /** Promises something to be said. Resolves to false where its key has been promised before. */
  deliver(delivery: NewDelivery): Promise<boolean>;
  /** Resolves to false where it was settled before. */
  refuseDelivery(deliveryId: number, why: string, at: string): Promise<boolean>;
  /** Marks those of them as expired whose time is over before a word was said. Resolves to how many it was. */
  expireDeliveries(deliveryIds: readonly number[], now: string): Promise<number>;
  /** Of what is in doubt: from now on people are asked whether it arrived. Resolves to false where they are already, or it is in doubt no more. */
  askPeople(deliveryId: number): Promise<boolean>;
  /** Of what is in doubt: that part of it arrived, and what comes after it is said. Resolves to false where it is in doubt no more. */
  confirmDelivery(deliveryId: number, at: string): Promise<boolean>;
  /** Promises anew what was refused, has expired or is in doubt. Resolves to false where it is none of these. */
  deliverAgain(deliveryId: number, notBefore: string, expiresAt: string): Promise<boolean>;
  /**
   * Says a message anew; a later edit replaces one still waiting. One that had nothing to say is promised again, from
   * `at`; of a refused one, what is said in its place is said anew.
   */
  redeliver(deliveryId: number, facts: Readonly<Record<string, unknown>>, at: string): Promise<void>;
  addImport(row: { source: string; fileName: string; plan: unknown; at: string }): Promise<ImportRow>;
  /** It is in the register: so many new, so many changed. */
  setImportApplied(id: number, done: { created: number; updated: number }, at: string): Promise<void>;
  setImportStarted(id: number, at: string): Promise<void>;
  setSetting(key: string, value: unknown): Promise<void>;
  /** Drafts, and keys of what was done once, from before these instants. */
  clearLeftovers(before: { readonly draftsBefore: string; readonly onceBefore: string }): Promise<void>;
  /** Resolves to false where this tick has been taken before. One that was recorded later than `recordedBy` is taken over. */
  recordTick(tick: {
    job: string;
    zone: string;
    plannedLocal: string;
    plannedAt: string;
    at: string;
    recordedBy: string;
    state: 'done' | 'missed';
  }): Promise<boolean>;
}

export interface Store {
  read(viewer: Viewer): Reader;
  /**
   * One transaction, serializable where the database can; tried again on a serialization failure. Where the actor's
   * `once` was done before, throws UserError 'already-done'.
   */
  write<T>(actor: Actor, work: (writer: Writer) => Promise<T>): Promise<T>;
}
