export type ImportErrorCode =
  | 'empty'
  | 'too-large'
  | 'not-a-spreadsheet'
  | 'unsupported-format'
  | 'password-protected'
  | 'broken-quotes'
  | 'transposed'
  | 'no-header';

/** Why a file cannot be imported at all; facts are what the sentence needs (limits, what was seen, the line). */
export class ImportError extends Error {
  readonly code: ImportErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: ImportErrorCode, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(`import refused: ${code} ${JSON.stringify(facts)}`, cause === undefined ? undefined : { cause });
    this.name = 'ImportError';
    this.code = code;
    this.facts = facts;
  }
}
