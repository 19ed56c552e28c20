import { isJson, type Json, jsonList } from './problems.ts';
import type { Message, World } from './world.ts';

/** One thing that can be pressed: a button, or a choice of a select. */
export interface Pressable {
  readonly label: string;
  readonly customId: string;
  /** The choice's value, where it is one of a select. */
  readonly value?: string;
}

export interface Screen {
  readonly text: string;
  readonly pressables: readonly Pressable[];
}

/** A message as it stands on somebody's screen: the words, and what can be pressed. */
export function screenOf(world: World, message: Message): Screen {
  const lines: string[] = [];
  const pressables: Pressable[] = [];
  const press = (label: string, customId: string, value?: string) => {
    pressables.push({ label, customId, ...(value === undefined ? {} : { value }) });
    return `[${label}]`;
  };
  const show = (part: Json): void => {
    if (part.type === 10) lines.push(readable(world, String(part.content)));
    if (part.type === 2) lines.push(press(String(part.label), String(part.custom_id)));
    if (part.type === 13) lines.push(String(part.name));
    if (part.type === 3) {
      lines.push(String(part.placeholder ?? ''));
      for (const option of jsonList(part.options))
        lines.push(press(String(option.label), String(part.custom_id), String(option.value)));
    }
    for (const each of jsonList(part.components)) show(each);
    if (isJson(part.accessory)) show(part.accessory);
  };
  if (message.content !== '') lines.push(readable(world, message.content));
  for (const component of jsonList(message.components)) show(component);
  return { text: lines.join('\n'), pressables };
}

const MARKS = /\\([^0-9A-Za-z\s])|\*\*|`` (.*?) ``|`([^`]*)`|<@(\d+)>|<t:(-?\d+):([tdDfF])>/g;

/** Discord's markdown as it is read: marks gone, mentions by name, moments in the office's zone. */
export function readable(world: World, markdown: string): string {
  const fences = markdown.split(/^```$/m);
  return fences
    .map((part, index) =>
      index % 2 === 1
        ? part.trim()
        : part
            .split('\n')
            .map((line) => readLine(world, line))
            .join('\n'),
    )
    .join('');
}

function readLine(world: World, line: string): string {
  return line
    .replace(/^(?:#{1,3} |> |-# )/, '')
    .replace(/^(\s*)- /, '$1• ')
    .replace(
      MARKS,
      (_, escaped?: string, wide?: string, code?: string, user?: string, seconds?: string, style?: string) => {
        if (user !== undefined) return `@${world.users.get(user)?.global_name ?? 'unknown-user'}`;
        if (seconds !== undefined) return moment(Number(seconds), style);
        return escaped ?? wide ?? code ?? '';
      },
    );
}

const moment = (seconds: number, style: string | undefined): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    ...(style === 't' ? {} : { dateStyle: 'long' as const }),
    ...(style === 'D' || style === 'd' ? {} : { timeStyle: 'short' as const }),
  }).format(seconds * 1000);
