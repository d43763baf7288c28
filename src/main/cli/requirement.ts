import { seriesIdentity } from '../../shared/scenario/series';
import type { RunReport } from '../../shared/stats/report';
import type { StatisticsRow } from '../../shared/stats/summary';
import { usageError } from './exit-code';
import { countOf } from './number-text';

/** The figures that can be required, with the unit that a limit is in; null where there is no value. */
const FIGURES: Record<string, { unit: string; of(row: StatisticsRow): number | null }> = {
  median: { unit: ' ms', of: (row) => row.median },
  p90: { unit: ' ms', of: (row) => row.p90 },
  p95: { unit: ' ms', of: (row) => row.p95 },
  p99: { unit: ' ms', of: (row) => row.p99 },
  p999: { unit: ' ms', of: (row) => row.p999 },
  average: { unit: ' ms', of: (row) => row.average },
  max: { unit: ' ms', of: (row) => row.max },
  failures: { unit: ' %', of: ({ failures, requests }) => (requests > 0 ? (failures / requests) * 100 : null) },
  rps: { unit: '/s', of: ({ rps, requests }) => (requests > 0 ? rps : null) },
};

const COMPARATORS = {
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
  '>': (value: number, limit: number) => value > limit,
  '>=': (value: number, limit: number) => value >= limit,
};

/** What a run must be like, as given with `--require`. */
export interface Requirement {
  /** As it was written. */
  text: string;
  /** `POST /data`; null for all requests together. */
  series: string | null;
  figure: string;
  comparator: keyof typeof COMPARATORS;
  limit: number;
}

/** Reads `[SERIES ]FIGURE<LIMIT` (or `<=`, `>`, `>=`), for example `p95<250` or `POST /data failures<=0.5`. Throws a usage error. */
export function parseRequirement(text: string): Requirement {
  const parts = /^\s*(?:(\S.*?)\s+)?([a-z][a-z0-9]*)\s*([<>]=?)\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  const [, series = null, figure = '', comparator, limit] = parts ?? [];
  if (!parts || !Object.hasOwn(FIGURES, figure)) {
    throw usageError(
      `--require "${text}" is not understood; write FIGURE<LIMIT (or <=, >, >=), for example "p95<250" or "POST /data failures<=0.5", FIGURE being one of ${Object.keys(FIGURES).join(', ')}`,
    );
  }
  return { text: text.trim(), series, figure, comparator: comparator as Requirement['comparator'], limit: Number(limit) };
}

/** Throws a usage error about the first requirement that names a series which the scenario does not have. */
export function checkRequirements(requirements: readonly Requirement[], series: readonly string[]): void {
  for (const requirement of requirements) {
    if (requirement.series === null || series.includes(requirement.series)) continue;
    throw usageError(
      `--require "${requirement.text}": the scenario has no requests "${requirement.series}"; there are ${series.join(', ')}`,
    );
  }
}

/** The requirements that a run does not meet, each as a sentence. Judged is the steady phase, the whole run where there was none. */
export function unmetRequirements(requirements: readonly Requirement[], report: RunReport): string[] {
  const { total, series } = report.steady ?? report;
  const { invalidSeconds } = report.generator;
  // A backend is not to be blamed for what the generator could not do.
  const doubt = invalidSeconds > 0 ? `; in ${countOf(invalidSeconds, 'second')} of the run the generator was the limit` : '';
  return requirements.flatMap((requirement) => {
    const { text, figure, comparator, limit } = requirement;
    const row = requirement.series === null ? total : series.find((row) => seriesIdentity(row) === requirement.series);
    const { unit, of } = FIGURES[figure] as (typeof FIGURES)[string];
    const value = row ? of(row) : null;
    if (value === null) return [`${text} is not met: there was no request`];
    if (COMPARATORS[comparator](value, limit)) return [];
    return [`${text} is not met: it was ${Number(value.toPrecision(4))}${unit}${doubt}`];
  });
}
