/** Slack writes three characters of what people type as entities. */
export const unescapeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Where somebody is sent who names no command. */
const HELP = 'accord/help';

/** A slash command or a line to the bot as path and words: the noun, then the verb, known or not; a noun alone is help about it. */
export function pathOf(noun: string, text: string): { path: string; words: string } {
  const typed = text.trim();
  const verb = /^\S+/.exec(typed)?.[0] ?? '';
  if (noun === '' || verb === '') return { path: HELP, words: noun };
  return { path: `${noun}/${verb.toLowerCase()}`, words: typed.slice(verb.length).trim() };
}
