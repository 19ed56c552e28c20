import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, CodeTooLong, decodeAction, encodeAction } from '../../src/chat/action.ts';

describe('the code of an action', () => {
  it('holds path, blanks, version and position', () => {
    const code = encodeAction({ path: 'progress/report', blanks: { commitment: 'C-142' }, version: 3 }, '7');
    expect(code).toBe('progress/report?commitment=C-142|3|7');
    expect(decodeAction(code)).toEqual({
      action: { path: 'progress/report', blanks: { commitment: 'C-142' }, version: 3 },
      tail: '7',
    });
  });

  it('refuses what does not fit, and says by how much', () => {
    const fits = (length: number) => encodeAction({ path: 'a/b', blanks: { c: 'x'.repeat(length) } });
    const room = CODE_LENGTH - 'a/b?c=||'.length;
    expect(fits(room)).toHaveLength(CODE_LENGTH);
    expect(() => fits(room + 1)).toThrow(CodeTooLong);
  });

  it.each(['', 'progress/report', 'PROGRESS/REPORT?||', 'a?b=c||', 'a/b/c?||', '{"a":1}', 'a/b?x=1|v|', ' a/b?||'])(
    'is none of ours: %j',
    (code) => {
      expect(decodeAction(code)).toBeNull();
    },
  );

  it('comes back as it was, whatever people wrote into it', () => {
    const path = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,4})?\/[a-z]{1,8}$/);
    const blanks = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ unit: 'grapheme', maxLength: 6 }), {
      maxKeys: 2,
    });
    fc.assert(
      fc.property(path, blanks, fc.option(fc.nat(99_999)), fc.nat(99), (to, values, version, tail) => {
        const action = { path: to, blanks: { ...values }, ...(version === null ? {} : { version }) };
        try {
          expect(decodeAction(encodeAction(action, String(tail)))).toEqual({ action, tail: String(tail) });
        } catch (error) {
          if (!(error instanceof CodeTooLong)) throw error;
        }
      }),
    );
  });
});
