import type { RunCourse, SecondView } from '../../shared/api/types';
import type { RunSecond } from '../../shared/stats/frame';
import { heatColumn } from '../../shared/stats/heat-column';
import { secondPercentiles } from '../../shared/stats/summary';
import { lagP99 } from '../store/chart-measures';
import type { ChartColumns } from '../store/run-store';

/** A second of a run as the renderer draws it. */
export function secondView(second: RunSecond, seriesCount: number): SecondView {
  const { health } = second;
  const lagUs = lagP99(health.scheduleLag);
  const bySeries = Map.groupBy(second.series, ({ series }) => series);
  return {
    second: second.second,
    lengthSeconds: second.lengthSeconds,
    phase: second.phase,
    nodes: second.nodes,
    plannedNodes: second.plannedNodes,
    valid: health.valid,
    reasons: health.reasons,
    scheduleLagP99Ms: lagUs === null ? null : lagUs / 1000,
    eventLoopUtilization: health.eventLoopUtilizationMax,
    total: secondPercentiles(second.series),
    series: Array.from({ length: seriesCount }, (_, series) => {
      const own = bySeries.get(series);
      return own ? secondPercentiles(own) : null;
    }),
    heat: heatColumn(second.series.map(({ latency }) => latency)),
  };
}

/** Columns of the store as plain JSON: null for what is not a number. */
export function courseOf(columns: ChartColumns): RunCourse {
  const { second, phase, nodes, plannedNodes, valid, requests, failures } = columns;
  return {
    second: numbers(second),
    lengthSeconds: numbers(columns.lengthSeconds),
    phase,
    nodes: numbers(nodes),
    plannedNodes: numbers(plannedNodes),
    valid: Array.from(valid, (value) => value === 1),
    scheduleLagP99Ms: orNull(columns.scheduleLagP99),
    reasons: columns.reasons,
    requests: numbers(requests),
    failures: numbers(failures),
    p50: orNull(columns.p50),
    p90: orNull(columns.p90),
    p95: orNull(columns.p95),
    p99: orNull(columns.p99),
    max: orNull(columns.max),
  };
}

function numbers(column: Float64Array): number[] {
  return orNull(column) as number[];
}

/** Written out, because `Array.from` takes several times as long for the columns of a day. */
function orNull(column: Float64Array): (number | null)[] {
  const values = new Array<number | null>(column.length);
  for (let at = 0; at < column.length; at++) {
    const value = column[at] as number;
    values[at] = Number.isNaN(value) ? null : value;
  }
  return values;
}
