import { type Rendered as DiscordMessage, render as renderDiscord } from '../../src/chat/discord/render.ts';
import type { MessageDocument } from '../../src/chat/message.ts';
import { render as renderPlayground } from '../../src/chat/playground/render.ts';
import { render as renderSlack } from '../../src/chat/slack/render.ts';
import { type AnyBlock, checkBlocks, type RichText } from '../doubles/slack/blocks.ts';
import { readMrkdwn } from '../doubles/slack/mrkdwn.ts';
import type { Dialect } from './made.ts';

/**
 * How a service understands a message, written apart from the renderers: its skeleton (what stands in what, the number
 * of lines, every mark that would be one there), the texts in it, and whatever in it would notify or link.
 */
export interface Reading {
  readonly skeleton: readonly string[];
  readonly texts: readonly string[];
  readonly alarms: readonly string[];
}

const linesIn = (text: string): number => text.split('\n').length;

// Slack. A section of mrkdwn and rich text that say the same are one shape: which is taken depends on the words.

const MEANT = new Set(['plain', 'bold', 'code', 'date']);

function slack(document: MessageDocument): Reading {
  const { blocks, text } = renderSlack(document);
  const checked = checkBlocks(blocks);
  const reading = { skeleton: [] as string[], texts: [text] as string[], alarms: [] as string[] };
  for (const piece of readMrkdwn(text, { reading: 'eager', verbatim: true }))
    if (['user', 'broadcast', 'link'].includes(piece.as)) reading.alarms.push(`text: ${piece.as} ${piece.text}`);
  if ('error' in checked && checked.error === 'invalid_blocks') reading.alarms.push(...checked.messages);
  for (const block of blocks as AnyBlock[]) readBlock(block, reading);
  return reading;
}

type Open = { skeleton: string[]; texts: string[]; alarms: string[] };

function readBlock(block: AnyBlock, into: Open): void {
  switch (block.type) {
    case 'header':
      readText(block.text, into);
      return;
    case 'context':
      for (const each of block.elements) readText(each, into);
      return;
    case 'section':
      if (block.text) readText(block.text, into);
      if (block.accessory) into.skeleton.push(`press ${block.accessory.action_id}`);
      return;
    case 'rich_text':
      for (const element of block.elements) readRich(element, into);
      return;
    case 'actions':
      for (const each of block.elements) {
        into.skeleton.push(`press ${each.action_id}`);
        if (each.type === 'button') into.texts.push(each.text.text);
        if (each.type === 'static_select')
          into.skeleton.push(...each.options.map((option) => `choice ${option.value}`));
      }
      return;
    default:
      into.skeleton.push(block.type);
  }
}

function readText(
  object: { type: string; text: string; emoji?: boolean | undefined; verbatim?: boolean | undefined },
  into: Open,
): void {
  into.texts.push(object.text);
  if (object.type === 'plain_text') {
    if (object.emoji !== false) into.alarms.push(`emoji may be made of ${object.text}`);
    into.skeleton.push(`text of ${linesIn(object.text)}`);
    return;
  }
  const eager = readMrkdwn(object.text, { reading: 'eager', verbatim: object.verbatim === true });
  const careful = readMrkdwn(object.text, { reading: 'careful', verbatim: object.verbatim === true });
  for (const piece of eager) if (!MEANT.has(piece.as)) into.alarms.push(`${piece.as}: ${piece.text}`);
  if (JSON.stringify(eager) !== JSON.stringify(careful)) into.alarms.push(`read in two ways: ${object.text}`);
  into.skeleton.push(`text of ${linesIn(eager.map((piece) => piece.text).join(''))}`);
}

function readRich(element: RichText['elements'][number], into: Open): void {
  if (element.type === 'rich_text_list') {
    into.skeleton.push(`${element.style} list of ${element.elements.length}`);
    for (const item of element.elements) readRich(item, into);
    return;
  }
  const words = element.elements.map((each) => {
    if (each.type === 'text') return each.text;
    if (each.type !== 'date') into.alarms.push(JSON.stringify(each));
    return each.type === 'date' ? (each.fallback ?? '') : '';
  });
  // The direction of letters is found for a paragraph as a whole.
  into.texts.push(words.join(''));
  into.skeleton.push(`${element.type === 'rich_text_quote' ? 'quote' : 'text'} of ${linesIn(words.join(''))}`);
}

// Discord. A mark counts wherever no backslash stands before it.

const STARTS = /^\s*(#{1,3}|-#|[-*+]|>{1,3}|\d+\.)(?=\s|$)/;
const MARKS = /[*_~`|[\]<>@]|:\/\//g;

/** What Discord would make something of, line by line. */
const marksIn = (content: string): string[] =>
  content.split('\n').map((line) => {
    // An escaped mark is a letter like any other.
    const live = line.replace(/\\[^0-9A-Za-z\s]/g, 'x');
    return [STARTS.exec(live)?.[1]?.replace(/\d+/, '1') ?? '', ...(live.match(MARKS) ?? [])].join('');
  });

function discord(document: MessageDocument): Reading {
  const rendered: DiscordMessage = renderDiscord(document);
  const skeleton: string[] = [];
  const texts: string[] = [];
  const look = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) look(each);
    if (Array.isArray(part) || typeof part !== 'object' || part === null) return;
    const { type, content, custom_id, value, label, components, accessory, options } = part as Record<string, unknown>;
    skeleton.push(`${type ?? ''} ${custom_id ?? value ?? ''}`);
    if (typeof label === 'string') texts.push(label);
    if (typeof content === 'string') {
      texts.push(content);
      skeleton.push(...marksIn(content));
    }
    look(components);
    look(options);
    look(accessory);
  };
  look(rendered.components);
  return { skeleton, texts, alarms: rendered.mentions.map((account) => `mentions ${account}`) };
}

// The playground. The page shows each string as text (tests/rendering holds that); here it is the shape that counts.

function playground(document: MessageDocument): Reading {
  const skeleton: string[] = [];
  const texts: string[] = [];
  const look = (part: unknown, name: string): void => {
    if (typeof part === 'string' && !['is', 'code', 'style', 'lang', 'dir'].includes(name)) {
      texts.push(part);
      skeleton.push(`${name} of ${linesIn(part)}`);
    } else if (Array.isArray(part)) {
      skeleton.push(`${name} × ${part.length}`);
      const spans = part.flatMap((each) => (isSpan(each) ? [each.text] : []));
      // The direction of letters is found for a paragraph as a whole.
      if (spans.length > 0) texts.push(spans.join(''));
      for (const each of part) {
        if (isSpan(each)) skeleton.push(`${each.is} of ${linesIn(each.text)}`);
        else look(each, name);
      }
    } else if (typeof part === 'object' && part !== null)
      for (const [key, each] of Object.entries(part)) look(each, key);
    else skeleton.push(`${name} ${part}`);
  };
  look(renderPlayground(document), 'view');
  return { skeleton, texts, alarms: [] };
}

const isSpan = (part: unknown): part is { is: string; text: string } =>
  typeof part === 'object' &&
  part !== null &&
  ['text', 'bold', 'code', 'person', 'moment'].includes(String(Reflect.get(part, 'is'))) &&
  typeof Reflect.get(part, 'text') === 'string';

export const READ: Readonly<Record<Dialect, (document: MessageDocument) => Reading>> = { slack, discord, playground };

const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a control character', /(?![\n\t])\p{Cc}/u],
  ['a direction override', /[\u200E\u200F\u061C\u202A-\u202E]/u],
  ['something invisible', /\u00AD|\u034F|[\u180E\u200B\u2028\u2029\u2060-\u2064\u3164\uFEFF]/u],
  ['a pile of marks', /[\u0300-\u036F]{4}|\p{M}{9}/u],
];

/** What is wrong with a text, whatever it says. */
export function illFormed(text: string): string | null {
  if (!text.isWellFormed()) return 'half a character';
  for (const [name, pattern] of FORBIDDEN) if (pattern.test(text)) return name;
  let depth = 0;
  for (const unit of text) {
    if (/[\u2066-\u2068]/.test(unit)) depth += 1;
    else if (unit === '\u2069') depth -= 1;
    if (depth < 0) return 'an isolate that ends before it begins';
  }
  return depth === 0 ? null : 'an isolate without an end';
}
