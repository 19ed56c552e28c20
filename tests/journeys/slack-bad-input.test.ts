import { describe, test } from 'vitest';
import { alarmsOnSlack } from './alarms.ts';
import { type Peculiar, wrongCharacters, wrongFiles, wrongMoment, wrongWords } from './bad-input.ts';
import { openStage, type SlackStage } from './stage-slack.ts';

const SLACK: Peculiar = {
  open: openStage,
  unknown: ['/commitment dance', '/commitment', 'hello'],
  longLines: true,
  alarms: async (stage) => alarmsOnSlack((stage as SlackStage).double),
};

describe('slack: bad input', () => {
  test('wrong words', () => wrongWords(SLACK));
  test('at the wrong moment', () => wrongMoment(SLACK));
  test('wrong files', () => wrongFiles(SLACK));
  test('wrong characters', () => wrongCharacters(SLACK));
});
