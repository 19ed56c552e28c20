import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { DemoCommitment, DemoYear } from '../../src/demo/year.ts';
import { demoYear } from '../../src/demo/year.ts';
import { addDays, type Day, daysBetween } from '../../src/domain/calendar.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { parseDue } from '../../src/domain/due-date.ts';
import { fold } from '../../src/domain/fold.ts';
import { SECTORS } from '../../src/domain/sectors.ts';
import { countStates, daysOverdue, stateOf } from '../../src/domain/state.ts';
import { proposeChair, sectorsConcerned } from '../../src/domain/working-group.ts';
import { en } from '../../src/locales/en.ts';
import { LONGEST_TITLE } from '../../src/use-cases/register-commitment.ts';

/** An ordinary Monday; leap days; the ends of years, halves and months, and the days after them. */
const DAYS = [
  '2025-11-17',
  '2024-02-29',
  '2028-02-29',
  '2025-12-31',
  '2026-01-01',
  '2025-05-31',
  '2025-06-30',
  '2026-07-01',
  '2026-03-01',
  '2027-09-30',
];

const factsOf = (each: DemoCommitment) => ({
  dueEnd: each.due.end,
  doneOn: each.doneOn,
  verified: each.verifiedAt !== null,
});
const lastWordOf = (each: DemoCommitment): Day => (each.progress.at(-1)?.at ?? each.registeredAt).slice(0, 10);
const sectorOf = (year: DemoYear, code: string) => year.agencies.find((agency) => agency.code === code)?.sector ?? '';

describe.each(DAYS)('the demonstration year on %s', (today) => {
  const year = demoYear(today);
  const { agencies, officers, commitments, obstacles, shared } = year;
  const open = commitments.filter((each) => each.verifiedAt === null);
  const overdue = commitments.filter((each) => stateOf(factsOf(each), today) === 'open-overdue');
  const inTerm = commitments.filter((each) => stateOf(factsOf(each), today) === 'open-in-term');
  const monthsAgo = (months: number): Day => Temporal.PlainDate.from(today).subtract({ months }).toString();

  it('signs 339 in nine months, exactly 86 of them in the last three', () => {
    expect(commitments).toHaveLength(339);
    expect(commitments.every((each) => each.signedOn > monthsAgo(9) && each.signedOn < today)).toBe(true);
    expect(commitments.filter((each) => each.signedOn > monthsAgo(3))).toHaveLength(86);
    expect(commitments.map((each) => each.signedOn)).toEqual(commitments.map((each) => each.signedOn).toSorted());
  });

  it('adds up: each commitment is in one of the four states', () => {
    expect(countStates(commitments.map(factsOf), today)).toEqual({
      'done-on-time': 96,
      'done-late': 11,
      'open-in-term': 219,
      'open-overdue': 13,
      all: 339,
    });
  });

  it('has something for each part of the weekly digest', () => {
    expect(overdue.filter((each) => daysOverdue(each.due.end, today) > 90).length).toBeGreaterThanOrEqual(4);
    expect(inTerm.filter((each) => each.due.end !== null && daysBetween(today, each.due.end) <= 14)).toHaveLength(11);
    expect(inTerm.filter((each) => daysBetween(lastWordOf(each), today) > 30)).toHaveLength(14);
    expect(open.filter((each) => each.claimedAt !== null)).toHaveLength(8);
    const before = addDays(today, -7);
    const items = commitments.map((each, id) => ({
      ...factsOf(each),
      id,
      leadId: agencies.findIndex((agency) => agency.code === each.lead),
      flagship: each.flagship,
      obligor: each.obligor,
      lastWord: lastWordOf(each),
      registeredOn: each.registeredAt.slice(0, 10),
      newlyDone: each.verifiedAt !== null && each.verifiedAt.slice(0, 10) > before,
    }));
    const digest = digestOf(items, { today, before }, { longOverdueDays: 90, dueSoonDays: 14, silentDays: 30 });
    expect(digest.overdueLastWeek).toBeGreaterThan(13);
    expect(digest.flagships).toHaveLength(1);
    expect(digest.owedByPartners['open-overdue']).toBe(1);
    expect(digest.parts.some((part) => part.done.length > 0)).toBe(true);
    expect(obstacles.filter((each) => each.at.slice(0, 10) >= addDays(today, -7)).length).toBeGreaterThanOrEqual(4);
  });

  it('varies: every precision, every field, several obligors, some flagships, eight restricted', () => {
    expect(new Set(commitments.map((each) => each.due.precision))).toEqual(
      new Set(['day', 'month', 'quarter', 'half', 'year', 'ongoing', 'unknown']),
    );
    const fields = SECTORS.filter((sector) => sector !== 'province' && sector !== 'other').map(
      (sector) => en[`sector.${sector}`],
    );
    for (const field of fields)
      expect(commitments.filter((each) => each.field === field).length, field).toBeGreaterThanOrEqual(10);
    expect(new Set(commitments.map((each) => each.field)).size).toBe(fields.length);
    expect(new Set(commitments.map((each) => each.obligor))).toEqual(new Set(['us', 'partner', 'both']));
    expect(commitments.filter((each) => each.flagship)).toHaveLength(5);
    expect(commitments.filter((each) => each.restricted)).toHaveLength(8);
    expect(commitments.filter((each) => each.milestones.length > 0).length).toBeGreaterThan(200);
    expect(new Set(commitments.map((each) => each.event)).size).toBeGreaterThan(20);
    expect(new Set(commitments.map((each) => each.instrument)).size).toBeGreaterThan(8);
  });

  it('names every commitment differently, within the length of a title', () => {
    expect(new Set(commitments.map((each) => fold(each.title))).size).toBe(339);
    expect(commitments.filter((each) => each.title.length > 160 || each.title.length > LONGEST_TITLE)).toEqual([]);
    expect(commitments.filter((each) => /[{}]|undefined|\d{4}/.test(each.title))).toEqual([]);
  });

  it('keeps its dates in order, and all that happened before today', () => {
    for (const each of commitments) {
      const ends = each.due.end === null || each.due.end >= each.signedOn;
      expect(ends, `${each.title}: due after it was signed`).toBe(true);
      expect(parseDue(each.due.raw)).toEqual({ ok: true, due: each.due });
      const moments = [
        `${each.signedOn}T00:00`,
        each.registeredAt,
        ...each.progress.map((report) => report.at),
        ...(each.verifiedAt === null ? [] : [each.verifiedAt]),
      ];
      expect(moments, each.title).toEqual(moments.toSorted());
      expect((moments.at(-1) ?? '') < today, each.title).toBe(true);
      for (const step of each.milestones) {
        expect(step.doneOn === null || step.doneOn < today).toBe(true);
        expect(step.due.end !== null && step.due.end >= each.signedOn).toBe(true);
      }
      expect(each.claimedAt === null).toBe(each.doneOn === null);
      if (each.claimedAt !== null)
        expect([each.claimedAt, true]).toEqual([each.progress.at(-1)?.at, each.progress.at(-1)?.claimsDone]);
      for (const report of each.progress) expect(report.text).not.toMatch(/[{}]|undefined/);
    }
    for (const report of obstacles)
      expect(report.at < today && report.at > (commitments[report.commitment]?.registeredAt ?? today)).toBe(true);
  });

  it('is staffed: some 60 agencies and 34 provinces, 500 officers, the coordinator Hà first', () => {
    expect(agencies.filter((each) => each.kind === 'province' && each.sector === 'province')).toHaveLength(34);
    expect(agencies.filter((each) => each.kind !== 'province')).toHaveLength(61);
    expect(officers).toHaveLength(507);
    expect(officers[0]).toMatchObject({ name: 'Phạm Thu Hà', role: 'coordinator', agency: 'MFA' });
    expect(officers.filter((each) => each.role === 'coordinator').map((each) => each.agency)).toEqual([
      'MFA',
      'MFA',
      'MFA',
    ]);
    expect(officers.filter((each) => each.role === 'leader').length).toBeGreaterThanOrEqual(3);
    const away = officers.filter((each) => each.away !== null && each.away.from <= today && today <= each.away.until);
    expect(away.length).toBeGreaterThanOrEqual(4);
    expect(away.every((each) => each.standIn !== null)).toBe(true);
    for (const each of officers) if (each.standIn !== null) expect(officers[each.standIn]?.agency).toBe(each.agency);
    for (const each of commitments)
      expect(officers[each.officer]).toMatchObject({ role: 'officer', agency: each.lead });
    expect(new Set(officers.map((each) => each.lang))).toEqual(new Set([null, 'en', 'vi', 'ar']));
    expect(officers.filter((each) => each.lang === null).length).toBeGreaterThan(300);
    expect(officers.every((each) => /^[a-z0-9]+\.[a-z0-9]+@agency\.example$/.test(each.email))).toBe(true);
    for (const sector of SECTORS.filter((each) => each !== 'other'))
      expect(agencies.some((each) => each.sector === sector)).toBe(true);
  });

  it('leads no name to two agencies', () => {
    const names = agencies.flatMap((each) => [each.name, ...each.aliases, ...each.formerNames].map(fold));
    expect(new Set(names).size).toBe(names.length);
    const codes = new Set(agencies.map((each) => fold(each.code)));
    expect(names.filter((name) => codes.has(name))).toEqual([]);
  });

  it('has obstacles on open commitments that may be spoken of, in three languages', () => {
    expect(obstacles).toHaveLength(25);
    for (const report of obstacles) {
      expect(commitments[report.commitment]).toMatchObject({
        restricted: false,
        claimedAt: null,
        lead: report.agency,
        officer: report.officer,
      });
    }
    expect(
      obstacles.some((each) => /[ạảấđế]/.test(each.text)) && obstacles.some((each) => /[ء-ي]/.test(each.text)),
    ).toBe(true);
  });

  it('has one obstacle met by two sectors, one by three with a group proposed, one with a group called', () => {
    const rules = { minSectors: 3, windowDays: 60 };
    const facts = shared.map((each) =>
      each.obstacles.map((place, id) => {
        const report = obstacles[place];
        if (!report) throw new Error('no such report');
        const deciderId = agencies.findIndex((agency) => agency.name === report.decider);
        return {
          id,
          sector: sectorOf(year, report.agency),
          agencyId: agencies.findIndex((agency) => agency.code === report.agency),
          officerId: report.officer,
          commitmentId: report.commitment,
          on: report.at.slice(0, 10),
          open: true,
          deciderId: deciderId < 0 ? null : deciderId,
        };
      }),
    );
    expect(facts.map((each) => sectorsConcerned(each, today, rules))).toEqual([
      ['energy', 'transport'],
      ['agriculture', 'health', 'science-technology'],
      ['construction', 'education', 'health', 'labour'],
    ]);
    expect(shared.map((each) => each.group && (each.group.calledAt === null ? 'proposed' : 'called'))).toEqual([
      null,
      'proposed',
      'called',
    ]);
    for (const [n, { group }] of shared.entries()) {
      if (group === null) continue;
      const chair = proposeChair(facts[n] ?? []);
      expect([group.chair, group.chairRule]).toEqual([agencies[chair?.agencyId ?? -1]?.code, chair?.rule]);
    }
    expect(shared[2]?.group?.members.length).toBeGreaterThanOrEqual(5);
    // A newcomer may be the third. What the three are about needs land.
    const landTitles = [
      ...(shared[0]?.obstacles ?? []).map((place) => obstacles[place]?.commitment ?? -1),
      year.thirdReport.commitment,
    ].map((place) => commitments[place]?.title);
    for (const title of landTitles)
      expect(title).toMatch(
        /rail|express|water|road|highway|interconnector|grid|solar|storage|terminal|hydrogen|bridge|housing|drainage|plant|settlement|smart-city/i,
      );
    const { commitment, officer } = year.thirdReport;
    expect(commitments[commitment]).toMatchObject({ restricted: false, claimedAt: null, officer });
    expect(sectorOf(year, commitments[commitment]?.lead ?? '')).toBe('construction');
  });
});

it('is the same year for the same day, and says that it is invented', () => {
  expect(demoYear('2025-11-17')).toEqual(demoYear('2025-11-17'));
  expect(demoYear('2025-11-17').notice).toMatch(/invented/);
});
