import { describe, expect, it } from 'vitest';
import { type Approving, approverOn, countsAtOnce } from '../../src/domain/approval.ts';

const TODAY = '2025-11-17';
const person = (id: number, more: Partial<Approving> = {}): Approving => ({
  id,
  agency: { id: 10 },
  approver: false,
  standInId: null,
  awayFrom: null,
  awayUntil: null,
  ...more,
});
const AWAY = { awayFrom: '2025-11-10', awayUntil: TODAY };
const LAN = person(1);
const BINH = person(2, { approver: true, standInId: 3 });
const CHI = person(3);
const ELSEWHERE = person(4, { approver: true, agency: { id: 11 } });

describe('who approves for an agency', () => {
  it('is its approver', () => {
    expect(approverOn([LAN, ELSEWHERE, BINH], 10, TODAY)).toBe(BINH);
  });

  it('is their stand-in while they are away, and they again after that', () => {
    const people = [LAN, { ...BINH, ...AWAY }, CHI];
    expect(approverOn(people, 10, TODAY)).toBe(CHI);
    expect(approverOn(people, 10, '2025-11-18')?.id).toBe(2);
  });

  it.each([
    ['nobody approves there', [LAN, CHI, ELSEWHERE]],
    ['the approver is away and has no stand-in', [LAN, { ...BINH, ...AWAY, standInId: null }]],
    ['both are away', [LAN, { ...BINH, ...AWAY }, { ...CHI, ...AWAY }]],
  ])('is left to the coordinators where %s', (_why, people) => {
    expect(approverOn(people, 10, TODAY)).toBeNull();
  });

  it('is never the stand-in who made the report', () => {
    expect(approverOn([LAN, { ...BINH, ...AWAY }, CHI], 10, TODAY, 3)).toBeNull();
  });
});

describe('a report counts at once', () => {
  const by = (byId: number, byCoordinator = false) => ({ agencyId: 10, byId, byCoordinator });

  it('where the approver makes it, though away', () => {
    expect(countsAtOnce([LAN, BINH], by(2), TODAY)).toBe(true);
    expect(countsAtOnce([LAN, { ...BINH, ...AWAY }, CHI], by(2), TODAY)).toBe(true);
  });

  it('where a coordinator makes it and nobody of the agency is there to approve', () => {
    expect(countsAtOnce([LAN], by(9, true), TODAY)).toBe(true);
    expect(countsAtOnce([LAN, BINH], by(9, true), TODAY)).toBe(false);
  });

  it('and waits where an officer makes it, or the stand-in of the approver', () => {
    expect(countsAtOnce([LAN, BINH], by(1), TODAY)).toBe(false);
    expect(countsAtOnce([LAN], by(1), TODAY)).toBe(false);
    expect(countsAtOnce([LAN, { ...BINH, ...AWAY }, CHI], by(3), TODAY)).toBe(false);
  });
});
