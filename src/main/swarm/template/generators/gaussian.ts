import type { GeneratorCompiler } from './compiled-generator';
import { createRounding } from './rounding';

/** Normal distribution; what falls outside [min, max] becomes the bound. */
export const compileGaussian: GeneratorCompiler<'gaussian'> = ({ mean, standardDeviation, min, max, decimals }) => {
  const round = createRounding(decimals, min, max);
  return (scope) => round(mean + standardDeviation * scope.random.gaussian());
};
