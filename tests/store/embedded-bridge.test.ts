import { rename } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { Bridge, EmbeddedDatabaseStopped } from '../../src/store/embedded/bridge.ts';
import { eachDatabase } from '../support/databases.ts';
import { openInNewPlace, placeWithDatabase } from '../support/embedded-places.ts';

const codeOf = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => 'no error',
    (error: { code?: unknown }) => error.code,
  );

eachDatabase('what a query sees', (open) => {
  test('values of each type come back as a server gives them', async () => {
    await using database = await open();
    const { rows } = await database.pool.query({
      text: `select 7::int as int, 7::bigint as bigint, 1.50::numeric as numeric, true as bool, null::text as nothing, $1::text as text,
        date '2025-07-01' as date, timestamptz '2025-07-01T02:30:00Z' as moment, array['a','b'] as list,
        '{"a": [1, null]}'::jsonb as json, '\\x00ff'::bytea as bytes, interval '90 minutes' as span,
        '6f6a1cc0-9c0f-4d2e-8f3a-0f2f0a3b9c11'::uuid as uuid`,
      values: ['Bộ Ngoại giao – وزارة'],
      // As they travel; what is made of a type here is another's business.
      types: { getTypeParser: () => String },
    });
    expect(rows).toEqual([
      {
        int: '7',
        bigint: '7',
        numeric: '1.50',
        bool: 't',
        nothing: null,
        text: 'Bộ Ngoại giao – وزارة',
        date: '2025-07-01',
        moment: '2025-07-01 02:30:00+00',
        list: '{a,b}',
        json: '{"a": [1, null]}',
        bytes: '\\x00ff',
        span: '01:30:00',
        uuid: '6f6a1cc0-9c0f-4d2e-8f3a-0f2f0a3b9c11',
      },
    ]);
  });

  test('what is written is counted, and many statements in one string answer each', async () => {
    await using database = await open();
    const results = await database.pool.query(`
      create table things (id int primary key, name text);
      insert into things values (1, 'a'), (2, 'b');
      select name from things order by id`);
    const answers = results as unknown as pg.QueryResult[];
    expect(answers.map((answer) => [answer.command, answer.rowCount])).toEqual([
      ['CREATE', null],
      ['INSERT', 2],
      ['SELECT', 2],
    ]);
  });

  test('words are folded and compared as in the other database', async () => {
    await using database = await open();
    const { rows } = await database.pool.query(
      `select lower('ĐẠI SỨ QUÁN') as lower, array(select x from unnest(array['b','Z','a','đ','ب','é']) x order by x) as sorted,
        current_setting('TimeZone') as zone, current_setting('server_version_num')::int / 10000 as version`,
    );
    expect(rows).toEqual([{ lower: 'đại sứ quán', sorted: ['Z', 'a', 'b', 'é', 'đ', 'ب'], zone: 'UTC', version: 18 }]);
  });

  test('similar words are found: pg_trgm and unaccent are there', async () => {
    await using database = await open();
    await database.pool.query('create extension if not exists pg_trgm; create extension if not exists unaccent');
    const { rows } = await database.pool.query(
      `select unaccent('Hà Nội') as plain, word_similarity('climate', 'the climat treaty') > 0.5 as alike`,
    );
    expect(rows).toEqual([{ plain: 'Ha Noi', alike: true }]);
  });

  test('an error has its code, its constraint and its table', async () => {
    await using database = await open();
    await database.pool.query('create table one (id int constraint only_once primary key)');
    await database.pool.query('insert into one values (1)');
    await expect(database.pool.query('insert into one values ($1)', [1])).rejects.toMatchObject({
      code: '23505',
      constraint: 'only_once',
      table: 'one',
    });
    expect(await codeOf(database.pool.query('select 1/0'))).toBe('22012');
    expect(await codeOf(database.pool.query('selec'))).toBe('42601');
    expect(await codeOf(database.pool.query('select * from nowhere'))).toBe('42P01');
    expect((await database.pool.query('select count(*)::int as n from one')).rows).toEqual([{ n: 1 }]);
  });

  test('a transaction is kept whole or not at all, and can go back to a savepoint', async () => {
    await using database = await open();
    await database.pool.query('create table ledger (entry text)');
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query("insert into ledger values ('kept')");
    await client.query('savepoint here');
    expect(await codeOf(client.query('select 1/0'))).toBe('22012');
    expect(await codeOf(client.query('select 1'))).toBe('25P02');
    await client.query('rollback to here');
    await client.query('commit');
    await client.query('begin');
    await client.query("insert into ledger values ('undone')");
    await client.query('rollback');
    client.release();
    expect((await database.pool.query('select entry from ledger')).rows).toEqual([{ entry: 'kept' }]);
  });

  test('a named statement is prepared once and used again', async () => {
    await using database = await open();
    const client = await database.pool.connect();
    const double = (n: number) => client.query({ name: 'double', text: 'select $1::int * 2 as twice', values: [n] });
    expect((await double(4)).rows).toEqual([{ twice: 8 }]);
    expect((await double(5)).rows).toEqual([{ twice: 10 }]);
    const { rows } = await client.query('select name from pg_prepared_statements');
    client.release();
    expect(rows).toEqual([{ name: 'double' }]);
  });

  test('large values and results arrive whole', async () => {
    await using database = await open();
    const text = 'ế'.repeat(3_000_000);
    const { rows } = await database.pool.query('select $1::text as text', [text]);
    expect(rows[0].text === text).toBe(true);
    const many = await database.pool.query(`select i, repeat('x', 500) as x from generate_series(1, 20000) i`);
    expect(many.rows.length).toBe(20_000);
    expect(many.rows.every((row, at) => row.i === at + 1 && row.x.length === 500)).toBe(true);
  });

  test('queries asked all at once are each answered with their own', async () => {
    await using database = await open();
    const asked = Array.from({ length: 200 }, (_, n) => n);
    const answers = await Promise.all(
      asked.map(async (n) => {
        if (n % 10 === 3) return codeOf(database.pool.query('select $1::int / 0', [n]));
        return (await database.pool.query('select $1::int as n', [n])).rows[0].n;
      }),
    );
    expect(answers).toEqual(asked.map((n) => (n % 10 === 3 ? '22012' : n)));
  });

  test('a notification is heard by who listens on the same connection', async () => {
    await using database = await open();
    const client = await database.pool.connect();
    const heard = new Promise<unknown>((resolve) => client.once('notification', ({ payload }) => resolve(payload)));
    await client.query('listen news');
    await client.query("notify news, 'it rained'");
    expect(await heard).toBe('it rained');
    client.release(true);
  });
});

describe('a client that goes away', () => {
  test('in the middle of a transaction leaves nothing of it, and nothing to those who come after', async () => {
    await using embedded = await openInNewPlace();
    const { pool } = embedded;
    await pool.query('create table ledger (entry int)');
    const dropped = await pool.connect();
    await dropped.query('begin');
    await dropped.query('insert into ledger values (-1)');
    await dropped.query("set local search_path = 'nowhere'");
    dropped.release(true);
    for (let entry = 0; entry < 49; entry++) await pool.query('insert into ledger values ($1)', [entry]);
    const { rows } = await pool.query('select count(*)::int as all, min(entry) as least from ledger');
    expect(rows).toEqual([{ all: 49, least: 0 }]);
  });

  test('leaves no prepared statement, setting, temporary table, lock or subscription', async () => {
    await using embedded = await openInNewPlace();
    const { pool } = embedded;
    const name = { name: 'same name', text: 'select 1 as one' };
    const first = await pool.connect();
    await first.query(name);
    await first.query('set lock_timeout = 5000');
    await first.query('create temporary table scratch (a int)');
    await first.query('select pg_advisory_lock(7)');
    await first.query('listen news');
    first.release(true);
    const second = await pool.connect();
    expect((await second.query(name)).rows).toEqual([{ one: 1 }]);
    const { rows } = await second.query(
      `select current_setting('lock_timeout') as setting, to_regclass('scratch') as scratch,
        (select count(*)::int from pg_locks where locktype = 'advisory') as locks,
        (select count(*)::int from pg_listening_channels()) as channels`,
    );
    second.release();
    expect(rows).toEqual([{ setting: '0', scratch: null, locks: 0, channels: 0 }]);
  });

  test('with an answer still due leaves it unheard by the next', async () => {
    await using embedded = await openInNewPlace();
    const { pool } = embedded;
    const dropped = await pool.connect();
    const unheard = dropped.query("select 'not for you' as secret from pg_sleep(0.2)").catch((error: Error) => error);
    dropped.on('error', () => {});
    // The connection breaks under it, as a socket would, while the engine is at work on its query.
    const { connection } = dropped as unknown as {
      connection: { stream: NodeJS.WritableStream & { destroy(): void } };
    };
    connection.stream.destroy();
    dropped.release(true);
    expect((await pool.query("select 'mine' as secret")).rows).toEqual([{ secret: 'mine' }]);
    expect(await unheard).toBeInstanceOf(Error);
  });

  test('after an error, without the Sync that would end it, still leaves a session that answers', async () => {
    await using place = await placeWithDatabase();
    const bridge = await Bridge.open(`${place.dataDir}/database`);
    try {
      const line = bridge.openLine();
      const welcome = new Promise((resolve) => line.once('data', resolve));
      line.write(Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]));
      await welcome;
      const answer = new Promise<Buffer>((resolve) => line.once('data', resolve));
      const sql = Buffer.from('\0selec nonsense\0\0\0');
      const parse = Buffer.concat([Buffer.from('P\0\0\0'), Buffer.from([4 + sql.length]), sql]);
      line.write(Buffer.concat([parse, Buffer.from('H\0\0\0\x04')]));
      expect((await answer).toString('latin1')).toContain('syntax error');
      line.destroy();

      const next = new pg.Client({ stream: () => bridge.openLine() });
      await next.connect();
      expect((await next.query('select $1::int as n', [1])).rows).toEqual([{ n: 1 }]);
      await next.end();
    } finally {
      await bridge.close();
    }
  });

  test('COPY FROM STDIN is refused, and the database goes on', async () => {
    await using embedded = await openInNewPlace();
    await embedded.pool.query('create table target (a int)');
    expect(await codeOf(embedded.pool.query('copy target from stdin'))).toBe('57014');
    expect(await codeOf(embedded.pool.query({ name: 'copy', text: 'copy target from stdin' }))).toBe('57014');
    expect((await embedded.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('the engine ends by itself', () => {
  test('whoever waits is told at once, and so is whoever comes later', async () => {
    await using place = await placeWithDatabase();
    const bridge = await Bridge.open(`${place.dataDir}/database`);
    const pool = new pg.Pool({ stream: () => bridge.openLine(), max: 1 });
    pool.on('error', () => {});
    const waiting = [pool.query('select pg_sleep(30)'), pool.query('select 1'), pool.query('select 2')].map((query) =>
      query.then(
        () => 'answered',
        (error: unknown) => error,
      ),
    );
    await bridge.terminate();
    for (const outcome of await Promise.all(waiting)) expect(outcome).toBeInstanceOf(EmbeddedDatabaseStopped);
    await expect(pool.query('select 3')).rejects.toBeInstanceOf(EmbeddedDatabaseStopped);
    expect(await bridge.ended).toBeInstanceOf(EmbeddedDatabaseStopped);
    await pool.end();
  });

  test('a disk that fails it ends it, and it says why, though the engine itself would keep silent', async () => {
    await using embedded = await openInNewPlace();
    await embedded.pool.query('create table t (a int)');
    const logs = path.join(embedded.dataDir, 'database', 'pg_wal');
    await rename(logs, `${logs}.away`);
    const waiting = ['select pg_switch_wal(); insert into t values (1)', 'select 1', 'select 2'];
    for (const outcome of await Promise.allSettled(waiting.map((sql) => embedded.pool.query(sql)))) {
      expect(outcome.status).toBe('rejected');
    }
    const stopped = await embedded.stopped;
    expect(stopped).toBeInstanceOf(EmbeddedDatabaseStopped);
    expect(stopped?.message).toMatch(/PANIC: .*could not/);
  });

  test('in the middle of a transaction: whoever holds the connection hears it at the next query', async () => {
    await using embedded = await openInNewPlace();
    const client = await embedded.pool.connect();
    await client.query('begin');
    const logs = path.join(embedded.dataDir, 'database', 'pg_wal');
    await rename(logs, `${logs}.away`);
    await expect(client.query('create table t (a int); select pg_switch_wal(); commit')).rejects.toThrow();
    await embedded.stopped;
    await expect(client.query('select 1')).rejects.toThrow();
    client.release();
    await expect(embedded.pool.query('select 1')).rejects.toBeInstanceOf(EmbeddedDatabaseStopped);
  });
});
