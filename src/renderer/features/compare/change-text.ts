import type { MeasureComparison } from '../../../shared/stats/comparison';
import { roundedChange } from '../../../shared/stats/comparison-headline';
import { formatShort, NO_VALUE } from '../../ui/format';

type Unit = MeasureComparison['unit'];

/** A change with its sign and unit: `+38 %`, `−0.12 points`; what rounds to nothing has no sign. */
export function changeText(change: number | null, unit: Unit): string {
  return change === null ? NO_VALUE : `${signed(change)} ${unitWord(unit)}`;
}

/** An interval: `31 % to 46 %`, `−0.02 to 0.1 points`. */
export function intervalText(low: number | null, high: number | null, unit: Unit): string {
  if (low === null || high === null) return NO_VALUE;
  return unit === 'percent' ? `${plain(low)} % to ${plain(high)} %` : `${plain(low)} to ${plain(high)} points`;
}

/** The change from A to B relative to A, in percent; null where there is nothing to relate it to. */
export function relativeChange(a: number | null, b: number | null): number | null {
  return a === null || b === null || a === 0 ? null : ((b - a) / a) * 100;
}

function unitWord(unit: Unit): string {
  return unit === 'percent' ? '%' : 'points';
}

function signed(value: number): string {
  const rounded = roundedChange(value);
  return rounded > 0 ? `+${formatShort(rounded)}` : plain(value);
}

function plain(value: number): string {
  const rounded = roundedChange(value);
  return rounded < 0 ? `−${formatShort(-rounded)}` : formatShort(rounded);
}
