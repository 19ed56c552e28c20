import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The sockets in a data directory are called `door.1`, `door.2` and so on; the highest is the one that counts.
 * Whoever takes the directory over makes the next one (see `lock.ts`).
 */
export function doorName(number: number): string {
  return `door.${number}`;
}

/** The number of the highest door, 0 when the directory was never opened. */
export function highestDoor(dataDir: string): number {
  return Math.max(0, ...doorNumbers(dataDir));
}

export function doorNumbers(dataDir: string): number[] {
  const numbers: number[] = [];
  for (const name of readdirSync(dataDir)) {
    const number = /^door\.(\d{1,15})$/.exec(name)?.[1];
    if (number !== undefined) numbers.push(Number(number));
  }
  return numbers;
}

/** The path of a Unix socket has room for 104 bytes on macOS and 108 on Linux, a closing zero included (`sun_path`, unix(7)). */
const LONGEST_SOCKET_PATH = 103;
const ROOM_FOR_A_NAME = '/door.new-XXXXXX/socket'.length;

/**
 * Calls `use` with a path of the data directory short enough to bind or reach a socket under it. A long one is reached
 * through a symbolic link in the temporary directory: the socket itself always lies in the data directory, so all who
 * look there find the same one, whatever their own TMPDIR is. Longer paths are cut in silence by some versions of Node.
 */
export async function throughShortPath<T>(dataDir: string, use: (shortDir: string) => Promise<T>): Promise<T> {
  const real = realpathSync(dataDir);
  if (Buffer.byteLength(real) + ROOM_FOR_A_NAME <= LONGEST_SOCKET_PATH) return use(real);
  const place = mkdtempSync(path.join(realpathSync(tmpdir()), 'door-'));
  try {
    const link = path.join(place, 'd');
    if (Buffer.byteLength(link) + ROOM_FOR_A_NAME > LONGEST_SOCKET_PATH) {
      throw new Error(`neither ${real} nor ${place} is short enough for the path of a socket`);
    }
    symlinkSync(real, link);
    return await use(link);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Nobody listens there any more, the door is gone, or its owner went while being knocked at. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET']);

/**
 * Knocks at one door: a connected socket while its owner lives, however busy; undefined where nobody is behind it.
 */
export function knock(dataDir: string, number: number): Promise<Socket | undefined> {
  return throughShortPath(
    dataDir,
    (dir) =>
      new Promise((resolve, reject) => {
        const socket = createConnection(path.join(dir, doorName(number)));
        socket.once('connect', () => {
          socket.removeListener('error', refused);
          resolve(socket);
        });
        const refused = (error: NodeJS.ErrnoException) => {
          if (error.code !== undefined && NOBODY.has(error.code)) resolve(undefined);
          else reject(error);
        };
        socket.once('error', refused);
      }),
  );
}
