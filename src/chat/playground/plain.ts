import type { View, ViewBlock, ViewButton, ViewSpan } from './render.ts';

/** A message as plain lines, as a shell or a screen reader gets it; what can be pressed stands as [Label]. */
export const plainLines = (view: View): string => view.blocks.flatMap(linesOf).join('\n');

/** The labels of everything that can be pressed or picked, in order. */
export const pressable = (view: View): readonly ViewButton[] =>
  view.blocks.flatMap((block) => {
    if (block.is === 'buttons') return block.buttons;
    if (block.is === 'menu') return block.choices;
    if (block.is === 'entries') return block.entries.flatMap((entry) => (entry.button ? [entry.button] : []));
    return [];
  });

const words = (text: readonly ViewSpan[]): string => text.map((span) => span.text).join('');
const named = (buttons: readonly ViewButton[]): string => buttons.map(({ label }) => `[${label}]`).join(' ');

function linesOf(block: ViewBlock): string[] {
  switch (block.is) {
    case 'heading':
      return [block.text];
    case 'paragraph':
    case 'note':
      return [words(block.text)];
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${words(value)}`);
    case 'entries':
      return [
        ...(block.title ? [words(block.title)] : []),
        ...block.entries.flatMap((entry, at) => [
          `${block.numbered ? `${block.from + at}.` : '•'} ${words(entry.text)}`,
          ...(entry.detail ? [words(entry.detail)] : []),
          ...(entry.button ? [named([entry.button])] : []),
        ]),
      ];
    case 'quote':
      return [`“${block.text}”${block.by === null ? '' : ` — ${block.by}`}`];
    case 'meter':
      return [block.label, block.parts.map(({ label, count }) => `${label}: ${count}`).join(' · ')];
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.join(' | '));
    case 'buttons':
      return [named(block.buttons)];
    case 'menu':
      return [`${block.label}: ${named(block.choices)}`];
    case 'file':
      return [block.name];
    case 'divider':
      return ['———'];
    default:
      return block satisfies never;
  }
}
