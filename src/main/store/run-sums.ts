import type { RunSecond } from '../../shared/stats/frame';
import { StretchSums } from '../../shared/stats/stretch-sums';
import { RunTotals } from '../../shared/stats/totals';
import { MinuteSums } from './minute-sums';
import type { MinuteTable } from './minute-table';
import { SECONDS_AT_ONCE, type SecondTables } from './second-tables';

/** Sums of runs: those that are being stored here are kept up second by second, all others are summed up from their stored seconds. */
export class RunSums {
  private readonly seconds: SecondTables;
  private readonly minuteTable: MinuteTable;
  private readonly totals = new Map<number, RunTotals>();
  private readonly minutes = new Map<number, MinuteSums>();
  /** The stretch that was asked for last of a run that is being stored, as far as it went then: the same is asked for again as it grows. */
  private growing: { runId: number; from: number; upTo: number; sums: StretchSums } | undefined;

  constructor(seconds: SecondTables, minuteTable: MinuteTable) {
    this.seconds = seconds;
    this.minuteTable = minuteTable;
  }

  /**
   * To be called for each second in the transaction that stores it; `lastSecond` is the last one stored before, -1 for none. Returns the sums
   * up to and with it. When the transaction fails, `forget` is to be called: they may hold a second that was not stored.
   */
  add(runId: number, second: RunSecond, lastSecond: number): RunTotals {
    let sums = lastSecond === -1 ? new RunTotals() : this.totals.get(runId);
    if (sums && second.second > lastSecond) sums.addSecond(second);
    // Sent again, or begun by a process that is gone: only the stored seconds tell.
    else sums = this.sumUp(runId, Math.max(lastSecond, second.second));
    this.totals.set(runId, sums);
    if (second.second <= lastSecond) this.forgetStretch(runId);
    this.minutesOf(runId).addSecond(second, lastSecond);
    return sums;
  }

  /** Of all seconds up to and with `lastSecond`, the last one stored. */
  whole(runId: number, lastSecond: number): RunTotals {
    return this.totals.get(runId) ?? this.sumUp(runId, lastSecond);
  }

  /** Of the stored seconds from `from` up to and with `lastSecond`, or up to `to`, whichever comes first. */
  sumUp(runId: number, lastSecond: number, from = 0, to = lastSecond + 1): RunTotals {
    const sums = new RunTotals();
    for (const second of this.inChunks(runId, from, Math.min(to, lastSecond + 1))) sums.addSecond(second);
    return sums;
  }

  /**
   * Of the stored seconds from `from` up to `to`, at the most one behind the last one stored. Of a run that is being stored only those are read that
   * were not there when the same stretch was asked for before. To be read before more is stored.
   */
  stretch(runId: number, from: number, to: number): StretchSums {
    const { growing } = this;
    const isSame = growing?.runId === runId && growing.from === from && growing.upTo <= to;
    const sums = isSame ? growing.sums : new StretchSums();
    // If reading fails, some of it may have been added.
    this.growing = undefined;
    for (const second of this.inChunks(runId, isSame ? growing.upTo : from, to)) sums.add(second);
    if (this.totals.has(runId)) this.growing = { runId, from, upTo: to, sums };
    return sums;
  }

  forget(runId: number): void {
    this.totals.delete(runId);
    this.minutes.delete(runId);
    this.forgetStretch(runId);
  }

  private forgetStretch(runId: number): void {
    if (this.growing?.runId === runId) this.growing = undefined;
  }

  private *inChunks(runId: number, from: number, to: number): Generator<RunSecond> {
    for (let at = from; at < to; at += SECONDS_AT_ONCE)
      yield* this.seconds.read(runId, { from: at, to: Math.min(to, at + SECONDS_AT_ONCE) });
  }

  private minutesOf(runId: number): MinuteSums {
    let sums = this.minutes.get(runId);
    if (!sums) {
      sums = new MinuteSums(this.minuteTable, runId);
      this.minutes.set(runId, sums);
    }
    return sums;
  }
}
