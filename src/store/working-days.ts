import type { Kysely } from 'kysely';
import type { Reader, Writer } from '../use-cases/ports.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

/** Which days differ from the week, and of which years that is known. */
export function workingDayReads(db: Db): Pick<Reader, 'specialDays' | 'calendarYears'> {
  return {
    async specialDays(from, until) {
      return db
        .selectFrom('special_days')
        .selectAll()
        .where('day', '>=', from)
        .where('day', '<=', until)
        .orderBy('day')
        .execute();
    },
    async calendarYears() {
      return db.selectFrom('calendar_years').selectAll().orderBy('year').execute();
    },
  };
}

export function workingDayWrites(
  db: Db,
  trace: Trace,
): Pick<Writer, 'setSpecialDays' | 'removeSpecialDays' | 'setCalendarYear'> {
  return {
    async setSpecialDays(days) {
      if (days.length === 0) return;
      await db
        .insertInto('special_days')
        .values(days.map(({ day, worked, name }) => ({ day, worked, name })))
        .onConflict((on) =>
          on.column('day').doUpdateSet((eb) => ({ worked: eb.ref('excluded.worked'), name: eb.ref('excluded.name') })),
        )
        .execute();
      for (const each of days) trace('calendar', each.day, each.worked ? 'worked' : 'holiday', null, each);
    },
    async removeSpecialDays(from, until) {
      const gone = await db
        .deleteFrom('special_days')
        .where('day', '>=', from)
        .where('day', '<=', until)
        .returningAll()
        .execute();
      for (const each of gone) trace('calendar', each.day, 'ordinary', each, null);
      return gone.length;
    },
    async setCalendarYear(year, decided) {
      await db
        .insertInto('calendar_years')
        .values({ year, decided })
        .onConflict((on) => on.column('year').doUpdateSet({ decided }))
        .execute();
      trace('calendar', String(year), decided ? 'decided' : 'known', null, { year, decided });
    },
  };
}
