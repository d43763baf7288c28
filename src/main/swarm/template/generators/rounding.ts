/** Rounds to a number of decimals and keeps the result within [min, max]; the value itself when no decimals are asked for. */
export type Rounding = (value: number) => number;

/** 2^53: above it a number has no decimals left to round. */
const EXACT_LIMIT = 2 ** 53;

/** Values are rounded half up. Where rounding would leave the range (0.17 with one decimal, max 0.17), the bound is taken. */
export function createRounding(
  decimals: number | undefined,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): Rounding {
  if (decimals === undefined) return (value) => Math.min(max, Math.max(min, value));
  const scale = 10 ** decimals;
  return (value) => {
    const scaled = value * scale;
    const rounded = Math.abs(scaled) < EXACT_LIMIT ? Math.round(scaled) / scale : value;
    return Math.min(max, Math.max(min, rounded));
  };
}
