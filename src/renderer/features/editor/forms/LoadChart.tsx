import { formatClock, formatCount } from '../../../ui/format';
import type { LoadDrawing } from '../model/load-drawing';
import styles from './LoadChart.module.css';

const WIDTH = 560;
const HEIGHT = 160;
const LEFT = 48;
const RIGHT = 20;
const TOP = 12;
const BOTTOM = 22;

const x = (at: number) => LEFT + at * (WIDTH - LEFT - RIGHT);
const y = (at: number) => HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM);

/** Planned nodes over time. */
export function LoadChart({ drawing }: { drawing: LoadDrawing | null }) {
  if (!drawing) return <p className={styles.none}>The planned nodes over time are drawn here once the load is complete.</p>;
  const line = drawing.points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`)
    .join('');
  const last = drawing.points[drawing.points.length - 1]?.x ?? 1;
  const area = `${line}L${x(last).toFixed(1)} ${y(0)}L${x(0)} ${y(0)}Z`;
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.chart} role="img" aria-label={spoken(drawing)}>
        {drawing.nodeMarks.map(({ at, value }) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(at)} y2={y(at)} className={styles.grid} />
            <text x={LEFT - 8} y={y(at) + 4} textAnchor="end" className={styles.mark}>
              {formatCount(value)}
            </text>
          </g>
        ))}
        {drawing.timeMarks.map(({ at, value }) => (
          <text key={value} x={x(at)} y={HEIGHT - 6} textAnchor="middle" className={styles.mark}>
            {formatClock(value)}
          </text>
        ))}
        <path d={area} className={styles.area} />
        <path d={line} className={styles.line} />
      </svg>
      <figcaption className={styles.caption}>
        Planned nodes over time
        {drawing.isOpenEnded ? ', until stopped' : `, ${formatClock(drawing.seconds)} in all`}
      </figcaption>
    </figure>
  );
}

function spoken({ nodes, seconds, isOpenEnded }: LoadDrawing): string {
  const end = isOpenEnded ? 'until stopped' : `for ${formatClock(seconds)}`;
  return `Planned nodes over time: at most ${formatCount(nodes)}, ${end}`;
}
