import { lstat, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { whoIsHome } from '../../src/store/embedded/door.ts';
import { takeDataDirectory } from '../../src/store/embedded/lock.ts';
import { DataDirectoryInUse, openEmbedded } from '../../src/store/embedded/open.ts';
import { EmbeddedChild } from '../support/embedded-children.ts';
import { emptyPlace, placeWithDatabase } from '../support/embedded-places.ts';

const doors = async (dataDir: string) => (await readdir(dataDir)).filter((name) => name.startsWith('door'));

/** Takes a directory and gives it up again, to see whether it was free. */
async function takeAndRelease(dataDir: string): Promise<void> {
  const ownership = await takeDataDirectory(dataDir, (visitor) => visitor.end());
  await ownership.release();
}

/** Milliseconds: a busy machine may take some of them; a lock that waits until its owner must be dead takes more. */
const AT_ONCE = 2500;

describe('two processes on one data directory', () => {
  test('the second is refused at once and told who the first is; after its kill the next comes in at once', async () => {
    await using place = await placeWithDatabase();
    await using owner = new EmbeddedChild('own', place.dataDir);
    await owner.line('open');

    const asked = performance.now();
    const refusal = await openEmbedded({ dataDir: place.dataDir }).catch((error: unknown) => error);
    const waited = performance.now() - asked;
    expect(refusal).toBeInstanceOf(DataDirectoryInUse);
    expect(refusal).toMatchObject({ code: 'data-directory-in-use', dataDir: place.dataDir, pid: owner.pid });
    expect(waited).toBeLessThan(AT_ONCE);

    await owner.kill();
    const free = performance.now();
    await takeAndRelease(place.dataDir);
    expect(performance.now() - free).toBeLessThan(AT_ONCE);
    await using embedded = await openEmbedded({ dataDir: place.dataDir });
    expect((await embedded.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(await doors(place.dataDir)).toHaveLength(1);
  });

  test('a good close frees it, and nobody is home then', async () => {
    await using place = await placeWithDatabase();
    expect(await whoIsHome(place.dataDir)).toBe('nobody-home');
    await using owner = new EmbeddedChild('own', place.dataDir);
    await owner.line('open');
    expect(await whoIsHome(place.dataDir)).toMatchObject({
      pid: owner.pid,
      startedAt: expect.stringMatching(/^20.*Z$/),
    });
    owner.say('close');
    await owner.line('closed');
    expect(await whoIsHome(place.dataDir)).toBe('nobody-home');
    await takeAndRelease(place.dataDir);
  });

  test('of many that take over a dead one at the same moment, exactly one wins, round after round', async () => {
    await using place = await emptyPlace();
    const startOne = () => new EmbeddedChild('race', place.dataDir);
    let rivals = Array.from({ length: 5 }, startOne);
    try {
      for (let round = 0; round < 4; round++) {
        rivals.push(startOne());
        await Promise.all(rivals.map((rival) => rival.line('ready')));
        for (const rival of rivals) rival.say(`round ${round}:`);
        const outcomes = await Promise.all(rivals.map((rival) => rival.line(`round ${round}:`)));
        const won = outcomes.map((outcome) => outcome === `round ${round}: won`);
        const [winner, ...others] = rivals.filter((_, at) => won[at]);
        expect(others).toEqual([]);
        for (const [at, outcome] of outcomes.entries())
          if (!won[at]) expect(outcome).toMatch(/^round \d: refused \d+ /);
        expect(await whoIsHome(place.dataDir)).toMatchObject({ pid: winner?.pid });
        // The first round found an untouched directory; the next ones find the door of a winner that was killed.
        await winner?.kill();
        rivals = rivals.filter((rival) => rival !== winner);
      }
    } finally {
      await Promise.all(rivals.map((rival) => rival.kill()));
    }
    expect(await doors(place.dataDir)).toHaveLength(1);
  });

  test('of many attempts inside one process too', async () => {
    await using place = await emptyPlace();
    for (let round = 0; round < 20; round++) {
      const attempts = await Promise.allSettled(
        Array.from({ length: 8 }, () => takeDataDirectory(place.dataDir, (visitor) => visitor.end('{}\n'))),
      );
      const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      expect(won).toHaveLength(1);
      for (const attempt of attempts) {
        if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(DataDirectoryInUse);
      }
      await won[0]?.release();
    }
  });

  test('an owner too busy to answer still keeps its directory', async () => {
    await using place = await emptyPlace();
    const ownership = await takeDataDirectory(place.dataDir, () => {});
    const refusal = await takeAndRelease(place.dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUse);
    expect(refusal).toMatchObject({ pid: undefined });
    await ownership.release();
  });
});

describe('the socket', () => {
  test('is for this user alone, and nothing else stays beside it', async () => {
    await using place = await emptyPlace();
    const dataDir = path.join(place.dataDir, 'data');
    await mkdir(dataDir, { mode: 0o755 });
    const ownership = await takeDataDirectory(dataDir, (visitor) => visitor.end());
    expect(await doors(dataDir)).toEqual(['door.1']);
    const { mode } = await lstat(path.join(dataDir, 'door.1'));
    expect((mode & 0o777).toString(8)).toBe('600');
    await ownership.release();
  });

  test('lies in the data directory even where the path is too long for one', async () => {
    await using place = await emptyPlace();
    const dataDir = path.join(place.dataDir, 'ministry-of-foreign-affairs'.repeat(4), 'đàm phán'.repeat(8));
    await mkdir(dataDir, { recursive: true });
    const ownership = await takeDataDirectory(dataDir, (visitor) => visitor.end('{"pid":1,"startedAt":"x"}\n'));
    expect(await doors(dataDir)).toEqual(['door.1']);
    expect(await whoIsHome(dataDir)).toEqual({ pid: 1, startedAt: 'x' });
    await expect(takeAndRelease(dataDir)).rejects.toBeInstanceOf(DataDirectoryInUse);
    await ownership.release();
    expect(await whoIsHome(dataDir)).toBe('nobody-home');
    await takeAndRelease(dataDir);
  });
});
