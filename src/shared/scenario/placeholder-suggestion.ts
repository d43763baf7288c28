import { distance } from 'fastest-levenshtein';

/** Letters that a word must have to be taken for the beginning of another. */
const SHORTEST_PREFIX = 3;

/**
 * The candidate that a mistyped word most likely stands for, null when none is near. Case, `_` and `-` do not count; a third of the letters may
 * be wrong. When none is so near, the one candidate that begins with the word (`randomInt` for `randomInteger`), if there is just one.
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
  return best ?? onlyOneBeginningWith(typed, candidates);
}

function onlyOneBeginningWith(typed: string, candidates: Iterable<string>): string | null {
  if (typed.length < SHORTEST_PREFIX) return null;
  const found = [...candidates].filter((candidate) => plain(candidate).startsWith(typed));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '');
}
