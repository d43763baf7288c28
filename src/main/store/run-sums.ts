import type { RunSecond } from '../../shared/stats/frame';
import { RunTotals } from '../../shared/stats/totals';

/** What the history's list shows of a run's requests. */
export interface ListFigures {
  requests: number;
  failures: number;
  requestsPerSecond: number;
  p95Us: number | null;
  invalidSeconds: number;
}

/** A run's seconds summed up as they are stored: by series for its reports, and all series together for its line in the history. */
export class RunSums {
  readonly totals = new RunTotals();
  /** All series as one, so that the line of every second costs the same however many series there are. */
  private readonly together = new RunTotals();

  /** Each second once. */
  addSecond(second: RunSecond): void {
    this.totals.addSecond(second);
    this.together.addSecond({
      ...second,
      series: second.series.map((delta) => ({ ...delta, series: 0 })),
      tasks: [],
      shards: [],
    });
  }

  /** Counts of the whole run; rate and percentile of the steady phase, of the whole run as long as there is none. */
  listFigures(): ListFigures {
    const phases = this.together.seconds(['steady']) > 0 ? (['steady'] as const) : undefined;
    const { requests, failed } = this.together.select(0);
    const { requests: steadyRequests, latency } = this.together.select(0, phases);
    const seconds = this.together.seconds(phases);
    return {
      requests,
      failures: failed,
      requestsPerSecond: seconds > 0 ? steadyRequests / seconds : 0,
      p95Us: latency.count > 0 ? latency.percentile(95) : null,
      invalidSeconds: this.together.invalidSeconds,
    };
  }
}
