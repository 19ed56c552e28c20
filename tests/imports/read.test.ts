import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { ImportError } from '../../src/imports/import-error.ts';
import { importLimits } from '../../src/imports/limits.ts';
import { readSpreadsheet } from '../../src/imports/read.ts';
import { fixture, itReadsRealFiles, realFile } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const cells = async (file: Uint8Array, name = 'file.csv') =>
  (await readSpreadsheet(file, name)).sheets[0]?.rows.map((row) => row.cells);
const rowsOf = async (file: Uint8Array) =>
  (await readSpreadsheet(file, 'file.csv')).sheets[0]?.rows.map((row) => row.row);

async function refusal(file: Uint8Array, name = 'file'): Promise<string> {
  try {
    await readSpreadsheet(file, name);
    return 'read';
  } catch (error) {
    if (error instanceof ImportError) return error.code;
    throw error;
  }
}

/** A zip as hand-made as an attacker's: `declared` replaces the true unpacked size in both headers. */
function zip(parts: Record<string, string | Buffer>, declared?: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const local = Buffer.alloc(30);
    const entry = Buffer.alloc(46);
    local.writeUInt32LE(0x04034b50, 0);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [header, shift] of [
      [local, 0],
      [entry, 2],
    ] as const) {
      header.writeUInt16LE(8, 8 + shift);
      header.writeUInt32LE(packed.length, 18 + shift);
      header.writeUInt32LE(declared ?? raw.length, 22 + shift);
      header.writeUInt16LE(name.length, 26 + shift);
    }
    entry.writeUInt32LE(at, 42);
    files.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

const workbookParts = (sheet: string): Record<string, string> => ({
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  '_rels/.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml':
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': sheet,
});
const worksheet = (rows: string, before = '') =>
  `${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;

describe('text files', () => {
  it.each([
    ['a;b,c;d\n1;2,3;4\n', ';'],
    ['a,b,c\n"x;y;z",2,3\n', ','],
    ['a\tb, c\n1\t2, 3\n', '\t'],
    ['a|b|c\n1|2;2|3\n', '|'],
    ['sep=|\na|b;c\n1|2\n', '|'],
    ['one column\nand no more\n', ','],
  ])('find their delimiter: %j', async (text, delimiter) => {
    expect((await readSpreadsheet(bytes(text), 'file.csv')).delimiter).toBe(delimiter);
  });

  it('count lines as an editor does, inside quotes too', async () => {
    const text = '\ufeffa;b\r\n1;"x\r\ny\nz\rw"\r\n\r\n2;"say ""hm"""\n3;c "d" e\r4;f';
    expect(await rowsOf(bytes(text))).toEqual([1, 2, 6, 7, 8, 9]);
    expect((await cells(bytes(text)))?.slice(3)).toEqual([
      ['2', 'say "hm"'],
      ['3', 'c "d" e'],
      ['4', 'f'],
    ]);
    expect(await rowsOf(bytes('sep=;\na;b\n1;2'))).toEqual([2, 3]);
  });

  const vietnamese = 'TT;Nhiệm vụ\n1;Xây dựng đường sắt, cửa khẩu và kho bãi ở vùng biên';
  // windows-1258 has the letters with a hat and the tones apart.
  const apart = vietnamese
    .normalize('NFD')
    .replace(/([aeoAEO])(\u0323?)([\u0302\u0306])/g, '$1$3$2')
    .replace(/[aeoAEO][\u0302\u0306]|[ouOU]\u031b/g, (two) => two.normalize('NFC'));
  const arabic = 'الرقم;الالتزام\n1;إنشاء خط سكة حديد عابر للحدود مع الدولة المجاورة وتجهيز المعابر';
  const french = 'Nº;Titre\n1;Réhabilitation du réseau d’eau – côté frontière, à 12 M€';
  it.each([
    ['utf-8', bytes(vietnamese), vietnamese],
    ['utf-8', bytes(`\ufeff${vietnamese.normalize('NFD')}`), vietnamese],
    ['utf-16le', iconv.encode(vietnamese, 'utf-16le', { addBOM: true }), vietnamese],
    ['utf-16le', iconv.encode(french, 'utf-16le'), french],
    ['utf-16be', iconv.encode(vietnamese, 'utf-16be', { addBOM: true }), vietnamese],
    ['windows-1258', iconv.encode(apart, 'windows-1258'), vietnamese],
    ['windows-1256', iconv.encode(arabic, 'windows-1256'), arabic],
    ['windows-1252', iconv.encode(french, 'windows-1252'), french],
  ])('in %s are read as they were written', async (encoding, file, text) => {
    const read = await readSpreadsheet(file, 'file.csv');
    expect(read.encoding).toBe(encoding);
    expect(read.sheets[0]?.rows.map((row) => row.cells.join(';')).join('\n')).toBe(text);
  });

  it('say on which line a quote was left open', async () => {
    const open = readSpreadsheet(bytes('a;b\n1;2\n2;"x\n3;y\n4;z\n'), 'file.csv');
    await expect(open).rejects.toMatchObject({ code: 'broken-quotes', facts: { line: 3 } });
  });

  it('with mixed line ends and a narrative over several lines keep every record', async () => {
    expect(await rowsOf(fixture('portfolio-cp1252.csv'))).toEqual([1, 2, 6, 7, 8]);
  });
});

describe('workbooks', () => {
  it('keep row numbers, leave out empty ends, and show a date as the cell does', async () => {
    const date = new Date('2013-02-01');
    const file = await writeXlsx({
      sheets: [
        {
          name: 'Grants',
          rows: [
            [null],
            ['ODA GRANTS', null, null],
            [null],
            ['Grant Title', 'Signed', 'Year', 'Closing Date', 'Amount'],
            ['Coastal roads ', date, date, date, 0.1 + 0.2],
            [null],
          ],
          cells: new Map([
            ['4,1', { value: date, type: 'date' as const, style: { numFmt: 'mmm\\-yy' } }],
            ['4,2', { value: date, type: 'date' as const, style: { numFmt: 'yyyy' } }],
            ['4,3', { value: date, type: 'date' as const, style: { numFmt: '[$-409]d\\-mmm\\-yyyy;@' } }],
          ]),
          merges: [{ startRow: 1, startCol: 0, endRow: 1, endCol: 3 }],
        },
      ],
    });
    const { format, sheets } = await readSpreadsheet(file, 'grants.xlsx');
    expect(format).toBe('xlsx');
    expect(sheets[0]?.rows.map((row) => row.row)).toEqual([1, 2, 3, 4, 5]);
    expect(sheets[0]?.rows[4]?.cells).toEqual(['Coastal roads', '2013-02', '2013', '2013-02-01', '0.3']);
    expect(sheets[0]?.rows[1]?.cells).toEqual(['ODA GRANTS', '', '', '', '']);
  });

  it('let a cell merged downwards speak for each task it covers', async () => {
    const file = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['TT', 'Nhiệm vụ', 'Chủ trì'],
            ['1', 'a', 'Bộ Y tế'],
            ['2', 'b', null],
            ['3', 'c', 'Bộ Công an'],
            [null, null, 'Bộ Tư pháp'],
          ],
          merges: [
            { startRow: 1, startCol: 2, endRow: 2, endCol: 2 },
            { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
            { startRow: 3, startCol: 1, endRow: 4, endCol: 1 },
          ],
        },
      ],
    });
    expect((await cells(file))?.slice(2)).toEqual([
      ['2', 'b', 'Bộ Y tế'],
      ['3', 'c', 'Bộ Công an'],
      ['', '', 'Bộ Tư pháp'],
    ]);
  });

  it('are read from OpenDocument too', async () => {
    const file = await writeOds({
      sheets: [
        {
          name: 'S',
          rows: [
            ['Task', 'Due'],
            ['Roads', new Date('2025-03-01')],
          ],
        },
      ],
    });
    expect(await cells(file, 'file.ods')).toEqual([
      ['Task', 'Due'],
      ['Roads', '2025-03-01'],
    ]);
  });

  it('hidden sheets are not read', async () => {
    const file = await writeXlsx({
      sheets: [
        { name: 'A', rows: [['a']] },
        { name: 'B', rows: [['b']], hidden: true },
      ],
    });
    expect((await readSpreadsheet(file, 'x.xlsx')).sheets.map((sheet) => sheet.name)).toEqual(['A']);
  });
});

describe('what is not a spreadsheet, or too much of one', () => {
  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['blank rows', bytes('\ufeff;;\r\n ; ;\r\n'), 'empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex'), 'not-a-spreadsheet'],
    ['a PDF', bytes('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'), 'not-a-spreadsheet'],
    ['a web page', bytes('<!DOCTYPE html><table><tr><td>a</td></tr></table>'), 'not-a-spreadsheet'],
    ['a zip', zip({ 'notes.txt': 'hello' }), 'not-a-spreadsheet'],
    ['a text document', zip({ 'word/document.xml': '<w/>', '[Content_Types].xml': '<Types/>' }), 'not-a-spreadsheet'],
    ['a zip cut short', zip(workbookParts(worksheet(''))).subarray(0, 400), 'not-a-spreadsheet'],
    ['a binary workbook', zip({ 'xl/workbook.bin': 'x' }), 'unsupported-format'],
    [
      'a workbook of before 2007',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('Workbook', 'utf16le')]),
      'unsupported-format',
    ],
    [
      'an encrypted OpenDocument',
      zip({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': 'x',
        'META-INF/manifest.xml': '<manifest:encryption-data/>',
      }),
      'password-protected',
    ],
    ['21 MiB', new Uint8Array(importLimits.bytes + 1).fill(97), 'too-large'],
    ['too many rows', bytes('a;b\n'.repeat(importLimits.rows + 1)), 'too-large'],
    ['too many columns', bytes(`${'a;'.repeat(importLimits.columns)}b`), 'too-large'],
    [
      'too wide a sheet',
      zip(workbookParts(worksheet(`<row r="1">${cell('A1', 'a')}${cell('XFD1', 'z')}</row>`))),
      'too-large',
    ],
    [
      'two cells in far corners',
      zip(
        workbookParts(
          worksheet(`<row r="1">${cell('A1', 'a')}</row><row r="1048576">${cell('XFD1048576', 'z')}</row>`),
        ),
      ),
      'too-large',
    ],
    ['a zip bomb', zip(workbookParts(worksheet(' '.repeat(importLimits.unpackedBytes)))), 'too-large'],
    ['a zip bomb that lies', zip(workbookParts(worksheet(' '.repeat(30_000_000))), 2000), 'not-a-spreadsheet'],
    ['a zip bomb that says nothing', zip(workbookParts(worksheet(' '.repeat(30_000_000))), 0), 'not-a-spreadsheet'],
    [
      'a tree of millions',
      zip({ ...workbookParts(worksheet('')), 'xl/sharedStrings.xml': '<a>'.repeat(importLimits.treeElements + 1) }),
      'too-large',
    ],
    [
      'a row of millions',
      zip(workbookParts(worksheet(`<row>${'<c/>'.repeat(importLimits.streamedElements)}</row>`))),
      'too-large',
    ],
  ])('%s is refused', async (_, file, code) => {
    expect(await refusal(file)).toBe(code);
  });

  it('an encrypted workbook is told from an old one', async () => {
    const file = await writeXlsx({
      sheets: [{ name: 'S', rows: [['a']] }],
      encryption: { password: 'x', spinCount: 1000 },
    });
    expect(await refusal(file)).toBe('password-protected');
  });

  it('entities are not expanded, and nothing is fetched for them', async () => {
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>';
    const file = zip(workbookParts(worksheet(`<row r="1">${cell('A1', '&b;')}${cell('B1', '&x;')}</row>`, laughs)));
    expect(await cells(file, 'x.xlsx')).toEqual([['&b;', '&x;']]);
  });

  it('any bytes are read or refused, and nothing is thrown but a refusal', async () => {
    const workbook = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['Task', 'Due'],
            ['Roads', '2025'],
          ],
        },
      ],
    });
    const damaged = fc
      .tuple(fc.nat(workbook.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }))
      .map(([at, junk]) => {
        const copy = Uint8Array.from(workbook);
        copy.set(junk.subarray(0, copy.length - at), at);
        return copy;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged, fc.string().map(bytes)), async (file) => {
        await refusal(file);
      }),
      { numRuns: 300 },
    );
  });
});

describe('real registers', () => {
  itReadsRealFiles.each([
    ['vn_nq03/NQ03_PL2_after.csv', 'utf-8', ';', 148, 6],
    ['uk_gmpp/uk_2020.csv', 'windows-1252', ',', 126, 16],
    ['uk_gmpp/uk_2021.csv', 'windows-1252', ';', 185, 16],
    ['uk_gmpp/uk_2022.csv', 'windows-1252', ';', 236, 17],
    ['uk_gmpp/uk_2023.csv', 'windows-1252', ';', 245, 19],
    ['vn_treaties/vietnam_environmental_treaties.csv', 'utf-8', ',', 119, 10],
  ])('%s', async (name, encoding, delimiter, rows, columns) => {
    const file = await readSpreadsheet(realFile(name), name);
    expect([file.encoding, file.delimiter, file.sheets[0]?.rows.length, file.sheets[0]?.rows[0]?.cells.length]).toEqual(
      [encoding, delimiter, rows, columns],
    );
  });
});
