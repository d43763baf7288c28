import { EventEmitter } from 'node:events';
import type { LiveRun, RunListeners } from '../../../../src/main/runs/run';
import type { RunEvent, RunSecond } from '../../../../src/shared/stats/frame';
import type { RunData, RunRecord } from '../../../../src/shared/stats/run';
import { type RecentSecond, recentSecond } from '../../../../src/shared/stats/summary';
import { RunTotals } from '../../../../src/shared/stats/totals';
import { makeRun, type RunDataOptions } from '../../../support/run-data';

/** A run whose seconds a test plays one after the other. */
export class PlayedRun extends EventEmitter<RunListeners> implements LiveRun {
  readonly record: RunRecord;
  readonly totals = new RunTotals();
  readonly recentSeconds: RecentSecond[] = [];
  readonly unstoredSeconds: RunSecond[] = [];
  readonly historyBehind = null;
  stopping = false;
  readonly done: Promise<RunData>;
  private readonly data: RunData;
  private readonly seconds: RunSecond[];

  constructor(options: Partial<RunDataOptions> = {}) {
    super();
    const { data, seconds } = makeRun(options);
    this.data = data;
    this.seconds = seconds;
    this.record = data.run;
    this.done = Promise.resolve(data);
  }

  /** Plays the next `count` seconds. */
  play(count: number): void {
    for (const second of this.seconds.splice(0, count)) {
      this.totals.addSecond(second);
      this.recentSeconds.push(recentSecond(second));
      if (this.recentSeconds.length > 10) this.recentSeconds.shift();
      this.emit('second', second);
    }
  }

  stop(): void {
    this.stopping = true;
    const event: RunEvent = { atMs: 0, kind: 'stop', text: 'stopped by the user' };
    this.emit('event', event);
  }

  edit(): void {
    throw new Error('a played run cannot be edited');
  }

  noteUncaughtError(): void {
    throw new Error('a played run has no mistakes');
  }

  snapshot(): RunData {
    return { ...this.data, totals: this.totals };
  }
}
