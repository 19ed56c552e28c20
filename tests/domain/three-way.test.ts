import { expect, it } from 'vitest';
import { fateOf } from '../../src/domain/three-way.ts';

it.each([
  ['both say the same', { base: '1', present: '2', incoming: '2' }, 'same'],
  ['nobody amended it', { base: undefined, present: '1', incoming: '2' }, 'take'],
  ['what was amended was amended back', { base: '1', present: '1', incoming: '2' }, 'take'],
  ['only a hand changed it', { base: '1', present: '2', incoming: '1' }, 'keep'],
  ['both changed it, to different ends', { base: '1', present: '2', incoming: '3' }, 'ask'],
] as const)('where %s', (_case, values, fate) => {
  expect(fateOf(values)).toBe(fate);
});
