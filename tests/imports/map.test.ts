import { describe, expect, it } from 'vitest';
import { ImportError } from '../../src/imports/import-error.ts';
import { assign, blankMapping, type Mapping, mapFile, mapSheet } from '../../src/imports/map.ts';
import { type ReadSheet, readSpreadsheet } from '../../src/imports/read.ts';
import { fixture, itReadsRealFiles, realFile } from './support.ts';

const sheet = (...rows: string[][]): ReadSheet => ({
  name: 'S',
  rows: rows.map((cells, i) => ({ row: i + 1, cells })),
});
const taken = (mapping: Mapping) =>
  Object.fromEntries(mapping.columns.flatMap((c) => (c.field ? [[c.field, c.label]] : [])));
const mapped = async (bytes: Uint8Array, name: string) => mapFile(await readSpreadsheet(bytes, name)).mapping;

describe('headers', () => {
  it.each([
    [
      'vi',
      [
        'STT',
        'Nội dung công việc',
        'Đơn vị chủ trì',
        'Đơn vị phối hợp',
        'Sản phẩm',
        'Thời hạn hoàn thành',
        'Ngày ký',
        'Đối tác',
        'Loại văn kiện',
      ],
      ['number', 'title', 'lead', 'cooperating', 'result', 'due', 'signedOn', 'partner', 'instrument'],
    ],
    [
      'en',
      [
        'No.',
        'Commitment',
        'Lead agency',
        'Supporting agencies',
        'Deliverable',
        'Deadline',
        'Date signed',
        'Partner country',
        'Instrument',
        'Status',
        'Start date',
      ],
      [
        'number',
        'title',
        'lead',
        'cooperating',
        'result',
        'due',
        'signedOn',
        'partner',
        'instrument',
        'status',
        'start',
      ],
    ],
    [
      'ar',
      [
        'الرقم',
        'الالتزام',
        'الجهة المسؤولة',
        'الجهات المتعاونة',
        'النتائج',
        'الموعد النهائي',
        'تاريخ التوقيع',
        'الشريك',
        'نوع الوثيقة',
        'الحالة',
      ],
      ['number', 'title', 'lead', 'cooperating', 'result', 'due', 'signedOn', 'partner', 'instrument', 'status'],
    ],
  ])('are understood in %s, NFC or NFD, in any case', (_, headers, fields) => {
    const row = headers.map(() => 'x');
    for (const spelled of [headers, headers.map((h) => h.normalize('NFD')), headers.map((h) => h.toUpperCase())])
      expect(mapSheet(sheet(spelled, row)).columns.map((column) => column.field)).toEqual(fields);
  });

  it('may stand below titles and bands', () => {
    const mapping = mapSheet(
      sheet(
        ['', '', ''],
        ['PHỤ LỤC II', '', ''],
        ['(Kèm theo Nghị quyết)', '', ''],
        ['TT', 'Nhiệm vụ', 'Cơ quan chủ trì'],
        ['1', 'a', 'Bộ Y tế'],
      ),
    );
    expect(mapping.headerRow).toBe(4);
  });

  it('that stand twice are told apart, and the fuller column is taken', async () => {
    const mapping = await mapped(fixture('portfolio-cp1252.csv'), 'portfolio-cp1252.csv');
    expect(mapping.duplicates).toEqual(['colour_rating']);
    expect(mapping.columns.map((column) => column.label)).toContain('colour_rating (2)');
    expect(taken(mapping)).toMatchObject({
      number: 'project_number',
      title: 'project_name',
      lead: 'department',
      due: 'end_date',
      start: 'start_date',
    });
  });

  it('of dates over columns without dates are not believed', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((x) => [x, 'as soon as can be', '6/2025']);
    expect(taken(mapSheet(sheet(['Title', 'Deadline', 'Completion date'], ...rows)))).toMatchObject({
      due: 'Completion date',
    });
  });

  it('leave the longest text for a title where none is named', () => {
    const rows = [['1', 'Rebuild the bridge over the river and its approaches', 'DOT', '2025']];
    expect(taken(mapSheet(sheet(['No.', 'What we agreed', 'Lead', 'Due date'], ...rows))).title).toBe('What we agreed');
  });

  it('leave the agencies to the column that names them, under whatever header', () => {
    const rows = [
      ['1', 'Cầu', 'Bộ Xây dựng'],
      ['2', 'Đường', 'Bộ Xây dựng, các địa phương'],
      ['3', 'Bến', 'Sở Xây dựng'],
    ];
    expect(taken(mapSheet(sheet(['TT', 'Nhiệm vụ', 'Ai làm'], ...rows))).lead).toBe('Ai làm');
  });

  it('tell how 03/04/2025 is read, from a date that can be read one way only', () => {
    const head = ['Title', 'Due date'];
    expect(mapSheet(sheet(head, ['a', '03/04/2025'], ['b', '12/24/2020'])).dayFirst).toBe(false);
    expect(mapSheet(sheet(head, ['a', '03/04/2025'], ['b', '24/12/2020'])).dayFirst).toBe(true);
    expect(mapSheet(sheet(head, ['a', '03/04/2025'])).dayFirst).toBe(true);
  });

  it('can be corrected by a person; a field belongs to one column', () => {
    const mapping = mapSheet(sheet(['Title', 'Department', 'Agency'], ['a', 'DOT', 'Roads Authority']));
    expect(taken(mapping).lead).toBe('Department');
    const corrected = assign(mapping, 2, 'lead');
    expect(taken(corrected)).toMatchObject({ lead: 'Agency' });
    expect(corrected.columns[1]?.field).toBeNull();
    expect(taken(assign(corrected, 2, null)).lead).toBeUndefined();
  });
});

describe('sheets that cannot be mapped', () => {
  it('with projects as columns are refused, saying what was seen', async () => {
    const transposed = mapped(fixture('transposed.csv'), 'transposed.csv');
    await expect(transposed).rejects.toMatchObject({
      code: 'transposed',
      facts: { columns: 3, seen: 'Project name | Department | Project - Start Date | Project - End Date' },
    });
  });

  it('without headers are refused, saying what was seen', () => {
    expect(() => mapSheet(sheet(['12', 'x'], ['13', 'y']))).toThrow(ImportError);
    expect(() => mapSheet(sheet(['12', 'x'], ['13', 'y']))).toThrow(/no-header.*12 \| x/);
  });

  it('stand aside for the sheet that is a register', () => {
    const guidance = { ...sheet(['Field', 'Guidance'], ['Title', 'As signed']), name: 'Guidance' };
    const grants = {
      ...sheet(['Grant ID', 'Grant Title', 'Implementing Agency'], ['G-1', 'Roads', 'DOT']),
      name: 'Grants',
    };
    const file = { format: 'xlsx' as const, encoding: null, delimiter: null, sheets: [guidance, grants] };
    expect(mapFile(file)).toMatchObject({ mapping: { sheet: 'Grants' }, others: [] });
    const again = { ...grants, name: 'Grants of 2015' };
    expect(mapFile({ ...file, sheets: [guidance, grants, again] }).others).toEqual(['Grants of 2015']);
  });

  it('can be mapped by hand', () => {
    const strange = sheet(['Kode', 'Tugas', 'Siapa'], ['1', 'Jalan', 'DOT']);
    const mapping = assign(assign(blankMapping(strange, 1), 1, 'title'), 2, 'lead');
    expect(taken(mapping)).toEqual({ title: 'Tugas', lead: 'Siapa' });
  });
});

describe('real registers', () => {
  itReadsRealFiles('UK 2014 is transposed', async () => {
    await expect(mapped(realFile('uk_gmpp/uk_2014.csv'), 'uk_2014.csv')).rejects.toMatchObject({
      code: 'transposed',
      facts: { columns: 199 },
    });
  });

  itReadsRealFiles.each([
    [
      'uk_gmpp/uk_2020.csv',
      1,
      { number: 'project_number', title: 'project_name', lead: 'department', due: 'end_date', start: 'start_date' },
    ],
    [
      'uk_gmpp/uk_2023.csv',
      1,
      { number: 'project_number', title: 'project_name', lead: 'department', due: 'end_date', start: 'start_date' },
    ],
    [
      'ph_neda/grants.xlsx',
      4,
      {
        number: 'Grant ID',
        title: 'Grant Title',
        lead: 'Implementing Agency',
        partner: 'Funding Institution',
        due: 'Project Revised Closing Date (Financial)',
      },
    ],
    [
      'vn_treaties/vietnam_environmental_treaties.csv',
      1,
      {
        number: 'iea_id',
        title: 'treaty_name',
        signedOn: 'treaty_signed',
        partner: 'other_parties_first12',
        instrument: 'type',
      },
    ],
  ])('%s', async (name, headerRow, fields) => {
    const mapping = await mapped(realFile(name), name);
    expect(mapping.headerRow).toBe(headerRow);
    expect(taken(mapping)).toMatchObject(fields);
  });
});
