import type { Scalar } from '../../../../shared/scenario/schema';
import type { GeneratorCompiler } from './compiled-generator';

/** One of the values, with probability weight / sum of weights, or equally likely without weights. */
export const compileChoice: GeneratorCompiler<'choice'> = ({ values, weights }) => {
  const count = values.length;
  if (!weights) return (scope) => values[Math.floor(scope.random.float() * count)] as Scalar;
  const choices: Scalar[] = [];
  const bounds: number[] = [];
  let sum = 0;
  values.forEach((value, index) => {
    const weight = weights[index] ?? 0;
    if (weight === 0) return;
    sum += weight;
    choices.push(value);
    bounds.push(sum);
  });
  return (scope) => choices[firstAbove(bounds, scope.random.float() * sum)] as Scalar;
};

/** Index of the first bound above the value (binary search); the last one when rounding put the value at the very end. */
function firstAbove(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
