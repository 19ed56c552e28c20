import { CsvError, type Options, parse } from 'csv-parse/sync';
import { ImportError } from './import-error.ts';
import { importLimits } from './limits.ts';
import type { SheetRow } from './sheet.ts';

/** In the order of preference where two fit equally well. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
const LOOKED_AT = 40;
/** Enough for that many records with a long narrative in each. */
const LOOKED_AT_LETTERS = 512 * 1024;

/**
 * Rows of a delimited text. `row` is the line on which the record starts, as an editor counts: CRLF, LF and a lone CR
 * each end a line, inside quotes too.
 */
export function readDelimited(text: string): { delimiter: string; rows: SheetRow[] } {
  // The parser counts a CRLF inside quotes twice; with one kind of line end it counts right.
  const lines = text.replace(/\r\n?/g, '\n');
  const told = /^sep=([,;|\t])\n/.exec(lines);
  const body = told ? lines.slice(told[0].length) : lines;
  const delimiter = told?.[1] ?? sniff(body);
  const rows: SheetRow[] = [];
  let line = told ? 2 : 1;
  for (const { record, info } of records(body, delimiter, importLimits.rows * 2)) {
    rows.push({ row: line, cells: record.map((cell) => cell.trim()) });
    line = info.lines + (told ? 2 : 1);
  }
  return { delimiter, rows };
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function records(text: string, delimiter: string, to: number, quote: string | false = '"'): CsvRecord[] {
  const options: Options = {
    delimiter,
    quote,
    to,
    info: true,
    bom: true,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
  };
  try {
    return parse(text, options) as unknown as CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError)
      throw new ImportError('broken-quotes', { line: lastWholeLine(text, options) + 1 }, error);
    throw error;
  }
}

/** The record that never ends begins on the line after this one. */
function lastWholeLine(text: string, options: Options): number {
  let line = 0;
  const seen = (_: unknown, context: { lines: number }) => {
    line = context.lines;
    return null;
  };
  try {
    parse(text, { ...options, info: false, on_record: seen });
  } catch {
    return line;
  }
  return line;
}

/** The delimiter that cuts most of the first records into the same number of cells. */
function sniff(text: string): string {
  const sample = text.slice(0, LOOKED_AT_LETTERS);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = evenness(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function evenness(sample: string, delimiter: string): number {
  const widths = firstWidths(sample, delimiter);
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  let score = 0;
  for (const [width, count] of counts) score = Math.max(score, count / widths.length + Math.min(width, 50) / 1000);
  return score;
}

/** A quote left open must not hide the delimiter: the file is refused for the quote, with its line, afterwards. */
function firstWidths(sample: string, delimiter: string): number[] {
  try {
    return records(sample, delimiter, LOOKED_AT).map(({ record }) => record.length);
  } catch {
    return records(sample, delimiter, LOOKED_AT, false).map(({ record }) => record.length);
  }
}
