import { vietnamAgencies } from '../../src/imports/known-agencies/vn.ts';
import { importLimits } from '../../src/imports/limits.ts';
import { mapSheet } from '../../src/imports/map.ts';
import { planImport } from '../../src/imports/plan.ts';
import type { ReadSheet } from '../../src/imports/read.ts';

const HEAD = ['TT', 'Tên nhiệm vụ', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Kết quả', 'Thời gian hoàn thành'];

/** How much longer the largest sheet takes than a tenth of it: about ten times, or something goes through it all for each row. */
export async function largeSheet(): Promise<void> {
  const most = importLimits.rows - 1;
  const tenth = work(Math.floor(most / 10));
  console.log(`a sheet of ${most} rows takes ${(work(most) / tenth).toFixed(1)} times as long as a tenth of it`);
}

/** Microseconds of the processor: what else the machine is busy with does not count. */
function work(rows: number): number {
  const cells = Array.from({ length: rows }, (_, at) => [
    `${at}.`,
    `Nhiệm vụ số ${at} của chương trình`,
    'Bộ Công Thương, Bộ Y tế',
    'các bộ, ngành, địa phương',
    'Đề án',
    `${(at % 12) + 1}/2026`,
  ]);
  const sheet: ReadSheet = { name: 'S', rows: [HEAD, ...cells].map((each, at) => ({ row: at + 1, cells: each })) };
  const before = process.cpuUsage();
  const { items } = planImport(sheet, mapSheet(sheet), vietnamAgencies);
  const { user, system } = process.cpuUsage(before);
  if (items.length !== rows) throw new Error(`${rows} rows became ${items.length} commitments`);
  return user + system;
}
