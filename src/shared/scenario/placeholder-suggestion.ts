import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a mistyped word most likely stands for, null when none is near. Case, `_` and `-` do not count;
 * a third of the letters may be wrong.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  const typed = plain(word);
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(typed, plain(candidate));
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '');
}
