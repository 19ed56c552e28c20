import { expect, it } from 'vitest';
import { openPooledTestDatabase } from '../support/databases.ts';
import { type Name, type Office, openOffice } from './small-office.ts';

const at = (day: string, time = '08:30:30') => `${day}T${time}+07:00`;
/** What one of them was told. */
const said = (office: Office, name: Name) =>
  office
    .in(`direct-U-${name}`)
    .map((each) => each.text)
    .join('\n');

/** Lan lives in Brussels: what the house plans at half past eight waits for her morning. What is said to her then. */
async function inBrussels(
  meanwhile: (office: Office) => Promise<unknown>,
  then: (office: Office) => Promise<void> | void,
): Promise<void> {
  await using database = await openPooledTestDatabase();
  await using office = await openOffice(database);
  await office.settle();
  await office.types('lan', '/my zone Europe/Brussels');
  await office.at(at('2025-11-17'));
  expect(office.in('direct-U-lan')).toHaveLength(0);
  await office.at(at('2025-11-17', '10:00:00'));
  await meanwhile(office);
  await office.at('2025-11-17T08:01:00+01:00');
  await then(office);
}

const nothing = async () => {};

it('a reminder waits for the morning of whoever lives elsewhere', () =>
  inBrussels(nothing, (office) => expect(said(office, 'lan')).toContain('C-1 ')));

it('and does not speak of what was postponed meanwhile', () =>
  inBrussels(
    (office) => office.types('lan', '/reminder snooze C-1 3-days'),
    (office) => {
      expect(said(office, 'lan')).toContain('C-5 ');
      expect(said(office, 'lan')).not.toContain('C-1 ');
    },
  ));

it('nor of what was handed over', () =>
  inBrussels(
    (office) => office.types('ha', '/commitment assign C-1 binh@gov.example'),
    (office) => {
      expect(said(office, 'lan')).toContain('C-5 ');
      expect(said(office, 'lan')).not.toContain('C-1 ');
    },
  ));

it('it goes to the stand-in of whoever went away meanwhile, once and within their hours', () =>
  inBrussels(
    (office) => office.types('lan', '/my away 17/11/2025 21/11/2025'),
    async (office) => {
      expect(said(office, 'lan')).not.toContain('C-1 ');
      expect(said(office, 'binh')).toContain('C-1 Border bridge');
      expect(said(office, 'binh')).toContain('You stand in for Nguyễn Thị Lan.');
      expect(office.in('direct-U-binh').filter((each) => each.text.includes('C-1 '))).toHaveLength(1);
    },
  ));

it('it comes in the working hours of the zone they have gone to, on one day once', () =>
  inBrussels(
    (office) => office.types('lan', '/my zone America/Los_Angeles'),
    async (office) => {
      // Eleven in the evening of Sunday in Los Angeles.
      expect(office.in('direct-U-lan')).toHaveLength(0);
      await office.at('2025-11-17T07:59:00-08:00');
      expect(office.in('direct-U-lan')).toHaveLength(0);
      await office.at('2025-11-17T08:01:00-08:00');
      expect(office.in('direct-U-lan')).toHaveLength(1);
    },
  ));

it('what waits for a day that becomes a holiday waits for the next', async () => {
  await using database = await openPooledTestDatabase();
  await using office = await openOffice(database);
  await office.settle();
  await office.at('2025-11-14T22:00:00+07:00');
  await office.types('ha', '/commitment assign C-1 minh@gov.example');
  await office.types('ha', '/calendar set 17/11/2025 holiday Flood');
  await office.at('2025-11-17T08:00:00+07:00');
  expect(office.in('direct-U-minh')).toHaveLength(0);
  await office.at('2025-11-18T08:00:30+07:00');
  expect(said(office, 'minh')).toContain('C-1 ');
});

it('whoever takes it over sees the digest’s part of both agencies', async () => {
  await using database = await openPooledTestDatabase();
  await using office = await openOffice(database);
  await office.settle();
  for (const name of ['lan', 'minh'] as const) await office.types(name, '/my zone Europe/Brussels');
  await office.at(at('2025-11-21'));
  await office.at(at('2025-11-21', '10:00:00'));
  await office.types('lan', '/my away 21/11/2025 28/11/2025 stand-in:minh@gov.example');
  await office.at('2025-11-21T08:01:00+01:00');
  expect(said(office, 'lan')).not.toContain('C-1 ');
  const [told, ...more] = office.in('direct-U-minh').filter((each) => each.text.includes('will say this'));
  expect(more).toEqual([]);
  expect(told?.text).toContain('C-1 Border bridge');
  expect(told?.text).toContain('C-2 ');
  expect(told?.text).toContain('You stand in for Nguyễn Thị Lan.');
});
