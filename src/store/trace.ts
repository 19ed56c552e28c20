import type { Kysely } from 'kysely';
import type { Actor } from '../use-cases/ports.ts';
import type { Tables } from './tables.ts';

/** Writes the history row of a change: what it was, what it became. */
export type Trace = (
  thing: string,
  thingId: string,
  change: string,
  before: object | null,
  after: object | null,
) => Promise<void>;

export function createTrace(db: Kysely<Tables>, actor: Actor, now: () => string): Trace {
  return async (thing, thingId, change, before, after) => {
    await db
      .insertInto('history')
      .values({
        at: now(),
        actor: actor.name,
        officer_id: actor.officerId,
        via: actor.via,
        thing,
        thing_id: thingId,
        change,
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      })
      .execute();
  };
}
