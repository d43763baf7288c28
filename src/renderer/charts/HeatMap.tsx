import { memo, useEffect, useRef, useState } from 'react';
import { formatCount, formatShort } from '../ui/format';
import './charts.css';
import { type Backdrop, NO_BACKDROP } from './backdrop';
import { ChartFrame, type PlotPainter } from './ChartFrame';
import type { ChartGroup } from './chart-group';
import styles from './HeatMap.module.css';
import { type HeatGrid, HeatMapPainter } from './heat-map-painter';
import type { PlotReading } from './PlotState';
import type { TimeRange } from './time-column';
import { whenChanged } from './when-changed';

export interface HeatMapProps {
  group: ChartGroup;
  title: string;
  note?: string;
  /** Asked at each drawing. Keep it stable between renders. */
  grid: () => HeatGrid;
  backdrop?: () => Backdrop;
  height?: number;
  onSelect?(range: TimeRange): void;
  /** Whether there was no request in a stretch, which is said then. Asked at each drawing. */
  isEmpty?: (range: TimeRange) => boolean;
  /** Its data are not there (yet). */
  reading?: PlotReading | null;
}

/** Requests by time and latency: shows what percentiles hide, such as two speeds side by side. */
export const HeatMap = memo(function HeatMap(props: HeatMapProps) {
  const { group, title, note, grid, backdrop = noBackdrop, height = 180, onSelect } = props;
  const painter = useRef<HeatMapPainter>(null);
  const value = useRef<HTMLSpanElement>(null);
  const [largest, setLargest] = useState(0);
  const [empty, setEmpty] = useState(false);
  const newest = useRef({ grid, backdrop, isEmpty: props.isEmpty });
  newest.current = { grid, backdrop, isEmpty: props.isEmpty };

  const createPainter = (canvas: HTMLCanvasElement): PlotPainter => {
    const created = new HeatMapPainter(
      canvas,
      () => newest.current.grid(),
      () => newest.current.backdrop(),
    );
    painter.current = created;
    const tellLargest = whenChanged(setLargest);
    const tellEmpty = whenChanged(setEmpty);
    return {
      applyTheme: () => created.applyTheme(),
      get bucketSeconds() {
        return created.bucketSeconds;
      },
      draw: (range) => {
        created.draw(range);
        tellLargest(created.largest);
        tellEmpty(newest.current.isEmpty?.(range) ?? false);
      },
    };
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another grid is another drawing
  useEffect(() => group.invalidate(), [group, grid]);

  const textAt = (second: number) => {
    const fullest = painter.current?.fullestAt(second);
    return fullest
      ? `most at ${formatShort(fullest.fromMs)} to ${formatShort(fullest.toMs)} ms: ${formatCount(fullest.requests)}`
      : 'no requests';
  };

  return (
    <ChartFrame
      group={group}
      title={title}
      unit="ms"
      note={note}
      height={height}
      onSelect={onSelect}
      reading={props.reading}
      isEmpty={empty}
      createPainter={createPainter}
      onCursor={(second) => {
        if (value.current) value.current.textContent = second === null ? '' : textAt(second);
      }}
      describe={textAt}
      legend={
        <span className={styles.legend}>
          <span className={styles.scale}>
            1 <span className={styles.ramp} aria-hidden="true" /> {formatCount(Math.max(1, largest))} requests
          </span>
          <span className={styles.value} aria-hidden="true" ref={value} />
        </span>
      }
    />
  );
});

const noBackdrop = () => NO_BACKDROP;
