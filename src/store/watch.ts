import { type Kysely, sql } from 'kysely';
import type { Answer, SaidReminder } from '../domain/reminder-answers.ts';
import type { OutboxNow } from '../use-cases/ports.ts';
import type { WatchReads } from '../use-cases/watch-ports.ts';
import type { Tables } from './tables.ts';
import { BEING_FOUND_OUT, EXPIRED, isListed } from './undelivered.ts';

/** What coordinators watch over, counted. */
export function watchReads(db: Kysely<Tables>): Omit<WatchReads, 'lastTick' | 'missedTicks'> {
  return {
    async outboxNow(now, listedSince) {
      const { rows } = await sql<OutboxNow>`
        select count(*) filter (where waits)::int as "waiting",
          min(case when attempts > 0 then made_at else not_before end) filter (where waits) as "oldestWaiting",
          count(*) filter (where state = 'pending' and not waits)::int as "planned",
          count(*) filter (where state = 'refused' and listed)::int as "refused",
          count(*) filter (where state = 'expired' and listed)::int as "expired",
          count(*) filter (where state = 'in-doubt' and listed)::int as "inDoubt"
        from (select d.*, ${isListed(listedSince)} as listed, d.state = 'sending' or ${BEING_FOUND_OUT}
              or (d.state = 'pending' and (d.attempts > 0 or d.not_before <= ${now})) as waits
          from deliveries d where d.state in ('pending', 'sending', 'refused', 'in-doubt') or ${EXPIRED}) d`.execute(
        db,
      );
      return rows[0] ?? { waiting: 0, oldestWaiting: null, planned: 0, refused: 0, expired: 0, inDoubt: 0 };
    },
    async remindersAndAnswers(since) {
      const reminders = await sql<SaidReminder>`
        select (facts->>'officerId')::int as "officerId", sent_at as "at",
          array(select (thing->>'commitmentId')::int from jsonb_array_elements(facts->'things') as thing
            union select shown::int from jsonb_array_elements_text(facts->'commitmentIds') as shown) as "commitmentIds"
        from deliveries where kind = 'reminder' and verb = 'post' and state = 'sent' and sent_at >= ${since}`.execute(
        db,
      );
      const answers = await sql<Answer>`
        select officer_id as "officerId", at, 'progress' as "what", commitment_id as "commitmentId"
          from progress_updates where at >= ${since}
        union all select officer_id, at, 'obstacle', commitment_id from obstacles where at >= ${since}
        union all select officer_id, at, case change when 'not-mine' then 'not-mine' else 'snoozed' end,
            substring(thing_id from 3)::int
          from history where thing = 'commitment' and change in ('not-mine', 'reminder-postponed')
            and officer_id is not null and at >= ${since}`.execute(db);
      return { reminders: reminders.rows, answers: answers.rows };
    },
  };
}
