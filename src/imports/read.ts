import { basename, extname } from 'node:path';
import { EncryptedFileError } from 'hucre';
import { readOds } from 'hucre/ods';
import { type CellValue, readXlsx, type Sheet } from 'hucre/xlsx';
import { fromPeople } from '../chat/text.ts';
import { decodeText } from './decode.ts';
import { ImportError } from './import-error.ts';
import { importLimits } from './limits.ts';
import { readDelimited } from './read-delimited.ts';
import type { ReadSheet, SheetRow } from './sheet.ts';
import { refuseTooManyElements, smallPart, zipParts } from './zip-parts.ts';

export type { ReadSheet, SheetRow } from './sheet.ts';

export interface ReadFile {
  format: 'csv' | 'xlsx' | 'ods';
  /** Of a text file, so that a preview can say how it was read. */
  encoding: string | null;
  delimiter: string | null;
  sheets: ReadSheet[];
}

/**
 * Bytes of a spreadsheet → its visible sheets as trimmed NFC text cells. What it is is told by its content, not by its
 * name. A date is 'YYYY-MM-DD', or 'YYYY-MM' and 'YYYY' where the cell shows no day. Rows and columns that are empty
 * to the end are left out. Throws ImportError, and nothing else, for a file that cannot be read.
 */
export async function readSpreadsheet(bytes: Uint8Array, filename: string): Promise<ReadFile> {
  if (bytes.length > importLimits.bytes)
    throw new ImportError('too-large', { bytes: bytes.length, limit: importLimits.bytes });
  if (bytes.length === 0) throw new ImportError('empty');
  const file = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
    ? await readZipped(bytes)
    : startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])
      ? refuseOle(bytes)
      : readText(bytes, filename);
  const sheets = file.sheets.map(bounded).filter((sheet) => sheet.rows.length > 0);
  if (sheets.length === 0) throw new ImportError('empty');
  return { ...file, sheets };
}

function readText(bytes: Uint8Array, filename: string): ReadFile {
  const { text, encoding } = decodeText(bytes);
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text.slice(0, 200)))
    throw new ImportError('not-a-spreadsheet', { seen: 'a web page' });
  const { delimiter, rows } = readDelimited(text);
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheets: [{ name: basename(filename, extname(filename)), rows }],
  };
}

async function readZipped(bytes: Uint8Array): Promise<ReadFile> {
  const parts = zipParts(bytes);
  const has = (name: string) => parts.find((part) => part.name === name);
  if (has('xl/workbook.bin')) throw new ImportError('unsupported-format', { seen: 'xlsb' });
  const format = has('content.xml') ? 'ods' : 'xlsx';
  if (format === 'xlsx' && !parts.some((part) => /(?:^|\/)workbook\.xml$/.test(part.name)))
    throw new ImportError('not-a-spreadsheet', { seen: 'a zip' });
  if (/encryption-data/.test(smallPart(bytes, has('META-INF/manifest.xml'))))
    throw new ImportError('password-protected');
  if (format === 'ods' && !/spreadsheet/.test(smallPart(bytes, has('mimetype')) || 'spreadsheet'))
    throw new ImportError('not-a-spreadsheet', { seen: 'a document' });
  refuseTooManyElements(bytes, parts);
  try {
    const visible = {
      sheets: (sheet: { hidden?: boolean; veryHidden?: boolean }) => !sheet.hidden && !sheet.veryHidden,
    };
    const workbook =
      format === 'ods'
        ? await readOds(bytes, { ...visible, readStyles: true })
        : await readXlsx(bytes, { ...visible, readStyles: true, maxRows: importLimits.rows + 1 });
    return { format, encoding: null, delimiter: null, sheets: workbook.sheets.map(asText) };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    if (error instanceof EncryptedFileError) throw new ImportError('password-protected', {}, error);
    // A sheet is refused whole when its far corner makes more cells than the reader holds.
    if (error instanceof Error && /over the \d+ limit/.test(error.message))
      throw new ImportError('too-large', { limit: importLimits.rows }, error);
    throw new ImportError('not-a-spreadsheet', { seen: 'a damaged workbook' }, error);
  }
}

/** Office wraps what it encrypts, and kept its workbooks before 2007, in the same container. */
function refuseOle(bytes: Uint8Array): never {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (names.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw new ImportError('password-protected');
  if (names.includes(Buffer.from('Workbook', 'utf16le')) || names.includes(Buffer.from('Book', 'utf16le')))
    throw new ImportError('unsupported-format', { seen: 'xls' });
  throw new ImportError('not-a-spreadsheet', { seen: 'an Office document' });
}

function asText(sheet: Sheet): ReadSheet {
  const rows = sheet.rows.map((cells, r) => ({
    row: r + 1,
    cells: cells.map((value, c) =>
      value instanceof Date ? shownDate(value, sheet.cells?.get(`${r},${c}`)?.style?.numFmt) : shown(value),
    ),
  }));
  spreadMerged(sheet, rows);
  return { name: sheet.name, rows };
}

function shown(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  return fromPeople(String(value)).trim();
}

/** A cell that shows "Jul 2011" holds the first of July; the day was never typed. */
function shownDate(date: Date, format = 'yyyy-mm-dd'): string {
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString().slice(0, 10);
  const letters = format.replace(/\[[^\]]*\]|"[^"]*"|\\./g, '').toLowerCase();
  if (/d/.test(letters) || !/y/.test(letters)) return iso;
  return /m/.test(letters) ? iso.slice(0, 7) : iso.slice(0, 4);
}

/**
 * A cell merged downwards speaks for every row it covers ("lead" over three tasks), except in rows whose first column
 * is covered as well: those belong to the record above.
 */
function spreadMerged(sheet: Sheet, rows: SheetRow[]): void {
  const down = (sheet.merges ?? []).filter((m) => m.startCol === m.endCol && m.endRow > m.startRow);
  const covered = new Set<number>();
  let budget = importLimits.rows;
  for (const { startRow, endRow, startCol } of down)
    for (let r = startRow + 1; startCol === 0 && r <= endRow && budget > 0; r++, budget--) covered.add(r);
  budget = importLimits.rows * 4;
  for (const { startRow, endRow, startCol } of down) {
    const value = rows[startRow]?.cells[startCol] ?? '';
    for (let r = startRow + 1; value && r <= endRow && r < rows.length && budget > 0; r++, budget--) {
      const cells = rows[r]?.cells;
      if (cells && !covered.has(r) && !cells[startCol]) cells[startCol] = value;
    }
  }
}

function bounded(sheet: ReadSheet): ReadSheet {
  const last = sheet.rows.findLastIndex((row) => row.cells.some((cell) => cell !== ''));
  const rows = sheet.rows.slice(0, last + 1);
  let width = 0;
  for (const { cells } of rows) width = Math.max(width, cells.findLastIndex((cell) => cell !== '') + 1);
  if (rows.length > importLimits.rows)
    throw new ImportError('too-large', { rows: rows.length, limit: importLimits.rows });
  if (width > importLimits.columns) throw new ImportError('too-large', { columns: width, limit: importLimits.columns });
  for (const row of rows) row.cells = Array.from({ length: width }, (_, c) => row.cells[c] ?? '');
  return { name: sheet.name, rows };
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);
