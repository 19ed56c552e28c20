import { expect, it } from 'vitest';
import { HOUSE, type SpecialDay } from '../../src/use-cases/ports.ts';
import { keepCalendar } from '../../src/use-cases/work-calendar.ts';
import { eachDatabase } from '../support/databases.ts';
import { CLERK, type Office, openOffice } from './small-office.ts';

const JOB = { ...CLERK, name: 'job:daily-reminders', via: 'job' };
const off = (day: string, name: string): SpecialDay => ({ day, worked: false, name });
const worked = (day: string, name: string): SpecialDay => ({ day, worked: true, name });

type Known = Readonly<Record<number, { readonly days: readonly SpecialDay[]; readonly decided: boolean }>>;

/** A version of Accord that knows these years looks after the calendar. */
const kept = (office: Office, years: Known, today: string) =>
  office.accord.house.store.write(JOB, (writer) =>
    keepCalendar({ ...office.accord.house, publicHolidays: async (year) => years[year] ?? null }, writer, today),
  );
const daysOf2027 = (office: Office) => office.accord.house.store.read(HOUSE).specialDays('2027-01-01', '2027-12-31');
const wantedIn = (office: Office) =>
  office.in('direct-U-ha').flatMap((each) => /The (?:calendar of|year) \d{4}[^,.]*/.exec(each.text)?.[0] ?? []);

const NEW_YEAR = off('2027-01-01', 'New Year');
const LAW: Known = {
  2026: { days: [], decided: true },
  2027: { days: [NEW_YEAR, off('2027-02-05', 'Tết'), off('2027-02-06', 'Tết')], decided: false },
};

eachDatabase('the calendar', (open) => {
  it('takes up what a newer version knows was decided, once, but for what somebody set', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await kept(office, LAW, '2026-03-02');
    await office.types('ha', '/calendar set 06/02/2027 ordinary');
    await office.types('ha', '/calendar set 05/02/2027 holiday Eve of Tết');
    await office.types('ha', '/calendar set 13/02/2027 worked For the 12th');
    const decided: Known = {
      2027: {
        days: [off('2027-02-05', 'Tết'), off('2027-02-06', 'Tết'), off('2027-02-08', 'Tết'), off('2027-02-13', 'Tết')],
        decided: true,
      },
    };
    expect(await kept(office, decided, '2026-12-01')).toBe(0);
    const days = [off('2027-02-05', 'Eve of Tết'), off('2027-02-08', 'Tết'), worked('2027-02-13', 'For the 12th')];
    expect(await daysOf2027(office)).toEqual(days);
    const { length } = await office.history();
    await kept(office, { 2027: { days: [off('2027-05-05', 'Another')], decided: true } }, '2026-12-02');
    expect(await daysOf2027(office)).toEqual(days);
    expect((await office.history()).slice(length).map((each) => each.thing)).not.toContain('calendar');
  });

  it('that somebody has confirmed is whole, whatever a newer version knows', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    await kept(office, LAW, '2026-03-02');
    await office.types('ha', '/calendar confirm 2027');
    await kept(office, { 2027: { days: [off('2027-02-08', 'Tết')], decided: true } }, '2026-12-01');
    expect((await daysOf2027(office)).map((each) => each.day)).toEqual(['2027-01-01', '2027-02-05', '2027-02-06']);
  });
});

eachDatabase('what is missing in a calendar', (open) => {
  it('is asked for 60 days before the year, and not again when it begins', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    office.clock.moveTo('2026-11-01T10:00:00+07:00');
    expect(await kept(office, LAW, '2026-11-01')).toBe(0);
    office.clock.moveTo('2026-11-02T10:00:00+07:00');
    await kept(office, LAW, '2026-11-02');
    await office.settle();
    office.clock.moveTo('2027-01-04T10:00:00+07:00');
    await kept(office, LAW, '2027-01-04');
    await office.settle();
    expect(wantedIn(office)).toEqual(['The year 2027 is near']);
  });

  it('is asked for in a year that has begun already', async () => {
    await using database = await open();
    await using office = await openOffice(database);
    office.clock.moveTo('2027-01-11T10:00:00+07:00');
    expect(await kept(office, LAW, '2027-01-11')).toBe(1);
    await kept(office, LAW, '2027-01-12');
    await office.settle();
    expect(wantedIn(office)).toEqual(['The calendar of 2027 has only what the law fixes']);
  });
});
