import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf, type Prefix, refOf } from '../../src/domain/reference.ts';

describe('a reference', () => {
  it.each(['C-142', 'c-142', 'C142', '142', ' C-142 ', 'C-0142'])('%j is commitment 142', (typed) => {
    expect(idOf('C', typed)).toBe(142);
  });

  it.each(['', 'C', 'C-', 'OB-142', 'C-14x', 'C--142', 'C-1 42', 'C-1234567890', '-142', 'C-1.5'])(
    '%j is no commitment',
    (typed) => {
      expect(idOf('C', typed)).toBeNull();
    },
  );

  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Prefix>('C', 'OB', 'SO', 'WG'),
        fc.integer({ min: 1, max: 999_999_999 }),
        (prefix, id) => {
          expect(idOf(prefix, refOf(prefix, id))).toBe(id);
        },
      ),
    );
  });
});
