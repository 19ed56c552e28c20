import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type pg from 'pg';
import { UserError } from '../domain/user-error.ts';
import type { Actor, Reader, Store, Viewer, Writer } from '../use-cases/ports.ts';
import { agencyReads, agencyWrites } from './agencies.ts';
import { commitmentWrites } from './change-commitments.ts';
import { setColumnTypes } from './column-types.ts';
import { commitmentReads } from './commitments.ts';
import { deliveryReads, deliveryWrites } from './deliveries.ts';
import { groupReads, groupWrites } from './groups.ts';
import { obstacleReads, obstacleWrites } from './obstacles.ts';
import { officeReads, officeWrites } from './office.ts';
import { officerReads, officerWrites } from './officers.ts';
import { reportReads, reportWrites } from './reports.ts';
import type { Tables } from './tables.ts';
import { createTrace } from './trace.ts';
import { undeliveredReads, undeliveredWrites } from './undelivered.ts';
import { waitingReads, waitingWrites } from './waiting.ts';
import { watchReads } from './watch.ts';
import { workingDayReads, workingDayWrites } from './working-days.ts';

export type Database = Kysely<Tables>;

/** The house's one database, on whichever pool. Ending the pool is its owner's part. */
export function openDatabase(pool: pg.Pool): Database {
  setColumnTypes();
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Tries of a transaction that met another (serialization failure, deadlock) before the failure is the caller's. */
const TRIES = 20;
export type Pause = (attempt: number) => Promise<unknown>;
/** The wait before the next try: longer each time, by luck, so that the same ones do not meet again. */
const pauseByLuck: Pause = (attempt) =>
  new Promise((resolve) => setTimeout(resolve, Math.min(250, 2 ** attempt) * Math.random()));
const MET_ANOTHER = new Set(['40001', '40P01']);

/** What a delivery's messages will be recognised by, drawn when it is promised: at most 14 characters (outbox/saying-key.ts). */
export type Token = () => string;
const tokenByLuck: Token = () => randomBytes(7).toString('hex');

/** The register behind its port: a reader made for a viewer, a writer made for an actor, no third way. */
export function createStore(
  db: Database,
  clock: { now(): string },
  pause: Pause = pauseByLuck,
  token: Token = tokenByLuck,
): Store {
  return {
    read: (viewer) => createReader(db, viewer),
    async write(actor, work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await db
            .transaction()
            .setIsolationLevel('serializable')
            .execute(async (trx) => {
              await claimOnce(trx, actor, clock.now());
              const { writer, flush } = createWriter(trx, actor, clock, token);
              const result = await work(writer);
              await flush();
              return result;
            });
        } catch (error) {
          const code = (error as { code?: unknown }).code;
          if (attempt >= TRIES || typeof code !== 'string' || !MET_ANOTHER.has(code)) throw error;
          await pause(attempt);
        }
      }
    },
  };
}

function createReader(db: Database, viewer: Viewer): Reader {
  return {
    viewer,
    ...commitmentReads(db, viewer),
    ...reportReads(db, viewer),
    ...obstacleReads(db, viewer),
    ...groupReads(db, viewer),
    ...agencyReads(db),
    ...officerReads(db),
    ...deliveryReads(db),
    ...undeliveredReads(db),
    ...officeReads(db),
    ...workingDayReads(db),
    ...watchReads(db),
    ...waitingReads(db),
  };
}

function createWriter(
  trx: Transaction<Tables>,
  actor: Actor,
  clock: { now(): string },
  token: Token,
): { writer: Writer; flush(): Promise<void> } {
  const now = () => clock.now();
  const { trace, flush } = createTrace(trx, actor, now);
  const writer: Writer = {
    actor,
    ...createReader(trx, actor),
    ...commitmentWrites(trx, trace, actor),
    ...reportWrites(trx, trace, actor),
    ...obstacleWrites(trx, trace, actor),
    ...groupWrites(trx, trace, actor),
    ...agencyWrites(trx, trace),
    ...officerWrites(trx, trace),
    ...deliveryWrites(trx, trace, now, token),
    ...undeliveredWrites(trx, trace),
    ...officeWrites(trx, trace),
    ...workingDayWrites(trx, trace),
    ...waitingWrites(trx),
  };
  return { writer, flush };
}

/** The same press, form or command changes things one time: its key is claimed in the transaction of the change. */
async function claimOnce(trx: Transaction<Tables>, actor: Actor, at: string): Promise<void> {
  if (actor.once === undefined) return;
  const mine = await trx
    .insertInto('done_once')
    .values({ key: actor.once, actor: actor.displayName, at })
    .onConflict((on) => on.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (mine) return;
  const first = await trx.selectFrom('done_once').selectAll().where('key', '=', actor.once).executeTakeFirst();
  throw new UserError('already-done', { by: first?.actor ?? '', at: first?.at ?? at });
}
