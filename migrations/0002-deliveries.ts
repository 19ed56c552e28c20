import { type Kysely, sql } from 'kysely';

/** What has been promised to be said, where, and which scheduled runs have been taken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // A conversation the bot speaks in. `conversation` is the platform's id: empty until a direct or private one is opened.
    sql`create table channels (
      id integer generated always as identity primary key,
      platform text not null,
      conversation text,
      kind text not null check (kind in ('coordination', 'agency', 'direct', 'group')),
      agency_id integer references agencies,
      officer_id integer references officers,
      group_id integer references working_groups,
      lang text check (lang in ('en', 'vi', 'ar')),
      next_order integer not null default 1,
      check ((kind = 'agency') = (agency_id is not null)),
      check ((kind = 'direct') = (officer_id is not null)),
      check ((kind = 'group') = (group_id is not null)),
      check (kind in ('direct', 'group') or conversation is not null)
    )`,
    sql`create unique index channels_coordination on channels (platform) where kind = 'coordination'`,
    sql`create unique index channels_agency on channels (platform, agency_id) where kind = 'agency'`,
    sql`create unique index channels_direct on channels (platform, officer_id) where kind = 'direct'`,
    sql`create unique index channels_group on channels (platform, group_id) where kind = 'group'`,

    // Kind and facts, not finished text: it is composed when it is claimed, for that moment's viewer.
    sql`create table deliveries (
      id bigint generated always as identity primary key,
      key text not null unique,
      channel_id integer not null references channels,
      ord integer not null,
      verb text not null check (verb in ('post', 'edit', 'open', 'invite')),
      kind text not null,
      facts jsonb not null,
      edits bigint references deliveries,
      state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'refused', 'expired', 'in-doubt')),
      not_before timestamptz not null,
      expires_at timestamptz,
      made_at timestamptz not null,
      attempts integer not null default 0,
      attempted_at timestamptz,
      worker text,
      lease_until timestamptz,
      said text[] not null default '{}',
      sent_at timestamptz,
      error text,
      unique (channel_id, ord),
      check ((verb = 'edit') = (edits is not null))
    )`,
    // A channel's head is its lowest delivery not yet settled: what the claim looks for.
    sql`create index deliveries_unsettled on deliveries (channel_id, ord) where state in ('pending', 'sending', 'in-doubt')`,
    // A press comes with the platform's message id: which delivery said it?
    sql`create index deliveries_said on deliveries using gin (said)`,

    // A tick belongs to whoever recorded it.
    sql`create table job_runs (
      job text not null,
      zone text not null,
      planned_local text not null,
      planned_at timestamptz not null,
      recorded_at timestamptz not null,
      state text not null check (state in ('done', 'missed')),
      primary key (job, zone, planned_local)
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
