import { fileURLToPath } from 'node:url';
import { fitted as fittedDiscord } from '../../src/chat/discord/fitted.ts';
import type { Lang } from '../../src/chat/language.ts';
import type { Button, MessageDocument } from '../../src/chat/message.ts';
import { fitPlayground } from '../../src/chat/playground/room.ts';
import { readCommands, shapesOf } from '../../src/chat/read-commands.ts';
import { fitted as fittedSlack } from '../../src/chat/slack/render.ts';
import { phrases } from '../../src/locales/index.ts';
import { speaker } from '../../src/locales/speaker.ts';
import { CONTINUED } from '../support/once.ts';
import { ZONE } from './register.ts';
import { SPECIMENS, type Specimen } from './specimens.ts';

export const commands = await readCommands(fileURLToPath(new URL('../../commands', import.meta.url)));
const shapes = shapesOf(commands, phrases);
export const NAMES = Object.keys(SPECIMENS);
/** What the golden files show: as many as a usual week has. */
export const USUALLY = 3;

/** A specimen as a message. */
export function made(name: string, lang: Lang, count = USUALLY): MessageDocument {
  const specimen: Specimen | undefined = SPECIMENS[name];
  if (!specimen) throw new Error(name);
  return { ...specimen(speaker(lang, ZONE), count, shapes), continued: CONTINUED };
}

/** Everything in a message that can be pressed. */
export function buttonsIn(document: MessageDocument): readonly Button[] {
  return document.blocks.flatMap((block) => {
    if (block.block === 'buttons') return block.buttons;
    if (block.block === 'menu') return block.choices;
    if (block.block === 'entries') return block.entries.flatMap((entry) => (entry.button ? [entry.button] : []));
    return [];
  });
}

/** The messages that a document becomes, by platform. */
export const FIT = { slack: fittedSlack, discord: fittedDiscord, playground: fitPlayground } as const;
export type Dialect = keyof typeof FIT;
export const DIALECTS = Object.keys(FIT) as readonly Dialect[];
