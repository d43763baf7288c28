import { HIGHEST_MAX_RATE, MAX_NODES } from '../../shared/scenario/schema-values';
import type { LoadOverrides, RunRequest } from '../runs/run';
import {
  parseDuration,
  parseExitCode,
  parseHost,
  parseHostName,
  parsePositiveDuration,
  parseRate,
  parseStages,
  parseWholeNumber,
} from './arguments';
import { usageError } from './exit-code';
import type { FileOptionValues } from './file-options';
import type { ReportOptionValues } from './report-targets';
import { parseRequirement, type Requirement } from './requirement';

/** Options of `run` as on the command line. */
export interface RunOptionValues extends ReportOptionValues, FileOptionValues {
  nodes?: string;
  spawnRate?: string;
  duration?: string;
  host?: string;
  stages?: string;
  shards?: string;
  seed?: string;
  stopTimeout?: string;
  maxRate?: string;
  yesIMayTest?: string[];
  db?: string;
  /** false: `--no-history`. */
  history?: boolean;
  onlySummary?: boolean;
  quiet?: boolean;
  exitCodeOnFailure?: string;
  require?: string[];
}

/** Options of `run`, read and checked. */
export interface RunOptions {
  overrides: LoadOverrides;
  /** Hosts that the user says may be tested. */
  mayTest: string[];
  request: Pick<RunRequest, 'shards' | 'seed' | 'stopTimeoutSeconds' | 'maxRequestsPerSecond'>;
  keep: boolean;
  quiet: boolean;
  exitCodeOnFailure: number;
  requirements: Requirement[];
}

/** Reads the options of `run`. Throws a usage error about the first that is wrong. */
export function readRunOptions(values: RunOptionValues): RunOptions {
  const single = values.nodes ?? values.spawnRate ?? values.duration;
  if (values.stages !== undefined && single !== undefined) {
    throw usageError('--stages says how many nodes there are and for how long; leave out -u, -r and -t');
  }
  if (values.history === false && values.db !== undefined)
    throw usageError('--no-history stores nothing, so --db has no effect with it');
  if (values.quiet && values.onlySummary)
    throw usageError('--quiet shows nothing, --only-summary shows the summary; choose one of them');
  return {
    overrides: {
      nodes: read(values.nodes, (text) => parseWholeNumber(text, '-u', { min: 1, max: MAX_NODES })),
      spawnRate: read(values.spawnRate, (text) => parseRate(text, '-r')),
      durationSeconds: read(values.duration, (text) => parsePositiveDuration(text, '-t')),
      stages: read(values.stages, parseStages),
      host: read(values.host, parseHost),
    },
    request: {
      shards: read(values.shards, (text) => parseWholeNumber(text, '--shards', { min: 1, max: 256 })),
      seed: read(values.seed, (text) => parseWholeNumber(text, '--seed', { min: 0 })),
      stopTimeoutSeconds: read(values.stopTimeout, (text) => parseDuration(text, '--stop-timeout')),
      maxRequestsPerSecond: read(values.maxRate, (text) => parseRate(text, '--max-rate', HIGHEST_MAX_RATE)),
    },
    mayTest: (values.yesIMayTest ?? []).map(parseHostName),
    keep: values.history !== false,
    quiet: values.quiet ?? false,
    requirements: (values.require ?? []).map(parseRequirement),
    exitCodeOnFailure: parseExitCode(values.exitCodeOnFailure, '--exit-code-on-failure'),
  };
}

function read<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}
