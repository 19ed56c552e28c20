import { z } from 'zod';
import { HOUSE, type Store } from './use-cases/ports.ts';

/** The coordination channel and the agencies' own, as the register has them; also what comes through the running bot's door. */
export const linkedChannelsShape = z.array(
  z.object({ platform: z.string(), conversation: z.string(), label: z.string() }),
);
/** The label of the channel that belongs to no agency. */
export const COORDINATION = 'coordination';
export type LinkedChannel = z.infer<typeof linkedChannelsShape>[number];

export async function linkedChannels(store: Store): Promise<LinkedChannel[]> {
  const reader = store.read(HOUSE);
  const [channels, agencies] = [await reader.channels(), await reader.agencies()];
  return channels.flatMap(({ platform, conversation, kind, agencyId }) => {
    if (conversation === null || (kind !== 'coordination' && kind !== 'agency')) return [];
    const label = kind === 'coordination' ? COORDINATION : (agencies.find(({ id }) => id === agencyId)?.name ?? kind);
    return [{ platform, conversation, label }];
  });
}
