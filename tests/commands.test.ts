import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../src/chat/discord/limits.ts';
import { LANGS } from '../src/chat/language.ts';
import { NoCommand, readCommands, shapesOf } from '../src/chat/read-commands.ts';
import { phrases } from '../src/locales/index.ts';

const commands = await readCommands(fileURLToPath(new URL('../commands', import.meta.url)));
const shapes = shapesOf(commands, phrases);
const each = shapes.flatMap((shape) => LANGS.map((lang) => [shape.path, lang, shape] as const));

describe('every command', () => {
  it.each(each)('%s (%s) has its sentences, as long as every dialect shows them', (_path, lang, shape) => {
    const between = (text: string, most: number) => {
      expect(text.trim()).not.toBe('');
      expect(text.length, text).toBeLessThanOrEqual(most);
    };
    between(shape.title(lang), 24);
    between(shape.description(lang), 100);
    for (const option of shape.options) {
      between(option.label(lang), 45);
      between(option.hint(lang), 100);
      for (const choice of option.choices(lang)) {
        between(choice.label, 75);
        between(choice.value, 75);
      }
      expect(option.choices(lang).length).toBeLessThanOrEqual(25);
      // Labels are typed as names: two blanks of a command must not have the same.
      expect(shape.options.filter((other) => other.label(lang) === option.label(lang))).toEqual([option]);
    }
  });

  it.each(shapes.map((shape) => [shape.path, shape] as const))('%s can be filled in and typed', (_path, shape) => {
    const required = shape.options.filter((option) => option.required);
    // Whoever has little to say is done after the first step, where a form comes in steps.
    expect(required.length).toBeLessThanOrEqual(LIMITS.modalComponents);
    // What a form never asks for cannot be required: nobody could give it.
    for (const option of required) expect(option.asked, option.name).toBe(true);
    // Words take the rest of a line once.
    const rest = shape.options.filter((option) => option.positional === 'rest');
    expect(rest.length).toBeLessThanOrEqual(1);
    // And what follows it in order could never be reached without its name.
    const positional = shape.options.filter((option) => option.positional !== null);
    if (rest[0]) expect(positional.at(-1)).toBe(rest[0]);
  });

  it('has one name, of today or of before', () => {
    const names = [...commands].flatMap(([name, command]) => [name, ...(command.formerly ?? [])]);
    expect(new Set(names).size).toBe(names.length);
  });
});

async function reading(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'accord-commands-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    return [...(await readCommands(folder)).keys()].join(' ');
  } catch (error) {
    if (error instanceof NoCommand) return error.message;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const GOOD = "export default { options: {}, answers: 'private', async handle() { return { say: {} }; } };";

describe('the folder of commands', () => {
  it('makes a command of every file, by its path', async () => {
    expect(await reading({ 'my/list.ts': GOOD, 'my/not-mine.ts': GOOD, 'README.md': '#' })).toBe('my/list my/not-mine');
  });

  it.each([
    ['without a default export', 'my/list.ts', 'export const list = 1;'],
    ['without a handler', 'my/list.ts', "export default { options: {}, answers: 'private' };"],
    ['with an answer that is none', 'my/list.ts', GOOD.replace("'private'", "'loud'")],
    ['with options that are none', 'my/list.ts', GOOD.replace('options: {}', 'options: { Text: {} }')],
    ['named otherwise', 'my/List.ts', GOOD],
    ['of another language', 'my/list.js', GOOD],
  ])('names a file %s', async (_what, file, text) => {
    const message = await reading({ 'accord/help.ts': GOOD, [file]: text });
    expect(message).toContain('these files are not commands');
    expect(message).toContain(`commands/${file}`);
    expect(message).not.toContain('accord/help');
  });

  it('names every one at once', async () => {
    const message = await reading({ 'a/one.ts': '', 'b/two.ts': '' });
    expect(message).toContain('commands/a/one.ts');
    expect(message).toContain('commands/b/two.ts');
  });

  it('and a command whose sentences are missing', async () => {
    const [first] = commands;
    if (!first) throw new Error('there are no commands');
    expect(() => shapesOf(new Map([['treaty/annul', first[1]]]), phrases)).toThrow(
      "commands/treaty/annul.ts: the sentence 'command.treaty/annul' is missing",
    );
  });
});
