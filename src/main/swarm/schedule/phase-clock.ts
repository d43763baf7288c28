import { type LoadSegment, phaseOfSecond } from '../../../shared/scenario/load';
import type { Phase } from '../../../shared/stats/frame';

/** The phase of an intended start. Remembers the last second it was asked for, because nearly all questions are about now. */
export class PhaseClock {
  private second = -1;
  private phase: Phase = 'ramp';
  private stopUs = Number.POSITIVE_INFINITY;

  constructor(private segments: readonly LoadSegment[]) {}

  /** The plan from now on. */
  setSegments(segments: readonly LoadSegment[]): void {
    this.segments = segments;
    this.second = -1;
  }

  /** Everything intended from `stopUs` on is cooldown. */
  stopAt(stopUs: number): void {
    this.stopUs = Math.min(this.stopUs, stopUs);
  }

  /** The phase that a request intended at `intendedUs` (us of the run's clock) belongs to. */
  phaseOf(intendedUs: number): Phase {
    if (intendedUs >= this.stopUs) return 'cooldown';
    const second = Math.floor(intendedUs / 1e6);
    if (second !== this.second) {
      this.second = second;
      this.phase = phaseOfSecond(this.segments, second);
    }
    return this.phase;
  }
}
