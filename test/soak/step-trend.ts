import { studentTwoSidedQuantile } from '../../src/shared/stats/student-t';
import type { LinearTrend, Point } from './linear-trend';

/** Each stretch is cut into so many pieces of the same number of values. */
const PIECES = 20;

/**
 * The trend of values that go up in steps and stay there, as resident memory does: what a process was given once it mostly keeps, and one burst of work raises
 * it for good. A line fitted to that takes a single step for growth. So the growth from piece to piece of a stretch is what is looked at: its mean is the
 * slope, and its spread says how sure that is. One step among twenty pieces is within what chance does; growth in every piece is not.
 *
 * @param confidence 0 to 1
 */
export function stepTrend(stretches: readonly (readonly Point[])[], confidence: number): LinearTrend {
  const used = stretches.filter((stretch) => stretch.length >= PIECES);
  const values = used.flat();
  const mean = values.reduce((sum, { y }) => sum + y, 0) / values.length;
  const growths = used.flatMap(growthsOf);
  const hours = growths.reduce((sum, { x }) => sum + x, 0);
  if (hours === 0) return { slope: 0, halfWidth: Number.POSITIVE_INFINITY, mean, points: values.length };
  const slope = growths.reduce((sum, { y }) => sum + y, 0) / hours;
  const squares = growths.reduce((sum, { x, y }) => sum + (y - slope * x) ** 2, 0);
  const count = growths.length;
  const standardError = Math.sqrt((squares * count) / (count - 1)) / hours;
  return { slope, halfWidth: studentTwoSidedQuantile(confidence, count - 1) * standardError, mean, points: values.length };
}

/** From the mean of each piece to that of the next. */
function growthsOf(stretch: readonly Point[]): Point[] {
  const length = Math.floor(stretch.length / PIECES);
  const pieces = Array.from({ length: PIECES }, (_, piece) => {
    const points = stretch.slice(piece * length, (piece + 1) * length);
    return {
      x: points.reduce((sum, { x }) => sum + x, 0) / length,
      y: points.reduce((sum, { y }) => sum + y, 0) / length,
    };
  });
  return pieces.slice(1).map(({ x, y }, i) => ({ x: x - (pieces[i]?.x ?? 0), y: y - (pieces[i]?.y ?? 0) }));
}
