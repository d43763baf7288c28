import type { GeneratorCompiler } from './compiled-generator';
import { createRounding } from './rounding';

/**
 * The first value is `start`; each next one differs by a uniform -step to step and is reflected at min and max.
 * Rounding is for the value that is sent; the walk itself goes on unrounded.
 */
export const compileRandomWalk: GeneratorCompiler<'randomWalk'> = ({ start, step, min, max, decimals }, context) => {
  const state = context.allocateState();
  const round = createRounding(decimals, min, max);
  return (scope) => {
    const before = scope.state[state] as number;
    const level = Number.isNaN(before) ? start : reflect(before + (scope.random.float() * 2 - 1) * step, min, max);
    scope.state[state] = level;
    return round(level);
  };
};

/** Folds a value back into [min, max] as a mirror at each end would, however far beyond it is. */
export function reflect(value: number, min: number | undefined, max: number | undefined): number {
  if (min !== undefined && max !== undefined) {
    const width = max - min;
    if (width === 0) return min;
    const period = 2 * width;
    const position = (((value - min) % period) + period) % period;
    return min + (position > width ? period - position : position);
  }
  if (min !== undefined && value < min) return 2 * min - value;
  if (max !== undefined && value > max) return 2 * max - value;
  return value;
}
