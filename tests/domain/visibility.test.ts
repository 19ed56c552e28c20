import { expect, it } from 'vitest';
import { mayRead, type Sight } from '../../src/domain/visibility.ts';

it.each<[Sight, boolean]>([
  ['chat', false],
  ['shell', true],
  ['house', true],
])('what is restricted is read by %s: %s', (sight, may) => {
  expect(mayRead('restricted', sight)).toBe(may);
  expect(mayRead('open', sight)).toBe(true);
});
