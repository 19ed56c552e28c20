import type { Insertable, Kysely } from 'kysely';
import type { Actor } from '../use-cases/ports.ts';
import { inChunks } from './chunks.ts';
import type { Tables } from './tables.ts';

/** Notes the history row of a change: what it was, what it became. */
export type Trace = (
  thing: string,
  thingId: string,
  change: string,
  before: object | null,
  after: object | null,
) => void;

/**
 * The history of one transaction: noted with each change, written by `flush` before the transaction commits, so that
 * neither is there without the other.
 */
export function createTrace(
  db: Kysely<Tables>,
  actor: Actor,
  now: () => string,
): { readonly trace: Trace; flush(): Promise<void> } {
  const rows: Insertable<Tables['history']>[] = [];
  return {
    trace(thing, thingId, change, before, after) {
      rows.push({
        at: now(),
        actor: actor.name,
        officer_id: actor.officerId,
        via: actor.via,
        thing,
        thing_id: thingId,
        change,
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      });
    },
    async flush() {
      for (const some of inChunks(rows)) await db.insertInto('history').values(some).execute();
    },
  };
}
