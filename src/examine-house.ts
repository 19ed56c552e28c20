import { access, constants, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { HEALTH_PATH } from './chat/connections.ts';
import type { Finding } from './chat/doctor.ts';
import type { Config } from './config.ts';
import { type LinkedChannel, linkedChannels, linkedChannelsShape } from './linked-channels.ts';
import { whyNotStarted } from './start-problem.ts';
import { callDoor, whoIsHome } from './store/embedded/door.ts';
import { createStore, openDatabase } from './store/index.ts';
import { migrationsToDo } from './store/migrate.ts';
import { openPool } from './store/open-pool.ts';

const fine = (of: string, what: string, facts: Finding['facts'] = {}): Finding => ({ of, what, problem: null, facts });
const wrong = (of: string, what: string, problem: string, facts: Finding['facts'] = {}): Finding => ({
  of,
  what,
  problem,
  facts,
});

/** Milliseconds for a bot of ours to tell its health. */
const HEALTH_WAIT = 5000;

/** What was found in the house itself, and the channels that its register knows; null where it could not be read. */
export interface HouseFindings {
  readonly findings: readonly Finding[];
  readonly channels: readonly LinkedChannel[] | null;
}

/**
 * Looks at the database (reached, of this version, may be written to) and the port, beside a running bot too. Changes
 * nothing: it makes no database and takes no step of a migration.
 */
export async function examineHouse(config: Config, now: () => string): Promise<HouseFindings> {
  const running = config.DATABASE_URL === undefined ? await whoIsHome(config.DATA_DIR).catch(() => null) : null;
  const { findings, channels } =
    running !== null && running !== 'nobody-home'
      ? await besideTheBot(config, running === 'busy' ? null : running.pid)
      : await database(config, now);
  const port = running === null || running === 'nobody-home' ? await portOf(config) : [];
  return { findings: [...findings, ...port, ...(await healthPort(config))], channels };
}

/** The running bot has the embedded database open, and says what is in it. */
async function besideTheBot(config: Config, pid: number | null): Promise<HouseFindings> {
  let said = '';
  try {
    await callDoor(config.DATA_DIR, { argv: ['channels'], cwd: process.cwd() }, ({ stream, text }) => {
      if (stream === 'stdout') said += text;
    });
    const channels = linkedChannelsShape.parse(JSON.parse(said));
    return { findings: [fine('database', 'running', { pid: String(pid ?? '?') })], channels };
  } catch {
    return { findings: [wrong('database', 'running', 'no-answer', { pid: String(pid ?? '?') })], channels: null };
  }
}

async function database(config: Config, now: () => string): Promise<HouseFindings> {
  if (config.DATABASE_URL === undefined && !(await exists(path.join(config.DATA_DIR, 'database')))) {
    const problem = await folderProblem(config.DATA_DIR);
    const facts = { folder: config.DATA_DIR, why: problem ?? '' };
    return { findings: [{ of: 'database', what: 'none', problem: problem && 'folder', facts }], channels: null };
  }
  const opened = await openPool(config).catch((error: unknown) => error as Error);
  if (opened instanceof Error)
    return {
      findings: [wrong('database', 'opened', 'not', { why: whyNotStarted(opened) ?? opened.message })],
      channels: null,
    };
  try {
    const { rows } = await opened.pool.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    const findings = [fine('database', 'opened', { version: rows[0]?.version ?? '' })];
    const todo = await migrationsToDo(opened.pool);
    findings.push(fine('database', todo.length === 0 ? 'migrated' : 'to-migrate', { steps: todo.join(', ') }));
    await tryWriting(opened.pool);
    findings.push(fine('database', 'written'));
    if (todo.length > 0) return { findings, channels: null };
    const store = createStore(openDatabase(opened.pool), { now });
    return { findings, channels: await linkedChannels(store) };
  } catch (error) {
    const why = whyNotStarted(error) ?? (error instanceof Error ? error.message : String(error));
    return { findings: [wrong('database', 'used', 'not', { why })], channels: null };
  } finally {
    await opened.close();
  }
}

/** Makes a table and takes it back: what a migration needs, and more than any command does. */
async function tryWriting(pool: Awaited<ReturnType<typeof openPool>>['pool']): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('create table accord_doctor (tried integer)');
    await client.query('insert into accord_doctor values (1)');
  } finally {
    await client.query('rollback').catch(() => {});
    client.release();
  }
}

/** Why a data directory that is not there yet could not be made: the system's code, or null where it could. */
async function folderProblem(folder: string): Promise<string | null> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      if (!(await stat(at)).isDirectory()) return 'ENOTDIR';
      await access(at, constants.W_OK);
      return null;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || at === path.dirname(at)) return code;
    }
  }
}

/** Why a port cannot be listened on: the system's code, or null where it can. */
async function portProblem(port: number, host: string): Promise<string | null> {
  const server = createServer();
  const code = await new Promise<string | null>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => resolve(null));
  });
  server.close();
  return code;
}

/** Where health is to be told the bot itself may be heard already. */
async function healthPort({ HEALTH_PORT: port, HEALTH_HOST: host }: Config): Promise<Finding[]> {
  if (port === undefined || port === 0) return [];
  const facts = { port: String(port), host };
  const why = await portProblem(port, host);
  if (why === null) return [fine('health', 'free', facts)];
  const isTold = why === 'EADDRINUSE' && (await tellsHealth(port, host));
  return [isTold ? fine('health', 'told', facts) : wrong('health', 'free', 'not', { ...facts, why })];
}

/** Whether a bot of ours answers there. */
async function tellsHealth(port: number, host: string): Promise<boolean> {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const url = new URL(`http://${reached.includes(':') ? `[${reached}]` : reached}:${port}${HEALTH_PATH}`);
    const told: unknown = await (await fetch(url, { signal: AbortSignal.timeout(HEALTH_WAIT) })).json();
    return typeof told === 'object' && told !== null && 'ok' in told && 'platforms' in told;
  } catch {
    return false;
  }
}

async function portOf(config: Config): Promise<Finding[]> {
  if (!config.playground || config.PORT === 0) return [];
  const facts = { port: String(config.PORT) };
  const code = await portProblem(config.PORT, '127.0.0.1');
  // A taken one is no fault: the playground takes the next.
  if (code === 'EADDRINUSE') return [fine('port', 'taken', facts)];
  return [code === null ? fine('port', 'free', facts) : wrong('port', 'free', 'not', { ...facts, why: code })];
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
