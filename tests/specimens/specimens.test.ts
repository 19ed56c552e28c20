import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, decodeAction, encodeAction } from '../../src/chat/action.ts';
import { fitted as fittedDiscord } from '../../src/chat/discord/fitted.ts';
import { render as renderDiscord } from '../../src/chat/discord/render.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { plainLines } from '../../src/chat/playground/plain.ts';
import { render as renderPlayground } from '../../src/chat/playground/render.ts';
import { fitted as fittedSlack, render as renderSlack } from '../../src/chat/slack/render.ts';
import { buttonsIn, commands, made, NAMES } from './made.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
const golden = (lang: Lang, name: string, dialect: string): string =>
  `golden/${lang}/${name.replaceAll(' ', '-')}.${dialect}`;

describe('every kind of message', () => {
  it('has a specimen', () => {
    const folder = fileURLToPath(new URL('../../src/messages', import.meta.url));
    const makers = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(
          /^export function (\w+)\((?:(?!^\})[\s\S])*?\): MessageDocument \{/gm,
        ),
      ].map(([, name]) => name),
    );
    expect(makers.length).toBeGreaterThan(15);
    expect([...new Set(NAMES.map((name) => name.split(' ')[0]))].toSorted()).toEqual(makers.toSorted());
  });
});

describe.each(LANGS)('in %s', (lang) => {
  it.each(NAMES)('%s reads as in its golden file, in each dialect', async (name) => {
    const document = made(name, lang);
    const view = renderPlayground(document);
    await expect(`${plainDocument(document)}\n`).toMatchFileSnapshot(golden(lang, name, 'plain.txt'));
    await expect(`${plainLines(view)}\n`).toMatchFileSnapshot(golden(lang, name, 'playground.txt'));
    await expect(json(fittedSlack(document).map((part) => renderSlack(part)))).toMatchFileSnapshot(
      golden(lang, name, 'slack.txt'),
    );
    await expect(json(fittedDiscord(document).map((part) => renderDiscord(part)))).toMatchFileSnapshot(
      golden(lang, name, 'discord.txt'),
    );
  });

  it.each(NAMES)('%s has no sentence with a gap, and a line for its notification', (name) => {
    const document = made(name, lang);
    const text = plainDocument(document);
    expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}|Invalid Date|<\/?b>/);
    expect(document.summary.trim()).not.toBe('');
    expect(document.summary).not.toContain('\n');
    expect(text).not.toMatch(/!(\s|$)/);
  });

  it.each(NAMES)('%s has only buttons that a command understands', (name) => {
    for (const [at, button] of buttonsIn(made(name, lang, 10)).entries()) {
      const { path, blanks } = button.does;
      const command = commands.get(path);
      expect(command, path).toBeDefined();
      for (const [blank, value] of Object.entries(blanks)) {
        if (blank === 'draft') continue;
        const option = command?.options[blank];
        expect(option, `${path} ${blank}`).toBeDefined();
        expect(option?.schema.safeParse(value).success, `${path} ${blank}:${value}`).toBe(true);
      }
      const code = encodeAction(button.does, String(at));
      expect(code.length).toBeLessThanOrEqual(CODE_LENGTH);
      expect(decodeAction(code)?.action).toEqual(button.does);
      expect(button.label.trim()).not.toBe('');
    }
  });
});
