import type { Day } from '../domain/calendar.ts';
import type { SpecialDay } from './rows.ts';

/** Which days are worked on, as the register knows: read by whoever plans. */
export interface CalendarReads {
  /** Days from one to another (both included) that differ from the week. */
  specialDays(from: Day, until: Day): Promise<readonly SpecialDay[]>;
  calendarYears(): Promise<readonly { readonly year: number; readonly decided: boolean }[]>;
}

export interface CalendarWrites {
  setSpecialDays(days: readonly SpecialDay[]): Promise<void>;
  /** Makes days ordinary again; resolves to how many were not. */
  removeSpecialDays(from: Day, until: Day): Promise<number>;
  setCalendarYear(year: number, decided: boolean): Promise<void>;
}
