import { type Kysely, sql } from 'kysely';

/**
 * The register, who is who, and what stands in the way.
 * Constraints repeat the rules of `src/domain` where SQL can say them, so that neither a bug nor a hand can break them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create extension if not exists pg_trgm`,

    // Who answers. A name in any language, former or short, leads to one agency: agency_names is that index.
    sql`create table agencies (
      id integer generated always as identity primary key,
      code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
      name text not null check (length(name) between 1 and 200),
      kind text not null check (kind in ('ministry', 'body', 'province', 'commune', 'group')),
      sector text not null,
      parent_id integer references agencies,
      search text not null
    )`,
    sql`create table agency_names (
      name_key text primary key,
      agency_id integer not null references agencies,
      name text not null,
      kind text not null check (kind in ('official', 'alias', 'former'))
    )`,
    sql`create index agency_names_agency on agency_names (agency_id)`,
    sql`create index agencies_search on agencies using gin (search gin_trgm_ops)`,

    sql`create table officers (
      id integer generated always as identity primary key,
      agency_id integer not null references agencies,
      name text not null check (length(name) between 1 and 120),
      email text check (email = lower(email)),
      role text not null check (role in ('officer', 'coordinator', 'leader')),
      lang text check (lang in ('en', 'vi', 'ar')),
      stand_in_id integer references officers check (stand_in_id <> id),
      away_from date,
      away_until date,
      active boolean not null default true,
      search text not null,
      check ((away_from is null) = (away_until is null)),
      check (away_until >= away_from)
    )`,
    sql`create unique index officers_email on officers (email) where active`,
    sql`create index officers_agency on officers (agency_id, id)`,
    sql`create table accounts (
      platform text not null,
      account text not null,
      officer_id integer not null references officers,
      name text not null,
      linked_at timestamptz not null,
      linked_how text not null check (linked_how in ('email', 'invitation', 'coordinator', 'configuration')),
      last_seen timestamptz not null,
      primary key (platform, account)
    )`,
    // One account a platform for each officer: a message to a person has one address there.
    sql`create unique index accounts_officer on accounts (officer_id, platform)`,
    sql`create table invitations (
      code text primary key,
      officer_id integer not null references officers,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    )`,

    sql`create table imports (
      id integer generated always as identity primary key,
      source text not null,
      file_name text not null,
      state text not null check (state in ('previewed', 'applied', 'started')),
      plan jsonb not null,
      made_at timestamptz not null,
      applied_at timestamptz,
      started_at timestamptz,
      check ((state = 'previewed') = (applied_at is null)),
      check ((state = 'started') = (started_at is not null))
    )`,

    // What was promised. A day is never invented: precision says how much of the period is known.
    sql`create table commitments (
      id integer generated always as identity primary key,
      version integer not null default 1,
      title text not null check (length(title) between 1 and 10000),
      instrument text,
      event text,
      field text,
      partners text[] not null default '{}',
      obligor text not null default 'us' check (obligor in ('us', 'partner', 'both')),
      signed_on date,
      due_precision text not null check (due_precision in ('day', 'month', 'quarter', 'half', 'year', 'ongoing', 'unknown')),
      due_start date,
      due_end date,
      due_raw text not null,
      lead_id integer not null references agencies,
      officer_id integer references officers,
      result text,
      classification text not null default 'open' check (classification in ('open', 'restricted')),
      flagship boolean not null default false,
      registered_at timestamptz not null,
      assigned_at timestamptz not null,
      last_report_at timestamptz,
      last_report text,
      claimed_at timestamptz,
      done_on date,
      verified_at timestamptz,
      import_id integer references imports,
      source text,
      source_key text,
      words text not null,
      search text not null generated always as ('c-' || id::text || ' ' || words) stored,
      check ((due_precision in ('ongoing', 'unknown')) = (due_end is null)),
      check (due_start <= due_end),
      check (due_precision <> 'day' or due_start = due_end),
      check ((claimed_at is null) = (done_on is null)),
      check (verified_at is null or claimed_at is not null),
      check ((source is null) = (source_key is null))
    )`,
    sql`create unique index commitments_source on commitments (source, source_key)`,
    // Finding: one like per word typed (trigrams); lists of an agency and of a person; what falls due.
    sql`create index commitments_search on commitments using gin (search gin_trgm_ops)`,
    sql`create index commitments_lead on commitments (lead_id)`,
    sql`create index commitments_officer on commitments (officer_id)`,
    sql`create index commitments_open_due on commitments (due_end) where verified_at is null`,
    sql`create table commitment_agencies (
      commitment_id integer not null references commitments,
      agency_id integer not null references agencies,
      role text not null check (role in ('co-lead', 'cooperating')),
      position integer not null,
      primary key (commitment_id, agency_id)
    )`,
    sql`create index commitment_agencies_agency on commitment_agencies (agency_id)`,
    sql`create table milestones (
      commitment_id integer not null references commitments,
      position integer not null,
      title text not null,
      due_precision text not null,
      due_start date,
      due_end date,
      due_raw text not null,
      done_on date,
      primary key (commitment_id, position)
    )`,
    sql`create table progress_updates (
      id integer generated always as identity primary key,
      commitment_id integer not null references commitments,
      officer_id integer not null references officers,
      at timestamptz not null,
      text text not null check (length(text) between 1 and 10000),
      expected text,
      claims_done boolean not null
    )`,
    sql`create index progress_updates_commitment on progress_updates (commitment_id, at desc)`,

    // What stands in the way, and which reports are about the same thing.
    sql`create table shared_obstacles (
      id integer generated always as identity primary key,
      title text not null,
      state text not null check (state in ('open', 'solved')),
      opened_at timestamptz not null
    )`,
    sql`create table obstacles (
      id integer generated always as identity primary key,
      commitment_id integer not null references commitments,
      agency_id integer not null references agencies,
      officer_id integer not null references officers,
      at timestamptz not null,
      text text not null check (length(text) between 1 and 10000),
      solution text,
      decider text,
      state text not null check (state in ('open', 'solved')),
      shared_id integer references shared_obstacles
    )`,
    sql`create index obstacles_commitment on obstacles (commitment_id)`,
    sql`create index obstacles_open on obstacles (at) where state = 'open'`,
    sql`create index obstacles_shared on obstacles (shared_id) where shared_id is not null`,
    sql`create index obstacles_text on obstacles using gin (text gin_trgm_ops) where state = 'open'`,
    // Membership is a history of events: a split or an undo is a new one. Every list shown is here with its scores.
    sql`create table obstacle_events (
      id integer generated always as identity primary key,
      obstacle_id integer not null references obstacles,
      other_id integer references obstacles,
      shared_id integer references shared_obstacles,
      event text not null check (event in ('suggested', 'confirmed', 'rejected')),
      officer_id integer references officers,
      score real,
      scorer text,
      at timestamptz not null
    )`,
    sql`create index obstacle_events_obstacle on obstacle_events (obstacle_id)`,
    sql`create table working_groups (
      id integer generated always as identity primary key,
      shared_id integer not null references shared_obstacles,
      state text not null check (state in ('proposed', 'called', 'declined', 'concluded')),
      chair_id integer not null references agencies,
      chair_rule text not null,
      proposed_at timestamptz not null,
      decided_at timestamptz,
      decided_by integer references officers
    )`,
    // While a group is proposed or open for an obstacle, no second one is.
    sql`create unique index working_groups_open on working_groups (shared_id) where state in ('proposed', 'called')`,
    sql`create table working_group_members (
      group_id integer not null references working_groups,
      officer_id integer not null references officers,
      why text not null check (why in ('reported', 'chair', 'joined', 'delegate', 'coordinator')),
      at timestamptz not null,
      primary key (group_id, officer_id)
    )`,
    sql`create table working_group_proposals (
      id integer generated always as identity primary key,
      group_id integer not null references working_groups,
      officer_id integer not null references officers,
      at timestamptz not null,
      text text not null
    )`,

    sql`create table snoozes (
      commitment_id integer not null references commitments,
      officer_id integer not null references officers,
      until date not null,
      reason text,
      at timestamptz not null,
      primary key (commitment_id, officer_id)
    )`,

    // Nothing changes without a trace: who, when, from where, what it was and what it became.
    sql`create table history (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      officer_id integer references officers,
      via text not null,
      thing text not null,
      thing_id text not null,
      change text not null,
      before jsonb,
      after jsonb
    )`,
    sql`create index history_thing on history (thing, thing_id, id)`,
    // A key here means: what this press, form or command was to change, it has changed.
    sql`create table done_once (
      key text primary key,
      actor text not null,
      at timestamptz not null
    )`,
    sql`create table drafts (
      id text primary key,
      path text not null,
      blanks jsonb not null,
      version integer,
      platform text not null,
      account text not null,
      origin jsonb,
      at timestamptz not null
    )`,
    sql`create table settings (
      key text primary key,
      value jsonb not null
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
