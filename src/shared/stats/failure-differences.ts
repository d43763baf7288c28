import { type SeriesKey, seriesIdentity } from '../scenario/series';
import type { Both } from './run-sample';

/** Change of a failure rate below which two runs are called alike, as a part of 1: the margin of the error rate (0.1 points). */
const ALIKE = 0.001;

/** new: only B has it. gone: only A has it. more, fewer: its rate in B is beyond 0.1 points from A's. alike: it is not. */
export type FailureChange = 'new' | 'gone' | 'more' | 'fewer' | 'alike';

/** One error of one series in two runs. */
export interface FailureDifference {
  method: string;
  name: string;
  error: string;
  change: FailureChange;
  occurrences: Both<number>;
  /** Occurrences over the requests of the series, 0 to 1; null where the run has no request of it. */
  rate: Both<number | null>;
}

/** What of a run's report its failures are read from. */
export interface FailureSource {
  failures: readonly { method: string; name: string; error: string; occurrences: number }[];
  series: readonly { method: string; name: string; requests: number }[];
}

const ORDER: readonly FailureChange[] = ['new', 'more', 'fewer', 'gone', 'alike'];

/**
 * The failures of two runs side by side: new ones first, then by how far the rate has moved. Counts and rates of all that the
 * sources are of; they say what happened, not whether it is beyond chance (the verdict on the error rate does).
 */
export function failureDifferences(a: FailureSource, b: FailureSource): FailureDifference[] {
  const groups = new Map<string, { key: SeriesKey; error: string; occurrences: Both<number> }>();
  for (const side of ['a', 'b'] as const) {
    for (const { method, name, error, occurrences } of (side === 'a' ? a : b).failures) {
      const id = `${seriesIdentity({ method, name })}\n${error}`;
      const group = groups.get(id) ?? { key: { method, name }, error, occurrences: { a: 0, b: 0 } };
      group.occurrences[side] += occurrences;
      groups.set(id, group);
    }
  }
  const requests = { a: requestsBySeries(a), b: requestsBySeries(b) };
  return [...groups.values()]
    .map(({ key, error, occurrences }): FailureDifference => {
      const id = seriesIdentity(key);
      const rate = { a: rateOf(occurrences.a, requests.a.get(id)), b: rateOf(occurrences.b, requests.b.get(id)) };
      return { ...key, error, change: changeOf(occurrences, rate), occurrences, rate };
    })
    .sort((x, y) => ORDER.indexOf(x.change) - ORDER.indexOf(y.change) || moved(y) - moved(x));
}

function requestsBySeries({ series }: FailureSource): Map<string, number> {
  return new Map(series.map((row) => [seriesIdentity(row), row.requests]));
}

function rateOf(occurrences: number, requests: number | undefined): number | null {
  return requests ? occurrences / requests : null;
}

function changeOf(occurrences: Both<number>, rate: Both<number | null>): FailureChange {
  if (occurrences.a === 0) return 'new';
  if (occurrences.b === 0) return 'gone';
  const change = (rate.b ?? 0) - (rate.a ?? 0);
  if (Math.abs(change) <= ALIKE) return 'alike';
  return change > 0 ? 'more' : 'fewer';
}

function moved({ rate }: FailureDifference): number {
  return Math.abs((rate.b ?? 0) - (rate.a ?? 0));
}
