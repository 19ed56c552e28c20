/** Rows in one insert: the widest has some thirty values, and a statement holds 65,535 parameters. */
const AT_ONCE = 1000;

/** A list in pieces that one statement holds, in order. */
export function* inChunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += AT_ONCE) yield rows.slice(at, at + AT_ONCE);
}
