import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { LiveRun } from '../runs/run';
import type { OutputStream } from './command-io';
import { durationText } from './number-text';
import { currentParts, stoppingText } from './run-progress';
import type { RunView } from './run-view';
import { plainStyle } from './style';

/** Seconds of the run's clock between two lines. */
const LINE_SECONDS = 10;

/** A line every ten seconds, for logs and pipes. */
export class PlainView implements RunView {
  private run: LiveRun | null = null;

  constructor(
    private readonly stream: OutputStream,
    private readonly messages: OutputStream,
  ) {}

  start(run: LiveRun): void {
    this.run = run;
    run.on('second', this.showSecond);
    run.on('event', this.showEvent);
  }

  note(level: 'info' | 'warn' | 'error', text: string): void {
    if (level === 'info') this.stream.write(`${text}\n`);
    else this.messages.write(`${level}: ${text}\n`);
  }

  stop(): void {
    this.run?.off('second', this.showSecond);
    this.run?.off('event', this.showEvent);
    this.run = null;
  }

  private readonly showSecond = (second: RunSecond): void => {
    if (!this.run || (second.second + 1) % LINE_SECONDS !== 0) return;
    this.stream.write(`${progressLine(this.run, second)}\n`);
  };

  private readonly showEvent = ({ kind }: RunEvent): void => {
    if (this.run && kind === 'stop') this.stream.write(`${stoppingText(this.run)}\n`);
  };
}

/** `20 s, ramp: 100 of 100 nodes, 19.9 requests/s, failures 0 %, p95 12 ms, generator ok (…)` */
function progressLine(run: LiveRun, second: RunSecond): string {
  return `${durationText(second.second + 1)}, ${second.phase}: ${currentParts(run, plainStyle).join(', ')}`;
}
