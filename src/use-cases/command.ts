import type { Command, Context } from '../chat/command.ts';
import type { Options } from '../chat/option.ts';
import { type Speaker, speaker } from '../locales/speaker.ts';
import type { House } from './house.ts';
import type { Pressed } from './mark-reminder.ts';
import type { Actor } from './ports.ts';

/** A command of this house. The file's path is what people type. */
export const command = <const O extends Options>(declaration: Command<House, Actor, O>): Command<House, Actor, O> =>
  declaration;

export type HouseContext = Context<House, Actor>;

/** The speaker for whoever asked. */
export const speakerOf = (context: HouseContext): Speaker => speaker(context.lang, context.house.zone);

/** The message whose button was pressed, or null. */
export function pressedIn({ account, place }: HouseContext): Pressed | null {
  return place.message === undefined
    ? null
    : { platform: account.platform, conversation: place.conversation, message: place.message };
}
