import { LIMITS } from './limits.ts';

/** Letters that decomposition leaves whole. */
const WHOLE: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

/**
 * A text as a channel's name: lowercase Latin letters, digits and hyphens, at most 80. Vietnamese and other marks
 * are folded; of a script that cannot be folded, the Latin rest (a reference such as WG-3) remains.
 */
export function channelName(text: string): string {
  const folded = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðøłßæœı]/g, (letter) => WHOLE[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-');
  const name = trim(folded.slice(0, LIMITS.channelName));
  return name === '' ? 'accord' : name;
}

/** The n-th name to try: the wished one, then wished-2, wished-3 … */
export function withSuffix(name: string, attempt: number): string {
  if (attempt === 1) return name;
  const suffix = `-${attempt}`;
  return `${trim(name.slice(0, LIMITS.channelName - suffix.length))}${suffix}`;
}

const trim = (name: string): string => name.replace(/^-+|-+$/g, '');
