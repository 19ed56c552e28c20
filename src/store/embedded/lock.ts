import { chmodSync, linkSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { askWho } from './door.ts';
import { doorName, doorNumbers, highestDoor, knock, throughShortPath } from './doorway.ts';

/** Another process has this data directory open; two on one lose data in silence. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
  readonly code = 'data-directory-in-use';
  readonly dataDir: string;
  /** The owner's process, undefined when it lives but is too busy to say. */
  readonly pid: number | undefined;

  constructor(dataDir: string, pid: number | undefined) {
    super(
      `${dataDir} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. Stop it, or set DATA_DIR to another folder.`,
    );
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

export interface Ownership {
  /** Gives the directory up. Only once nothing writes to it any more. */
  release(): Promise<void>;
}

/**
 * Takes a data directory for this process, or throws `DataDirectoryInUse` within milliseconds. Whoever comes to the door
 * meanwhile is handed to `answer`.
 *
 * The owner is whoever listens at the highest numbered door, so a killed owner leaves nothing to wait for. To take over:
 * knock at the highest door n; if nobody answers, link a socket that already listens to n + 1, which one alone can do; look
 * again, and step back if there is a higher one, for then n was old news. A door is removed only by the owner of a higher
 * one, and the highest never is, not even by its owner's good close: so the numbers only rise, and n + 1 cannot have been
 * free because someone came and went.
 *
 * It holds on one machine. From another one, on a shared disk, a living owner looks dead.
 */
export async function takeDataDirectory(dataDir: string, answer: (visitor: Socket) => void): Promise<Ownership> {
  const visitors = new Set<Socket>();
  const server = createServer((visitor) => {
    visitors.add(visitor);
    visitor.once('close', () => visitors.delete(visitor));
    visitor.on('error', () => visitor.destroy());
    answer(visitor);
  });
  try {
    await throughShortPath(dataDir, (dir) => settle(dir, dataDir, server));
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    async release() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const visitor of visitors) visitor.destroySoon();
      await closed;
    },
  };
}

async function settle(dir: string, dataDir: string, server: Server): Promise<void> {
  // A directory of mode 0700, so that nobody else reaches the socket before its own mode is set.
  const nursery = mkdtempSync(path.join(dir, 'door.new-'));
  try {
    const socket = path.join(nursery, 'socket');
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
    chmodSync(socket, 0o600);
    for (;;) {
      const highest = highestDoor(dir);
      const owner = highest === 0 ? undefined : await knock(dir, highest);
      if (owner !== undefined) throw new DataDirectoryInUse(dataDir, (await askWho(owner))?.pid);
      if (takeDoor(dir, socket, highest + 1)) return;
    }
  } finally {
    rmSync(nursery, { recursive: true, force: true });
  }
}

function takeDoor(dir: string, socket: string, number: number): boolean {
  const door = path.join(dir, doorName(number));
  try {
    linkSync(socket, door);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  if (highestDoor(dir) !== number) {
    // Gone already when the owner of the higher one has tidied up.
    rmSync(door, { force: true });
    return false;
  }
  for (const lower of doorNumbers(dir)) if (lower < number) rmSync(path.join(dir, doorName(lower)), { force: true });
  return true;
}
