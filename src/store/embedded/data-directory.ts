/** Why a data directory cannot hold the database, for whoever starts Accord. */
export class DataDirectoryUnusable extends Error {
  override readonly name = 'DataDirectoryUnusable';
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file. Remove it, or set DATA_DIR to a folder.',
  ENOTDIR: 'there is a file in the way. Set DATA_DIR to a folder.',
  EACCES: 'this user may not write there. Give it the folder, or set DATA_DIR to another one.',
  EPERM: 'this user may not write there. Give it the folder, or set DATA_DIR to another one.',
  EROFS: 'that disk is read-only. Set DATA_DIR to a folder that can be written to.',
  ENOSPC: 'the disk is full. Make room, or set DATA_DIR to a folder on another disk.',
  EDQUOT: 'the quota of this user is used up. Make room, or set DATA_DIR to a folder on another disk.',
};
/** The same in the database engine's words, or by the numbers of its own system interface (WASI's `errno`). */
const IN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|ENOSPC|errno: 51\b/i, 'ENOSPC'],
  [/permission denied|EACCES|errno: 2\b/i, 'EACCES'],
  [/read-only file system|EROFS|errno: 69\b/i, 'EROFS'],
  [/quota exceeded|EDQUOT|errno: 19\b/i, 'EDQUOT'],
];

/** The error as one that says what to do, where it is of the directory; else as it was. */
export function asDirectoryError(dataDir: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? IN_WORDS.find(([words]) => words.test(error.message))?.[1];
  const problem = PROBLEMS[code ?? ''];
  return problem === undefined
    ? error
    : new DataDirectoryUnusable(`The database cannot be kept in ${dataDir} (DATA_DIR): ${problem}`, { cause: error });
}
