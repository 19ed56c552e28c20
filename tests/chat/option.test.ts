import { describe, expect, it } from 'vitest';
import {
  choice,
  commitment,
  file,
  INVALID,
  longText,
  number,
  type Option,
  obstacle,
  text,
  workingGroup,
} from '../../src/chat/option.ts';

/** What a handler gets, or the code of the refusal. */
const reads = (option: Option, value: unknown): unknown => {
  const parsed = option.schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const code = parsed.error.issues[0]?.message ?? '';
  expect(INVALID).toContain(code);
  return code;
};

describe('a blank', () => {
  it.each<[string, Option, unknown, unknown]>([
    ['words, trimmed', text({ required: true }), '  a b ', { value: 'a b' }],
    ['words that are missing', text({ required: true }), undefined, 'required'],
    ['only spaces', text({ required: true }), '   ', 'required'],
    ['as many words as fit', text({ required: true, maxLength: 3 }), 'abc', { value: 'abc' }],
    ['one too many', text({ required: true, maxLength: 3 }), 'abcd', 'too-long'],
    ['a paragraph of 3,000', longText({ required: true }), 'x'.repeat(3000), { value: 'x'.repeat(3000) }],
    ['of 3,001', longText({ required: true }), 'x'.repeat(3001), 'too-long'],
    ['an optional one left out', text({}), undefined, { value: undefined }],
    ['an optional one left empty', text({}), '', { value: undefined }],
    ['a choice', choice(['yes', 'no'], { required: true }), 'yes', { value: 'yes' }],
    ['no choice', choice(['yes', 'no'], { required: true }), 'perhaps', 'not-a-choice'],
    ['a choice left out', choice(['yes', 'no'], { required: true }), undefined, 'required'],
    ['a number', number({ required: true }), '12', { value: 12 }],
    ['no number', number({ required: true }), '1.5', 'not-a-number'],
    ['a negative number', number({}), '-1', 'not-a-number'],
    ['a reference', commitment({ required: true }), 'c142', { value: 'C-142' }],
    ['with leading zeros', commitment({ required: true }), 'C-0142', { value: 'C-142' }],
    ["another thing's", commitment({ required: true }), 'OB-142', 'not-a-reference'],
    ['an obstacle', obstacle({ required: true }), 'ob-7', { value: 'OB-7' }],
    ['a group', workingGroup({ required: true }), 'WG3', { value: 'WG-3' }],
    ['a number alone', workingGroup({ required: true }), '3', { value: 'WG-3' }],
    ['a long number alone', commitment({ required: true }), '339', { value: 'C-339' }],
    ['a space between', commitment({ required: true }), 'c 142', { value: 'C-142' }],
    ['a dash that an autocorrection put', commitment({ required: true }), 'C\u2013142', { value: 'C-142' }],
    ['Arabic digits', obstacle({ required: true }), 'OB-\u0667', { value: 'OB-7' }],
    ['a word', commitment({ required: true }), 'bridge', 'not-a-reference'],
    ['too many digits', commitment({ required: true }), '1234567890', 'not-a-reference'],
    ['words for a file', file({ required: true }), 'annex.csv', 'not-a-file'],
    ['nothing for a file', file({ required: true }), undefined, 'not-a-file'],
  ])('%s', (_what, option, value, expected) => {
    expect(reads(option, value)).toEqual(expected);
  });
});
