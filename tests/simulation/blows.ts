import type { Luck } from './luck.ts';
import type { WorldFault } from './weather.ts';

/** Something that befalls the whole world at some moment (ms). */
export interface Blow {
  readonly at: number;
  readonly kind: WorldFault;
}

const WEEK = 7 * 86_400_000;

/** In which share of the worlds of six weeks each strikes, and how often there at most; in a longer one, every six weeks. */
export const SHARES: Readonly<Record<WorldFault, { readonly share: number; readonly most: number }>> = {
  'platform-outage': { share: 0.4, most: 4 },
  'database-restart': { share: 0.3, most: 4 },
  'clock-jump': { share: 0.2, most: 2 },
  downtime: { share: 0.2, most: 2 },
  'downtime-of-days': { share: 0.15, most: 1 },
  'person-left': { share: 0.3, most: 2 },
  'channel-archived': { share: 0.2, most: 1 },
};

/** What befalls a world between two moments: some see nothing, some see everything. */
export function blowsOf(luck: Luck, from: number, until: number): Blow[] {
  const blows: Blow[] = [];
  const times = Math.max(1, Math.round((until - from) / (6 * WEEK)));
  for (const [kind, { share, most }] of Object.entries(SHARES) as [WorldFault, { share: number; most: number }][])
    for (let time = 0; time < times; time++) {
      if (!luck.chance(share)) continue;
      for (let each = luck.whole(1, most); each > 0; each--) blows.push({ at: luck.whole(from, until), kind });
    }
  return blows.toSorted((a, b) => a.at - b.at);
}
