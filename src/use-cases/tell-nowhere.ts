import type { House } from './house.ts';
import type { Reader, Writer } from './ports.ts';
import { coordinationChannels, tellDirectly } from './tell.ts';

/** Whether there is a coordination channel where something can be said: on a platform that this house is connected to. */
export const hasCoordination = async (house: House, reader: Reader): Promise<boolean> =>
  (await coordinationChannels(house, reader)).some((each) => house.platforms.includes(each.platform));

/** The digest has no channel to be posted in: each coordinator hears of it directly, once, and /accord health goes on saying it. */
export async function tellNowhere(house: House, writer: Writer): Promise<void> {
  for (const coordinator of await writer.officers({ role: 'coordinator' }))
    await tellDirectly(writer, house, coordinator, {
      key: `digest-nowhere:${coordinator.id}`,
      kind: 'digest-nowhere',
      facts: {},
    });
}
