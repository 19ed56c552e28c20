import { fileURLToPath } from 'node:url';
import { readCommands } from './chat/read-commands.ts';
import type { House } from './use-cases/house.ts';
import type { Actor } from './use-cases/ports.ts';

const FOLDER = fileURLToPath(new URL('../commands', import.meta.url));

/** What people can say: every file under `commands/`. Throws NoCommand, naming the files that are none. */
export const houseCommands = () =>
  // Written as one pattern, so that whatever prepares the code finds the files too.
  readCommands<House, Actor>(FOLDER, (noun, verb) => import(`../commands/${noun}/${verb}.ts`));
