import type { Spread } from '../measure/rounds';

/** A figure as a person reads it: three digits or more that count, thousands with commas. */
export function figureText(value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `123 (110 to 130)`: the median and how far the rounds lie apart; `n/a` of none. */
export function spreadText(spread: Spread | null, unit = ''): string {
  if (!spread) return 'n/a';
  const suffix = unit === '' ? '' : ` ${unit}`;
  const middle = `${figureText(spread.median)}${suffix}`;
  return spread.low === spread.high ? middle : `${middle} (${figureText(spread.low)} to ${figureText(spread.high)})`;
}
