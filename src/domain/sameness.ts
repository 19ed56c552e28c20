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

/** Reports shown to an officer beside their own: more are not read. */
const ASKED = 3;
/**
 * Of the 103 reports (English, Vietnamese, Arabic) with a like one among the 138 this was tuned on, none has it among
 * its three best below this score; what lies below shares a few letters. It takes away noise and proves nothing.
 */
const WORTH_ASKING = 0.25;

/**
 * Which of the ranked reports an officer is asked about: at most three above a stated score, one of each shared
 * obstacle (its best). None is a good answer.
 */
export function worthAsking<R extends { readonly score: number; readonly sharedId: number | null }>(
  ranked: readonly R[],
): R[] {
  const seen = new Set<number>();
  return ranked
    .filter(({ score, sharedId }) => {
      if (score < WORTH_ASKING || (sharedId !== null && seen.has(sharedId))) return false;
      if (sharedId !== null) seen.add(sharedId);
      return true;
    })
    .slice(0, ASKED);
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
