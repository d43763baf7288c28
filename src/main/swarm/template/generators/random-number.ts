import type { GeneratorCompiler } from './compiled-generator';
import { createRounding } from './rounding';

/** Uniform between min and max, rounded when told. */
export const compileRandomNumber: GeneratorCompiler<'randomNumber'> = ({ min, max, decimals }) => {
  const round = createRounding(decimals, min, max);
  const width = max - min;
  return (scope) => round(min + scope.random.float() * width);
};
