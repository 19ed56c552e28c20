import { fold } from './fold.ts';

/** Which scorer put a pair in front of a person: kept with every suggestion, so that a later one can be fitted. */
export const SCORER = 'words-and-trigrams-1';

/**
 * The reports whose words are most like a text, best first. Scores rank for a person who confirms; none of them joins
 * two reports on its own (officers of different sectors do not share words).
 * Score: cosine over word stems plus cosine over character trigrams, 0 to 2; what shares nothing is left out.
 */
export function rankBySameness<Id>(
  text: string,
  candidates: readonly { readonly id: Id; readonly text: string }[],
  limit: number,
): { id: Id; score: number }[] {
  const own = profile(text);
  return candidates
    .map(({ id, text: other }) => {
      const theirs = profile(other);
      return { id, score: cosine(own.words, theirs.words) + cosine(own.trigrams, theirs.trigrams) };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit);
}

type Bag = ReadonlyMap<string, number>;

function profile(text: string): { words: Bag; trigrams: Bag } {
  const words = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const trigrams: string[] = [];
  for (const word of words) {
    const padded = ` ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) trigrams.push(padded.slice(at, at + 3));
  }
  return { words: bagOf(words), trigrams: bagOf(trigrams) };
}

function bagOf(items: readonly string[]): Bag {
  const bag = new Map<string, number>();
  for (const item of items) bag.set(item, (bag.get(item) ?? 0) + 1);
  return bag;
}

function cosine(a: Bag, b: Bag): number {
  let dot = 0;
  for (const [item, count] of a) dot += count * (b.get(item) ?? 0);
  const norm = (bag: Bag) => Math.hypot(...bag.values());
  return dot === 0 ? 0 : dot / (norm(a) * norm(b));
}
