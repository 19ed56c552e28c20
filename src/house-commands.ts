import { fileURLToPath } from 'node:url';
import { readCommands } from './chat/read-commands.ts';
import type { House } from './use-cases/house.ts';
import type { Actor } from './use-cases/ports.ts';

const FOLDER = fileURLToPath(new URL('../commands', import.meta.url));

let commands: ReturnType<typeof readAll> | null = null;

/** What people can say: every file under `commands/`, read once a process. Throws NoCommand, naming the files that are none. */
export const houseCommands = () => {
  commands ??= readAll();
  return commands;
};

const readAll = () =>
  // Written as one pattern, so that whatever prepares the code finds the files too.
  readCommands<House, Actor>(FOLDER, (noun, verb) => import(`../commands/${noun}/${verb}.ts`));
