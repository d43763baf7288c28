import { z } from 'zod';

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();

/** A JSON value that a generator can yield. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'a text, a number, true, false or null',
});
export type Scalar = z.infer<typeof scalarSchema>;

const values = z.array(scalarSchema).min(1).describe('The values to yield.');
/** What a node does when a list or a file has no value left for it. */
const whenExhausted = z
  .enum(['repeat', 'fail'])
  .default('repeat')
  .describe('What happens after the last value: begin again, or count an exception at each further use.');
const decimals = z.number().int().min(0).max(12).optional().describe('Round to this many decimal places.');
const lowest = z.number().optional().describe('Smallest value.');
const highest = z.number().optional().describe('Largest value.');

export const generatorSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('constant'), value: scalarSchema.describe('The value.') })
      .describe('Always the same value.'),
    z
      .strictObject({
        kind: z.literal('randomInteger'),
        min: z.number().int().describe('Smallest value.'),
        max: z.number().int().describe('Largest value, included.'),
      })
      .describe('A whole number, each as likely as the others.'),
    z
      .strictObject({
        kind: z.literal('randomNumber'),
        min: z.number().describe('Smallest value.'),
        max: z.number().describe('Largest value.'),
        decimals,
      })
      .describe('A number, uniformly distributed.'),
    z
      .strictObject({
        kind: z.literal('gaussian'),
        mean: z.number().describe('Mean of the distribution.'),
        standardDeviation: nonNegative.describe('Standard deviation of the distribution.'),
        min: lowest,
        max: highest,
        decimals,
      })
      .describe('A normally distributed number.'),
    z
      .strictObject({
        kind: z.literal('choice'),
        values,
        weights: z.array(nonNegative).optional().describe('One for each value: how often it is drawn beside the others.'),
      })
      .describe('One of the values, drawn at random.'),
    z
      .strictObject({
        kind: z.literal('counter'),
        start: z.number().default(0).describe('First value.'),
        step: z.number().default(1).describe('Difference from one value to the next.'),
      })
      .describe('Counts up or down; each node counts for itself.'),
    z.strictObject({ kind: z.literal('sequence'), values, whenExhausted }).describe('The values in turn; each node for itself.'),
    z.strictObject({ kind: z.literal('uuid') }).describe('A random UUID (version 4).'),
    z
      .strictObject({
        kind: z.literal('timestamp'),
        format: z
          .enum(['iso', 'epochMs', 'epochSeconds'])
          .default('iso')
          .describe('ISO 8601 in UTC, or milliseconds or seconds since 1970.'),
        offsetSeconds: z.number().default(0).describe('Seconds added to the time; below 0 for the past.'),
      })
      .describe('The time of day.'),
    z
      .strictObject({
        kind: z.literal('randomWalk'),
        start: z.number().describe('First value.'),
        step: nonNegative.describe('Largest change from one value to the next.'),
        min: lowest,
        max: highest,
        decimals,
      })
      .describe('A value that drifts by up to one step at a time.'),
    z
      .strictObject({
        kind: z.literal('sine'),
        periodSeconds: positive.describe('Length of a period, in seconds.'),
        amplitude: z.number().describe('Largest distance from the mean.'),
        mean: z.number().default(0).describe('Middle of the curve.'),
        phase: z.number().default(0).describe('Part of a period by which the curve is shifted, 0 to 1.'),
        noise: nonNegative.default(0).describe('Standard deviation of the gaussian noise added to each value.'),
        decimals,
      })
      .describe('A sine curve over time.'),
    z
      .strictObject({
        kind: z.literal('battery'),
        full: z.number().default(100).describe('Level at which draining begins.'),
        empty: z.number().default(0).describe('Level at which recharging begins.'),
        start: z.number().optional().describe('Level at spawn; `full` when not given.'),
        drainPerHour: positive.describe('Loss an hour while draining.'),
        rechargePerHour: positive.describe('Gain an hour while recharging.'),
        decimals,
      })
      .describe('A battery level: drains from full to empty, then recharges.'),
    z
      .strictObject({
        kind: z.literal('csvColumn'),
        file: z.string().min(1).describe("CSV file with a header line, relative to the scenario's folder."),
        column: z.string().min(1).describe('Name of the column, as in the header line.'),
        pick: z
          .enum(['round-robin', 'per-node', 'random'])
          .default('per-node')
          .describe("Which row: the node's own, the next one in turn, or any."),
        whenExhausted,
      })
      .describe('A value from a column of a CSV file.'),
  ])
  .meta({ id: 'generator', title: 'Generator', description: 'Where values come from.' });
export type Generator = z.infer<typeof generatorSchema>;
export type GeneratorKind = Generator['kind'];

export const variableSchema = z
  .strictObject({
    name: z.string().meta({
      description: 'Written as {{name}} in templates. Letters, digits, _ and -, not beginning with a digit or -.',
      pattern: '^[A-Za-z_][A-Za-z0-9_-]*$',
    }),
    generator: generatorSchema,
    refresh: z
      .enum(['node', 'task', 'use'])
      .default('node')
      .describe('When a new value is drawn: once per node, once per task, or at each use.'),
  })
  .meta({ id: 'variable', title: 'Variable', description: 'A named value that each node of the type has for itself.' });
export type Variable = z.infer<typeof variableSchema>;
