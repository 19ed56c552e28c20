import { bold, literal } from './markdown.ts';

const CELLS = 20;
const SHADES = ['█', '▓', '▒', '░'];

/** Shares as a bar of twenty cells with the figures behind it: the bar is never the only bearer of a fact. */
export function meterLines(
  label: string,
  parts: readonly { readonly label: string; readonly count: number }[],
): string {
  const total = parts.reduce((sum, part) => sum + Math.max(0, part.count), 0);
  const figures = parts.map((part) => `${literal(part.label)} ${bold(String(part.count))}`).join(' · ');
  const head = bold(literal(label));
  if (total <= 0) return [head, figures].filter(Boolean).join('\n');
  const bar = parts
    .map((part, index) =>
      (SHADES[index % SHADES.length] ?? '█').repeat(Math.round((Math.max(0, part.count) * CELLS) / total)),
    )
    .join('');
  return [head, `\`${bar}\``, figures].filter((line) => line !== '').join('\n');
}

/** The widest table that a phone shows without breaking its lines. */
const WIDEST = 56;
/** Letters that a code block shows at one width. */
const EVEN = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]*$/u;

/**
 * Discord has no table. A narrow one stands in a code block with its columns aligned; a wide one, or one in a script
 * whose letters are not of equal width, becomes a list that names each column.
 */
export function tableLines(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = (cell: string | undefined) => (cell ?? '').replaceAll(/\s+/g, ' ').trim();
  const cells = rows.map((row) => columns.map((_, index) => clean(row[index])));
  const widths = columns.map((column, index) =>
    Math.max(clean(column).length, ...cells.map((row) => (row[index] ?? '').length)),
  );
  const everything = [...columns, ...rows.flat()].join('');
  const aligned =
    widths.reduce((sum, width) => sum + width + 2, -2) <= WIDEST &&
    !everything.includes('```') &&
    EVEN.test(everything);
  if (!aligned) return rows.map((_, at) => listed(columns, cells[at] ?? [])).join('\n');
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    '```',
    line(columns.map(clean)),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...cells.map(line),
    '```',
  ].join('\n');
}

function listed(columns: readonly string[], row: readonly string[]): string {
  const [first = '', ...others] = row;
  const rest = others.flatMap((cell, index) =>
    cell === '' ? [] : [`${literal(columns[index + 1] ?? '')}: ${literal(cell)}`],
  );
  return [`- ${bold(literal(first))}`, ...rest].filter((part) => part !== '').join(' · ');
}
