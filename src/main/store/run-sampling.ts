import type { SampledRun } from '../../shared/stats/comparison';
import type { RunRecord } from '../../shared/stats/run';
import { type Both, sampleRun } from '../../shared/stats/run-sample';
import type { RunSampleTable } from './run-sample-table';
import { type ComparedPart, type SecondRange, StoreError } from './run-store';
import type { RunTable } from './run-table';
import type { StepReader, Stretch } from './step-reader';

/** A run, or a part of it, with what it has to say in a comparison. */
export interface DrawnRun extends SampledRun {
  /** The last second there was when it was drawn; -1 for none. */
  lastSecond: number;
  /** Whether it is of a whole run that has ended and is not kept yet. */
  isNew: boolean;
}

/** Where samples for comparisons come from: what is kept of a whole run that has ended, else drawn from what is stored of its seconds. */
export class RunSampling {
  private readonly runs: RunTable;
  private readonly steps: StepReader;
  private readonly samples: RunSampleTable;

  constructor(runs: RunTable, steps: StepReader, samples: RunSampleTable) {
    this.runs = runs;
    this.steps = steps;
    this.samples = samples;
  }

  /** Throws a `StoreError` when there is no such run. */
  draw({ runId, range }: ComparedPart, place: keyof Both<unknown>): DrawnRun {
    const { run, lastSecond } = this.known(runId);
    const series = this.runs.series(runId);
    const isKept = !range && run.status !== 'running';
    const kept = isKept ? this.samples.read(runId) : null;
    if (kept) return { run, series, sample: kept, lastSecond, isNew: false };
    const sample = sampleRun(this.steps.read(stretchOf(runId, lastSecond, range), series), isKept ? ['a', 'b'] : [place]);
    return { run, series, sample, lastSecond, isNew: isKept };
  }

  /**
   * Minutes that `draw` would have to sum up from their seconds, of a run that has ended: there are many where an earlier version stored the run or
   * its store died. Throws a `StoreError` when there is no such run.
   */
  missingMinutes({ runId, range }: ComparedPart): number[] {
    const { run, lastSecond } = this.known(runId);
    if (run.status === 'running' || (!range && this.samples.read(runId))) return [];
    return this.steps.missingMinutes(stretchOf(runId, lastSecond, range));
  }

  /** Throws a `StoreError` when there is no such run. */
  known(runId: number): { run: RunRecord; lastSecond: number } {
    const lastSecond = this.runs.lastSecond(runId);
    const run = this.runs.record(runId);
    if (lastSecond === null || !run) throw new StoreError(`Run ${runId} cannot be read.`, { notFound: true });
    return { run, lastSecond };
  }
}

function stretchOf(runId: number, lastSecond: number, { from = 0, to = lastSecond + 1 }: SecondRange = {}): Stretch {
  return { runId, from: Math.max(0, from), to: Math.min(to, lastSecond + 1) };
}
