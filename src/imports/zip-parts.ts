import { inflateRawSync } from 'node:zlib';
import { ImportError } from './import-error.ts';
import { importLimits } from './limits.ts';

export interface ZipPart {
  name: string;
  compressed: number;
  unpacked: number;
  method: number;
  headerAt: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** PKWARE APPNOTE 4.3.16: 22 bytes, and a comment of at most 65,535 after them. */
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const IN_ZIP64 = 0xffffffff;
/** A manifest or a mimetype is smaller. */
const SMALL = 256 * 1024;

/**
 * The parts a zip declares, refused before anything is unpacked when they would unpack to too much. The reader
 * stops each part at its declared size, so a size that lies low cannot be used; one that says nothing is refused.
 */
export function zipParts(bytes: Uint8Array): ZipPart[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return declaredParts(view);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError('not-a-spreadsheet', { seen: 'a damaged zip' }, error);
  }
}

function declaredParts(view: DataView): ZipPart[] {
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > importLimits.parts) throw new ImportError('too-large', { parts: count, limit: importLimits.parts });
  const parts: ZipPart[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== ENTRY) throw new ImportError('not-a-spreadsheet', { seen: 'a damaged zip' });
    const part = entryAt(view, at);
    total += part.unpacked;
    if (part.unpacked === 0 && part.compressed > 2)
      throw new ImportError('not-a-spreadsheet', { seen: 'a zip of undeclared size' });
    if (total > importLimits.unpackedBytes)
      throw new ImportError('too-large', { unpacked: total, limit: importLimits.unpackedBytes });
    parts.push(part);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

function endOfDirectory(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) if (view.getUint32(at, true) === END) return at;
  throw new ImportError('not-a-spreadsheet', { seen: 'a damaged zip' });
}

function entryAt(view: DataView, at: number): ZipPart {
  const nameLength = view.getUint16(at + 28, true);
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
  let unpacked = view.getUint32(at + 24, true);
  const compressed = view.getUint32(at + 20, true);
  // Some writers put sizes in the zip64 field of small files too; the unpacked size comes first in it (APPNOTE 4.5.3).
  if (unpacked === IN_ZIP64) {
    let field = at + 46 + nameLength;
    const last = field + view.getUint16(at + 30, true);
    while (field < last && view.getUint16(field, true) !== 1) field += 4 + view.getUint16(field + 2, true);
    unpacked = field < last ? Number(view.getBigUint64(field + 4, true)) : Number.POSITIVE_INFINITY;
  }
  return { name, compressed, unpacked, method: view.getUint16(at + 10, true), headerAt: view.getUint32(at + 42, true) };
}

/** Small tags make big trees: nine megabytes of "<a>" take a gigabyte. Counted before the reader sees them. */
export function refuseTooManyElements(bytes: Uint8Array, parts: readonly ZipPart[]): void {
  let [streamed, tree] = [0, 0];
  for (const part of parts) {
    if (!/\.(?:xml|rels|vml)$/i.test(part.name)) continue;
    const count = openingTags(contents(bytes, part, part.unpacked));
    if (/(?:^|\/)worksheets\/[^/]*$/.test(part.name)) streamed += count;
    else tree += count;
    if (streamed > importLimits.streamedElements)
      throw new ImportError('too-large', { elements: streamed, limit: importLimits.streamedElements });
    if (tree > importLimits.treeElements)
      throw new ImportError('too-large', { elements: tree, limit: importLimits.treeElements });
  }
}

function openingTags(xml: Uint8Array): number {
  let count = 0;
  for (let at = xml.indexOf(0x3c); at >= 0; at = xml.indexOf(0x3c, at + 1)) if (xml[at + 1] !== 0x2f) count++;
  return count;
}

/** The text of a small part, or '' where it cannot be had. */
export function smallPart(bytes: Uint8Array, part: ZipPart | undefined): string {
  if (!part || part.unpacked > SMALL) return '';
  try {
    return new TextDecoder().decode(contents(bytes, part, SMALL));
  } catch {
    return '';
  }
}

function contents(bytes: Uint8Array, part: ZipPart, most: number): Uint8Array {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(part.headerAt, true) !== LOCAL) throw new Error('no local header where the directory says');
    const start =
      part.headerAt + 30 + view.getUint16(part.headerAt + 26, true) + view.getUint16(part.headerAt + 28, true);
    const data = bytes.subarray(start, start + part.compressed);
    return part.method === 0 || part.unpacked === 0
      ? data
      : inflateRawSync(data, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    throw new ImportError('not-a-spreadsheet', { seen: 'a damaged zip' }, error);
  }
}
