import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, decodeAction, encodeAction } from '../../src/chat/action.ts';
import { brokenLimits } from '../../src/chat/discord/broken-limits.ts';
import { fitted as fittedDiscord } from '../../src/chat/discord/fitted.ts';
import { render as renderDiscord } from '../../src/chat/discord/render.ts';
import { fit as divide } from '../../src/chat/fit.ts';
import { LANGS, type Lang } from '../../src/chat/language.ts';
import type { Button, MessageDocument } from '../../src/chat/message.ts';
import { plainDocument } from '../../src/chat/plain-document.ts';
import { plainLines } from '../../src/chat/playground/plain.ts';
import { withinLimits as playgroundHolds, render as renderPlayground } from '../../src/chat/playground/render.ts';
import { readCommands, shapesOf } from '../../src/chat/read-commands.ts';
import { withinLimits } from '../../src/chat/slack/limits.ts';
import { fitted as fittedSlack, render as renderSlack } from '../../src/chat/slack/render.ts';
import { phrases } from '../../src/locales/index.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { checkMessage } from '../doubles/discord/check-message.ts';
import { checkBlocks } from '../doubles/slack/blocks.ts';
import { CONTINUED, once } from '../support/once.ts';
import { ZONE } from './register.ts';
import { SPECIMENS, type Specimen } from './specimens.ts';

const commands = await readCommands(fileURLToPath(new URL('../../commands', import.meta.url)));
const shapes = shapesOf(commands, phrases);
const NAMES = Object.keys(SPECIMENS);
/** What the golden files show: as many as a usual week has. */
const USUAL = 3;

function made(name: string, lang: Lang, count = USUAL): MessageDocument {
  const specimen: Specimen | undefined = SPECIMENS[name];
  if (!specimen) throw new Error(name);
  return { ...specimen(speaker(lang, ZONE), count, shapes), continued: CONTINUED };
}

function buttonsIn(document: MessageDocument): readonly Button[] {
  return document.blocks.flatMap((block) => {
    if (block.block === 'buttons') return block.buttons;
    if (block.block === 'menu') return block.choices;
    if (block.block === 'entries') return block.entries.flatMap((entry) => (entry.button ? [entry.button] : []));
    return [];
  });
}

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

/** Things to press, wherever a dialect put them: none may be lost on the way. */
const pressables = (documents: readonly MessageDocument[]): readonly string[] =>
  documents.flatMap(buttonsIn).map((button) => `${button.label} ${JSON.stringify(button.does)}`);
const words = (documents: readonly MessageDocument[]): string =>
  documents
    .map(plainDocument)
    .join(' ')
    .replaceAll(/[\s•\d.]+/g, '');

describe.each([1, 10, 100])('with %i of what it lists', (count) => {
  it.each(NAMES.flatMap((name) => LANGS.map((lang) => [name, lang] as const)))(
    '%s (%s) is within the limits of every dialect, whole',
    (name, lang) => {
      const document = made(name, lang, count);
      const slack = fittedSlack(document);
      for (const part of slack) {
        const { blocks } = renderSlack(part);
        expect(withinLimits(blocks)).toBe(true);
        const checked = checkBlocks(blocks);
        if ('error' in checked) expect.fail(`${checked.error}: ${checked.messages.join('; ')}`);
      }
      const discord = fittedDiscord(document);
      for (const part of discord) {
        const rendered = renderDiscord(part);
        expect(brokenLimits(rendered)).toEqual([]);
        checkMessage(
          {
            flags: 1 << 15,
            components: rendered.components,
            allowed_mentions: { parse: [], users: rendered.mentions },
          },
          new Set(rendered.files.map((file) => file.name)),
          null,
        );
      }
      const playground = divide(document, (part) => playgroundHolds(renderPlayground(part)));
      for (const part of playground) expect(playgroundHolds(renderPlayground(part))).toBe(true);
      for (const parts of [slack, discord, playground]) {
        expect(pressables(parts)).toEqual(pressables([document]));
        expect(words(once(parts))).toBe(words([document]));
      }
    },
  );
});
