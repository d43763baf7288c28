import type { SeededRandom } from '../../../src/shared/stats/seeded-random';

/** How long the server takes, ms. A new one is a member here and a line in `DRAWS`. */
export type DelayDistribution =
  | { kind: 'constant'; ms: number }
  | { kind: 'uniform'; minMs: number; maxMs: number }
  /** `slowMs` with probability `slowShare`, otherwise `fastMs`. */
  | { kind: 'bimodal'; fastMs: number; slowMs: number; slowShare: number }
  | { kind: 'lognormal'; medianMs: number; sigma: number }
  /** Lognormal, but `slowMs` with probability `slowShare`. */
  | { kind: 'heavy tail'; medianMs: number; sigma: number; slowMs: number; slowShare: number };

type Draws = {
  [Kind in DelayDistribution['kind']]: (of: Extract<DelayDistribution, { kind: Kind }>, random: SeededRandom) => number;
};

const DRAWS: Draws = {
  constant: ({ ms }) => ms,
  uniform: ({ minMs, maxMs }, random) => minMs + random.float() * (maxMs - minMs),
  bimodal: ({ fastMs, slowMs, slowShare }, random) => (random.float() < slowShare ? slowMs : fastMs),
  lognormal: ({ medianMs, sigma }, random) => medianMs * Math.exp(sigma * standardNormal(random)),
  'heavy tail': ({ medianMs, sigma, slowMs, slowShare }, random) =>
    random.float() < slowShare ? slowMs : medianMs * Math.exp(sigma * standardNormal(random)),
};

/** One delay, ms. */
export function drawDelayMs(distribution: DelayDistribution, random: SeededRandom): number {
  const draw = DRAWS[distribution.kind] as (of: DelayDistribution, random: SeededRandom) => number;
  return draw(distribution, random);
}

/** Standard normal (Box and Muller, 1958). */
export function standardNormal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}
