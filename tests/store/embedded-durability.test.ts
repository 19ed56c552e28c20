import fs from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openEngine } from '../../src/store/embedded/engine.ts';
import { type OpeningStep, openEmbedded } from '../../src/store/embedded/open.ts';
import { closingState } from '../../src/store/embedded/wire.ts';
import { EmbeddedChild } from '../support/embedded-children.ts';
import { placeWithDatabase } from '../support/embedded-places.ts';

/** Opens and closes the database, and says which steps that took. */
async function stepsOfOpening(dataDir: string): Promise<OpeningStep[]> {
  const steps: OpeningStep[] = [];
  await using _ = await openEmbedded({ dataDir, onStep: (step) => steps.push(step) });
  return steps;
}

describe('what was acknowledged stays', () => {
  test('through kill -9 in the middle of committing, several times on one directory', async () => {
    await using place = await placeWithDatabase();
    let acknowledged = 0;
    for (let round = 1; round <= 3; round++) {
      await using child = new EmbeddedChild('commit', place.dataDir, String(acknowledged + 1));
      // A different moment each round, within a transaction or between two.
      await child.line(`acknowledged ${acknowledged + 150 + 37 * round}`);
      await child.kill();
      const last = child.lines.findLast((line) => /^acknowledged \d+$/.test(line));
      acknowledged = Number(last?.split(' ')[1]);

      const steps: OpeningStep[] = [];
      await using embedded = await openEmbedded({ dataDir: place.dataDir, onStep: (step) => steps.push(step) });
      const { rows } = await embedded.pool.query<{ all: number; most: number; halves: number }>(
        'select count(*)::int as all, max(n) as most, (count(*) filter (where twin <> -n))::int as halves from acknowledged',
      );
      const found = rows[0] ?? { all: 0, most: 0, halves: 0 };
      expect(steps).toEqual(['recovering']);
      expect(found.all).toBe(found.most);
      expect(found.halves).toBe(0);
      // One more may have been committed whose acknowledgement was still on its way out.
      expect([acknowledged, acknowledged + 1]).toContain(found.most);
      acknowledged = found.most;
    }
    expect(acknowledged).toBeGreaterThan(600);
  });

  test('because each commit is written through to the disk before it is acknowledged', async () => {
    await using place = await placeWithDatabase();
    // In this thread, where the calls that reach the system can be counted. They are still made.
    const engine = await openEngine(path.join(place.dataDir, 'database'));
    const fsync = vi.spyOn(fs, 'fsyncSync');
    try {
      await engine.query('create table t (a int)');
      fsync.mockClear();
      for (let i = 0; i < 20; i++) await engine.query('insert into t values (1)');
      expect(fsync.mock.calls.length).toBeGreaterThanOrEqual(20);

      const { rows } = await engine.query<{ name: string; setting: string }>(
        `select name, setting from pg_settings
          where name in ('fsync', 'wal_sync_method', 'synchronous_commit', 'full_page_writes') order by name`,
      );
      expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
        'fsync=on',
        'full_page_writes=on',
        'synchronous_commit=on',
        'wal_sync_method=fsync',
      ]);
    } finally {
      fsync.mockRestore();
      await engine.close();
    }
  });

  test('and a disk that refuses gets no commit acknowledged', async () => {
    await using place = await placeWithDatabase();
    const engine = await openEngine(path.join(place.dataDir, 'database'));
    await engine.query('create table t (a int)');
    const refused = Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
    const fsync = vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw refused;
    });
    const reply: Uint8Array[] = [];
    const insert = Buffer.from('insert into t values (1)\0');
    try {
      await engine.execProtocolRawStream(Buffer.concat([Buffer.from([0x51, 0, 0, 0, insert.length + 4]), insert]), {
        onRawData: (bytes) => reply.push(bytes.slice()),
      });
    } catch (error) {
      reply.push(Buffer.from(String(error)));
    } finally {
      fsync.mockRestore();
    }
    const heard = Buffer.concat(reply).toString('latin1');
    expect(heard).toContain('could not fsync');
    expect(heard).not.toContain('INSERT 0 1');
    expect(closingState(Buffer.concat(reply))).toBeUndefined();
  });
});

describe('opening', () => {
  test('makes a database where there is none or its making was cut short, then finds it closed well', async () => {
    await using place = await placeWithDatabase();
    const database = path.join(place.dataDir, 'database');
    await rename(database, `${database}.unfinished-abc123`);
    await rm(path.join(`${database}.unfinished-abc123`, 'global', 'pg_control'));
    expect(await stepsOfOpening(place.dataDir)).toEqual(['creating', 'opening']);
    expect((await readdir(place.dataDir)).filter((name) => name.startsWith('database'))).toEqual(['database']);
    expect(await stepsOfOpening(place.dataDir)).toEqual(['opening']);
  });

  test('fails with a reason, and leaves the directory free, where the database is damaged', async () => {
    await using place = await placeWithDatabase();
    const control = path.join(place.dataDir, 'database', 'global', 'pg_filenode.map');
    await rename(control, `${control}.away`);
    await expect(openEmbedded({ dataDir: place.dataDir })).rejects.toThrow(/the embedded database has stopped: .*\S/s);
    await rename(`${control}.away`, control);
    await using embedded = await openEmbedded({ dataDir: place.dataDir });
    expect((await embedded.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('closing twice is closing once, and a pool that was ended already is no obstacle', async () => {
    await using place = await placeWithDatabase();
    const embedded = await openEmbedded({ dataDir: place.dataDir });
    await embedded.pool.query('select 1');
    await embedded.pool.end();
    await Promise.all([embedded.close(), embedded.close()]);
    expect(await embedded.stopped).toBeUndefined();
    expect(await stepsOfOpening(place.dataDir)).toEqual(['opening']);
  });

  test('closing does not wait for ever for a client that nobody gives back', async () => {
    await using place = await placeWithDatabase();
    const embedded = await openEmbedded({ dataDir: place.dataDir });
    const kept = await embedded.pool.connect();
    await kept.query('begin');
    const asked = performance.now();
    await embedded.close();
    expect(performance.now() - asked).toBeLessThan(15_000);
    await expect(kept.query('select 1')).rejects.toThrow();
    expect(await stepsOfOpening(place.dataDir)).toEqual(['opening']);
  });
});
