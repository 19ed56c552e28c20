import type { SpecialDay } from './public-holidays.ts';

const off = (name: string, ...days: string[]): SpecialDay[] => days.map((day) => ({ day, worked: false, name }));
const worked = (name: string, ...days: string[]): SpecialDay[] => days.map((day) => ({ day, worked: true, name }));

/**
 * What a government decides year by year and no rule can tell. Viet Nam: the office holidays and exchanged days that
 * the Ministry of Home Affairs announces each year for civil servants.
 */
export const DECIDED: Readonly<Record<string, Readonly<Record<number, readonly SpecialDay[]>>>> = {
  VN: {
    2025: [
      ...off('Tết Ất Tỵ', '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'),
      ...off('Giỗ Tổ Hùng Vương', '2025-04-07'),
      ...off('Nghỉ hoán đổi', '2025-05-02'),
      ...worked('Làm bù 02/5', '2025-04-26'),
      ...off('Quốc khánh', '2025-09-01', '2025-09-02'),
    ],
    2026: [
      ...off('Nghỉ hoán đổi', '2026-01-02'),
      ...worked('Làm bù 02/01', '2026-01-10'),
      ...off('Tết Bính Ngọ', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'),
      ...off('Nghỉ bù Giỗ Tổ Hùng Vương', '2026-04-27'),
      ...off('Quốc khánh', '2026-08-31', '2026-09-01', '2026-09-02'),
      ...worked('Làm bù 31/8', '2026-08-22'),
    ],
  },
};
