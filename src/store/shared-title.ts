import { sql } from 'kysely';
import { mayRead } from '../domain/visibility.ts';
import type { Viewer } from '../use-cases/ports.ts';

/**
 * Whether a shared obstacle (`s`) holds words that the viewer may not read: its title is taken from one of its reports,
 * and the commitment of any of them may have been restricted since.
 */
const closed = sql<boolean>`exists (
  select 1 from obstacles b join commitments c on c.id = b.commitment_id
  where c.classification = 'restricted' and (b.shared_id = s.id or exists (
    select 1 from obstacle_events e where e.obstacle_id = b.id and e.shared_id = s.id)))`;

/** What a shared obstacle is called, and how it was solved, as the viewer may see it; its reference where it is closed. */
export const sharedWords = (viewer: Viewer) =>
  mayRead('restricted', viewer.sight)
    ? { title: sql<string>`s.title`, solvedHow: sql<string | null>`s.solved_how` }
    : {
        title: sql<string>`case when ${closed} then 'SO-' || s.id else s.title end`,
        solvedHow: sql<string | null>`case when ${closed} then null else s.solved_how end`,
      };
