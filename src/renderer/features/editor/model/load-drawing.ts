import { type LoadSegment, peakNodes, planLoad } from '../../../../shared/scenario/load';
import { loadSchema } from '../../../../shared/scenario/schema';

/** A mark on an axis: its place (0 to 1) and its value. */
export interface AxisMark {
  at: number;
  value: number;
}

/** The planned number of nodes over time, as a drawing within a unit square (x to the right, y upwards). */
export interface LoadDrawing {
  points: { x: number; y: number }[];
  /** The run goes on beyond the right edge. */
  isOpenEnded: boolean;
  /** Seconds of the run's clock at the right edge. */
  seconds: number;
  /** Nodes at the top. */
  nodes: number;
  timeMarks: AxisMark[];
  nodeMarks: AxisMark[];
}

/** Draws a load as the document holds it; null while it is broken or plans no node. */
export function drawLoad(load: unknown): LoadDrawing | null {
  const parsed = loadSchema.safeParse(load);
  if (!parsed.success) return null;
  const { stages, nodes, spawnRate } = parsed.data;
  if (!stages && (nodes === undefined || spawnRate === undefined)) return null;
  const { segments, durationSeconds } = planLoad(parsed.data);
  const peak = peakNodes(segments);
  if (peak === 0 || durationSeconds === 0) return null;
  const seconds = durationSeconds ?? shownSeconds(segments);
  const points = segments
    .filter(({ fromSeconds }) => fromSeconds < seconds || fromSeconds === 0)
    .flatMap((segment) => endsWithin(segment, seconds))
    .map(({ at, planned }) => ({ x: at / seconds, y: planned / peak }));
  return {
    points,
    isOpenEnded: durationSeconds === null,
    seconds,
    nodes: peak,
    timeMarks: axisMarks(seconds, timeStep(seconds)),
    nodeMarks: axisMarks(peak, Math.max(1, roundStep(peak))),
  };
}

/** The ends of a segment, cut at the end of the drawing. */
function endsWithin(
  { fromSeconds, toSeconds, fromNodes, toNodes }: LoadSegment,
  seconds: number,
): { at: number; planned: number }[] {
  const start = { at: fromSeconds, planned: fromNodes };
  if (toSeconds <= seconds) return [start, { at: toSeconds, planned: toNodes }];
  const part = fromNodes === toNodes ? 0 : (seconds - fromSeconds) / (toSeconds - fromSeconds);
  return [start, { at: seconds, planned: fromNodes + part * (toNodes - fromNodes) }];
}

/** A run without end is drawn to some time after its ramp. */
function shownSeconds(segments: readonly LoadSegment[]): number {
  const rampEnd = segments[segments.length - 1]?.fromSeconds ?? 0;
  return Math.max(10, rampEnd * 1.5);
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const MAX_STEPS = 5;

/** Even marks from 0 on, at most six. */
function axisMarks(end: number, step: number): AxisMark[] {
  const marks: AxisMark[] = [];
  for (let index = 0; index * step <= end * (1 + 1e-9); index++) marks.push({ at: (index * step) / end, value: index * step });
  return marks;
}

function timeStep(seconds: number): number {
  return TIME_STEPS.find((step) => seconds / step <= MAX_STEPS) ?? roundStep(seconds);
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(end: number): number {
  const power = 10 ** Math.floor(Math.log10(end / MAX_STEPS));
  return ([1, 2, 5, 10].find((factor) => end / (factor * power) <= MAX_STEPS) ?? 10) * power;
}
