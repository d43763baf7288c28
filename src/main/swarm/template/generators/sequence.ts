import type { Scalar } from '../../../../shared/scenario/schema';
import { TaskException } from '../task-exception';
import type { GeneratorCompiler } from './compiled-generator';
import { takeTurn } from './turn';

/** The values in turn, for each node from the first; at the end again, or a task exception. */
export const compileSequence: GeneratorCompiler<'sequence'> = ({ values, whenExhausted }, context) => {
  const state = context.allocateState();
  const count = values.length;
  return (scope) => {
    const turn = takeTurn(scope.state, state);
    if (turn >= count && whenExhausted === 'fail') {
      throw new TaskException(`the sequence of ${count} values is used up`);
    }
    return values[turn % count] as Scalar;
  };
};
