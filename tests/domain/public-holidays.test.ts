import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../src/calendars/public-holidays.ts';

/** The holidays of a year as a machine finds them whose own clock is in a zone. */
async function holidaysOn(zone: string, country: string, year: number): Promise<string[]> {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    // Else the machine would not be there.
    expect(new Date('2027-01-01T00:00:00Z').getTimezoneOffset()).toBe(OFFSETS[zone]);
    const { days } = (await publicHolidays(country, year)) ?? { days: [] };
    return days.filter((each) => !each.worked).map((each) => each.day);
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

/** Minutes that each is behind UTC, on the first of January. */
const OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  'Asia/Ho_Chi_Minh': -420,
  'America/New_York': 300,
  'Pacific/Auckland': -780,
};

describe.each(Object.keys(OFFSETS))('the public holidays, on a machine in %s', (zone) => {
  it('of Viet Nam in a year that nobody has decided yet', async () => {
    expect(await holidaysOn(zone, 'VN', 2027)).toEqual([
      '2027-01-01',
      // Tết, five days from the eve of the first of the first lunar month.
      ...['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09'],
      '2027-04-16',
      '2027-04-30',
      '2027-05-01',
      '2027-09-02',
    ]);
  });

  it('of Viet Nam as decided', async () => {
    const off = await holidaysOn(zone, 'VN', 2026);
    expect(off).toEqual(expect.arrayContaining(['2026-01-01', '2026-04-30', '2026-05-01']));
    expect(off).not.toContain('2026-04-29');
  });

  it('of Germany, where the clocks change', async () => {
    const off = await holidaysOn(zone, 'DE', 2027);
    // Easter Sunday is the 28th of March, when they do.
    expect(off).toEqual(expect.arrayContaining(['2027-01-01', '2027-03-26', '2027-03-29', '2027-10-03', '2027-12-25']));
    expect(off).not.toContain('2027-03-30');
  });

  it('of Egypt, whose lunar days begin at sunset', async () => {
    const off = await holidaysOn(zone, 'EG', 2027);
    // The first of Shawwal and the two days after it.
    expect(off).toEqual(expect.arrayContaining(['2027-03-09', '2027-03-10', '2027-03-11']));
    expect(off).not.toContain('2027-03-08');
    expect(off).not.toContain('2027-03-12');
  });
});

it('of a year whose law alone is known are told only to whoever wants that', async () => {
  expect(await publicHolidays('VN', 2027, { onlyDecided: true })).toBeNull();
  expect(await publicHolidays('VN', 2027)).toMatchObject({ decided: false });
  expect(await publicHolidays('VN', 2026, { onlyDecided: true })).toEqual(await publicHolidays('VN', 2026));
});
