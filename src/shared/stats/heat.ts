/** Rows of the latency heat map for each power of ten: 8, from 100 us to 100 s. */
const ROWS_PER_DECADE = 8;
const LOWEST_US = 100;
export const HEAT_ROWS = 6 * ROWS_PER_DECADE;

/** The row of the heat map that a latency (us) falls in: 0 is up to 100 us, the last one 100 s and more. */
export function heatRow(us: number): number {
  if (us <= LOWEST_US) return 0;
  return Math.min(HEAT_ROWS - 1, Math.floor(Math.log10(us / LOWEST_US) * ROWS_PER_DECADE));
}

/** The smallest latency of a row, ms. */
export function heatRowStartMs(row: number): number {
  return (LOWEST_US / 1000) * 10 ** (row / ROWS_PER_DECADE);
}
