import type { OptionShape } from './command.ts';
import type { Blanks, IncomingFile } from './interaction.ts';
import { LANGS } from './language.ts';

/** name:value or name:"several words", the name in any of the house's languages. */
const NAMED = /(?:^|\s)([\p{L}\p{M}_-]{1,45}):(?:"([^"]*)"|(\S+))/gu;

/**
 * The words after a command, as blanks: `C-142 due:2026 No site yet` fills `commitment`, `due` and `text`.
 * Named values first, wherever they stand; then options that take words without a name, in order: one token each,
 * the last kind all the rest. Words that fit nowhere stay in `rest`. Nothing is dropped.
 */
export function parseWords(
  options: readonly OptionShape[],
  words: string,
  files: readonly IncomingFile[] = [],
): { blanks: Blanks; rest: string } {
  const blanks: Record<string, string | IncomingFile> = {};
  const byName = new Map<string, OptionShape>();
  for (const option of options) {
    byName.set(option.name, option);
    for (const lang of LANGS) byName.set(option.label(lang).toLowerCase().replaceAll(' ', '-'), option);
  }
  let rest = words.replace(NAMED, (whole, name: string, quoted: string | undefined, bare: string | undefined) => {
    const option = byName.get(name.toLowerCase());
    if (!option || option.kind === 'file' || option.name in blanks) return whole;
    blanks[option.name] = asValue(option, quoted ?? bare ?? '');
    return ' ';
  });
  rest = rest.trim();
  for (const option of options) {
    if (option.name in blanks) continue;
    if (option.kind === 'file') {
      const file = files[0];
      if (file) blanks[option.name] = file;
      continue;
    }
    if (rest === '' || option.positional === null) continue;
    if (option.positional === 'rest') {
      blanks[option.name] = rest;
      rest = '';
      continue;
    }
    const quoted = /^"([^"]*)"\s*/.exec(rest);
    const token = quoted ?? /^(\S+)\s*/.exec(rest);
    if (!token) continue;
    blanks[option.name] = asValue(option, token[1] ?? '');
    rest = rest.slice(token[0].length);
  }
  return { blanks, rest };
}

/** A choice may be typed by its label in any language. */
function asValue(option: OptionShape, typed: string): string {
  if (option.kind !== 'choice') return typed;
  for (const lang of LANGS) {
    const match = option.choices(lang).find((choice) => choice.label.toLowerCase() === typed.toLowerCase());
    if (match) return match.value;
  }
  return typed;
}
