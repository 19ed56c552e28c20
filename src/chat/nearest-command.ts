import type { CommandShape } from './command.ts';

const OFFERED = 3;
/** Two letters wrong, missing, too many or changed over: more is another word. */
const FARTHEST = 2;

/** The commands that a mistyped one may have meant, nearest first; none where nothing is like it. */
export function nearestCommands(typed: string, shapes: readonly CommandShape[]): readonly CommandShape[] {
  const [noun = '', verb = ''] = typed.toLowerCase().split('/');
  const near = shapes.flatMap((shape) => {
    const straight = distance(noun, shape.noun) + verbDistance(verb, shape.verb);
    // "/show commitment": the two words the other way round.
    const swapped = distance(noun, shape.verb) + distance(verb, shape.noun) + 1;
    const far = Math.min(straight, swapped);
    return far <= FARTHEST ? [{ shape, far }] : [];
  });
  return near
    .toSorted((a, b) => a.far - b.far || a.shape.path.localeCompare(b.shape.path))
    .slice(0, OFFERED)
    .map(({ shape }) => shape);
}

/** A verb begun and not ended ("/commitment reg") is one step away. */
const verbDistance = (typed: string, verb: string): number =>
  typed.length >= 2 && verb.startsWith(typed) ? Math.min(1, distance(typed, verb)) : distance(typed, verb);

/** Letters to change, add, take away or swap with their neighbour (Damerau's, of strings aligned). */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > FARTHEST) return FARTHEST + 1;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let best = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, cell(i - 2, j - 2) + 1);
      row.push(best);
    }
  }
  return cell(one.length, other.length);
}
