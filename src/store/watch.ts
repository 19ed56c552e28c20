import { type Kysely, sql } from 'kysely';
import type { OutboxNow } from '../use-cases/ports.ts';
import type { WatchReads } from '../use-cases/watch-ports.ts';
import type { Tables } from './tables.ts';

/** What coordinators watch over, counted. */
export function watchReads(db: Kysely<Tables>): WatchReads {
  return {
    async outboxNow(now, refusedSince) {
      const { rows } = await sql<OutboxNow>`
        select count(*) filter (where waits)::int as "waiting",
          min(case when attempts > 0 then made_at else not_before end) filter (where waits) as "oldestWaiting",
          count(*) filter (where state = 'pending' and not waits)::int as "planned",
          count(*) filter (where state = 'refused' and settled_at >= ${refusedSince})::int as "refused",
          count(*) filter (where state = 'in-doubt')::int as "inDoubt"
        from (select *, state = 'sending' or (state = 'pending' and (attempts > 0 or not_before <= ${now})) as waits
          from deliveries where state in ('pending', 'sending', 'refused', 'in-doubt')) d`.execute(db);
      return rows[0] ?? { waiting: 0, oldestWaiting: null, planned: 0, refused: 0, inDoubt: 0 };
    },
  };
}
