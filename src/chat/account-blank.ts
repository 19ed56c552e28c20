import type { Blanks } from './interaction.ts';
import type { Options } from './option.ts';

/** Somebody's account on a platform, as a blank that asks for a person holds it: '@paper:U1'. */
export const accountBlank = (platform: string, id: string): string => `@${platform}:${id}`;

/** The account that a blank names; null where it holds other words. */
export function accountOfBlank(words: string): { readonly platform: string; readonly id: string } | null {
  const [, platform, id] = /^@([a-z]+):(\S{1,64})$/.exec(words.trim()) ?? [];
  return platform === undefined || id === undefined ? null : { platform, id };
}

/** Mentions where an officer is asked for, as the accounts they name. A bare id stays: it may be somebody's name. */
export function withAccounts(
  options: Options,
  blanks: Blanks,
  platform: string,
  accountIn: (typed: string) => string | null,
): Blanks {
  const named = Object.entries(blanks).map(([name, value]): [string, Blanks[string]] => {
    if (options[name]?.kind !== 'officer' || typeof value !== 'string' || !value.startsWith('<')) return [name, value];
    const id = accountIn(value);
    return [name, id === null ? value : accountBlank(platform, id)];
  });
  return Object.fromEntries(named);
}
