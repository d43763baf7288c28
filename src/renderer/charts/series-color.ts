import type { SeriesKey } from '../../shared/scenario/series';
import { seriesIdentity } from '../../shared/scenario/series';

/** Colours of `charts.css` for series, after Okabe and Ito: told apart with any kind of colour vision. */
const COLOR_COUNT = 8;
/** Lines beyond the eighth series repeat the colours with another stroke. */
const DASHES: readonly number[][] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
/** Among more lines than this some look the same. */
export const MOST_TOLD_APART = COLOR_COUNT * DASHES.length;

/** How a series is drawn, in tables and in all charts. */
export interface SeriesStyle {
  /** A CSS colour: `var(--series-3)`. */
  color: string;
  /** Canvas dash pattern; empty for an unbroken line. */
  dash: number[];
}

/**
 * Styles of a list of series, by `seriesIdentity`. A series gets the colour that its name asks for; when another one of the list has it already, the
 * next that is free. So the same series has the same colour in another run, unless it gets a neighbour that came first. For two runs side by
 * side give both lists at once (`styleSeries([...a, ...b])`).
 */
export function styleSeries(keys: readonly SeriesKey[]): Map<string, SeriesStyle> {
  const styles = new Map<string, SeriesStyle>();
  const taken = new Set<number>();
  for (const key of keys) {
    const identity = seriesIdentity(key);
    if (styles.has(identity)) continue;
    const asked = hash(identity) % COLOR_COUNT;
    let place = asked;
    for (let tries = 0; tries < MOST_TOLD_APART && taken.has(place); tries++) place = nextPlace(place, asked);
    taken.add(place);
    styles.set(identity, styleAt(place));
  }
  return styles;
}

/** The style of the row that adds up all series. */
export const AGGREGATED_STYLE: SeriesStyle = { color: 'var(--series-total)', dash: [] };

/** All colours with the first stroke, then all with the second, and so on. */
function nextPlace(place: number, asked: number): number {
  const stroke = Math.floor(place / COLOR_COUNT);
  const color = (place + 1) % COLOR_COUNT;
  const next = color === asked ? (stroke + 1) % DASHES.length : stroke;
  return next * COLOR_COUNT + color;
}

function styleAt(place: number): SeriesStyle {
  return {
    color: `var(--series-${(place % COLOR_COUNT) + 1})`,
    dash: [...(DASHES[Math.floor(place / COLOR_COUNT)] ?? [])],
  };
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
