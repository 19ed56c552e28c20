import type { CommandShape } from '../chat/command.ts';
import type { Connection } from '../chat/connections.ts';
import type { Lang } from '../chat/language.ts';
import type { Platform } from '../chat/platform.ts';
import type { DigestRules } from '../domain/digest.ts';
import type { GroupRules } from '../domain/working-group.ts';
import type { Taken } from './planned-runs.ts';
import type { Clock, SpecialDay, Store } from './ports.ts';

/** What every use case works in: the register, the clock, the rules. Made once, by `build.ts`. */
export interface House {
  readonly store: Store;
  readonly clock: Clock;
  readonly lang: Lang;
  /** IANA name: whose calendar days count. */
  readonly zone: string;
  readonly rules: Rules;
  /** When the digest is posted: the day of the week (1 Monday … 7 Sunday) and 'HH:MM' in the zone. */
  readonly digestAt: { readonly weekday: number; readonly time: string };
  /** The days of the week on which reminders are planned. */
  readonly reminderDays: readonly number[];
  /** The public holidays of a year where the house is; null where nobody knows, or (`onlyDecided`) knows but the law. */
  publicHolidays(
    year: number,
    wish?: { readonly onlyDecided: boolean },
  ): Promise<{ readonly days: readonly SpecialDay[]; readonly decided: boolean } | null>;
  /** The platforms that are connected, by name, in the order in which a person is written to. */
  readonly platforms: readonly string[];
  /** Who is who on a connected platform; null where it is not connected. */
  directory(platform: string): Pick<Platform, 'accountIn' | 'lookUp'> | null;
  /** What happens at planned times. */
  readonly plannedJobs: readonly PlannedJob[];
  /** Which platforms are connected at this moment, and since when. */
  connections(): readonly Connection[];
  /** Accounts ('slack:U1') and e-mail addresses whose owners are coordinators from the start. */
  readonly coordinators: readonly string[];
  /** What can be said, for help. */
  readonly commands: readonly CommandShape[];
  /** A short unguessable word: for drafts, nonces, invitations. */
  nonce(): string;
}

/** What is owed of a job, as the job itself goes by it: planned instants. */
export interface PlannedJob {
  readonly name: string;
  /** What is owed by an instant, oldest first. */
  owed(taken: Taken, until: string): readonly string[];
  /** The first after an instant that will be; null where there is none. */
  next(taken: Taken | null, after: string): string | null;
}

/** What the reminders go by. */
export interface ReminderTimes {
  /** Workdays before the end on which a date is spoken of. */
  readonly remindBefore: readonly number[];
  /** Messages to one person in the window, and of those the ones that may name one and the same thing. */
  readonly reminderBudget: number;
  readonly remindersPerThing: number;
  readonly reminderWindowDays: number;
  /** 1 Monday … 7 Sunday. */
  readonly workdays: readonly number[];
  /** 'HH:MM', in each person's zone. */
  readonly workHours: { readonly from: string; readonly until: string };
}

export interface Rules extends ReminderTimes, DigestRules, GroupRules {
  /** Items in one reminder. */
  readonly perReminder: number;
  /** Whether a group is called at once, or proposed to the coordinators first. */
  readonly callAtOnce: boolean;
  /** Hours a missed digest may be caught up; older is recorded as missed. */
  readonly digestCatchUpHours: number;
  /** Days an invitation code holds. */
  readonly invitationDays: number;
}
