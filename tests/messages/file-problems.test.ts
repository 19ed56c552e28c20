import { expect, it } from 'vitest';
import { LANGS } from '../../src/chat/language.ts';
import { PlatformError } from '../../src/chat/platform.ts';
import { UserError } from '../../src/domain/user-error.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { asUserError, explain } from '../../src/use-cases/explain.ts';

it.each(['file-too-large', 'file-gone', 'file-not-read'])(
  'a file that cannot be had (%s) is said under its field',
  (code) => {
    const said = LANGS.map((lang) => {
      const no = asUserError(new PlatformError('refused', code));
      return no && explain(no, speaker(lang, 'Asia/Ho_Chi_Minh'));
    });
    expect(said.map((each) => each?.field)).toEqual(['file', 'file', 'file']);
    expect(new Set(said.map((each) => each?.text)).size).toBe(3);
    expect(said[0]?.text).toMatch(/^The file .*\.$/);
  },
);

it('what is no person’s to mend stays a fault', () => {
  const no = new UserError('no-such-file', { file: 'x' });
  expect(asUserError(no)).toBe(no);
  expect(asUserError(new PlatformError('refused', 'channel-gone'))).toBeNull();
  expect(asUserError(new Error('x'))).toBeNull();
});
