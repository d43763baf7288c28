import type { SeriesKey } from '../../shared/scenario/series';
import {
  type ComparedStep,
  MINUTE_SECONDS,
  minuteOf,
  StepSum,
  stepOfSecond,
  stepSecondsOf,
} from '../../shared/stats/compared-step';
import type { SampledSteps } from '../../shared/stats/run-sample';
import type { MinuteTable } from './minute-table';
import type { SecondTables } from './second-tables';

/** What the steps of a group of series may take in memory, about; a run with more of them is read several times. */
const GROUP_BYTES = 256e6;
/** A step of a series beside its buckets. */
const STEP_BYTES = 300;
/** Of a stored byte: a latency has two buckets a byte, each of 6 bytes in memory, and is a third of what is stored of a second. */
const MEMORY_OF_SECOND = 4;
const MEMORY_OF_MINUTE = 12;
/** Read at once. */
const PORTION_SECONDS = 600;

/** A part of a run, `to` exclusive. */
export interface Stretch {
  runId: number;
  from: number;
  to: number;
}

/** Reads what a comparison asks of a run: seconds, or minutes where it is long. */
export class StepReader {
  private readonly seconds: SecondTables;
  private readonly minutes: MinuteTable;
  private readonly groupBytes: number;

  constructor(seconds: SecondTables, minutes: MinuteTable, groupBytes = GROUP_BYTES) {
    this.seconds = seconds;
    this.minutes = minutes;
    this.groupBytes = groupBytes;
  }

  /** The groups are read as they are asked for. */
  read(stretch: Stretch, series: readonly SeriesKey[]): SampledSteps {
    const stepSeconds = stepSecondsOf(stretch.to - stretch.from);
    return { series, stepSeconds, groups: this.groups(stretch, series.length, stepSeconds) };
  }

  /** Whole minutes of a long stretch that are not summed up yet. */
  missingMinutes({ runId, from, to }: Stretch): number[] {
    if (stepSecondsOf(to - from) === 1) return [];
    const [first, end] = wholeMinutes(from, to);
    const known = this.minutes.known(runId, first, end);
    return Array.from({ length: end - first }, (_, at) => first + at).filter((minute) => !known.has(minute));
  }

  /** A minute from its seconds. */
  sumUpMinute(runId: number, minute: number): ComparedStep {
    return this.sumUp({ runId, from: minute * MINUTE_SECONDS, to: (minute + 1) * MINUTE_SECONDS });
  }

  private sumUp({ runId, from, to }: Stretch, isWanted: (series: number) => boolean = () => true): ComparedStep {
    const sum = new StepSum();
    for (const second of this.seconds.readLatencies(runId, { from, to }, isWanted)) sum.add(second);
    return sum.step();
  }

  private *groups(stretch: Stretch, seriesCount: number, stepSeconds: number): SampledSteps['groups'] {
    const groupSize = Math.max(
      1,
      Math.floor(seriesCount / Math.ceil(this.memory(stretch, seriesCount, stepSeconds) / this.groupBytes)),
    );
    for (let first = 0; first === 0 || first < seriesCount; first += groupSize) {
      const end = Math.min(seriesCount, first + groupSize);
      const isWanted = (series: number) => series >= first && series < end;
      const steps = stepSeconds === 1 ? this.readSeconds(stretch, isWanted) : this.readMinutes(stretch, isWanted);
      yield { seriesCount: end - first, steps };
    }
  }

  /** Bytes that all series would take in memory, about. */
  private memory({ runId, from, to }: Stretch, seriesCount: number, stepSeconds: number): number {
    const buckets =
      stepSeconds === 1
        ? this.seconds.histogramBytes(runId, { from, to }) * MEMORY_OF_SECOND
        : this.minutes.bytes(runId, ...wholeMinutes(from, to)) * MEMORY_OF_MINUTE;
    return buckets + ((to - from) / stepSeconds) * seriesCount * STEP_BYTES;
  }

  private readSeconds({ runId, from, to }: Stretch, isWanted: (series: number) => boolean): ComparedStep[] {
    const steps: ComparedStep[] = [];
    for (let at = from; at < to; at += PORTION_SECONDS) {
      const portion = { from: at, to: Math.min(to, at + PORTION_SECONDS) };
      for (const second of this.seconds.readLatencies(runId, portion, isWanted)) steps.push(stepOfSecond(second));
    }
    return steps;
  }

  private readMinutes({ runId, from, to }: Stretch, isWanted: (series: number) => boolean): ComparedStep[] {
    const steps: ComparedStep[] = [];
    for (let at = from; at < to; ) {
      const end = Math.min(to, (minuteOf(at) + PORTION_SECONDS / MINUTE_SECONDS) * MINUTE_SECONDS);
      const stored = this.minutes.read(runId, ...wholeMinutes(at, end), isWanted);
      while (at < end) {
        const next = Math.min(end, (minuteOf(at) + 1) * MINUTE_SECONDS);
        steps.push(stored.get(minuteOf(at)) ?? this.sumUp({ runId, from: at, to: next }, isWanted));
        at = next;
      }
    }
    return steps;
  }
}

/** The first minute that lies in a stretch with all its seconds, and the one behind the last. */
function wholeMinutes(from: number, to: number): [first: number, end: number] {
  return [Math.ceil(from / MINUTE_SECONDS), minuteOf(to)];
}
