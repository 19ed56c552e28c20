import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDue } from '../../src/domain/due-date.ts';

/** What was understood, in one line. */
function read(text: string, options?: { dayFirst?: boolean }): string {
  const parsed = parseDue(text, options);
  if (!parsed.ok) return parsed.why;
  const { precision, start, end, raw } = parsed.due;
  expect(raw).toBe(text);
  return [precision, start, end].filter(Boolean).join(' ');
}

const pad = (n: number) => String(n).padStart(2, '0');
const lastDay = (y: number, m: number) => new Date(Date.UTC(y, m, 0)).getUTCDate();
const arabicDigits = (text: string) => text.replace(/\d/g, (d) => String.fromCodePoint(0x660 + Number(d)));
const years = fc.integer({ min: 1900, max: 2199 });
const monthsOfYear = fc.integer({ min: 1, max: 12 });

describe('a due date as people type it', () => {
  it.each([
    ['2025-11-24', 'day 2025-11-24 2025-11-24'],
    ['2025-11-24T00:00:00.000Z', 'day 2025-11-24 2025-11-24'],
    ['24/11/2025 17:30', 'day 2025-11-24 2025-11-24'],
    ['24/11/2025', 'day 2025-11-24 2025-11-24'],
    ['31.03.21', 'day 2021-03-31 2021-03-31'],
    ['01.04.98', 'day 1998-04-01 1998-04-01'],
    ['30.09.2024', 'day 2024-09-30 2024-09-30'],
    ['24 November 2025', 'day 2025-11-24 2025-11-24'],
    ['November 24, 2025', 'day 2025-11-24 2025-11-24'],
    ['24th of November 2025', 'day 2025-11-24 2025-11-24'],
    ['ngày 24 tháng 11 năm 2025', 'day 2025-11-24 2025-11-24'],
    ['Trước ngày 30/6/2025', 'day 2025-06-30 2025-06-30'],
    ['٢٤ نوفمبر ٢٠٢٥', 'day 2025-11-24 2025-11-24'],
    ['24 تشرين الثاني 2025', 'day 2025-11-24 2025-11-24'],
    ['6/2025', 'month 2025-06-01 2025-06-30'],
    ['02/2024', 'month 2024-02-01 2024-02-29'],
    ['2025-06', 'month 2025-06-01 2025-06-30'],
    ['Tháng 10/2025', 'month 2025-10-01 2025-10-31'],
    ['tháng 10 năm 2025', 'month 2025-10-01 2025-10-31'],
    ['July 2011', 'month 2011-07-01 2011-07-31'],
    ['Sept. 2025', 'month 2025-09-01 2025-09-30'],
    ['تشرين الثاني/نوفمبر 2025', 'month 2025-11-01 2025-11-30'],
    ['أبريل ٢٠٢٦', 'month 2026-04-01 2026-04-30'],
    ['Quý II/2025', 'quarter 2025-04-01 2025-06-30'],
    ['Quý 2 năm 2025', 'quarter 2025-04-01 2025-06-30'],
    ['Q2 2025', 'quarter 2025-04-01 2025-06-30'],
    ['2025-Q4', 'quarter 2025-10-01 2025-12-31'],
    ['third quarter of 2025', 'quarter 2025-07-01 2025-09-30'],
    ['الربع الثاني 2025', 'quarter 2025-04-01 2025-06-30'],
    ['الربع الثاني من عام ٢٠٢٥', 'quarter 2025-04-01 2025-06-30'],
    ['6 tháng đầu năm 2025', 'half 2025-01-01 2025-06-30'],
    ['6 tháng cuối năm 2025', 'half 2025-07-01 2025-12-31'],
    ['H1 2025', 'half 2025-01-01 2025-06-30'],
    ['second half of 2025', 'half 2025-07-01 2025-12-31'],
    ['النصف الأول من 2025', 'half 2025-01-01 2025-06-30'],
    ['2025', 'year 2025-01-01 2025-12-31'],
    ['năm 2025', 'year 2025-01-01 2025-12-31'],
    ['cuối năm 2025', 'year 2025-01-01 2025-12-31'],
    ['عام ٢٠٢٥', 'year 2025-01-01 2025-12-31'],
  ])('%s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
    expect(read(text.normalize('NFD'))).toBe(meaning);
    expect(read(`  ${text.toUpperCase()} `)).toBe(meaning);
  });

  it.each([
    ['2025 - 2026', 'year 2025-01-01 2026-12-31'],
    ['2025-2026', 'year 2025-01-01 2026-12-31'],
    ['2025–2026', 'year 2025-01-01 2026-12-31'],
    ['từ 2025 đến 2026', 'year 2025-01-01 2026-12-31'],
    ['giai đoạn 2025-2030', 'year 2025-01-01 2030-12-31'],
    ['من 2025 إلى 2026', 'year 2025-01-01 2026-12-31'],
    ['2025 - 6/2026', 'month 2025-01-01 2026-06-30'],
    ['6 - 9/2025', 'month 2025-06-01 2025-09-30'],
    ['01-06/2025', 'month 2025-01-01 2025-06-30'],
    ['Quý II - III/2025', 'quarter 2025-04-01 2025-09-30'],
    ['2025-01-15 - 2025-06-30', 'day 2025-01-15 2025-06-30'],
    ['24/11 - 15/12/2025', 'day 2025-11-24 2025-12-15'],
    ['10-15/6/2025', 'day 2025-06-10 2025-06-15'],
    ['2026 - 2025', 'not-a-date'],
  ])('a span has the precision of its end: %s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
  });

  it.each([
    ['Thường xuyên', 'ongoing'],
    ['Nhiệm vụ thường xuyên', 'ongoing'],
    ['Hằng năm', 'ongoing'],
    ['hàng năm', 'ongoing'],
    ['annually', 'ongoing'],
    ['Ongoing.', 'ongoing'],
    ['مستمر', 'ongoing'],
    ['سنويًا', 'ongoing'],
    ['2025 và những năm tiếp theo', 'ongoing 2025-01-01'],
    ['Thường xuyên, từ 6/2025', 'ongoing 2025-06-01'],
    ['Thường xuyên (2025-2030)', 'ongoing 2025-01-01'],
    ['2026 onwards', 'ongoing 2026-01-01'],
    ['from 2026', 'ongoing 2026-01-01'],
    ['٢٠٢٥ وما بعدها', 'ongoing 2025-01-01'],
  ])('goes on: %s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
    expect(read(text.normalize('NFD'))).toBe(meaning);
  });

  it.each(['', '   ', '\n', '-', 'N/A', 'chưa xác định', '2899-01-01', '2999', '31/12/9999', '2025-2999'])(
    'unknown: "%s"',
    (text) => expect(read(text)).toBe('unknown'),
  );

  it.each([
    ['năm tiếp theo', 'not-a-date'],
    ['Exempt under Section 26 of the Freedom of Information Act 2000 (Defence)', 'not-a-date'],
    ['Data Not Provided', 'not-a-date'],
    ['Thường xuyên, báo cáo trước 30/6', 'not-a-date'],
    ['before 2030', 'not-a-date'],
    ['13/2025', 'not-a-date'],
    ['45871', 'not-a-date'],
    ['2025/26', 'not-a-date'],
    ['31/02/2025', 'impossible-day'],
    ['29/02/2025', 'impossible-day'],
    ['2025-13-01', 'impossible-day'],
    ['Feb 13', 'ambiguous-day'],
    ['13 Feb', 'ambiguous-day'],
    ['30/6', 'ambiguous-day'],
    ['15 tháng 6', 'ambiguous-day'],
    ['tháng 2', 'not-a-date'],
    ['2025/2026', 'not-a-date'],
  ])('asked, never guessed: %s', (text, why) => {
    expect(read(text)).toBe(why);
  });

  it('takes day or month first as told, and the only possible order otherwise', () => {
    expect(read('03/04/2025')).toBe('day 2025-04-03 2025-04-03');
    expect(read('03/04/2025', { dayFirst: false })).toBe('day 2025-03-04 2025-03-04');
    expect(read('12/24/2020')).toBe('day 2020-12-24 2020-12-24');
    expect(read('24/12/2020', { dayFirst: false })).toBe('day 2020-12-24 2020-12-24');
  });
});

describe('any due date', () => {
  it('comes back as the day that was written', () => {
    fc.assert(
      fc.property(years, monthsOfYear, fc.integer({ min: 1, max: 31 }), (y, m, d) => {
        const meaning = d > lastDay(y, m) ? 'impossible-day' : `day ${y}-${pad(m)}-${pad(d)} ${y}-${pad(m)}-${pad(d)}`;
        for (const text of [
          `${y}-${pad(m)}-${pad(d)}`,
          `${d}/${m}/${y}`,
          `${pad(d)}.${pad(m)}.${y}`,
          `ngày ${d} tháng ${m} năm ${y}`,
        ])
          expect(read(text)).toBe(meaning);
        expect(read(arabicDigits(`${d}/${m}/${y}`))).toBe(read(`${d}/${m}/${y}`));
      }),
    );
  });

  it('comes back as the month or the quarter that was written', () => {
    fc.assert(
      fc.property(years, monthsOfYear, (y, m) => {
        const meaning = `month ${y}-${pad(m)}-01 ${y}-${pad(m)}-${lastDay(y, m)}`;
        for (const text of [`${m}/${y}`, `${pad(m)}/${y}`, `Tháng ${m}/${y}`, `tháng ${m} năm ${y}`, `${y}-${pad(m)}`])
          expect(read(text)).toBe(meaning);
        const q = Math.ceil(m / 3);
        const quarter = `quarter ${y}-${pad(q * 3 - 2)}-01 ${y}-${pad(q * 3)}-${lastDay(y, q * 3)}`;
        const roman = ['I', 'II', 'III', 'IV'][q - 1] ?? '';
        for (const text of [`Q${q} ${y}`, `Quý ${roman}/${y}`, `quý ${q} năm ${y}`, `الربع ${q} من عام ${y}`])
          expect(read(text)).toBe(quarter);
      }),
    );
  });

  const words = [
    '2025',
    '2999',
    '6',
    '/',
    '-',
    ' ',
    'Quý',
    'II',
    'tháng',
    'từ',
    'đến',
    'Feb',
    'Thường xuyên',
    '30.06.25',
    'مستمر',
    '٣',
    '.',
  ];
  const scribbles = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(' '));

  it('never throws, and never ends before it starts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), scribbles), fc.boolean(), (text, dayFirst) => {
        const parsed = parseDue(text, { dayFirst });
        if (!parsed.ok) return;
        const { precision, start, end } = parsed.due;
        expect(end === null).toBe(precision === 'ongoing' || precision === 'unknown');
        if (start && end) expect(end >= start).toBe(true);
        for (const date of [start, end]) if (date) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['spaces', ' '],
    ['dashes', '- '],
    ['years', '2025-'],
    ['words', 'thường xuyên '],
    ['months', 'Feb/'],
    ['combining marks', '\u0301'],
  ])('takes no longer than its length deserves: %s', (_, unit) => {
    const started = performance.now();
    for (let i = 0; i < 20; i++) {
      parseDue(unit.repeat(100_000));
      parseDue(unit.repeat(200).slice(0, 200));
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
