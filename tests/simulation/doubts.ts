import type pg from 'pg';

/**
 * Writes down which deliveries were ever in doubt, and since when: a row that was settled knows it no more, and a
 * channel may go on without one that is in doubt for long. Emptied with the other tables.
 */
export async function rememberDoubts(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists doubts (delivery_id bigint primary key, since timestamptz not null);
    create or replace function remember_doubt() returns trigger language plpgsql as $$
    begin
      insert into doubts values (new.id, new.doubt_since) on conflict do nothing;
      return null;
    end $$;
    create or replace trigger remember_doubt after update of doubt_since on deliveries
      for each row when (new.doubt_since is not null) execute function remember_doubt();
  `);
}
