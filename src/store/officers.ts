import { type Kysely, sql } from 'kysely';
import type { Lang } from '../chat/language.ts';
import { fold } from '../domain/fold.ts';
import { UserError } from '../domain/user-error.ts';
import type { OfficerView, Reader, Role, Writer } from '../use-cases/ports.ts';
import { agencyOf, likeLiteral } from './agencies.ts';
import { inChunks } from './chunks.ts';
import type { Tables } from './tables.ts';
import type { Trace } from './trace.ts';

type Db = Kysely<Tables>;

function selectOfficers(db: Db) {
  return db
    .selectFrom('officers as o')
    .innerJoin('agencies as a', 'a.id', 'o.agency_id')
    .select([
      'o.id',
      'o.name',
      'o.email',
      'o.role',
      'o.lang',
      'o.stand_in_id',
      'o.away_from',
      'o.away_until',
      'o.platform',
      'o.zone',
      'o.approver',
    ])
    .select([
      'a.id as agency_id',
      'a.code as agency_code',
      'a.name as agency_name',
      'a.kind as agency_kind',
      'a.sector as agency_sector',
    ])
    .select((eb) =>
      eb
        .selectFrom('accounts as x')
        .select(sql<Record<string, string>>`coalesce(json_object_agg(x.platform, x.account), '{}')`.as('all'))
        .whereRef('x.officer_id', '=', 'o.id')
        .as('accounts'),
    )
    .select(
      sql<
        string[]
      >`array(select x.platform from accounts x where x.officer_id = o.id order by x.last_seen desc nulls last, x.linked_at desc, x.platform)`.as(
        'seen_on',
      ),
    )
    .where('o.active', '=', true);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectOfficers>['execute']>>[number];

const officerOf = (row: Row): OfficerView => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role as Role,
  lang: row.lang as Lang | null,
  agency: agencyOf({
    id: row.agency_id,
    code: row.agency_code,
    name: row.agency_name,
    kind: row.agency_kind,
    sector: row.agency_sector,
  }),
  standInId: row.stand_in_id,
  awayFrom: row.away_from,
  awayUntil: row.away_until,
  zone: row.zone,
  approver: row.approver,
  accounts: row.accounts ?? {},
  seenOn: row.seen_on,
  platform: row.platform,
});

export function officerReads(
  db: Db,
): Pick<Reader, 'officer' | 'officers' | 'findOfficers' | 'officerByEmail' | 'officerOfAccount' | 'invitation'> {
  return {
    async officer(id) {
      const row = await selectOfficers(db).where('o.id', '=', id).executeTakeFirst();
      return row ? officerOf(row) : null;
    },
    async officers(where = {}) {
      let query = selectOfficers(db).orderBy('o.id');
      if (where.agencyId !== undefined) query = query.where('o.agency_id', '=', where.agencyId);
      if (where.role !== undefined) query = query.where('o.role', '=', where.role);
      if (where.standInId !== undefined) query = query.where('o.stand_in_id', '=', where.standInId);
      if (where.ids !== undefined) {
        if (where.ids.length === 0) return [];
        query = query.where('o.id', 'in', where.ids);
      }
      return (await query.execute()).map(officerOf);
    },
    async findOfficers(typed, limit) {
      const words = fold(typed).split(' ').filter(Boolean).slice(0, 8);
      const rows = await selectOfficers(db)
        .where((eb) => eb.and(words.map((word) => eb('o.search', 'like', `%${likeLiteral(word)}%`))))
        .orderBy('o.name')
        .limit(limit)
        .execute();
      return rows.map(officerOf);
    },
    async officerByEmail(email) {
      const row = await selectOfficers(db).where('o.email', '=', email.trim().toLowerCase()).executeTakeFirst();
      return row ? officerOf(row) : null;
    },
    async officerOfAccount(platform, account) {
      const row = await selectOfficers(db)
        .where('o.id', 'in', (eb) =>
          eb
            .selectFrom('accounts')
            .select('officer_id')
            .where('platform', '=', platform)
            .where('account', '=', account),
        )
        .executeTakeFirst();
      return row ? officerOf(row) : null;
    },
    async invitation(code) {
      const row = await db.selectFrom('invitations').selectAll().where('code', '=', code).executeTakeFirst();
      return row ? { officerId: row.officer_id, expiresAt: row.expires_at, usedAt: row.used_at } : null;
    },
  };
}

export function officerWrites(
  db: Db,
  trace: Trace,
): Pick<Writer, 'addOfficer' | 'addOfficers' | 'changeOfficer' | 'linkAccount' | 'addInvitation' | 'useInvitation'> {
  const one = async (id: number): Promise<OfficerView> =>
    officerOf(await selectOfficers(db).where('o.id', '=', id).executeTakeFirstOrThrow());
  return {
    async addOfficer(row) {
      const email = row.email?.trim().toLowerCase() || null;
      const made = await db
        .insertInto('officers')
        .values({
          agency_id: row.agencyId,
          name: row.name,
          email,
          role: row.role,
          lang: row.lang,
          stand_in_id: row.standInId ?? null,
          configured_as: row.configuredAs ?? null,
          search: fold(`${row.name} ${email ?? ''}`),
        })
        .onConflict((on) => on.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) {
        const known =
          row.configuredAs === undefined
            ? undefined
            : await selectOfficers(db).where('o.configured_as', '=', row.configuredAs).executeTakeFirst();
        if (known) return officerOf(known);
        const taken = await selectOfficers(db).where('o.email', '=', email).executeTakeFirst();
        const facts = { email: email ?? '', name: taken?.name ?? '', agency: taken?.agency_name ?? '' };
        throw new UserError('email-taken', facts, { field: 'email' });
      }
      trace('officer', String(made.id), 'added', null, {
        name: row.name,
        email,
        role: row.role,
        agencyId: row.agencyId,
      });
      return one(made.id);
    },
    async addOfficers(rows) {
      const ids: number[] = [];
      for (const some of inChunks(rows)) {
        const made = await db
          .insertInto('officers')
          .values(
            some.map((row) => ({
              agency_id: row.agencyId,
              name: row.name,
              email: row.email,
              role: row.role,
              lang: row.lang,
              search: fold(`${row.name} ${row.email ?? ''}`),
            })),
          )
          .returning('id')
          .execute();
        ids.push(...made.map((each) => each.id).toSorted((one, other) => one - other));
      }
      const pairs = rows.flatMap(({ standIn }, at) =>
        standIn === null ? [] : [{ id: ids[at] ?? 0, standIn: ids[standIn] ?? 0 }],
      );
      const [who, by] = [pairs.map((pair) => pair.id), pairs.map((pair) => pair.standIn)];
      await sql`update officers o set stand_in_id = p.stand_in
        from unnest(${who}::int[], ${by}::int[]) as p(id, stand_in) where o.id = p.id`.execute(db);
      for (const [at, { name, email, role, agencyId }] of rows.entries()) {
        trace('officer', String(ids[at]), 'added', null, { name, email, role, agencyId });
      }
      return ids;
    },
    async changeOfficer(id, patch) {
      const before = await one(id);
      const columns = {
        ...(patch.role === undefined ? {} : { role: patch.role }),
        ...(patch.lang === undefined ? {} : { lang: patch.lang }),
        ...(patch.standInId === undefined ? {} : { stand_in_id: patch.standInId }),
        ...(patch.platform === undefined ? {} : { platform: patch.platform }),
        ...(patch.zone === undefined ? {} : { zone: patch.zone }),
        ...(patch.approver === undefined ? {} : { approver: patch.approver }),
        ...(patch.awayFrom === undefined ? {} : { away_from: patch.awayFrom }),
        ...(patch.awayUntil === undefined ? {} : { away_until: patch.awayUntil }),
      };
      await db.updateTable('officers').set(columns).where('id', '=', id).execute();
      const was = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof OfficerView]]));
      trace('officer', String(id), 'changed', was, patch);
      return one(id);
    },
    async linkAccount(row) {
      // A new account takes the place of the officer's old one on that platform, and of the account's old officer.
      const replaced = await db
        .deleteFrom('accounts')
        .where('platform', '=', row.platform)
        .where((eb) => eb.or([eb('account', '=', row.account), eb('officer_id', '=', row.officerId)]))
        .returning(['officer_id', 'account', 'linked_how'])
        .execute();
      for (const old of replaced) {
        if (row.move || (old.account === row.account && old.officer_id === row.officerId)) continue;
        const renewed = row.how === 'email' && old.linked_how === 'email' && old.officer_id === row.officerId;
        if (!renewed) throw new UserError('account-taken', { account: row.account, platform: row.platform });
      }
      await db
        .insertInto('accounts')
        .values({
          platform: row.platform,
          account: row.account,
          officer_id: row.officerId,
          name: row.name,
          linked_at: row.at,
          linked_how: row.how,
          last_seen: row.seen ? row.at : null,
        })
        .execute();
      // What is waiting for them goes to the account they have now, and nothing to one that has become another's.
      await db
        .updateTable('channels')
        .set({ conversation: null })
        .where('kind', '=', 'direct')
        .where('platform', '=', row.platform)
        .where('officer_id', 'in', [row.officerId, ...replaced.map((each) => each.officer_id)])
        .execute();
      trace('account', `${row.platform}:${row.account}`, 'linked', null, {
        officerId: row.officerId,
        how: row.how,
      });
    },
    async addInvitation(row) {
      await db
        .insertInto('invitations')
        .values({ code: row.code, officer_id: row.officerId, made_at: row.madeAt, expires_at: row.expiresAt })
        .execute();
      trace('invitation', `officer:${row.officerId}`, 'made', null, { expiresAt: row.expiresAt });
    },
    async useInvitation(code, at) {
      const used = await db
        .updateTable('invitations')
        .set({ used_at: at })
        .where('code', '=', code)
        .where('used_at', 'is', null)
        .returning('officer_id')
        .executeTakeFirst();
      if (!used) throw new UserError('invitation-used', {}, { field: 'code' });
      trace('invitation', `officer:${used.officer_id}`, 'used', null, { at });
    },
  };
}
