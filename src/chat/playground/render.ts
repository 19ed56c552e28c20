import { type Action, encodeAction } from '../action.ts';
import { directionOf, type Lang } from '../language.ts';
import { legible } from '../legible.ts';
import type { Block, Button, MessageDocument } from '../message.ts';
import { type Span, spansOf, type Text } from '../text.ts';
import { LIMITS } from './limits.ts';

/** A piece of text as the page shows it: always as text, never as markup. */
export type ViewSpan =
  | { readonly is: 'text' | 'bold' | 'code'; readonly text: string }
  | { readonly is: 'person'; readonly text: string; readonly id: string | null }
  | { readonly is: 'moment'; readonly text: string; readonly at: string };

export interface ViewButton {
  readonly label: string;
  readonly code: string;
  readonly style: 'primary' | 'danger' | 'plain';
}
export interface ViewEntry {
  readonly text: readonly ViewSpan[];
  readonly detail: readonly ViewSpan[] | null;
  readonly button: ViewButton | null;
}
export type ViewBlock =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph' | 'note'; readonly text: readonly ViewSpan[] }
  | { readonly is: 'facts'; readonly facts: readonly { readonly label: string; readonly value: readonly ViewSpan[] }[] }
  | {
      readonly is: 'entries';
      readonly title: readonly ViewSpan[] | null;
      readonly numbered: boolean;
      /** The number of the first entry. */
      readonly from: number;
      readonly entries: readonly ViewEntry[];
    }
  | { readonly is: 'quote'; readonly text: string; readonly by: string | null }
  | {
      readonly is: 'meter';
      readonly label: string;
      readonly total: number;
      readonly parts: readonly { readonly label: string; readonly count: number }[];
    }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'buttons'; readonly buttons: readonly ViewButton[] }
  | { readonly is: 'menu'; readonly label: string; readonly choices: readonly ViewButton[] }
  /** `index`: its position among the message's blocks, under which its bytes are fetched. Size in bytes. */
  | { readonly is: 'file'; readonly name: string; readonly type: string; readonly size: number; readonly index: number }
  | { readonly is: 'divider' };

/** A message as the page receives it: JSON-safe, with every press as a code. */
export interface View {
  readonly lang: Lang;
  readonly dir: 'ltr' | 'rtl';
  readonly summary: string;
  readonly blocks: readonly ViewBlock[];
}

/** The document as the page shows it. Pure. Throws CodeTooLong where a button's blanks do not fit its code. */
export function render(said: MessageDocument): View {
  const document = legible(said);
  let position = 0;
  const press = (does: Action): string => encodeAction(does, String(position++));
  const button = ({ label, does, style }: Button): ViewButton => ({
    label,
    code: press(does),
    style: style ?? 'plain',
  });
  return {
    lang: document.lang,
    dir: directionOf(document.lang),
    summary: document.summary,
    blocks: document.blocks.map((block, index) => renderBlock(block, index, button)),
  };
}

function renderBlock(block: Block, index: number, button: (button: Button) => ViewButton): ViewBlock {
  switch (block.block) {
    case 'heading':
      return { is: 'heading', text: block.text };
    case 'paragraph':
    case 'note':
      return { is: block.block, text: renderText(block.text) };
    case 'facts':
      return { is: 'facts', facts: block.facts.map(({ label, value }) => ({ label, value: renderText(value) })) };
    case 'entries':
      return {
        is: 'entries',
        title: block.title === undefined ? null : renderText(block.title),
        numbered: block.numbered ?? false,
        from: block.from ?? 1,
        entries: block.entries.map((entry) => ({
          text: renderText(entry.text),
          detail: entry.detail === undefined ? null : renderText(entry.detail),
          button: entry.button ? button(entry.button) : null,
        })),
      };
    case 'quote':
      return { is: 'quote', text: block.text, by: block.by ?? null };
    case 'meter':
      return {
        is: 'meter',
        label: block.label,
        total: block.parts.reduce((sum, part) => sum + part.count, 0),
        parts: block.parts,
      };
    case 'table':
      return { is: 'table', columns: block.columns, rows: block.rows };
    case 'buttons':
      return { is: 'buttons', buttons: block.buttons.map(button) };
    case 'menu':
      return { is: 'menu', label: block.label, choices: block.choices.map(button) };
    case 'file':
      return { is: 'file', name: block.name, type: block.type, size: block.bytes.length, index };
    case 'divider':
      return { is: 'divider' };
    default:
      return block satisfies never;
  }
}

export const renderText = (text: Text): ViewSpan[] => spansOf(text).map(renderSpan);

function renderSpan(span: Span): ViewSpan {
  if (typeof span === 'string') return { is: 'text', text: span };
  if ('bold' in span) return { is: 'bold', text: span.bold };
  if ('code' in span) return { is: 'code', text: span.code };
  if ('person' in span) return { is: 'person', text: span.person.name, id: span.person.accounts.playground ?? null };
  return { is: 'moment', text: span.plain, at: span.moment };
}

/** Whether one message holds it. */
export const withinLimits = (view: View): boolean => JSON.stringify(view).length <= LIMITS.messageCharacters;
