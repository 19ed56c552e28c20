import type { Luck } from '../simulation/luck.ts';

/**
 * Where a kill finds a bot. `planning`: in the middle of a planned run's transaction. `due`: within seconds of its
 * planned time. `claiming`: it has asked for deliveries and has no answer. `saying`, `said`, `told`: a message is about
 * to leave, was said and nobody told the bot, was just told. `recording`: it writes down what was said. `starting`: it
 * comes back from the kill before. `anywhere`: wherever luck finds it.
 */
export type Place =
  | 'planning'
  | 'due'
  | 'claiming'
  | 'saying'
  | 'said'
  | 'told'
  | 'recording'
  | 'starting'
  | 'anywhere';

export interface Kill {
  readonly place: Exclude<Place, 'planning' | 'due'>;
  /** Which of the bots. */
  readonly bot: number;
  /** After how many messages of all. */
  readonly after: number;
  /** Milliseconds more. */
  readonly delay: number;
}

/** Places that can be told apart from outside: what happens inside an embedded database nobody can hold up. */
const ANYWHERE_CAN = ['saying', 'said', 'said', 'told', 'starting', 'anywhere'] as const;
const ON_A_SERVER = [...ANYWHERE_CAN, 'claiming', 'recording'] as const;

/** So many kills, spread over so many messages; the same for the same luck. */
export function planOf(luck: Luck, kills: number, messages: number, bots: number, server: boolean): readonly Kill[] {
  const every = (messages * 0.9) / Math.max(kills, 1);
  return Array.from({ length: kills }, (_, at) => {
    const place = luck.pick<Kill['place']>(server ? ON_A_SERVER : ANYWHERE_CAN);
    return {
      place,
      bot: luck.whole(0, bots - 1),
      after: Math.floor(every * at + luck.next() * every),
      delay: place === 'told' ? luck.whole(0, 8) : place === 'saying' || place === 'said' ? 0 : luck.whole(0, 400),
    };
  });
}
