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
  constructor(
    code: string,
    facts: Readonly<Record<string, Fact>> = {},
    more: { field?: string; nearest?: readonly { value: string; label: string }[]; version?: number } = {},
  ) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.code = code;
    this.facts = facts;
    if (more.field !== undefined) this.field = more.field;
    if (more.nearest !== undefined) this.nearest = more.nearest;
    if (more.version !== undefined) this.version = more.version;
  }
}
