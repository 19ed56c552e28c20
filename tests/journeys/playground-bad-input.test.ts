import { describe, test } from 'vitest';
import { type Peculiar, wrongCharacters, wrongFiles, wrongMoment, wrongWords } from './bad-input.ts';
import { openPlaygroundByHttp } from './stage-playground.ts';

const PLAYGROUND: Peculiar = {
  open: openPlaygroundByHttp,
  unknown: ['/dance now', '/commitment dance', '/commitment', 'hello'],
  longLines: false,
  // The page has no mention and no link to begin with: its words are text.
  alarms: async () => [],
};

describe('playground: bad input', () => {
  test('wrong words', () => wrongWords(PLAYGROUND));
  test('at the wrong moment', () => wrongMoment(PLAYGROUND));
  test('wrong files', () => wrongFiles(PLAYGROUND));
  test('wrong characters', () => wrongCharacters(PLAYGROUND));
});
