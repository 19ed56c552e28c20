/**
 * What a button does: a command with its blanks filled in. `version` is the record's version when the button was
 * made, so that a press on stale facts is noticed.
 */
export interface Action {
  readonly path: string;
  readonly blanks: Readonly<Record<string, string>>;
  readonly version?: number;
}

/** Discord's custom_id holds 1 to 100 characters; Slack's action_id 255. The smaller one rules. */
export const CODE_LENGTH = 100;

/** Thrown where an action does not fit a code: its long blanks belong in a draft. */
export class CodeTooLong extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`an action's code has ${code.length} characters, ${CODE_LENGTH} fit: ${code}`);
    this.code = code;
  }
}

/**
 * The code of an action, as a button carries it: `path?name=value&…`, its version, and a tail that makes it unique
 * in its message (a position) or in time (a form's nonce).
 */
export function encodeAction(action: Action, tail = ''): string {
  const blanks = new URLSearchParams(Object.entries(action.blanks)).toString();
  const version = action.version === undefined ? '' : String(action.version);
  const code = `${action.path}?${blanks}|${version}|${tail}`;
  if (code.length > CODE_LENGTH) throw new CodeTooLong(code);
  return code;
}

/** Whether an action fits a code, with room for a position. */
export function fitsCode(action: Action): boolean {
  try {
    return encodeAction(action, '999').length <= CODE_LENGTH;
  } catch {
    return false;
  }
}

/** The action behind a code, or null where the code is none of ours (an older deploy's, another program's). */
export function decodeAction(code: string): { action: Action; tail: string } | null {
  const match = /^([a-z-]+\/[a-z-]+)\?([^|]*)\|(\d*)\|(.*)$/.exec(code);
  if (!match) return null;
  const [, path = '', blanks = '', version = '', tail = ''] = match;
  const action: Action = {
    path,
    blanks: Object.fromEntries(new URLSearchParams(blanks)),
    ...(version === '' ? {} : { version: Number(version) }),
  };
  return { action, tail };
}
