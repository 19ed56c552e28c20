/**
 * What every platform must be able to do, as a table: one row a capability, with what a test needs of a platform to try
 * it. A platform fills in every row (a missing one does not compile), with its means or with a test of what is done
 * instead.
 */
import type { Cast, SeenMessage, Stage } from '../../journeys/stage.ts';
import type { Scene } from './scene.ts';

/** A stage on which a test may also look over one person's shoulder. */
export interface ContractStage extends Stage {
  /** What one person sees in a channel or private conversation, oldest first, private answers to them too. */
  sees(name: string, channel: string): Promise<readonly SeenMessage[]>;
  /** What is in front of one person now, without waiting for the bot. */
  glance(name: string): Promise<Glance>;
  /** The service goes away as a whole; what comes back brings it back, and resolves when the bot is connected again. */
  goesAway(): Promise<() => Promise<void>>;
  /** The bot alone is cut off: people are still there, and what they do does not reach it. */
  cutsOff(): Promise<() => Promise<void>>;
  /** What people did, as the service counts: how much, what is not acknowledged yet, and what was not within its three seconds. */
  handed(): { readonly total: number; readonly waiting: number; readonly failed: readonly string[] };
}

/** What is in front of somebody while the bot is still at work. */
export interface Glance {
  /** The title of the form that is open. */
  readonly form: string | null;
  /** Everything they can read: messages wherever they are, and the form's own words. */
  readonly words: string;
}

/** A file as it arrived on somebody's screen. */
export interface Received {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Nothing but typing, pressing, filling in and reading, which every stage offers. */
export type Nothing = Readonly<Record<never, never>>;

/** What the test of each capability needs of a platform, beside its stage. */
export interface Means {
  'a typed command': Nothing;
  'a form': Nothing;
  'a field error': Nothing;
  'a button': Nothing;
  'an edit after a press': Nothing;
  'an answer that one person sees': Nothing;
  autocomplete: Nothing;
  'a person chosen from a list': Nothing;
  'more than five fields': Nothing;
  'a shortcut': {
    /** Chosen from the platform's own menu; the form that opens stands before the person. */
    chooses(name: string, command: string): Promise<void>;
  };
  'a shortcut on a message': {
    writes(name: string, channel: string, text: string): Promise<string>;
    choosesOn(name: string, channel: string, message: string, command: string): Promise<void>;
  };
  'a page of one’s own': {
    /** Opened, and what stands on it now. */
    page(name: string): Promise<{ readonly text: string; readonly buttons: readonly string[] }>;
  };
  'a file in': Nothing;
  'a file dropped into a form': Nothing;
  'a file out': { received(channel: string): Promise<readonly Received[]> };
  'a direct message': Nothing;
  'a direct message refused': {
    /** From now on the bot cannot write to this person. */
    closes(name: string): void;
    opens(name: string): void;
  };
  'a private conversation': { mayWrite(name: string, conversation: string): Promise<boolean> };
  'a long message': Nothing;
  'a moment in each reader’s own zone': {
    /** The instants that the newest message hands to readers' own programs, ISO 8601 in UTC. */
    instants(channel: string): Promise<readonly string[]>;
  };
  'words that would ping': { alarms(): Promise<readonly string[]> };
  'Vietnamese and Arabic': Nothing;
  'a rate limit': {
    /** The next message into this channel is refused, to be tried again after so many seconds. */
    limits(channel: string, seconds: number): void;
  };
  'an answer that is lost': {
    /** The next message the bot posts in this channel arrives, and the bot is not told. */
    losesNextPost(channel: string): void;
  };
  'a line that breaks': Nothing;
}

export type Capability = keyof Means;

/** A capability that a platform does not have, and what is done instead, tried. */
export interface Instead<S extends ContractStage> {
  readonly lacks: string;
  readonly instead: (scene: Scene<S>) => Promise<void>;
}

export interface Has<S extends ContractStage, C extends Capability> {
  readonly has: (stage: S) => Means[C];
}

/** The whole table of one platform. */
export type Offers<S extends ContractStage> = { readonly [C in Capability]: Has<S, C> | Instead<S> };

export interface Contract<S extends ContractStage> {
  readonly name: string;
  /** `now`: milliseconds since 1970, by which the service goes too. */
  open(cast: Cast, now: () => number): Promise<S>;
  readonly offers: Offers<S>;
}

/** Where nothing but the stage is needed. */
export const HAS = { has: () => ({}) } as const;

/** The test of each capability, the same for every platform. */
export type Trials = { readonly [C in Capability]: (scene: Scene, means: Means[C]) => Promise<void> };
