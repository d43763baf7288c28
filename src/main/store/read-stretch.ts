import type { FailureGroup } from '../../shared/stats/frame';
import { type StretchReport, stretchReport } from '../../shared/stats/report';
import type { RunData } from '../../shared/stats/run';
import type { RunStore, SecondRange } from './run-store';

/**
 * Sums up a stretch of a run, in whatever phases it lies. The samples of its failures are those kept of the run: they are the run's first ones,
 * so that a stretch seldom has some of its own.
 *
 * @param run the run whole, as it is known
 */
export async function readStretch(store: RunStore, run: RunData, range: SecondRange): Promise<StretchReport> {
  const [totals, { failures, exceptions }] = await Promise.all([
    store.readTotals(run.run.id, range),
    store.readProblems(run.run.id, range),
  ]);
  return stretchReport({ ...run, totals, failures: failures.map((group) => withSamplesOf(run, group)), exceptions });
}

function withSamplesOf(run: RunData, group: FailureGroup): FailureGroup {
  const known = run.failures.find(({ series, error }) => series === group.series && error === group.error);
  return known ? { ...group, samples: known.samples } : group;
}
