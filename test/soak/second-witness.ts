import type { ApiEvents } from '../../src/shared/api/events';
import type { HeatColumn, RunCourse, SecondView } from '../../src/shared/api/types';
import { CURRENT_RATE_SECONDS, type SecondPercentiles } from '../../src/shared/stats/summary';

const NOTHING: SecondPercentiles = { requests: 0, failures: 0, p50: null, p90: null, p95: null, p99: null, max: null };
const FIGURES = ['requests', 'failures', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const CLOCK = ['phase', 'nodes', 'plannedNodes', 'valid', 'scheduleLagP99Ms'] as const;

/** What is kept of a second: what charts draw. */
type WitnessedSecond = Pick<SecondView, 'lengthSeconds' | (typeof CLOCK)[number]> & {
  /** Aggregated, then the series. */
  lines: SecondPercentiles[];
  heat: string;
};

/** How many figures were held against each other, and what differed (the first ones, in words). */
export interface Comparison {
  compared: number;
  different: string[];
}

const MOST_DIFFERENCES = 20;

/**
 * Keeps what the events of a run told, second by second, and holds everything else that the app shows of the run against it: the totals that come
 * with each event, and the charts that the store gives.
 */
export class SecondWitness {
  readonly seconds: WitnessedSecond[] = [];
  /** Events that contradict those before them. */
  readonly live: Comparison = { compared: 0, different: [] };
  private readonly requests: number[] = [];
  private readonly failures: number[] = [];

  constructor(private readonly runId: number) {}

  hear({ runId, second, snapshot }: ApiEvents['run.second']): void {
    if (runId !== this.runId) return;
    this.expect(`number of second ${second.second}`, second.second, this.seconds.length);
    const { lengthSeconds, phase, nodes, plannedNodes, valid, scheduleLagP99Ms } = second;
    const lines = [second.total, ...second.series.map((figures) => figures ?? NOTHING)];
    const heat = JSON.stringify(second.heat);
    this.seconds.push({ lengthSeconds, phase, nodes, plannedNodes, valid, scheduleLagP99Ms, lines, heat });
    const { total, series } = snapshot.report;
    [total, ...series].forEach((row, line) => {
      const { requests, failures } = lines[line] ?? NOTHING;
      this.requests[line] = (this.requests[line] ?? 0) + requests;
      this.failures[line] = (this.failures[line] ?? 0) + failures;
      this.expect(`requests of ${row.name} until second ${second.second}`, row.requests, this.requests[line]);
      this.expect(`failures of ${row.name} until second ${second.second}`, row.failures, this.failures[line]);
    });
    const recent = this.seconds.slice(-CURRENT_RATE_SECONDS);
    if (snapshot.current && recent.every((one) => one.lengthSeconds === 1)) {
      const rate = recent.reduce((sum, one) => sum + (one.lines[0]?.requests ?? 0), 0) / recent.length;
      this.expect(`current rate in second ${second.second}`, snapshot.current.total.requestsPerSecond, rate);
    }
  }

  /** Sum over all seconds of a line: 0 is Aggregated, then the series. */
  requestsOf(line: number): number {
    return this.requests[line] ?? 0;
  }

  failuresOf(line: number): number {
    return this.failures[line] ?? 0;
  }

  /** Holds the chart of a line against what the events told. */
  compareCourse(line: number, course: RunCourse): Comparison {
    const result: Comparison = { compared: 0, different: [] };
    course.second.forEach((second, row) => {
      const seen = this.seconds[second];
      // Of a run that is on, a second may be stored before its event has arrived here.
      if (!seen) return;
      const figures = seen.lines[line] ?? NOTHING;
      for (const name of FIGURES)
        compare(result, `${name} of line ${line} in second ${second}`, course[name][row], figures[name]);
      if (line > 0) return;
      for (const name of CLOCK) compare(result, `${name} of second ${second}`, course[name][row], seen[name]);
    });
    return result;
  }

  /** Holds the heat map against what the events told: a column for each second from the first. */
  compareHeat(columns: readonly HeatColumn[]): Comparison {
    const result: Comparison = { compared: 0, different: [] };
    columns.forEach((column, second) => {
      const seen = this.seconds[second];
      if (seen) compare(result, `heat of second ${second}`, JSON.stringify(column), seen.heat);
    });
    return result;
  }

  /** Holds what another witness heard against this one. */
  compareHeard(seconds: readonly SecondView[]): Comparison {
    const result: Comparison = { compared: 0, different: [] };
    for (const { second, total, heat } of seconds) {
      const seen = this.seconds[second];
      if (!seen) continue;
      compare(result, `second ${second}`, JSON.stringify(total), JSON.stringify(seen.lines[0]));
      compare(result, `heat of second ${second}`, JSON.stringify(heat), seen.heat);
    }
    return result;
  }

  private expect(what: string, value: unknown, wanted: unknown): void {
    compare(this.live, what, value, wanted);
  }
}

/** Adds what one comparison found to another. */
export function addComparison(into: Comparison, { compared, different }: Comparison): void {
  into.compared += compared;
  into.different.push(...different.slice(0, Math.max(0, MOST_DIFFERENCES - into.different.length)));
}

function compare(result: Comparison, what: string, value: unknown, wanted: unknown): void {
  result.compared++;
  if (value !== wanted && result.different.length < MOST_DIFFERENCES)
    result.different.push(`${what}: ${String(value)} instead of ${String(wanted)}`);
}
