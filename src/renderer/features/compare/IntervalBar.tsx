import styles from './IntervalBar.module.css';
import { intervalPlaces } from './interval-scale';
import type { VerdictLine } from './verdict-groups';

const WIDTH = 132;
const HEIGHT = 16;
const MIDDLE = HEIGHT / 2;

/** The change and its interval as a bar about zero: right of it is more, which is worse. The numbers stand beside it. */
export function IntervalBar({ line, reach }: { line: VerdictLine; reach: number }) {
  const places = intervalPlaces(line, reach);
  if (!places) return null;
  const x = (place: number) => 4 + place * (WIDTH - 8);
  const { zero, at, low, high, cutLeft, cutRight } = places;
  return (
    <svg className={styles.bar} data-verdict={line.verdict} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line className={styles.axis} x1={x(0)} x2={x(1)} y1={MIDDLE} y2={MIDDLE} />
      <line className={styles.zero} x1={x(zero)} x2={x(zero)} y1={1} y2={HEIGHT - 1} />
      <line className={styles.interval} x1={x(low)} x2={x(high)} y1={MIDDLE} y2={MIDDLE} />
      {!cutLeft && <line className={styles.end} x1={x(low)} x2={x(low)} y1={MIDDLE - 3} y2={MIDDLE + 3} />}
      {!cutRight && <line className={styles.end} x1={x(high)} x2={x(high)} y1={MIDDLE - 3} y2={MIDDLE + 3} />}
      <circle className={styles.at} cx={x(at)} cy={MIDDLE} r={3} />
    </svg>
  );
}
