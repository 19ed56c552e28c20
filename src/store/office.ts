import type { Kysely } from 'kysely';
import type { ImportRow, Reader, Writer } from '../use-cases/ports.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

const importOf = (row: {
  id: number;
  source: string;
  file_name: string;
  state: string;
  plan: unknown;
  made_at: string;
  created: number | null;
  updated: number | null;
}): ImportRow => ({
  id: row.id,
  source: row.source,
  fileName: row.file_name,
  state: row.state as ImportRow['state'],
  plan: row.plan,
  done: row.created === null || row.updated === null ? null : { created: row.created, updated: row.updated },
  madeAt: row.made_at,
});

/** PostgreSQL's integer. */
const LARGEST_ID = 2_147_483_647;

/** What the office itself keeps: imports, settings, history, ticks. */
export function officeReads(db: Db): Pick<Reader, 'import' | 'setting' | 'history' | 'lastTick' | 'missedTicks'> {
  return {
    async import(id) {
      // A number that no row can have would be an error of the database.
      if (id > LARGEST_ID) return null;
      const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? importOf(row) : null;
    },
    async setting(key) {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async history(thing, thingId) {
      const rows = await db
        .selectFrom('history')
        .select(['at', 'actor', 'via', 'thing', 'thing_id as thingId', 'change'])
        .where('thing', '=', thing)
        .where('thing_id', '=', thingId)
        .orderBy('id')
        .execute();
      return rows;
    },
    async lastTick(job, { planned, recorded }, state) {
      const row = await db
        .selectFrom('job_runs')
        .select(['planned_at', 'planned_local'])
        .where('job', '=', job)
        .where('planned_at', '<=', planned)
        .where('recorded_at', '<=', recorded)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'done'))
        .orderBy('planned_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? { plannedAt: row.planned_at, plannedDay: row.planned_local.slice(0, 10) } : null;
    },
    async missedTicks(job, since, { planned, recorded }) {
      const rows = await db
        .selectFrom('job_runs')
        .select('planned_at')
        .where('job', '=', job)
        .where('state', '=', 'missed')
        .where('planned_at', '>=', since)
        .where('planned_at', '<=', planned)
        .where('recorded_at', '<=', recorded)
        .orderBy('planned_at')
        .execute();
      return rows.map((row) => row.planned_at);
    },
  };
}

export function officeWrites(
  db: Db,
  trace: Trace,
): Pick<
  Writer,
  'addImport' | 'setImportApplied' | 'setImportStarted' | 'setSetting' | 'clearLeftovers' | 'recordTick'
> {
  return {
    async addImport(wish) {
      const row = await db
        .insertInto('imports')
        .values({
          source: wish.source,
          file_name: wish.fileName,
          state: 'previewed',
          plan: JSON.stringify(wish.plan),
          made_at: wish.at,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      trace('import', String(row.id), 'previewed', null, { source: wish.source, fileName: wish.fileName });
      return importOf(row);
    },
    async setImportApplied(id, done, at) {
      await db
        .updateTable('imports')
        .set({ state: 'applied', applied_at: at, ...done })
        .where('id', '=', id)
        .execute();
      trace('import', String(id), 'applied', null, { at, ...done });
    },
    async setImportStarted(id, at) {
      await db.updateTable('imports').set({ state: 'started', started_at: at }).where('id', '=', id).execute();
      trace('import', String(id), 'started', null, { at });
    },
    async setSetting(key, value) {
      const text = JSON.stringify(value);
      await db
        .insertInto('settings')
        .values({ key, value: text })
        .onConflict((on) => on.column('key').doUpdateSet({ value: text }))
        .execute();
      trace('setting', key, 'set', null, { value });
    },
    async clearLeftovers({ draftsBefore, onceBefore }) {
      const drafts = await db.deleteFrom('drafts').where('at', '<', draftsBefore).executeTakeFirst();
      const once = await db.deleteFrom('done_once').where('at', '<', onceBefore).executeTakeFirst();
      const cleared = { drafts: Number(drafts.numDeletedRows), once: Number(once.numDeletedRows) };
      if (cleared.drafts + cleared.once > 0) trace('office', 'leftovers', 'cleared', null, cleared);
    },
    async recordTick(tick) {
      const taken = await db
        .insertInto('job_runs')
        .values({
          job: tick.job,
          zone: tick.zone,
          planned_local: tick.plannedLocal,
          planned_at: tick.plannedAt,
          recorded_at: tick.at,
          state: tick.state,
        })
        .onConflict((on) =>
          on
            .columns(['job', 'zone', 'planned_local'])
            .doUpdateSet((eb) => ({
              planned_at: eb.ref('excluded.planned_at'),
              recorded_at: eb.ref('excluded.recorded_at'),
              state: eb.ref('excluded.state'),
            }))
            .where('job_runs.recorded_at', '>', tick.recordedBy),
        )
        .returning('job')
        .executeTakeFirst();
      if (taken) trace('job', tick.job, tick.state, null, { zone: tick.zone, plannedLocal: tick.plannedLocal });
      return taken !== undefined;
    },
  };
}
