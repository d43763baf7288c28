import { errorMessage } from '../../../src/shared/text/error-text';

/** A figure of each round; null where there is none. */
export type Rounds = (number | null)[];

/** The middle of some rounds, with how far they lie apart. */
export interface Spread {
  median: number;
  low: number;
  high: number;
  /** Rounds with a figure. */
  count: number;
}

/** The middle value, the mean of the two middle ones of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const upper = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** null when no round has a figure. */
export function spreadOf(rounds: Rounds): Spread | null {
  const values = rounds.filter((value) => value !== null);
  if (values.length === 0) return null;
  return { median: median(values), low: Math.min(...values), high: Math.max(...values), count: values.length };
}

/**
 * Ours over theirs, round by round: what changes the machine's speed from one round to the next meets both and drops out. null where one of the
 * two is missing or theirs is 0.
 */
export function pairedRatios(ours: Rounds, theirs: Rounds): Rounds {
  const length = Math.max(ours.length, theirs.length);
  return Array.from({ length }, (_, round) => {
    const [our = null, their = null] = [ours[round], theirs[round]];
    return our === null || their === null || their === 0 ? null : our / their;
  });
}

/** A thing to measure again and again. */
export interface Contender {
  name: string;
  measure(): Promise<number>;
}

/**
 * Measures all contenders once a round, forwards and backwards in turn, so that a drift of the machine's speed meets none more than another. One
 * that throws is told to `failed` and left out of the rounds to come.
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: number,
  {
    measured,
    failed,
  }: { measured: (round: number, name: string, figure: number) => void; failed: (name: string, why: string) => void },
): Promise<Map<string, Rounds>> {
  const figures = new Map<string, Rounds>(contenders.map(({ name }) => [name, Array.from({ length: rounds }, () => null)]));
  const out = new Set<Contender>();
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      if (out.has(contender)) continue;
      try {
        const figure = await contender.measure();
        const row = figures.get(contender.name);
        if (row) row[round] = figure;
        measured(round, contender.name, figure);
      } catch (error) {
        out.add(contender);
        failed(contender.name, errorMessage(error));
      }
    }
  }
  return figures;
}
