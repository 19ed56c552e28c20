import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { vietnamAgencies } from '../../src/imports/known-agencies/vn.ts';
import { importLimits } from '../../src/imports/limits.ts';
import { mapSheet } from '../../src/imports/map.ts';
import { type ImportPlan, planImport } from '../../src/imports/plan.ts';
import type { ReadSheet } from '../../src/imports/read.ts';
import { fixture, itReadsRealFiles, planned, realFile, tally } from './support.ts';

const head = ['TT', 'Tên nhiệm vụ', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Kết quả', 'Thời gian hoàn thành'];
const plan = (...rows: string[][]): ImportPlan => {
  const sheet: ReadSheet = {
    name: 'S',
    rows: [head, ...rows].map((cells, i) => ({ row: i + 1, cells: head.map((_, c) => cells[c] ?? '') })),
  };
  return planImport(sheet, mapSheet(sheet), vietnamAgencies);
};
const skips = (p: ImportPlan) => p.skipped.map(({ row, why }) => `${row} ${why}`);
const asked = (p: ImportPlan) => p.questions.map(({ row, column, why }) => `${row} ${column} ${why}`);
const task = (n: number | string, title: string, lead = 'Bộ Y tế', due = '2025') => [
  String(n),
  title,
  lead,
  '',
  '',
  due,
];

describe('a programme annex as ministries write it', async () => {
  const annex = await planned(fixture('programme-annex.csv'), 'programme-annex.csv');
  const item = (number: string) => annex.items.find((i) => i.number === number);

  it('has fourteen tasks, three sections and one spilled row, each told by its line', () => {
    expect(annex.items.map((i) => i.row)).toEqual([3, 4, 5, 7, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19]);
    expect(skips(annex)).toEqual(['2 section', '6 continuation', '8 section', '13 section']);
    expect(tally(annex.items.map((i) => i.section ?? ''))).toEqual({
      'Kết nối hạ tầng và năng lượng với các nước láng giềng': 4,
      'Hợp tác văn hóa, giáo dục và y tế; giao lưu nhân dân': 4,
      'Khoa học, công nghệ và chuyển đổi số': 6,
    });
  });

  it('asks about what it cannot know', () => {
    expect(asked(annex)).toEqual([
      '8 Thời gian hoàn thành stray-cell',
      '17 Thời gian hoàn thành not-a-date',
      '18 Cơ quan chủ trì no-lead',
    ]);
    expect(item('12')?.due).toEqual({
      precision: 'unknown',
      start: null,
      end: null,
      raw: 'Sau khi có ý kiến của Chính phủ',
    });
  });

  it('reads each due date to its own precision', () => {
    expect(annex.precision).toEqual({ day: 2, month: 3, quarter: 1, half: 1, year: 2, ongoing: 3, unknown: 2 });
    expect(item('6')?.due).toEqual({ precision: 'year', start: '2025-01-01', end: '2026-12-31', raw: '2025 - 2026' });
    expect(item('10')?.due).toEqual({
      precision: 'ongoing',
      start: '2025-01-01',
      end: null,
      raw: '2025 và những năm tiếp theo',
    });
  });

  it('joins what spilled, and knows the agencies', () => {
    expect(item('3')?.title).toMatch(/hằng ngày \(2\) thiết lập/);
    expect(item('5')?.lead).toEqual([{ text: 'Bộ Văn hóa, Thể thao và Du lịch', known: 'MCST' }]);
    expect(item('9')?.lead.map((name) => name.known)).toEqual(['MOFA', 'MOST']);
    expect(item('8')?.lead).toEqual([{ text: 'Các bộ, ngành, địa phương', collective: true }]);
    expect(annex.agencies).toEqual({ lead: 14, cooperating: 15 });
  });
});

describe('rows', () => {
  it('of sections, repeated headers, column numbers, totals, notes and nothing are no tasks', () => {
    const p = plan(
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'],
      ['A.', 'Hạ tầng'],
      task(1, 'Một'),
      [],
      head,
      task(2, 'Hai'),
      ['II. Khoa học'],
      task(3, 'Ba'),
      ['', 'Tổng cộng', '', '3'],
      ['Ghi chú: số liệu tạm tính'],
    );
    expect(skips(p)).toEqual(['2 header', '3 section', '5 blank', '6 header', '8 section', '10 total', '11 note']);
    expect(p.items.map((i) => [i.title, i.section])).toEqual([
      ['Một', 'Hạ tầng'],
      ['Hai', 'Hạ tầng'],
      ['Ba', 'Khoa học'],
    ]);
  });

  it('that spill keep every word, and are asked about where they might be tasks', () => {
    const p = plan(
      ['1', 'Lập quỹ chung', 'Bộ Tài chính', 'Bộ Công an, Bộ Nông', '', '6/2025'],
      ['', 'và quy chế của quỹ', '', '', '', ''],
      ['', 'Kiểm tra việc sử dụng', '', 'nghiệp và Môi trường; Bộ Y tế', '', ''],
      task(2, 'Hai'),
    );
    expect(skips(p)).toEqual(['3 continuation', '4 continuation']);
    expect(p.items[0]?.title).toBe('Lập quỹ chung và quy chế của quỹ Kiểm tra việc sử dụng');
    expect(p.items[0]?.cooperating.map((name) => name.known)).toEqual(['MPS', 'MAE', 'MOH']);
    expect(asked(p)).toEqual(['4 Tên nhiệm vụ continuation']);
  });

  it('without a number but with all the rest are tasks, and asked about', () => {
    const p = plan(task(1, 'Một'), task('', 'Không số', 'Bộ Y tế', '7/2025'), task(2, 'Hai'));
    expect(p.items).toHaveLength(3);
    expect(asked(p)).toEqual(['3 Tên nhiệm vụ no-number']);
  });

  it('a numbered row with parts below it is a section', () => {
    const p = plan(['1', 'Nhóm việc'], task('1.1', 'Một'), task('1.2', 'Hai'));
    expect(skips(p)).toEqual(['2 section']);
    expect(p.items.map((i) => i.section)).toEqual(['Nhóm việc', 'Nhóm việc']);
  });

  it('with too long a title are asked about, and refused past all measure', () => {
    const long = 'a'.repeat(importLimits.titleAsked + 1);
    const p = plan(task(1, long), task(2, 'a'.repeat(importLimits.title + 1)), task(3, 'Ba'), [
      '4',
      '',
      'Bộ Y tế',
      '',
      '',
      '2025',
    ]);
    expect(p.items.map((i) => i.title.length)).toEqual([long.length, 2]);
    expect(skips(p)).toEqual(['3 too-long', '5 no-title']);
    expect(asked(p)).toEqual(['2 Tên nhiệm vụ too-long', '3 Tên nhiệm vụ too-long', '5 Tên nhiệm vụ no-title']);
  });

  it('ask about days that are not there, names that are none, and tasks that stand twice', () => {
    const p = plan(task(1, 'Một', 'Bộ Y tế', '31/02/2025'), task(2, 'Hai', 'giao sau', 'Feb 13'), task(1, 'Một'));
    expect(asked(p)).toEqual([
      '2 Thời gian hoàn thành impossible-day',
      '3 Cơ quan chủ trì not-a-name',
      '3 Cơ quan chủ trì no-lead',
      '3 Thời gian hoàn thành ambiguous-day',
      '4 Tên nhiệm vụ duplicate',
    ]);
    expect(new Set(p.items.map((i) => i.key)).size).toBe(3);
  });

  it('keep their key when case, spaces and composition change', () => {
    const [a, b] = [plan(task('1.', 'Xây  dựng đường')), plan(task('1', 'XÂY DỰNG ĐƯỜNG'.normalize('NFD')))];
    expect(a.items[0]?.key).toBe(b.items[0]?.key);
  });
});

describe('any sheet', () => {
  const cellText = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.constantFrom(
        '',
        '',
        '1',
        '2.',
        'I.',
        'II',
        'A',
        '1.1',
        'Tổng cộng',
        'Ghi chú: x',
        'Bộ Y tế',
        'các bộ, ngành',
        '2025',
        '6/2025',
        'và',
        'Xây dựng',
        ...head,
      ),
    },
    { weight: 1, arbitrary: fc.string() },
  );
  const rows = fc.array(fc.array(cellText, { minLength: 6, maxLength: 6 }), { maxLength: 30 });

  it('becomes a plan in which every row is one item or one skip', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const p = plan(...cells);
        const after = cells.length + 1 - p.mapping.headerRow;
        const told = [...p.items.map((i) => i.row), ...p.skipped.map((s) => s.row)];
        expect(new Set(told).size).toBe(told.length);
        expect(told.length).toBe(after);
        expect(Object.values(p.precision).reduce((a, b) => a + b)).toBe(p.items.length);
        for (const item of p.items) expect(item.title).not.toBe('');
        expect(new Set(p.items.map((i) => i.key)).size).toBe(p.items.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('other shapes', () => {
  it('a portfolio in windows-1252: case variants are one agency, "A & B" are two, sentences are no dates', async () => {
    const p = await planned(fixture('portfolio-cp1252.csv'), 'portfolio-cp1252.csv');
    expect(p.items.map((i) => [i.row, i.lead.map((name) => name.text), i.due.end])).toEqual([
      [2, ['DOT'], '2026-12-31'],
      [6, ['Doh'], '2025-06-30'],
      [7, ['DOD'], null],
      [8, ['DOE', 'DOT'], null],
    ]);
    expect(asked(p)).toEqual(['7 end_date not-a-date', '7 start_date not-a-date', '8 end_date impossible-day']);
  });

  it('a grants workbook: title above, dates as the cells show them, trailing blanks', async () => {
    const date = (iso: string) => new Date(iso);
    const file = await writeXlsx({
      sheets: [
        {
          name: 'Guidance',
          rows: [
            ['Field', 'Guidance'],
            ['Title', 'As signed'],
          ],
        },
        {
          name: 'Grants',
          rows: [
            ['ODA GRANTS AS OF DECEMBER'],
            ['CORE FIELDS'],
            [
              'Grant ID',
              'Grant Title',
              'Funding Institution',
              'Implementing Agency',
              'Project Start Date',
              'Original Closing Date',
              'Revised Closing Date',
            ],
            ['G-1', 'Coastal roads ', 'ADB ', 'DOT, DENR', date('2011-07-01'), date('2012-12-31'), '12/24/2020'],
            ['G-2', 'Seed banks', 'FAO', 'DA', '2012', '', 'July 2016'],
            ['G-3', 'Clinics', 'World Bank', '', 'Feb 13', '', date('2999-01-01')],
          ],
          merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 6 }],
        },
      ],
    });
    const p = await planned(file, 'grants.xlsx');
    expect(p.items.map((i) => [i.row, i.number, i.partners, i.due.precision, i.due.end])).toEqual([
      [4, 'G-1', ['ADB'], 'day', '2020-12-24'],
      [5, 'G-2', ['FAO'], 'month', '2016-07-31'],
      [6, 'G-3', ['World Bank'], 'unknown', null],
    ]);
    expect(asked(p)).toEqual(['6 Implementing Agency no-lead', '6 Project Start Date ambiguous-day']);
  });

  it('a second sheet that looks like a register is asked about', async () => {
    const rows = [
      ['Title', 'Lead', 'Due date'],
      ['Roads', 'DOT', '2025'],
    ];
    const p = await planned(
      await writeXlsx({
        sheets: [
          { name: 'North', rows },
          { name: 'South', rows },
        ],
      }),
      'both.xlsx',
    );
    expect(p.questions).toEqual([{ row: 1, column: '', text: 'South', why: 'other-sheet' }]);
  });

  it('a register without a column for the lead asks once', () => {
    const sheet: ReadSheet = {
      name: 'S',
      rows: [
        { row: 1, cells: ['treaty_name', 'treaty_signed'] },
        { row: 2, cells: ['On rivers', '1999-09-13'] },
        { row: 3, cells: ['On fish', '2899-01-01'] },
      ],
    };
    const p = planImport(sheet, mapSheet(sheet), []);
    expect(asked(p)).toEqual(['1  no-lead-column']);
    expect(p.items.map((i) => i.signedOn?.end)).toEqual(['1999-09-13', null]);
  });
});

describe('real registers', () => {
  itReadsRealFiles('Annex II of Resolution 03, after the merger of ministries', async () => {
    const p = await planned(realFile('vn_nq03/NQ03_PL2_after.csv'), 'NQ03_PL2_after.csv');
    expect(p.items).toHaveLength(140);
    expect(p.items.map((i) => i.number)).toEqual(Array.from({ length: 140 }, (_, i) => String(i + 1)));
    expect(skips(p)).toEqual([2, 16, 46, 81, 94, 123, 139].map((row) => `${row} section`));
    expect(asked(p)).toEqual(['81 Thời gian hoàn thành stray-cell']);
    expect(p.precision).toEqual({ day: 0, month: 48, quarter: 1, half: 0, year: 71, ongoing: 19, unknown: 1 });
    expect(p.agencies).toEqual({ lead: 29, cooperating: 33 });
  });

  itReadsRealFiles('and before it, with rows that spill', async () => {
    const p = await planned(realFile('vn_nq03/NQ03_PL2_before.csv'), 'NQ03_PL2_before.csv');
    expect(p.items).toHaveLength(140);
    expect(tally(p.skipped.map((s) => s.why))).toEqual({ section: 7, continuation: 3 });
    const spilled = p.items.find((i) => i.number === '108');
    expect(spilled?.title).toMatch(/bất động sản; \(5\) Ứng dụng dữ liệu.*có đảo\.$/);
    const twoInOne = p.items.filter((i) => i.lead.some((name) => /Truyền thông Bộ/.test(name.text)));
    expect(twoInOne).toEqual([]);
  });

  itReadsRealFiles.each([
    ['uk_gmpp/uk_2020.csv', 125, 16, 5],
    ['uk_gmpp/uk_2021.csv', 184, 18, 6],
    ['uk_gmpp/uk_2022.csv', 235, 18, 17],
    ['uk_gmpp/uk_2023.csv', 244, 21, 30],
    ['ph_neda/grants.xlsx', 447, 214, 12],
    ['vn_treaties/vietnam_environmental_treaties.csv', 118, 0, 118],
  ])('%s', async (name, items, lead, unknown) => {
    const p = await planned(realFile(name), name);
    expect([p.items.length, p.precision.unknown]).toEqual([items, unknown]);
    if (!name.includes('neda')) expect(p.agencies.lead).toBe(lead);
    expect(p.precision.day + p.precision.unknown).toBe(items);
  });

  itReadsRealFiles('the treaties: 2899 is no date', async () => {
    const p = await planned(realFile('vn_treaties/vietnam_environmental_treaties.csv'), 'treaties.csv');
    expect(p.items.filter((i) => i.start?.raw.startsWith('2899')).map((i) => i.start?.precision)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
    expect(p.items[0]?.partners).toEqual(['Romania']);
  });
});
