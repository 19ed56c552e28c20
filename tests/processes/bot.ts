import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyOfEmbeddedTemplate } from '../support/databases.ts';
import { Accord, type Ended } from './accord-process.ts';

export { Accord, pause } from './accord-process.ts';

/** A folder to run in, with a migrated database beside it, or none and no folder for one yet; a developer's own `.env` is not in it. */
export interface Home extends AsyncDisposable {
  readonly cwd: string;
  readonly dataDir: string;
}

export async function newHome(database: 'migrated' | 'none' = 'migrated'): Promise<Home> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'accord-test-home-'));
  const dataDir = database === 'migrated' ? await copyOfEmbeddedTemplate() : path.join(cwd, 'not', 'there', 'yet');
  return {
    cwd,
    dataDir,
    async [Symbol.asyncDispose]() {
      await rm(cwd, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The bot with the playground on a free port, once it is open. */
export async function startBot(
  home: Home,
  env: Readonly<Record<string, string>> = {},
): Promise<Accord & { readonly url: string }> {
  const bot = new Accord('main', home, ['--empty'], env);
  try {
    const [, url = ''] = await bot.shows(/the playground is open at (\S+)/);
    return Object.assign(bot, { url });
  } catch (error) {
    await bot[Symbol.asyncDispose]();
    throw error;
  }
}

export const runCli = (home: Home, ...argv: string[]): Promise<Ended> => new Accord('cli', home, argv).ended;
