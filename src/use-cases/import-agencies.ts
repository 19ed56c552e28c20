import type { AgencyName, KnownAgency } from '../domain/agency-names.ts';
import { fold } from '../domain/fold.ts';
import { SECTORS, type Sector } from '../domain/sectors.ts';
import { knownBodies } from '../imports/known-agencies/index.ts';
import { sentence } from '../locales/index.ts';
import type { House } from './house.ts';
import type { AgencyKind, AgencyView, Reader, Writer } from './ports.ts';

/** Every name an import may meet whole: the register's own first, then public bodies' as a naming aid. */
export async function knownNames(reader: Reader): Promise<readonly KnownAgency[]> {
  const names = new Map<string, string[]>();
  const taken = new Set<string>();
  for (const { code, name } of await reader.agencyNames()) {
    names.set(code, [...(names.get(code) ?? []), name]);
    taken.add(fold(name));
  }
  const own = [...names].map(([code, all]) => ({ code, names: all }));
  // A name as written is one agency: that a ministry was merged into another is for the register to say, not to guess.
  const aids = knownBodies.flatMap((body) =>
    body.names.filter((name) => !taken.has(fold(name))).map((name) => ({ code: `aid ${fold(name)}`, names: [name] })),
  );
  return [...own, ...aids];
}

/** Finds the register's agency of a name, or null where it has none yet. */
export async function agencyLookup(reader: Reader): Promise<(name: AgencyName) => AgencyView | null> {
  const byId = new Map((await reader.agencies()).map((agency) => [agency.id, agency]));
  const byName = new Map(
    (await reader.agencyNames()).map((each) => [fold(each.name), byId.get(each.agencyId) ?? null]),
  );
  const byCode = new Map([...byId.values()].map((agency) => [agency.code, agency]));
  return (name) => byCode.get(name.known ?? '') ?? byName.get(fold(name.text)) ?? null;
}

/** Finds or registers the agencies of an import; a group belongs to the coordinators until they name its agencies. */
export async function agencyTaker(
  house: House,
  writer: Writer,
): Promise<{ take(name: AgencyName): Promise<AgencyView>; nobody(): Promise<AgencyView> }> {
  const lookup = await agencyLookup(writer);
  const made = new Map<string, AgencyView>();
  const aids = new Map(knownBodies.flatMap((body) => body.names.map((name) => [fold(name), body] as const)));
  return {
    async take(name) {
      const known = lookup(name) ?? made.get(fold(name.text));
      if (known) return known;
      const aid = aids.get(fold(name.text));
      const kind = name.collective ? 'group' : kindOf(name.text);
      const agency = await writer.addAgency({
        name: name.text.slice(0, 200),
        kind,
        sector: name.collective ? 'other' : sectorOf(aid?.sector, kind),
      });
      made.set(fold(name.text), agency);
      return agency;
    },
    /** Who answers where the sheet names nobody: the coordinators, until they say who does. */
    async nobody() {
      const known = made.get('') ?? (await writer.agencyNamed('UNASSIGNED'));
      const agency =
        known ??
        (await writer.addAgency({
          code: 'UNASSIGNED',
          name: sentence(house.lang, 'office.unassigned'),
          kind: 'group',
          sector: 'other',
        }));
      made.set('', agency);
      return agency;
    },
  };
}

function kindOf(name: string): AgencyKind {
  const folded = fold(name);
  if (/^(bo|ministry|department|وزاره)(\s|$)/.test(folded)) return 'ministry';
  if (/^(tinh|thanh pho|ubnd|uy ban nhan dan|province|محافظه)\s/.test(folded)) return 'province';
  return 'body';
}

function sectorOf(code: string | undefined, kind: AgencyKind): Sector {
  const known = SECTORS.find((sector) => sector === code);
  return known ?? (kind === 'province' ? 'province' : 'other');
}
