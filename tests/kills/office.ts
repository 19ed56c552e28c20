import type pg from 'pg';
import { SECTORS } from '../../src/domain/sectors.ts';
import { createStore, openDatabase } from '../../src/store/index.ts';
import type { Actor } from '../../src/use-cases/ports.ts';
import type { DiscordDouble } from '../doubles/discord/index.ts';
import type { SlackDouble } from '../doubles/slack/index.ts';

/** Who is to hear what: by service, the conversation (a person's own is opened by the bot) and how it is called. */
export interface Office {
  /** The e-mail address of the coordinator. */
  readonly coordinator: string;
  /** Conversations of agencies: exactly one part of the digest each. */
  readonly agencies: readonly Place[];
  /** Conversations of coordinators: the summary and a part for every agency. */
  readonly coordination: readonly Place[];
  /** Accounts of officers: exactly one reminder each. */
  readonly people: readonly { readonly platform: Service; readonly account: string }[];
}
export type Service = 'slack' | 'discord';
export interface Place {
  readonly platform: Service;
  readonly conversation: string;
}

/** A Monday on which Viet Nam works, long after any day on which this may run: the house's clock goes forward only. */
export const MONDAY = '2040-06-04';
/** Half a minute before the digest, in Viet Nam. */
export const BEGINNING = `${MONDAY}T00:59:30.000Z`;
/** The workday before: what was due then is reminded of on the Monday, and stands in its digest. */
const FRIDAY = '2040-06-01';

const CLERK: Actor = {
  sight: 'house',
  officerId: null,
  name: 'kills',
  displayName: 'kills',
  role: 'house',
  agencyId: null,
  via: 'kills',
};
const COORDINATOR = 'ha@mofa.example';

/**
 * Fills an empty, migrated register: so many agencies with a channel each, so many officers with one commitment each
 * that has just become overdue, half of them on each service. Every tenth has spoken with the bot before.
 */
export async function settleIn(
  pool: pg.Pool,
  size: { readonly channels: number; readonly people: number },
  services: { readonly slack: SlackDouble; readonly discord: DiscordDouble },
): Promise<Office> {
  const { slack, discord } = services;
  const store = createStore(openDatabase(pool), { now: () => BEGINNING });
  const newPlace = (platform: Service, name: string): Place => {
    if (platform === 'discord') return { platform, conversation: discord.world.addChannel(name).id };
    const { bot } = slack.workspace;
    const wish = { name, kind: 'private', creator: bot.id, members: [bot.id] } as const;
    return { platform, conversation: slack.workspace.addChannel(wish).id };
  };
  const newPerson = (platform: Service, name: string, email: string) => ({
    platform,
    account: platform === 'discord' ? discord.world.addUser(name).id : slack.workspace.addUser({ name, email }).id,
  });
  const directOf = ({ platform, account }: { platform: Service; account: string }): string =>
    platform === 'discord'
      ? discord.world.direct(account).id
      : slack.workspace.direct(slack.workspace.bot.id, account).id;

  return store.write(CLERK, async (writer) => {
    const house = await writer.addAgency({
      code: 'MOFA',
      name: 'Ministry of Foreign Affairs',
      kind: 'ministry',
      sector: 'politics',
    });
    const coordinator = {
      agencyId: house.id,
      name: 'Trần Thị Hà',
      email: COORDINATOR,
      role: 'coordinator',
      lang: null,
    } as const;
    const { id } = await writer.addOfficer(coordinator);
    const link = (who: { platform: Service; account: string }, officerId: number) =>
      writer.linkAccount({ ...who, name: who.account, officerId, how: 'coordinator', at: BEGINNING, seen: true });
    await link(newPerson('slack', coordinator.name, COORDINATOR), id);
    const coordination = (['slack', 'discord'] as const).map((platform) => newPlace(platform, 'coordination'));
    for (const place of coordination) await writer.setChannel({ ...place, kind: 'coordination' });

    const agencies: Place[] = [];
    const agencyIds: number[] = [];
    for (let at = 0; at < size.channels; at++) {
      const name = `Ministry number ${at + 1}`;
      const sector = SECTORS[at % SECTORS.length] ?? 'trade';
      const agency = await writer.addAgency({ code: `M${at + 1}`, name, kind: 'ministry', sector });
      const place = newPlace(at % 2 === 0 ? 'slack' : 'discord', `ministry-${at + 1}`);
      await writer.setChannel({ ...place, kind: 'agency', agencyId: agency.id });
      agencies.push(place);
      agencyIds.push(agency.id);
    }

    const rows = Array.from({ length: size.people }, (_, at) => ({
      agencyId: agencyIds[at % agencyIds.length] ?? 0,
      name: `Officer number ${at + 1}`,
      email: `officer-${at + 1}@gov.example`,
      role: 'officer' as const,
      lang: null,
      standIn: null,
    }));
    const officerIds = await writer.addOfficers(rows);
    const people: { platform: Service; account: string }[] = [];
    await writer.addCommitments(
      rows.map((row, at) => ({
        title: `Promise number ${at + 1}`,
        partners: ['Laos'],
        due: { precision: 'day', start: FRIDAY, end: FRIDAY, raw: FRIDAY },
        leadId: row.agencyId,
        officerId: officerIds[at] ?? 0,
        classification: 'open',
        registeredAt: BEGINNING,
      })),
    );
    for (const [at, row] of rows.entries()) {
      const officerId = officerIds[at] ?? 0;
      const person = newPerson(
        (at + Math.floor(at / size.channels)) % 2 === 0 ? 'slack' : 'discord',
        row.name,
        row.email,
      );
      people.push(person);
      await link(person, officerId);
      if (at % 10 === 0)
        await writer.setChannel({
          platform: person.platform,
          conversation: directOf(person),
          kind: 'direct',
          officerId,
        });
    }
    // The clock that the running bot lets one move: from here on the machine's time counts on.
    await writer.setSetting('playground-clock', Date.parse(BEGINNING) - Date.now());
    return { coordinator: COORDINATOR, agencies, coordination, people };
  });
}
