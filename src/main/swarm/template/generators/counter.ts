import type { GeneratorCompiler } from './compiled-generator';
import { takeTurn } from './turn';

/** start, start + step, start + 2 step, … of each node; computed from the number of draws, so that fractions do not add up errors. */
export const compileCounter: GeneratorCompiler<'counter'> = ({ start, step }, context) => {
  const state = context.allocateState();
  return (scope) => start + takeTurn(scope.state, state) * step;
};
