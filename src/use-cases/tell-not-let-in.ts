import type { House } from './house.ts';
import { type Actor, type ChannelView, HOUSE } from './ports.ts';
import { tellCoordinators } from './tell.ts';

/** What is found out while something is said. */
const RELAY: Actor = {
  sight: 'house',
  officerId: null,
  name: 'relay',
  displayName: 'Accord',
  role: 'house',
  agencyId: null,
  via: 'job',
};

/**
 * Members could not be let into their working group's conversation: they left the workspace or server, or it refuses
 * them. The others are in; the coordinators are told once who is missing.
 */
export async function tellNotLetIn(house: House, channel: ChannelView, accounts: readonly string[]): Promise<void> {
  const { groupId, platform } = channel;
  if (groupId === null) return;
  const reader = house.store.read(HOUSE);
  const found = await Promise.all(accounts.map((account) => reader.officerOfAccount(platform, account)));
  const officerIds = found.flatMap((officer) => officer?.id ?? []);
  if (officerIds.length === 0) return;
  await house.store.write(RELAY, (writer) =>
    tellCoordinators(writer, house, {
      key: `group-missing:${groupId}:${officerIds.join(',')}`,
      kind: 'group-missing',
      facts: { groupId, officerIds },
    }),
  );
}
