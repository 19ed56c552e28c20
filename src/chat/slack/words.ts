/** Slack writes three characters of what people type as entities. */
export const unescapeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Where somebody is sent who names no command. */
const HELP = 'accord/help';

/** A message's text as its reader sees it: mentions and links by their words. `nameOf`: a person's name, where known. */
export const readable = (text: string, nameOf: (id: string) => string): string =>
  unescapeEntities(
    text
      .replace(/<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, label?: string) => `@${label || nameOf(id)}`)
      .replace(/<#[CG][A-Z0-9]+(?:\|([^>]*))?>/g, (_, label?: string) => `#${label ?? ''}`)
      .replace(/<!(?:date\^[^|>]*|subteam\^[^|>]*)\|([^>]*)>/g, '$1')
      .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
      .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) =>
        label === undefined || label === url ? url : `${label} (${url})`,
      ),
  );

/** A slash command or a line to the bot as path and words: the noun, then the verb, known or not; a noun alone is help about it. */
export function pathOf(noun: string, text: string): { path: string; words: string } {
  const typed = text.trim();
  const verb = /^\S+/.exec(typed)?.[0] ?? '';
  if (noun === '' || verb === '') return { path: HELP, words: noun };
  return { path: `${noun}/${verb.toLowerCase()}`, words: typed.slice(verb.length).trim() };
}
