// @ts-check
/** Official Arabic correspondence here counts in Western digits. @type {Record<string, string>} */
const LOCALES = { en: 'en-GB', vi: 'vi-VN', ar: 'ar-EG-u-nu-latn' };

/**
 * @param {string} at ISO instant
 * @param {{ lang: string, clock: { zone: string } }} desk
 * @param {Intl.DateTimeFormatOptions} as
 */
export const dateOf = (at, { lang, clock }, as) =>
  new Intl.DateTimeFormat(LOCALES[lang] ?? lang, { timeZone: clock.zone, ...as }).format(new Date(at));

/** @type {Intl.DateTimeFormatOptions} */
export const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
/** @type {Intl.DateTimeFormatOptions} */
export const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
/** @type {Intl.DateTimeFormatOptions} */
export const SHORT = { weekday: 'short', day: 'numeric', month: 'short', ...TIME };

/** @param {number} bytes */
export const sizeOf = (bytes) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1048576
      ? `${Math.round(bytes / 1024)} kB`
      : `${(bytes / 1048576).toFixed(1)} MB`;
