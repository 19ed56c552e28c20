import { CannotStart } from './chat/cannot-start.ts';
import { NoCommand } from './chat/read-commands.ts';
import { ConfigProblems, startProblem } from './config.ts';

const OF_THE_DATABASE = [
  'DataDirectoryInUse',
  'DataDirectoryUnusable',
  'DatabaseNotReached',
  'DatabaseUnusable',
  'EmbeddedDatabaseStopped',
];

/** What an operator reads when Accord does not start: a sentence that says what to do, or null where only the error itself explains it. */
export function whyNotStarted(error: unknown): string | null {
  if (error instanceof CannotStart) return startProblem(error);
  if (error instanceof ConfigProblems || error instanceof NoCommand) return error.message;
  if (!(error instanceof Error)) return null;
  // By name: the rooms of the database are loaded only where one is opened.
  if (OF_THE_DATABASE.includes(error.name)) return error.message;
  const { syscall, code, port } = error as { syscall?: string; code?: string; port?: number };
  if (syscall === 'listen')
    return `The port ${port} (PORT) cannot be opened: ${PORT_CODES[code ?? ''] ?? code}. Set PORT to another one.`;
  return null;
}

const PORT_CODES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is taken, and so are the ones after it',
  EACCES: 'this user may not open it (below 1024 an administrator must)',
};
