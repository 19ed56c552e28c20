import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { encodeAction } from '../action.ts';
import { legible } from '../legible.ts';
import type { Block, Button, Entry, MessageDocument } from '../message.ts';
import { once } from '../once.ts';
import type { Text } from '../text.ts';
import { LIMITS } from './limits.ts';
import { bold, eachLine, literal, markdown, shorten } from './markdown.ts';
import { meterLines, tableLines } from './render-figures.ts';

export interface RenderedFile {
  /** The name as sent, in the letters that `attachment://` can refer to. */
  readonly name: string;
  /** The name as given. */
  readonly title: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A message in Discord's words: Components V2, the files it shows and the only accounts it may mention. */
export interface Rendered {
  readonly components: APIMessageTopLevelComponent[];
  readonly files: readonly RenderedFile[];
  readonly mentions: readonly string[];
}

/** What grows while a document is gone through. */
interface Sheet {
  readonly parts: APIComponentInContainer[];
  readonly lines: string[];
  readonly files: RenderedFile[];
  readonly mentions: Set<string>;
  /** The number of the next thing to press: it makes custom ids unique in the message. */
  next: number;
}

/** A document as Discord shows it. Throws CodeTooLong where a button's action fits no custom_id. */
export function render(said: MessageDocument): Rendered {
  const document = legible(said);
  const sheet: Sheet = { parts: [], lines: [], files: [], mentions: new Set(), next: 0 };
  for (const block of document.blocks) write(sheet, block);
  flush(sheet);
  // Discord refuses a message without components; the summary is always something to say.
  if (sheet.parts.length === 0)
    sheet.parts.push({ type: ComponentType.TextDisplay, content: literal(document.summary) || '–' });
  return { components: framed(sheet.parts), files: sheet.files, mentions: [...sheet.mentions] };
}

/** A lone text stays a plain message; anything with parts is held together by a frame. */
function framed(parts: APIComponentInContainer[]): APIMessageTopLevelComponent[] {
  if (parts.length === 1 && parts[0]?.type === ComponentType.TextDisplay) return [parts[0]];
  const container: APIContainerComponent = { type: ComponentType.Container, components: parts };
  return [container];
}

function write(sheet: Sheet, block: Block): void {
  switch (block.block) {
    case 'heading':
      if (block.text.trim() !== '') text(sheet, `## ${literal(block.text).replaceAll('\n', ' ')}`);
      break;
    case 'paragraph':
      text(sheet, markdown(block.text, sheet.mentions));
      break;
    case 'facts':
      for (const { label, value } of block.facts)
        text(sheet, `${bold(`${literal(label)}:`)} ${markdown(value, sheet.mentions)}`);
      break;
    case 'entries':
      if (block.title !== undefined) text(sheet, titleOf(block.title, sheet));
      block.entries.forEach((entry, index) => {
        writeEntry(sheet, entry, block.numbered ? `${(block.from ?? 1) + index}. ` : '- ');
      });
      break;
    case 'quote':
      text(sheet, eachLine('> ', literal(block.text) + (block.by === undefined ? '' : `\n— ${literal(block.by)}`)));
      break;
    case 'meter':
      text(sheet, meterLines(block.label, block.parts));
      break;
    case 'table':
      text(sheet, tableLines(block.columns, block.rows));
      break;
    case 'buttons':
      rows(sheet, block.buttons);
      break;
    case 'menu':
      menu(sheet, block.label, block.choices);
      break;
    case 'note':
      text(sheet, eachLine('-# ', markdown(block.text, sheet.mentions)));
      break;
    case 'file':
      file(sheet, block);
      break;
    case 'divider':
      flush(sheet);
      sheet.parts.push({ type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small });
      break;
    default:
      block satisfies never;
  }
}

/** A title without a shape of its own stands out. */
const titleOf = (title: Text, sheet: Sheet): string =>
  typeof title === 'string' ? bold(literal(title)) : markdown(title, sheet.mentions);

/** Texts that follow each other share one component: a message holds forty. */
function text(sheet: Sheet, content: string): void {
  if (content.trim() !== '') sheet.lines.push(content);
}

function flush(sheet: Sheet): void {
  if (sheet.lines.length > 0) sheet.parts.push({ type: ComponentType.TextDisplay, content: sheet.lines.join('\n') });
  sheet.lines.length = 0;
}

const wordsOf = once((entry: Entry) => {
  const mentions = new Set<string>();
  const said = markdown(entry.text, mentions);
  return { said, detail: entry.detail === undefined ? '' : markdown(entry.detail, mentions), mentions };
});

function writeEntry(sheet: Sheet, entry: Entry, mark: string): void {
  const { said, detail, mentions } = wordsOf(entry);
  for (const account of mentions) sheet.mentions.add(account);
  const indented = said.replaceAll('\n', `\n${' '.repeat(mark.length)}`);
  const content = [`${mark}${indented}`, ...(detail.trim() === '' ? [] : [eachLine('-# ', detail)])].join('\n');
  if (!entry.button) {
    text(sheet, content);
    return;
  }
  flush(sheet);
  sheet.parts.push({
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content }],
    accessory: button(sheet, entry.button),
  });
}

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger, plain: ButtonStyle.Secondary } as const;

function button(sheet: Sheet, shown: Button): APIButtonComponentWithCustomId {
  const custom_id = encodeAction(shown.does, String(sheet.next++));
  return {
    type: ComponentType.Button,
    style: STYLES[shown.style ?? 'plain'],
    label: shorten(shown.label, LIMITS.buttonLabel),
    custom_id,
  };
}

const row = (components: APIComponentInMessageActionRow[]): APIActionRowComponent<APIComponentInMessageActionRow> => ({
  type: ComponentType.ActionRow,
  components,
});

function rows(sheet: Sheet, buttons: readonly Button[]): void {
  flush(sheet);
  for (let at = 0; at < buttons.length; at += LIMITS.buttonsInRow)
    sheet.parts.push(row(buttons.slice(at, at + LIMITS.buttonsInRow).map((each) => button(sheet, each))));
}

/** The values are the codes themselves, so that a choice means the same after a restart. */
function menu(sheet: Sheet, label: string, choices: readonly Button[]): void {
  if (choices.length === 0) return;
  flush(sheet);
  const custom_id = `menu:${sheet.next++}`;
  const options = choices.map((choice) => ({
    label: shorten(choice.label, LIMITS.selectText),
    value: encodeAction(choice.does, String(sheet.next++)),
  }));
  sheet.parts.push(
    row([
      { type: ComponentType.StringSelect, custom_id, placeholder: shorten(label, LIMITS.selectPlaceholder), options },
    ]),
  );
}

function file(sheet: Sheet, block: Extract<Block, { block: 'file' }>): void {
  flush(sheet);
  const name = fileName(block.name, sheet.files.length);
  sheet.files.push({ name, title: block.name, type: block.type, bytes: block.bytes });
  sheet.parts.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
}

/** Discord renames what is not plain ASCII, and the reference would then lead nowhere. */
function fileName(given: string, index: number): string {
  const dot = given.lastIndexOf('.');
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/[đĐ]/g, 'd')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9-]+/g, '_')
      .replace(/^_+|_+$/g, '');
  const stem = plain(dot > 0 ? given.slice(0, dot) : given).slice(0, 80) || 'file';
  const ending = dot > 0 ? plain(given.slice(dot + 1)).slice(0, 12) : '';
  return `${index === 0 ? '' : `${index + 1}-`}${stem}${ending === '' ? '' : `.${ending}`}`;
}
