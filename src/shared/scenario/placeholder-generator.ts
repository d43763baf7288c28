import type { Generator } from './schema';

/** What is wrong with one field of a generator, and what would be right. */
export interface GeneratorProblem {
  field: string;
  message: string;
  expected: string;
}

/** A thousand years of 365 days. */
const MAX_OFFSET_SECONDS = 31_536_000_000;

/** The rules between the fields of a generator that the schema cannot express: ranges, weights, levels. */
export function generatorProblems(generator: Generator): GeneratorProblem[] {
  switch (generator.kind) {
    case 'randomInteger':
      return [...rangeProblems(generator.min, generator.max), ...widthProblems(generator.min, generator.max)];
    case 'randomNumber':
      return [...rangeProblems(generator.min, generator.max), ...spanProblems(generator.min, generator.max)];
    case 'gaussian':
      return rangeProblems(generator.min, generator.max);
    case 'timestamp':
      return offsetProblems(generator.offsetSeconds);
    case 'choice':
      return weightProblems(generator.values.length, generator.weights);
    case 'randomWalk':
      return [
        ...rangeProblems(generator.min, generator.max),
        ...startProblems(generator.start, 'min', generator.min, 'max', generator.max),
      ];
    case 'battery':
      if (generator.empty >= generator.full) {
        return [
          {
            field: 'empty',
            message: `empty (${generator.empty}) must be below full (${generator.full})`,
            expected: `a number below ${generator.full}`,
          },
        ];
      }
      return startProblems(generator.start, 'empty', generator.empty, 'full', generator.full);
    default:
      return [];
  }
}

function rangeProblems(min: number | undefined, max: number | undefined): GeneratorProblem[] {
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ field: 'max', message: `min (${min}) is above max (${max})`, expected: `a max of at least ${min}` }];
}

/** Above 2^53 values a whole number can no longer be drawn evenly. */
function widthProblems(min: number, max: number): GeneratorProblem[] {
  if (max - min < Number.MAX_SAFE_INTEGER) return [];
  return [{ field: 'max', message: 'min and max are too far apart', expected: 'a range of fewer than 2^53 whole numbers' }];
}

/** The difference must itself be a number for values between to be drawn. */
function spanProblems(min: number, max: number): GeneratorProblem[] {
  if (Number.isFinite(max - min)) return [];
  return [{ field: 'max', message: 'min and max are too far apart', expected: `a range below ${Number.MAX_VALUE}` }];
}

/** Keeps dates within the years that ISO 8601 writes with four digits. */
function offsetProblems(offsetSeconds: number): GeneratorProblem[] {
  if (Math.abs(offsetSeconds) <= MAX_OFFSET_SECONDS) return [];
  return [
    {
      field: 'offsetSeconds',
      message: `offsetSeconds (${offsetSeconds}) is more than a thousand years`,
      expected: `a number from -${MAX_OFFSET_SECONDS} to ${MAX_OFFSET_SECONDS}`,
    },
  ];
}

function weightProblems(values: number, weights: readonly number[] | undefined): GeneratorProblem[] {
  if (!weights) return [];
  if (weights.length !== values) {
    return [
      {
        field: 'weights',
        message: `${weights.length} weights for ${values} values`,
        expected: `one weight a value: ${values} numbers`,
      },
    ];
  }
  if (weights.some((weight) => weight > 0)) return [];
  return [{ field: 'weights', message: 'all weights are 0', expected: 'at least one weight above 0' }];
}

function startProblems(
  start: number | undefined,
  lowName: string,
  low: number | undefined,
  highName: string,
  high: number | undefined,
): GeneratorProblem[] {
  if (start === undefined) return [];
  if (low !== undefined && start < low) {
    return [{ field: 'start', message: `start (${start}) is below ${lowName} (${low})`, expected: `a start of at least ${low}` }];
  }
  if (high !== undefined && start > high) {
    return [
      { field: 'start', message: `start (${start}) is above ${highName} (${high})`, expected: `a start of at most ${high}` },
    ];
  }
  return [];
}
