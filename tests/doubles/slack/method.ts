import type { Workspace } from './workspace.ts';

/** The arguments of a call as they arrive: text, with JSON inside for structures. */
export type Args = Readonly<Record<string, string>>;

/** A refusal, as `{ok: false, error, …}`. */
export class Refusal extends Error {
  readonly code: string;
  readonly more: Record<string, unknown>;
  constructor(code: string, more: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

export interface Call {
  readonly args: Args;
  readonly workspace: Workspace;
  readonly scopes: ReadonlySet<string>;
  /** Where the service is, with a final slash. */
  readonly base: string;
}

export interface Method {
  /** Calls a minute, in the workspace or in each channel; null where no number is published. */
  readonly perMinute: number | { readonly channel: number } | null;
  /** One of these, or none where the method needs none. */
  readonly scopes: readonly string[] | ((call: Call) => readonly string[]);
  run(call: Call): Record<string, unknown>;
}

const FALSE = new Set(['', '0', 'false']);
export const flag = (args: Args, name: string): boolean => !FALSE.has(args[name] ?? '');

export function required(args: Args, name: string, code = 'invalid_arguments'): string {
  const value = args[name];
  if (value === undefined || value === '') throw new Refusal(code, metadata(`[ERROR] missing required field: ${name}`));
  return value;
}

export function json(args: Args, name: string, code: string): unknown {
  const text = args[name];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(code);
  }
}

export const metadata = (...messages: string[]) => ({ response_metadata: { messages } });

/** A page of a list by cursor, and the cursor of the next. */
export function page<T>(
  items: readonly T[],
  args: Args,
  most: number,
): { items: T[]; response_metadata: { next_cursor: string } } {
  const limit = args.limit === undefined ? 100 : Number(args.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new Refusal('invalid_limit');
  const cursor = args.cursor ?? '';
  const from = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('at:', ''));
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor');
  const next = from + limit < items.length ? Buffer.from(`at:${from + limit}`).toString('base64') : '';
  return { items: items.slice(from, from + limit), response_metadata: { next_cursor: next } };
}
