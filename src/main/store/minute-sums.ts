import { minuteOf, StepSum } from '../../shared/stats/compared-step';
import type { RunSecond } from '../../shared/stats/frame';
import type { MinuteTable } from './minute-table';

/** Sums the seconds of a run up by minutes while they are stored, each when the next has begun. */
export class MinuteSums {
  private readonly table: MinuteTable;
  private readonly runId: number;
  /** Not there while it is not known from its beginning: whoever needs it then sums it up from the stored seconds. */
  private current: { minute: number; sum: StepSum } | undefined;

  constructor(table: MinuteTable, runId: number) {
    this.table = table;
    this.runId = runId;
  }

  /** To be called for each second in the transaction that stores it; `lastSecond` is the last one stored before, -1 for none. */
  addSecond(second: RunSecond, lastSecond: number): void {
    const minute = minuteOf(second.second);
    // Whatever it was, it is another now.
    this.table.remove(this.runId, minute);
    if (second.second <= lastSecond) {
      if (this.current?.minute === minute) this.current = undefined;
      return;
    }
    if (this.current && this.current.minute !== minute) {
      this.table.write(this.runId, this.current.minute, this.current.sum.step());
      this.current = undefined;
    }
    if (lastSecond === -1 || minuteOf(lastSecond) < minute) this.current = { minute, sum: new StepSum() };
    this.current?.sum.add(second);
  }
}
