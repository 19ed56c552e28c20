import type { Speaker } from '../locales/speaker.ts';

/** 'Laos, China and 4 more': so many by name, the others counted. */
export const listSome = (speaker: Speaker, items: readonly string[], most: number): string =>
  speaker.list(
    items.length <= most ? items : [...items.slice(0, most), speaker.say('list.more', { count: items.length - most })],
  );
