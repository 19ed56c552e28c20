import type { CommandShape } from '../command.ts';
import type { Said } from '../interaction.ts';
import { fromPeople } from '../text.ts';

/** What a shortcut on a message is called by Slack: the command's path after this. */
const ON_MESSAGE = 'message:';

/** The shortcuts of the house: those from anywhere by the path of their command, those on a message by a mark and it. */
export function shortcutsOf(commands: readonly CommandShape[]) {
  return commands.flatMap(({ path, title, description, shortcut }) => [
    ...(shortcut?.anywhere ? [{ type: 'global', callbackId: path, label: title, description } as const] : []),
    ...(shortcut?.onMessage === undefined
      ? []
      : [{ type: 'message', callbackId: `${ON_MESSAGE}${path}`, label: shortcut.label, description } as const]),
  ]);
}

/** What is meant by a shortcut; null where it is none of the house's. `text`: the message's, as people read it. */
export function meant(callbackId: string, commands: readonly CommandShape[], text?: string): Said | null {
  const onMessage = callbackId.startsWith(ON_MESSAGE);
  const path = onMessage ? callbackId.slice(ON_MESSAGE.length) : callbackId;
  const shortcut = commands.find((command) => command.path === path)?.shortcut;
  if (!shortcut) return null;
  const blank = onMessage ? shortcut.onMessage : undefined;
  const words = fromPeople(text ?? '').trim();
  const blanks = blank === undefined || words === '' ? {} : { [blank]: words };
  return { by: 'options', path, blanks, suggested: true };
}
