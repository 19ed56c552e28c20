import type pg from 'pg';

/**
 * Writes down what rows forget, beside them: which deliveries were ever in doubt and since when (a channel may go on
 * without one that is in doubt for long), and when each was planned for (a further attempt stands in that column's place).
 * Emptied with the other tables.
 */
export async function rememberWhatRowsForget(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists doubts (delivery_id bigint primary key, since timestamptz not null);
    create or replace function remember_doubt() returns trigger language plpgsql as $$
    begin
      insert into doubts values (new.id, new.doubt_since) on conflict do nothing;
      return null;
    end $$;
    create or replace trigger remember_doubt after update of doubt_since on deliveries
      for each row when (new.doubt_since is not null) execute function remember_doubt();

    create table if not exists plans (delivery_id bigint primary key, planned_for timestamptz not null);
    create or replace function remember_plan() returns trigger language plpgsql as $$
    begin
      insert into plans values (new.id, new.not_before)
        on conflict (delivery_id) do update set planned_for = excluded.planned_for;
      return null;
    end $$;
    create or replace trigger remember_plan after insert or update of not_before on deliveries
      for each row when (new.attempts = 0) execute function remember_plan();
  `);
}
