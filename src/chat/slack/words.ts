/** Slack writes three characters of what people type as entities. */
export const unescapeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Where somebody is sent who names no command. */
const HELP = 'accord/help';

/** A slash command or a line to the bot as path and words: the noun, then the verb; else help about the noun. */
export function pathOf(noun: string, text: string, known: ReadonlySet<string>): { path: string; words: string } {
  const typed = text.trim();
  const verb = /^\S+/.exec(typed)?.[0] ?? '';
  const path = `${noun}/${verb.toLowerCase()}`;
  if (known.has(path)) return { path, words: typed.slice(verb.length).trim() };
  return { path: HELP, words: noun };
}
