/** The languages Accord speaks. A further one is a file in `src/locales` and a word here. */
export const LANGS = ['en', 'vi', 'ar'] as const;
export type Lang = (typeof LANGS)[number];

/** Which way a language is written. */
export const directionOf = (lang: Lang): 'ltr' | 'rtl' => (lang === 'ar' ? 'rtl' : 'ltr');

/** The language meant by a platform's locale ('vi', 'en-GB', 'ar_EG'), or null where it is none of ours. */
export function langOf(locale: string | undefined): Lang | null {
  const head = locale?.toLowerCase().split(/[-_]/)[0];
  return LANGS.find((lang) => lang === head) ?? null;
}
