import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Command, CommandShape, OptionShape, Phrases } from './command.ts';
import type { Lang } from './language.ts';
import type { Option } from './option.ts';

const declaration = z.object({
  options: z.record(
    z.string().regex(/^[a-z][a-z-]{0,31}$/),
    z.custom<Option>((value) => typeof value === 'object' && value !== null && 'schema' in value),
  ),
  answers: z.enum(['private', 'public', 'edit']),
  slow: z.boolean().optional(),
  open: z.boolean().optional(),
  hidden: z.boolean().optional(),
  forCoordinators: z.boolean().optional(),
  formerly: z.array(z.string()).optional(),
  home: z.boolean().optional(),
  shortcut: z.object({ anywhere: z.boolean().optional(), onMessage: z.string().optional() }).optional(),
  handle: z.custom((value) => typeof value === 'function'),
});

/** Thrown at start-up: each file that is no command, by name, and what is wrong with it. */
export class NoCommand extends Error {
  constructor(problems: readonly string[]) {
    super(`these files are not commands:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Reads commands/<noun>/<verb>.ts: the path is what people type. `load` imports one of them. */
export async function readCommands<H, A>(
  folder: string,
  load: (noun: string, verb: string) => Promise<unknown> = (noun, verb) =>
    import(pathToFileURL(join(folder, noun, `${verb}.ts`)).href),
): Promise<ReadonlyMap<string, Command<H, A>>> {
  const commands = new Map<string, Command<H, A>>();
  const problems: string[] = [];
  const nouns = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const noun of nouns.toSorted()) {
    for (const file of (await readdir(join(folder, noun))).toSorted()) {
      const verb = file.replace(/\.ts$/, '');
      const path = `${noun}/${verb}`;
      if (!/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(path) || !file.endsWith('.ts')) {
        problems.push(`commands/${noun}/${file}: a command is a .ts file named after its verb, in lower case`);
        continue;
      }
      const module = (await load(noun, verb)) as { default?: unknown };
      const parsed = declaration.safeParse(module.default);
      if (parsed.success) commands.set(path, module.default as Command<H, A>);
      else problems.push(`commands/${path}.ts: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
    }
  }
  if (problems.length > 0) throw new NoCommand(problems);
  return commands;
}

/** The commands as platforms show them. Throws NoCommand where one lacks its sentences. */
export function shapesOf<H, A>(commands: ReadonlyMap<string, Command<H, A>>, phrases: Phrases): CommandShape[] {
  const problems: string[] = [];
  const must = (path: string, keys: readonly string[]): ((lang: Lang) => string) => {
    const key = keys.find((each) => phrases.find('en', each) !== null);
    if (key === undefined) problems.push(`commands/${path}.ts: the sentence '${keys[0]}' is missing in src/locales`);
    return (lang) => (key === undefined ? '' : (phrases.find(lang, key) ?? ''));
  };
  for (const [path, { options, shortcut }] of commands)
    if (shortcut?.onMessage !== undefined && !(shortcut.onMessage in options))
      problems.push(`commands/${path}.ts: its shortcut fills '${shortcut.onMessage}', which is no option of it`);
  const shapes = [...commands].map(([path, command]): CommandShape => {
    const [noun = '', verb = ''] = path.split('/');
    return {
      path,
      noun,
      verb,
      nounName: (lang) => phrases.find(lang, `noun.${noun}`),
      hidden: command.hidden ?? false,
      forCoordinators: command.forCoordinators ?? false,
      home: command.home ?? false,
      ...(command.shortcut === undefined
        ? {}
        : {
            shortcut: {
              ...command.shortcut,
              label: must(path, [command.shortcut.onMessage === undefined ? `title.${path}` : `shortcut.${path}`]),
            },
          }),
      description: must(path, [`command.${path}`]),
      title: must(path, [`title.${path}`]),
      options: Object.entries(command.options).map(([name, option]): OptionShape => {
        const choices = (option.choices ?? []).map((value) => ({
          value,
          label: must(path, [`choice.${name}.${value}`, `choice.${value}`, `${name}.${value}`]),
        }));
        return {
          name,
          kind: option.kind,
          field: option.field,
          required: option.required,
          completes: option.completes,
          asked: option.asked,
          positional: option.positional,
          maxLength: option.maxLength,
          label: must(path, [`option.${path}.${name}`, `option.${name}`]),
          hint: must(path, [`hint.${path}.${name}`, `hint.${name}`]),
          choices: (lang) => choices.map(({ value, label }) => ({ value, label: label(lang) })),
        };
      }),
    };
  });
  if (problems.length > 0) throw new NoCommand(problems);
  return shapes;
}
