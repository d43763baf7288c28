import type { RunSnapshot } from '../../../../shared/api/types';
import { planLoad } from '../../../../shared/scenario/load';
import { formatClock } from '../../../ui/format';

/** How far a run has come. */
export interface RunProgress {
  /** 0 to 1; null: until stopped, so there is no end to measure against. */
  share: number | null;
  /** `00:42 / 05:00` */
  clock: string;
  /** Where the stages of the plan begin, as shares of it, the first left out; empty without stages. */
  stageStarts: number[];
  /** `Stage 2 of 4: holding 200 nodes`; null without stages. */
  stage: string | null;
}

/** Progress against duration or stages. */
export function runProgress(snapshot: RunSnapshot): RunProgress {
  const { elapsedSeconds, plannedSeconds, record } = snapshot;
  const stages = record.scenario.load.stages;
  const clock =
    plannedSeconds === null ? formatClock(elapsedSeconds) : `${formatClock(elapsedSeconds)} / ${formatClock(plannedSeconds)}`;
  const share = plannedSeconds === null || plannedSeconds <= 0 ? null : Math.min(1, elapsedSeconds / plannedSeconds);
  if (!stages || plannedSeconds === null || plannedSeconds <= 0) return { share, clock, stageStarts: [], stage: null };
  const starts: number[] = [];
  let at = 0;
  for (const stage of stages) {
    starts.push(at);
    at += stage.rampSeconds + stage.holdSeconds;
  }
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= elapsedSeconds),
  );
  return {
    share,
    clock,
    stageStarts: starts.slice(1).map((start) => start / plannedSeconds),
    stage: `Stage ${index + 1} of ${stages.length}${stageText(snapshot)}`,
  };
}

function stageText({ record, elapsedSeconds }: RunSnapshot): string {
  const segment = planLoad(record.scenario.load).segments.findLast(({ fromSeconds }) => fromSeconds <= elapsedSeconds);
  if (!segment) return '';
  return segment.fromNodes === segment.toNodes ? `: ${segment.toNodes} nodes` : `: to ${segment.toNodes} nodes`;
}
