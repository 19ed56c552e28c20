import { createConnection } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  answerDoor,
  callDoor,
  type DoorChunk,
  type DoorHandler,
  type DoorRequest,
  LARGEST_REQUEST,
} from '../../src/store/embedded/door.ts';
import { takeDataDirectory } from '../../src/store/embedded/lock.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { EmbeddedChild } from '../support/embedded-children.ts';
import { emptyPlace, placeWithDatabase } from '../support/embedded-places.ts';

const WHO = { pid: 4711, startedAt: '2025-07-01T00:00:00.000Z' };

/** A door without a database behind it. */
async function openDoor(handler?: DoorHandler) {
  const place = await emptyPlace();
  const ownership = await takeDataDirectory(place.dataDir, (visitor) => answerDoor(visitor, WHO, handler));
  return {
    dataDir: place.dataDir,
    async [Symbol.asyncDispose]() {
      await ownership.release();
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Sends raw bytes and returns all that comes back. */
async function send(dataDir: string, bytes: string | Buffer): Promise<string> {
  const socket = createConnection(path.join(dataDir, 'door.1'));
  socket.on('error', () => {});
  socket.write(bytes);
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const ignore = () => {};
const request: DoorRequest = { argv: ['import', 'q3.xlsx'], cwd: '/home/lan' };

describe('the command line reaches the running bot', () => {
  test('in another process: what it says and how it ends come back', async () => {
    await using place = await placeWithDatabase();
    await using owner = new EmbeddedChild('own', place.dataDir);
    await owner.line('open');
    const said: DoorChunk[] = [];
    const code = await callDoor(place.dataDir, { ...request, stdin: 'có\n' }, (chunk) => said.push(chunk));
    expect(code).toBe(7);
    expect(said).toEqual([
      { stream: 'stdout', text: 'heard {"argv":["import","q3.xlsx"],"stdin":"có\\n"}' },
      { stream: 'stderr', text: `by ${owner.pid}` },
    ]);
  });

  test('with a file of some megabytes, whole', async () => {
    const file = Buffer.alloc(8_000_000, 'ế');
    await using door = await openDoor(async ({ files }, out) => {
      out({ stream: 'stdout', text: `${Buffer.from(files?.['q3.xlsx'] ?? '', 'base64').equals(file)}` });
      return 0;
    });
    const said: string[] = [];
    const files = { 'q3.xlsx': file.toString('base64') };
    expect(await callDoor(door.dataDir, { ...request, files }, ({ text }) => said.push(text))).toBe(0);
    expect(said).toEqual(['true']);
  });

  test('finds nobody where nobody is, or where nothing is', async () => {
    await using place = await emptyPlace();
    expect(await callDoor(place.dataDir, request, ignore)).toBe('nobody-home');
    expect(await callDoor(path.join(place.dataDir, 'missing'), request, ignore)).toBe('nobody-home');
  });

  test('is told when the house behind the door is not built yet, and served once it is', async () => {
    await using place = await placeWithDatabase();
    await using embedded = await openEmbedded({ dataDir: place.dataDir });
    await expect(callDoor(place.dataDir, request, ignore)).rejects.toMatchObject({ code: 'not-ready' });
    embedded.setDoor(async (_, out) => {
      const { rows } = await embedded.pool.query('select 40 + 2 as n');
      out({ stream: 'stdout', text: String(rows[0].n) });
      return 0;
    });
    const said: string[] = [];
    expect(await callDoor(place.dataDir, request, ({ text }) => said.push(text))).toBe(0);
    expect(said).toEqual(['42']);
  });

  test('a command that closes the database from inside does not wait for itself', async () => {
    await using place = await placeWithDatabase();
    const embedded = await openEmbedded({ dataDir: place.dataDir });
    embedded.setDoor(async () => {
      await embedded.close();
      return 0;
    });
    await expect(callDoor(place.dataDir, request, ignore)).rejects.toMatchObject({ code: 'hung-up' });
    expect(await callDoor(place.dataDir, request, ignore)).toBe('nobody-home');
  });
});

describe('whatever comes to the door', () => {
  test('a question that is none gets a code, and the next one is answered', async () => {
    await using door = await openDoor(async () => 0);
    const bad = [
      '\n',
      'hello\n',
      '{}\n',
      '[1]\n',
      '{"argv":"x","cwd":"/"}\n',
      '{"argv":[],"cwd":"/","more":1}\n',
      '{"who":1}\n',
    ];
    for (const line of bad) expect(await send(door.dataDir, line)).toBe('{"error":"bad-request"}\n');
    expect(await send(door.dataDir, Buffer.from([0xff, 0xfe, 0x0a]))).toBe('{"error":"bad-request"}\n');
    expect(await send(door.dataDir, '{"who":true}\n')).toBe(`${JSON.stringify(WHO)}\n`);
    expect(await callDoor(door.dataDir, request, ignore)).toBe(0);
  });

  test('a question without an end is cut off at its limit', async () => {
    await using door = await openDoor(async () => 0);
    const tooLong = Buffer.alloc(LARGEST_REQUEST + 1, 'a');
    expect(await send(door.dataDir, tooLong)).toBe('{"error":"request-too-large"}\n');
    expect(await callDoor(door.dataDir, request, ignore)).toBe(0);
    const files = { big: 'a'.repeat(LARGEST_REQUEST) };
    await expect(callDoor(door.dataDir, { ...request, files }, ignore)).rejects.toMatchObject({
      code: 'request-too-large',
    });
  });

  test('a handler that fails is a code for the caller and nothing more for the owner', async () => {
    await using door = await openDoor(async () => {
      throw new Error('a secret of the register');
    });
    await expect(callDoor(door.dataDir, request, ignore)).rejects.toMatchObject({ code: 'handler-failed' });
    expect(await send(door.dataDir, `${JSON.stringify(request)}\n`)).toBe('{"error":"handler-failed"}\n');
  });

  test('a caller that leaves early does not disturb the owner', async () => {
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    let finished = 0;
    await using door = await openDoor(async (_, out) => {
      await left;
      out({ stream: 'stdout', text: 'nobody hears this' });
      finished++;
      return 0;
    });
    const socket = createConnection(path.join(door.dataDir, 'door.1'));
    await new Promise((resolve) => socket.write(`${JSON.stringify(request)}\n`, resolve));
    socket.destroy();
    leave();
    expect(await callDoor(door.dataDir, request, ignore)).toBe(0);
    expect(finished).toBe(2);
  });
});
