import type { OptionShape } from './command.ts';
import type { Blanks, IncomingFile } from './interaction.ts';
import { LANGS } from './language.ts';

/** name:value or name:"several words", the name in any of the house's languages. */
const PAIR = '([\\p{L}\\p{M}_-]{1,45}):(?:"([^"]*)"|(\\S+))';
const FIRST = new RegExp(`^${PAIR}(?:\\s+|$)`, 'u');
const LAST = new RegExp(`(?:^|\\s)${PAIR}\\s*$`, 'u');

/** Kinds whose value may be several words where nothing else follows: "/officer invite Trần Văn Minh". */
const SEVERAL_WORDS: ReadonlySet<string> = new Set(['agency', 'officer', 'choice', 'due-date', 'day']);

/**
 * The words after a command, as blanks: `C-142 No site yet due:2026` fills `commitment`, `text` and `due`.
 * Named values stand before the free text or after it; inside it "result: yes" is what somebody wrote. Options that
 * take words without a name are filled in order: one token each, the last all the rest. Words that fit nowhere stay
 * in `rest`. Nothing is dropped.
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
    if (option.kind === 'file' && files[0]) blanks[option.name] = files[0];
  }
  let rest = words.trim();

  /** Takes a named value that stands at this edge; false where none does. */
  function takeNamed(edge: RegExp): boolean {
    const [whole, name = '', quoted, bare = ''] = edge.exec(rest) ?? [];
    const option = byName.get(name.toLowerCase());
    if (whole === undefined || !option || option.kind === 'file' || option.name in blanks) return false;
    blanks[option.name] = asValue(option, quoted ?? bare);
    rest = (edge === FIRST ? rest.slice(whole.length) : rest.slice(0, -whole.length)).trim();
    return true;
  }

  const waiting = () => options.filter((option) => option.positional !== null && !(option.name in blanks));
  while (takeNamed(LAST));
  while (rest !== '') {
    if (takeNamed(FIRST)) continue;
    const [option, next] = waiting();
    if (!option) break;
    const token = /^"([^"]*)"(?:\s+|$)/.exec(rest) ?? /^(\S+)\s*/.exec(rest);
    if (option.positional === 'rest' || (!next && SEVERAL_WORDS.has(option.kind)) || !token) {
      blanks[option.name] = asValue(option, rest.replace(/^"([^"]*)"$/, '$1'));
      rest = '';
    } else {
      blanks[option.name] = asValue(option, token[1] ?? '');
      rest = rest.slice(token[0].length);
    }
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
