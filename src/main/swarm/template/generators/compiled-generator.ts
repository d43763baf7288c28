import type { Generator, GeneratorKind, Scalar } from '../../../../shared/scenario/schema';
import type { CsvPlaces } from '../csv-places';
import type { CsvTable } from '../csv-table';
import type { Scope } from '../scope';

/** Draws the next value of a generator for one node. Throws `TaskException` when there is none. Pure but for the scope. */
export type Draw = (scope: Scope) => Scalar;

/** What a generator may ask for while it is compiled. */
export interface GeneratorContext {
  /** Reserves a number in the state of every node (`scope.state[index]`, NaN at first); returns its index. */
  allocateState(): number;
  /** The rows of a CSV file of the run. Throws when the run does not hold the file. */
  csvTable(file: string): CsvTable;
  /** The nodes that draw from a CSV file. To be asked for while compiling; it counts from the first draw on. */
  csvPlaces(file: string): CsvPlaces;
}

/** Turns a generator of one kind into the function that draws its values. Throws a plain Error when it cannot work. */
export type GeneratorCompiler<K extends GeneratorKind> = (
  generator: Extract<Generator, { kind: K }>,
  context: GeneratorContext,
) => Draw;
