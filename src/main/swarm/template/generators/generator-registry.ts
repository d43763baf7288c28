import type { Generator, GeneratorKind } from '../../../../shared/scenario/schema';
import { compileBattery } from './battery';
import { compileChoice } from './choice';
import type { Draw, GeneratorCompiler, GeneratorContext } from './compiled-generator';
import { compileCounter } from './counter';
import { compileCsvColumn } from './csv-column';
import { compileGaussian } from './gaussian';
import { compileRandomNumber } from './random-number';
import { compileRandomWalk } from './random-walk';
import { compileSequence } from './sequence';
import { compileSine } from './sine';
import { compileTimestamp } from './timestamp';
import { compileUuid } from './uuid';

/** One line a kind of generator. */
const COMPILERS: { readonly [K in GeneratorKind]: GeneratorCompiler<K> } = {
  constant:
    ({ value }) =>
    () =>
      value,
  randomInteger:
    ({ min, max }) =>
    ({ random }) =>
      random.integer(min, max),
  randomNumber: compileRandomNumber,
  gaussian: compileGaussian,
  choice: compileChoice,
  counter: compileCounter,
  sequence: compileSequence,
  uuid: compileUuid,
  timestamp: compileTimestamp,
  randomWalk: compileRandomWalk,
  sine: compileSine,
  battery: compileBattery,
  csvColumn: compileCsvColumn,
};

/** Compiles a generator of any kind. Throws a plain Error with a clear sentence when it cannot work (a CSV file without the column). */
export function compileGenerator(generator: Generator, context: GeneratorContext): Draw {
  const compile = COMPILERS[generator.kind] as GeneratorCompiler<GeneratorKind>;
  return compile(generator, context);
}
