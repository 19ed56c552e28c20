/** A value that a sentence needs. */
export type Fact = string | number;

/**
 * A no that a person can do something about. `code` finds the sentence (`error.<code>` in the locales); `facts` fill
 * it in; `field` is the blank it belongs to. `nearest`: what may have been meant, offered as the next press.
 */
export class UserError extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly field?: string;
  readonly nearest?: readonly { readonly value: string; readonly label: string }[];
  /** The record's version now, where somebody changed it meanwhile. */
  readonly version?: number;
  /** Further problems of the same request: all are said at once. */
  readonly others: readonly UserError[];
  constructor(
    code: string,
    facts: Readonly<Record<string, Fact>> = {},
    more: {
      field?: string;
      nearest?: readonly { value: string; label: string }[];
      version?: number;
      others?: readonly UserError[];
    } = {},
  ) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.code = code;
    this.facts = facts;
    if (more.field !== undefined) this.field = more.field;
    if (more.nearest !== undefined) this.nearest = more.nearest;
    if (more.version !== undefined) this.version = more.version;
    this.others = more.others ?? [];
  }
}

/**
 * Finds several things of one request and says every no at once. Throws the first UserError with the others in it;
 * any other error as it comes.
 */
export async function findAll<T extends Readonly<Record<string, () => unknown>>>(
  finders: T,
): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const found: Record<string, unknown> = {};
  const noes: UserError[] = [];
  // One after the other: they share a transaction.
  for (const [name, find] of Object.entries(finders)) {
    try {
      found[name] = await find();
    } catch (no) {
      if (!(no instanceof UserError)) throw no;
      noes.push(no);
    }
  }
  const [error, ...others] = noes;
  if (!error) return found as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> };
  if (others.length === 0) throw error;
  throw new UserError(error.code, error.facts, {
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.nearest === undefined ? {} : { nearest: error.nearest }),
    ...(error.version === undefined ? {} : { version: error.version }),
    others: [...error.others, ...others],
  });
}
