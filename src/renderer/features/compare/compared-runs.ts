/** A grey, B in the accent colour, everywhere; further ones from the palette of the charts. */
const RUN_COLORS = [
  'var(--series-8)',
  'var(--accent)',
  'var(--series-2)',
  'var(--series-3)',
  'var(--series-4)',
  'var(--series-5)',
];

/** How many runs can stand side by side: beyond that their lines are no longer told apart. */
export const MAX_COMPARED = RUN_COLORS.length;

/** The letter of a run by its place: the first, A, is what all others are held against. */
export function runLetter(place: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + place);
}

/** The colour of a run by its place. */
export function runColor(place: number): string {
  return RUN_COLORS[place % MAX_COMPARED] as string;
}

/** Each run once, as many as can be compared. */
export function comparableIds(ids: readonly number[]): number[] {
  return [...new Set(ids)].slice(0, MAX_COMPARED);
}

/** A and B change places. */
export function swapped([a, b, ...others]: readonly number[]): number[] {
  return a === undefined || b === undefined ? [...(a === undefined ? [] : [a])] : [b, a, ...others];
}

/** With another run at a place; where that run is compared already the two change places. */
export function replaced(ids: readonly number[], place: number, id: number): number[] {
  const now = ids[place];
  return ids.map((other, index) => {
    if (index === place) return id;
    return other === id && now !== undefined ? now : other;
  });
}

/** With one more at the end. */
export function added(ids: readonly number[], id: number): number[] {
  return comparableIds([...ids, id]);
}

export function removed(ids: readonly number[], id: number): number[] {
  return ids.filter((other) => other !== id);
}

/** A sentence of a comparison, which knows two runs only, where the second one has another letter: `B has no request …`. */
export function withLetter(text: string, letter: string): string {
  return text.replace(/^B /, `${letter} `);
}
