import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { Sector } from '../../src/domain/sectors.ts';
import { createStore, openDatabase } from '../../src/store/index.ts';
import type { Actor } from '../../src/use-cases/ports.ts';
import type { Luck } from './luck.ts';

/** Stands in the title of whatever is restricted: it must never be read in a chat. */
export const SECRET = 'undersea-listening-post';

export interface Staff {
  readonly id: number;
  readonly platform: string;
  readonly account: string;
  readonly agency: string;
  readonly role: 'officer' | 'coordinator';
  /** Where they live; null in the zone of the house. */
  readonly zone: string | null;
}

export interface Office {
  readonly staff: readonly Staff[];
  readonly commitments: readonly { readonly ref: string; readonly officer: Staff }[];
  /** The conversations that the digest is posted in, by service. */
  readonly channels: readonly {
    readonly platform: string;
    readonly conversation: string;
    readonly kind: 'coordination' | 'agency';
  }[];
}

export interface Size {
  readonly agencies: number;
  readonly officersEach: number;
  /** So many of them answer for commitments; the others open it when they want to know something. */
  readonly answeringEach: number;
  readonly commitments: number;
  readonly weeks: number;
}

export const SMALL: Size = { agencies: 5, officersEach: 2, answeringEach: 2, commitments: 24, weeks: 6 };
export const YEAR: Size = { agencies: 60, officersEach: 8, answeringEach: 3, commitments: 1000, weeks: 52 };

const SECTORS: readonly Sector[] = ['construction', 'trade', 'agriculture', 'energy', 'health', 'education'];

const CLERK: Actor = {
  sight: 'house',
  officerId: null,
  name: 'simulation',
  displayName: 'simulation',
  role: 'house',
  agencyId: null,
  via: 'simulation',
};

/** Fills an empty register with a small ministry's worth of people and promises. The database is at its best meanwhile. */
export async function settleIn(
  pool: Parameters<typeof openDatabase>[0],
  parts: { now: string; today: Day; luck: Luck; size: Size; platforms: readonly string[]; zones: readonly string[] },
): Promise<Office> {
  const { luck, size, today } = parts;
  const store = createStore(openDatabase(pool), { now: () => parts.now });
  return store.write(CLERK, async (writer) => {
    const staff: Staff[] = [];
    const channels: { platform: string; conversation: string; kind: 'coordination' | 'agency' }[] = [];
    const channel = async (platform: string, conversation: string, agencyId?: number) => {
      channels.push({ platform, conversation, kind: agencyId === undefined ? 'coordination' : 'agency' });
      const row = {
        platform,
        conversation,
        kind: agencyId === undefined ? ('coordination' as const) : ('agency' as const),
      };
      await writer.setChannel(agencyId === undefined ? row : { ...row, agencyId });
    };
    for (const platform of parts.platforms) await channel(platform, `${platform}-coordination`);
    const agencies: number[] = [];
    for (let at = 0; at <= size.agencies; at++) {
      const home = at === 0;
      const code = home ? 'MOFA' : `A${at}`;
      const { id } = await writer.addAgency({
        code,
        name: home ? 'Ministry of Foreign Affairs' : `Ministry number ${at}`,
        kind: 'ministry',
        sector: home ? 'politics' : (SECTORS[at % SECTORS.length] ?? 'trade'),
      });
      if (!home) agencies.push(id);
      const platform = luck.pick(parts.platforms);
      if (!home && luck.chance(0.6)) await channel(platform, `${platform}-agency-${code}`, id);
      const own: Staff[] = [];
      for (let person = 0; person < (home ? 2 : size.officersEach); person++) {
        const account = `U-${code}-${person}`;
        const role = home ? 'coordinator' : 'officer';
        const officer = await writer.addOfficer({
          agencyId: id,
          name: `Officer ${code} ${person}`,
          email: `${account.toLowerCase()}@gov.example`,
          role,
          lang: null,
        });
        await writer.linkAccount({
          platform,
          account,
          name: account,
          officerId: officer.id,
          how: 'coordinator',
          at: parts.now,
        });
        const zone = parts.zones.length > 0 && luck.chance(0.25) ? luck.pick(parts.zones) : null;
        if (zone !== null) await writer.changeOfficer(officer.id, { zone });
        own.push({ id: officer.id, platform, account, agency: code, role, zone });
      }
      const [first, second] = own;
      // Each stands in for the other, so that both may be away.
      if (first && second && !home) {
        await writer.changeOfficer(first.id, { standInId: second.id });
        await writer.changeOfficer(second.id, { standInId: first.id });
      }
      staff.push(...own);
    }
    const officers = staff.filter(
      ({ role, account }) => role === 'officer' && Number(account.split('-').at(-1)) < size.answeringEach,
    );
    const commitments: { ref: string; officer: Staff }[] = [];
    const days = size.weeks * 7;
    for (let at = 1; at <= size.commitments; at++) {
      const officer = luck.pick(officers);
      const end = addDays(today, luck.whole(-40, days + 30));
      const restricted = luck.chance(0.08);
      const { ref } = await writer.addCommitment({
        title: restricted ? `${SECRET} ${at}` : `Promise number ${at}`,
        partners: ['Laos'],
        due: { precision: 'day', start: end, end, raw: end },
        leadId: agencies[Number(officer.agency.slice(1)) - 1] ?? 0,
        officerId: officer.id,
        classification: restricted ? 'restricted' : 'open',
        registeredAt: parts.now,
      });
      commitments.push({ ref, officer });
    }
    return { staff, commitments, channels };
  });
}
