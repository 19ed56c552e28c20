import { describe, test, vi } from 'vitest';
import type { DiscordDouble } from '../doubles/discord/index.ts';
import { type Peculiar, wrongCharacters, wrongFiles, wrongMoment, wrongWords } from './bad-input.ts';
import { openStage } from './stage-discord.ts';

// The stage keeps its double to itself; what is on its screens is looked at here.
const opened = vi.hoisted((): DiscordDouble[] => []);
vi.mock('../doubles/discord/index.ts', async (importOriginal) => {
  const real = await importOriginal<typeof import('../doubles/discord/index.ts')>();
  return {
    ...real,
    openDiscordDouble: async (...wish: Parameters<typeof real.openDiscordDouble>) => {
      const double = await real.openDiscordDouble(...wish);
      opened.push(double);
      return double;
    },
  };
});

/** A mention, a masked link, a bare link: wherever no backslash or code takes its meaning away. */
const LIVE = /(?<!\\)<(?:@[!&]?|#)\d+>|(?<![\\`])\]\((?!\\)https?:|(?<!\\)<https?:[^|]*>/g;

const DISCORD: Peculiar = {
  open: openStage,
  // Discord sends no command that was not registered.
  unknown: [],
  longLines: false,
  async alarms() {
    const { world } = opened.at(-1) ?? {};
    const said = [...(world?.messages.values() ?? [])];
    if (said.length === 0) throw new Error('nothing was said');
    return said.flatMap((message) => [
      // No message may notify more than the people it was written for: none by role, by name in the text, or all.
      ...(JSON.stringify((message.allowed_mentions as { parse?: unknown } | undefined)?.parse) === '[]'
        ? []
        : [`may notify: ${JSON.stringify(message.allowed_mentions)}`]),
      ...(JSON.stringify(message.components).match(LIVE) ?? []),
    ]);
  },
};

describe('discord: bad input', () => {
  test('wrong words', () => wrongWords(DISCORD));
  test('at the wrong moment', () => wrongMoment(DISCORD));
  test('wrong files', () => wrongFiles(DISCORD));
  test('wrong characters', () => wrongCharacters(DISCORD));
});
