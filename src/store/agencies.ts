import { type Kysely, sql } from 'kysely';
import { fold } from '../domain/fold.ts';
import type { Sector } from '../domain/sectors.ts';
import { UserError } from '../domain/user-error.ts';
import type { AgencyKind, AgencyView, Reader, Writer } from '../use-cases/ports.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;
interface Row {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly sector: string;
}

export const agencyOf = (row: Row): AgencyView => ({
  id: row.id,
  code: row.code,
  name: row.name,
  kind: row.kind as AgencyKind,
  sector: row.sector as Sector,
});

const COLUMNS = ['id', 'code', 'name', 'kind', 'sector'] as const;

export function agencyReads(
  db: Db,
): Pick<Reader, 'agency' | 'agencies' | 'agencyNamed' | 'agencyNames' | 'nearestAgencies'> {
  return {
    async agency(id) {
      const row = await db.selectFrom('agencies').select(COLUMNS).where('id', '=', id).executeTakeFirst();
      return row ? agencyOf(row) : null;
    },
    async agencies() {
      return (await db.selectFrom('agencies').select(COLUMNS).orderBy('id').execute()).map(agencyOf);
    },
    async agencyNamed(typed) {
      const row = await db
        .selectFrom('agencies')
        .select(COLUMNS)
        .where((eb) =>
          eb.or([
            eb('code', '=', typed.trim().toUpperCase()),
            eb('id', 'in', eb.selectFrom('agency_names').select('agency_id').where('name_key', '=', fold(typed))),
          ]),
        )
        .executeTakeFirst();
      return row ? agencyOf(row) : null;
    },
    async agencyNames() {
      return db
        .selectFrom('agency_names')
        .innerJoin('agencies', 'agencies.id', 'agency_names.agency_id')
        .select(['agency_names.agency_id as agencyId', 'agencies.code', 'agency_names.name'])
        .execute();
    },
    async nearestAgencies(typed, limit) {
      const words = fold(typed).split(' ').filter(Boolean).slice(0, 8);
      const rows = await db
        .selectFrom('agencies')
        .select(COLUMNS)
        .where((eb) => eb.and(words.map((word) => eb('search', 'like', `%${likeLiteral(word)}%`))))
        .orderBy(sql`length(name)`)
        .orderBy('name')
        .limit(limit)
        .execute();
      if (rows.length > 0 || words.length === 0) return rows.map(agencyOf);
      // Nothing has all the words: what is spelled most like it.
      const near = await db
        .selectFrom('agencies')
        .select(COLUMNS)
        .orderBy(sql`word_similarity(${fold(typed)}, search)`, 'desc')
        .where(sql<boolean>`word_similarity(${fold(typed)}, search) > 0.3`)
        .limit(limit)
        .execute();
      return near.map(agencyOf);
    },
  };
}

export function agencyWrites(db: Db, trace: Trace): Pick<Writer, 'addAgency'> {
  return {
    async addAgency(row) {
      const names = [
        { name: row.name, kind: 'official' as const },
        ...(row.aliases ?? []).map((name) => ({ name, kind: 'alias' as const })),
        ...(row.formerNames ?? []).map((name) => ({ name, kind: 'former' as const })),
      ];
      const keyed = new Map(names.map((each) => [fold(each.name), each]));
      const taken = await db
        .selectFrom('agency_names')
        .innerJoin('agencies', 'agencies.id', 'agency_names.agency_id')
        .select(['agency_names.name', 'agencies.code', 'agencies.name as agency'])
        .where('name_key', 'in', [...keyed.keys()])
        .executeTakeFirst();
      if (taken)
        throw new UserError(
          'agency-name-taken',
          { name: taken.name, agency: taken.agency, code: taken.code },
          { field: 'name' },
        );
      const code = row.code ?? (await freeCode(db, row.name));
      const search = [code, ...names.map((each) => each.name)].map(fold).join(' \n');
      const made = await db
        .insertInto('agencies')
        .values({ code, name: row.name, kind: row.kind, sector: row.sector, search })
        .onConflict((on) => on.column('code').doNothing())
        .returning(COLUMNS)
        .executeTakeFirst();
      if (!made) throw new UserError('agency-code-taken', { code }, { field: 'code' });
      await db
        .insertInto('agency_names')
        .values(
          [...keyed].map(([name_key, each]) => ({ name_key, agency_id: made.id, name: each.name, kind: each.kind })),
        )
        .execute();
      trace('agency', made.code, 'added', null, {
        name: row.name,
        kind: row.kind,
        sector: row.sector,
        aliases: row.aliases ?? [],
      });
      return agencyOf(made);
    },
  };
}

export const likeLiteral = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

/** The initials of a name, with a number where they are taken: "Bộ Xây dựng" → BXD, BXD-2. */
async function freeCode(db: Db, name: string): Promise<string> {
  const initials = fold(name)
    .split(/[^a-z0-9]+/)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase()
    .slice(0, 12);
  const stem = initials.length >= 2 ? initials : `AGENCY`;
  const rows = await db.selectFrom('agencies').select('code').where('code', 'like', `${stem}%`).execute();
  const codes = new Set(rows.map((row) => row.code));
  if (!codes.has(stem)) return stem;
  let number = 2;
  while (codes.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
