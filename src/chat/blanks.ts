import type { z } from 'zod';
import type { Blanks } from './interaction.ts';
import type { Options } from './option.ts';
import { fromPeople } from './text.ts';

/** Whatever dialect it came through, nothing that people type may turn or hide the words beside it. */
export const cleaned = (blanks: Blanks): Blanks =>
  Object.fromEntries(
    Object.entries(blanks).map(([name, value]) => [name, typeof value === 'string' ? fromPeople(value) : value]),
  );

/** The blanks that are words and not left empty: what a draft or a form can keep. */
export const textBlanks = (blanks: Blanks): Record<string, string> =>
  Object.fromEntries(
    Object.entries(blanks).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  );

/** The blanks as a handler gets them, or all that cannot be read. `code` finds the sentence (`invalid.<code>`). */
export function parseBlanks(
  options: Options,
  blanks: Blanks,
): { filled: Record<string, unknown> } | { problems: readonly { name: string; code: string; max: number }[] } {
  const filled: Record<string, unknown> = {};
  const problems: { name: string; code: string; max: number }[] = [];
  for (const [name, option] of Object.entries(options)) {
    const result = option.schema.safeParse(blanks[name] === '' ? undefined : blanks[name]);
    if (result.success) filled[name] = result.data;
    else problems.push({ name, code: codeOf(result.error), max: option.maxLength });
  }
  return problems.length > 0 ? { problems } : { filled };
}

const codeOf = (error: z.ZodError): string => error.issues[0]?.message ?? 'required';
