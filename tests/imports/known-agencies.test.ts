import { describe, expect, it } from 'vitest';
import { agencyKey, foldName, splitAgencies } from '../../src/domain/agency-names.ts';
import { knownBodies } from '../../src/imports/known-agencies/index.ts';

describe('the public bodies an import knows by name', () => {
  it('have names that belong to one of them only', () => {
    const owners = new Map<string, Set<string>>();
    for (const { code, names } of knownBodies)
      for (const name of names) owners.set(foldName(name), (owners.get(foldName(name)) ?? new Set()).add(code));
    expect([...owners].filter(([, codes]) => codes.size > 1)).toEqual([]);
    expect(new Set(knownBodies.map((body) => body.code)).size).toBe(knownBodies.length);
  });

  it('are each known by every one of their names', () => {
    for (const { code, names } of knownBodies)
      for (const name of names)
        expect([name, splitAgencies(name, knownBodies).names.map(agencyKey)]).toEqual([name, [`code ${code}`]]);
  });

  it('answer for those that were merged into them', () => {
    const code = (name: string) => splitAgencies(name, knownBodies).names[0]?.known;
    expect(code('Bộ Thông tin và Truyền thông')).toBe(code('Ministry of Science and Technology'));
    expect(code('Bộ Giao thông vận tải')).toBe(code('Bộ Xây dựng'));
    expect(code('UBND tỉnh Bắc Giang')).toBe(code('tỉnh Bắc Ninh'));
  });

  it('are 17 ministries and ministerial bodies, 34 provinces and cities, and others', () => {
    expect(knownBodies.filter((body) => body.sector === 'province')).toHaveLength(34);
    expect(knownBodies.length).toBeGreaterThan(70);
  });
});
