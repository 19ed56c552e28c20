import type { Day } from '../domain/calendar.ts';
import type { ComingParts } from './digest-beforehand.ts';
import { plannedAt } from './digest-week.ts';
import type { House } from './house.ts';
import type { Writer } from './ports.ts';
import { agencyChannels, tellCoordinators } from './tell.ts';

/**
 * What the coming digests say of agencies where nobody is named to be shown it: each agency's own channel has its part;
 * of those without one the coordinators hear, in one message. Resolves to the number of channels it is promised to.
 */
export async function tellUnseen(
  house: House,
  writer: Writer,
  unseen: readonly ComingParts[],
  today: Day,
): Promise<number> {
  const [first] = unseen;
  if (!first) return 0;
  const reached = new Set<number>();
  let promised = 0;
  for (const { id, agencyId } of await agencyChannels(house, writer)) {
    const digests = unseen.flatMap(({ monday, agencyIds }) =>
      agencyId !== null && agencyIds.includes(agencyId) ? [{ monday, agencyIds: [agencyId] }] : [],
    );
    if (agencyId === null || digests.length === 0) continue;
    reached.add(agencyId);
    const made = await writer.deliver({
      key: `digest-beforehand:${today}:${id}`,
      channelId: id,
      verb: 'post',
      kind: 'digest-beforehand',
      facts: { digests, marks: [] },
      notBefore: house.clock.now(),
      expiresAt: plannedAt(house, first.monday),
    });
    if (made) promised++;
  }
  const left = unseen
    .map(({ monday, agencyIds }) => ({ monday, agencyIds: agencyIds.filter((each) => !reached.has(each)) }))
    .filter(({ agencyIds }) => agencyIds.length > 0);
  if (left.length > 0)
    await tellCoordinators(writer, house, {
      key: `digest-unseen:${today}`,
      kind: 'digest-unseen',
      facts: { digests: left },
    });
  return promised;
}
