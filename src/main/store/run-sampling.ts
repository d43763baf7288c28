import type { SampledRun } from '../../shared/stats/comparison';
import { type Both, sampleRun } from '../../shared/stats/run-sample';
import type { RunSampleTable } from './run-sample-table';
import { type ComparedPart, StoreError } from './run-store';
import type { RunTable } from './run-table';
import type { SecondTables } from './second-tables';

/** A run, or a part of it, with what it has to say in a comparison. */
export interface DrawnRun extends SampledRun {
  /** The last second there was when it was drawn; -1 for none. */
  lastSecond: number;
  /** Whether it is of a whole run that has ended and is not kept yet. */
  isNew: boolean;
}

/** Where samples for comparisons come from: what is kept of a whole run that has ended, else drawn from the stored seconds. */
export class RunSampling {
  private readonly runs: RunTable;
  private readonly seconds: SecondTables;
  private readonly samples: RunSampleTable;

  constructor(runs: RunTable, seconds: SecondTables, samples: RunSampleTable) {
    this.runs = runs;
    this.seconds = seconds;
    this.samples = samples;
  }

  /** Throws a `StoreError` when there is no such run. */
  draw({ runId, range }: ComparedPart, place: keyof Both<unknown>): DrawnRun {
    const lastSecond = this.runs.lastSecond(runId);
    const run = this.runs.record(runId);
    if (lastSecond === null || !run) throw new StoreError(`Run ${runId} cannot be read.`, { notFound: true });
    const series = this.runs.series(runId);
    const isKept = !range && run.status !== 'running';
    const kept = isKept ? this.samples.read(runId) : null;
    if (kept) return { run, series, sample: kept, lastSecond, isNew: false };
    const seconds = this.seconds.readLatencies(runId, range);
    const sample = sampleRun({ series, seconds }, isKept ? ['a', 'b'] : [place]);
    return { run, series, sample, lastSecond, isNew: isKept };
  }
}
