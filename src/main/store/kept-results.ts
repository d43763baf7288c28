import type { RunRecord } from '../../shared/stats/run';
import type { RunTotals } from '../../shared/stats/totals';
import type { MinuteTable } from './minute-table';
import type { RunSampleTable } from './run-sample-table';
import type { DrawnRun, RunSampling } from './run-sampling';
import type { ComparedPart } from './run-store';
import type { RunTable } from './run-table';
import type { RunTotalsTable } from './run-totals-table';
import type { StepReader } from './step-reader';
import type { Transactions } from './transactions';

/** Minutes that are read and then written at once where a run lacks many. */
const COMPLETED_AT_ONCE = 10;

/** What results are worked out from, and the tables where they are kept. */
export interface ResultTables {
  runs: RunTable;
  steps: StepReader;
  sampling: RunSampling;
  totals: RunTotalsTable;
  minutes: MinuteTable;
  samples: RunSampleTable;
}

/**
 * Results that can be worked out from the stored seconds of a run that has ended, and are kept because that takes long. Keeping saves time
 * and nothing else, so nothing here throws: what was not kept is worked out again, and what is wrong with a run is said by who reads it.
 */
export class KeptResults {
  private readonly transactions: Transactions;
  private readonly tables: ResultTables;

  constructor(transactions: Transactions, tables: ResultTables) {
    this.transactions = transactions;
    this.tables = tables;
  }

  /** Keeps the totals of a run that ended without them, unless it has changed since they were read. */
  keepTotals(run: RunRecord, totals: RunTotals, lastSecond: number): void {
    this.keep(run, lastSecond, () => this.tables.totals.write(run.id, totals));
  }

  /** Keeps what was drawn of a whole run that has ended and is not kept yet, unless the run has changed since. */
  keepSample({ run, sample, lastSecond, isNew }: DrawnRun): void {
    if (isNew) this.keep(run, lastSecond, () => this.tables.samples.write(run.id, sample));
  }

  /** Draws a run's sample as it ends, when nobody waits for it: a second or two of work, however long it was. */
  prepareSample(runId: number): void {
    try {
      this.keepSample(this.transactions.read(() => this.tables.sampling.draw({ runId }, 'a')));
    } catch {
      // It will be drawn when it is needed.
    }
  }

  /** Sums up and keeps what minutes an ended run lacks, a few at a time, so that a run of many hours never lies in memory. */
  completeMinutes(part: ComparedPart): void {
    const { runId } = part;
    const { sampling, steps, minutes: table } = this.tables;
    try {
      const missing = this.transactions.read(() => sampling.missingMinutes(part));
      for (let at = 0; at < missing.length; at += COMPLETED_AT_ONCE) {
        const { minutes, run, lastSecond } = this.transactions.read(() => ({
          ...sampling.known(runId),
          minutes: missing
            .slice(at, at + COMPLETED_AT_ONCE)
            .map((minute) => ({ minute, step: steps.sumUpMinute(runId, minute) })),
        }));
        this.keep(run, lastSecond, () => {
          for (const { minute, step } of minutes) table.write(runId, minute, step);
        });
      }
    } catch {
      // They will be summed up by who reads them.
    }
  }

  private keep(run: RunRecord, lastSecond: number, write: () => void): void {
    const { runs } = this.tables;
    try {
      this.transactions.write(() => {
        const unchanged = runs.lastSecond(run.id) === lastSecond && runs.record(run.id)?.status === run.status;
        if (unchanged) write();
      });
    } catch {
      // What was asked for has been read.
    }
  }
}
