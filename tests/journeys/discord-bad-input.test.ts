import { describe, test } from 'vitest';
import { alarmsOnDiscord } from './alarms.ts';
import { type Peculiar, wrongCharacters, wrongFiles, wrongMoment, wrongWords } from './bad-input.ts';
import { type DiscordStage, openStage } from './stage-discord.ts';

const DISCORD: Peculiar = {
  open: openStage,
  // Discord sends no command that was not registered.
  unknown: [],
  longLines: false,
  alarms: async (stage) => alarmsOnDiscord((stage as DiscordStage).double),
};

describe('discord: bad input', () => {
  test('wrong words', () => wrongWords(DISCORD));
  test('at the wrong moment', () => wrongMoment(DISCORD));
  test('wrong files', () => wrongFiles(DISCORD));
  test('wrong characters', () => wrongCharacters(DISCORD));
});
