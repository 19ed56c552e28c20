export type QuestionReason =
  | 'stray-cell'
  | 'continuation'
  | 'too-long'
  | 'no-title'
  | 'no-lead'
  | 'no-lead-column'
  | 'no-number'
  | 'long-number'
  | 'not-a-name'
  | 'not-a-date'
  | 'ambiguous-day'
  | 'impossible-day'
  | 'duplicate'
  /** The register's value was amended by hand and is kept; text: its reference, the sheet's value / the register's. */
  | 'amended-by-hand'
  /** Another sheet of the workbook looks like a register and is not read; text: its name. */
  | 'other-sheet';

/** column: the header as in the file. text: the cell that raises the question. */
export interface Question {
  row: number;
  column: string;
  text: string;
  why: QuestionReason;
}
