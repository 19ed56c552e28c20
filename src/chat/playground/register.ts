import type { CommandShape, OptionShape } from '../command.ts';
import type { Choice } from '../form.ts';
import type { Lang } from '../language.ts';

/** A command as the composer completes it. */
export interface ViewCommand {
  readonly path: string;
  readonly noun: string;
  readonly verb: string;
  readonly description: string;
  readonly options: readonly ViewOption[];
}
export interface ViewOption {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  readonly completes: boolean;
  readonly file: boolean;
  readonly positional: OptionShape['positional'];
  readonly choices: readonly Choice[];
}

/** The commands that are offered for typing, in one language. */
export const typedCommands = (shapes: readonly CommandShape[], lang: Lang): readonly ViewCommand[] =>
  shapes
    .filter((shape) => !shape.hidden)
    .map((shape) => ({
      path: shape.path,
      noun: shape.noun,
      verb: shape.verb,
      description: shape.description(lang),
      options: shape.options.map((option) => ({
        name: option.name,
        label: option.label(lang),
        hint: option.hint(lang),
        required: option.required,
        completes: option.completes,
        file: option.kind === 'file',
        positional: option.positional,
        choices: option.kind === 'choice' ? option.choices(lang) : [],
      })),
    }));

/** What a typed line says: a command, known or not, with its words; null where it is none (`/noun` alone is none). */
export function readLine(line: string): { readonly path: string; readonly words: string } | null {
  const match = /^\s*\/([a-z-]+)\s+([a-z-]+)(?:\s+([\s\S]*))?$/i.exec(line);
  return match && { path: `${match[1]}/${match[2]}`.toLowerCase(), words: (match[3] ?? '').trim() };
}
