import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** The tables as Kysely sees them. Dates and instants are ISO strings (`column-types.ts`). */

type Json = JSONColumnType<object | null, string | null, string | null>;
type Instant = ColumnType<string, string, string>;
type MaybeInstant = ColumnType<string | null, string | null | undefined, string | null>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface Tables {
  agencies: {
    id: Generated<number>;
    code: string;
    name: string;
    kind: string;
    sector: string;
    parent_id: Maybe<number>;
    search: string;
  };
  agency_names: { name_key: string; agency_id: number; name: string; kind: string };
  officers: {
    id: Generated<number>;
    agency_id: number;
    name: string;
    email: Maybe<string>;
    role: string;
    lang: Maybe<string>;
    stand_in_id: Maybe<number>;
    away_from: Maybe<string>;
    away_until: Maybe<string>;
    platform: Maybe<string>;
    configured_as: Maybe<string>;
    active: Generated<boolean>;
    search: string;
  };
  accounts: {
    platform: string;
    account: string;
    officer_id: number;
    name: string;
    linked_at: Instant;
    linked_how: string;
    last_seen: MaybeInstant;
  };
  invitations: { code: string; officer_id: number; made_at: Instant; expires_at: Instant; used_at: MaybeInstant };
  imports: {
    id: Generated<number>;
    source: string;
    file_name: string;
    state: string;
    plan: Json;
    made_at: Instant;
    applied_at: MaybeInstant;
    started_at: MaybeInstant;
    created: Maybe<number>;
    updated: Maybe<number>;
  };
  commitments: {
    id: Generated<number>;
    version: Generated<number>;
    title: string;
    instrument: Maybe<string>;
    event: Maybe<string>;
    field: Maybe<string>;
    partners: string[];
    obligor: string;
    signed_on: Maybe<string>;
    due_precision: string;
    due_start: Maybe<string>;
    due_end: Maybe<string>;
    due_raw: string;
    lead_id: number;
    officer_id: Maybe<number>;
    result: Maybe<string>;
    classification: string;
    flagship: boolean;
    registered_at: Instant;
    assigned_at: Instant;
    last_report_at: MaybeInstant;
    last_report: Maybe<string>;
    claimed_at: MaybeInstant;
    done_on: Maybe<string>;
    verified_at: MaybeInstant;
    import_id: Maybe<number>;
    source: Maybe<string>;
    source_key: Maybe<string>;
    withdrawn_at: MaybeInstant;
    withdrawn_why: Maybe<string>;
    words: string;
    search: GeneratedAlways<string>;
  };
  commitment_agencies: { commitment_id: number; agency_id: number; role: string; position: number };
  milestones: {
    commitment_id: number;
    position: number;
    title: string;
    due_precision: string;
    due_start: Maybe<string>;
    due_end: Maybe<string>;
    due_raw: string;
    done_on: Maybe<string>;
  };
  progress_updates: {
    id: Generated<number>;
    commitment_id: number;
    officer_id: number;
    at: Instant;
    text: string;
    expected: Maybe<string>;
    claims_done: boolean;
  };
  shared_obstacles: {
    id: Generated<number>;
    title: string;
    state: string;
    opened_at: Instant;
    solved_at: MaybeInstant;
    solved_how: Maybe<string>;
    merged_into: Maybe<number>;
  };
  obstacles: {
    id: Generated<number>;
    commitment_id: number;
    agency_id: number;
    officer_id: number;
    at: Instant;
    text: string;
    solution: Maybe<string>;
    decider: Maybe<string>;
    state: string;
    shared_id: Maybe<number>;
    solved_at: MaybeInstant;
    solved_by: Maybe<number>;
    solved_how: Maybe<string>;
  };
  obstacle_events: {
    id: Generated<number>;
    obstacle_id: number;
    other_id: Maybe<number>;
    shared_id: Maybe<number>;
    event: string;
    officer_id: Maybe<number>;
    score: Maybe<number>;
    scorer: Maybe<string>;
    at: Instant;
  };
  working_groups: {
    id: Generated<number>;
    shared_id: number;
    state: string;
    chair_id: number;
    chair_rule: string;
    proposed_at: Instant;
    decided_at: MaybeInstant;
    decided_by: Maybe<number>;
    concluded_at: MaybeInstant;
    concluded_by: Maybe<number>;
    outcome: Maybe<string>;
    weighed: Generated<number[]>;
  };
  working_group_members: { group_id: number; officer_id: number; why: string; at: Instant };
  working_group_proposals: { id: Generated<number>; group_id: number; officer_id: number; at: Instant; text: string };
  snoozes: { commitment_id: number; officer_id: number; until: string; reason: Maybe<string>; at: Instant };
  history: {
    id: Generated<number>;
    at: Instant;
    actor: string;
    officer_id: Maybe<number>;
    via: string;
    thing: string;
    thing_id: string;
    change: string;
    before: Json;
    after: Json;
  };
  done_once: { key: string; actor: string; at: Instant };
  drafts: {
    id: string;
    path: string;
    blanks: JSONColumnType<Record<string, string>>;
    version: Maybe<number>;
    platform: string;
    account: string;
    origin: Json;
    at: Instant;
  };
  settings: { key: string; value: JSONColumnType<object, string, string> };
  channels: {
    id: Generated<number>;
    platform: string;
    conversation: Maybe<string>;
    kind: string;
    agency_id: Maybe<number>;
    officer_id: Maybe<number>;
    group_id: Maybe<number>;
    lang: Maybe<string>;
    next_order: Generated<number>;
  };
  deliveries: {
    id: Generated<number>;
    key: string;
    channel_id: number;
    ord: number;
    verb: string;
    kind: string;
    facts: JSONColumnType<Record<string, unknown>>;
    edits: Maybe<number>;
    state: Generated<string>;
    not_before: Instant;
    expires_at: MaybeInstant;
    made_at: Instant;
    attempts: Generated<number>;
    attempted_at: MaybeInstant;
    worker: Maybe<string>;
    lease_until: MaybeInstant;
    said: Generated<string[]>;
    sent_at: MaybeInstant;
    error: Maybe<string>;
  };
  job_runs: {
    job: string;
    zone: string;
    planned_local: string;
    planned_at: Instant;
    recorded_at: Instant;
    state: string;
  };
  playground_conversations: {
    id: Generated<number>;
    key: string;
    name: string;
    topic: string;
    kind: string;
    members: string[];
    archived: Generated<boolean>;
  };
  playground_messages: {
    id: Generated<number>;
    key: string;
    conversation_id: number;
    author: string;
    at: Instant;
    body: JSONColumnType<object>;
    only_for: Maybe<string>;
    edits: Generated<number>;
  };
}
