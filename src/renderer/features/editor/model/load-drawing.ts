import { type LoadSegment, peakNodes, planLoad } from '../../../../shared/scenario/load';
import { loadSchema } from '../../../../shared/scenario/schema';
import { roundStep, ticksWithin, timeStep } from '../../../charts/axis-steps';

/** Between the marks of an axis. */
const MAX_STEPS = 5;

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
    timeMarks: axisMarks(seconds, timeStep(seconds, MAX_STEPS)),
    nodeMarks: axisMarks(peak, roundStep(peak / MAX_STEPS, true)),
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

/** At most six, from 0 on. */
function axisMarks(end: number, step: number): AxisMark[] {
  return ticksWithin({ from: 0, to: end }, step).map((value) => ({ at: value / end, value }));
}
