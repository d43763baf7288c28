import { ExceptionLedger, FailureLedger } from './failures';
import type { RunSecond } from './frame';
import type { RunData } from './run';
import { RunTotals } from './totals';

/** What some seconds of a run add up to, in any order: figures, failures and exceptions. */
export class StretchSums {
  private readonly totals = new RunTotals();
  private readonly failures = new FailureLedger();
  private readonly exceptions = new ExceptionLedger();

  add(second: RunSecond): void {
    this.totals.addSecond(second);
    this.failures.add(second.failures);
    this.exceptions.add(second.exceptions);
  }

  /** To be read before more is added: the totals are those that are added to. */
  parts(): Pick<RunData, 'totals' | 'failures' | 'exceptions'> {
    return { totals: this.totals, failures: this.failures.list(), exceptions: this.exceptions.list() };
  }
}
