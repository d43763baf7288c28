import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { formatFigure, NO_VALUE } from '../ui/format';
import './charts.css';
import { type Backdrop, NO_BACKDROP } from './backdrop';
import { ChartFrame, type PlotPainter } from './ChartFrame';
import { ChartLegend, type LegendValues } from './ChartLegend';
import type { ChartGroup } from './chart-group';
import type { PlotReading } from './PlotState';
import { type ChartLine, MAX_BANDS, TimeChartPainter } from './time-chart-painter';
import { type TimeRange, valueAt } from './time-column';
import { whenChanged } from './when-changed';

export interface TimeChartProps {
  group: ChartGroup;
  title: string;
  unit?: string;
  note?: string;
  /** Keep them stable between renders (`useMemo`): other lines mean another drawing. */
  lines: readonly ChartLine[];
  backdrop?: () => Backdrop;
  /** Counts: the axis has whole numbers only. */
  whole?: boolean;
  height?: number;
  /** How values are written; three significant digits without. */
  format?: (value: number) => string;
  onSelect?(range: TimeRange): void;
  /** Whether there was no request in a stretch, which is said then: a line at 0, or none, looks broken. Asked at each drawing. */
  isEmpty?: (range: TimeRange) => boolean;
  /** Its data are not there (yet). */
  reading?: PlotReading | null;
}

/** Lines over time, drawn by Chart.js, in a group with one time axis and one cursor. New data are drawn without a rendering. */
export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const { group, title, unit, note, lines, backdrop = noBackdrop, whole = false, height = 160, format = formatFigure } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const painter = useRef<TimeChartPainter>(null);
  const legend = useRef<LegendValues>(null);
  const [bucketSeconds, setBucketSeconds] = useState(1);
  const [empty, setEmpty] = useState(false);
  const isEmpty = useRef(props.isEmpty);
  isEmpty.current = props.isEmpty;
  const seen = useMemo(() => lines.filter(({ id }) => !hidden.has(id)), [lines, hidden]);

  useEffect(() => {
    painter.current?.setContent({ lines: seen, backdrop, whole });
    group.invalidate();
  }, [group, seen, backdrop, whole]);

  const createPainter = (canvas: HTMLCanvasElement, redraw: () => void): PlotPainter => {
    const created = new TimeChartPainter(canvas, redraw);
    created.setContent({ lines: seen, backdrop, whole });
    painter.current = created;
    const tellBucket = whenChanged(setBucketSeconds);
    const tellEmpty = whenChanged(setEmpty);
    return {
      applyTheme: () => created.applyTheme(),
      destroy: () => created.destroy(),
      get bucketSeconds() {
        return created.bucketSeconds;
      },
      draw: (range) => {
        created.draw(range);
        tellBucket(created.bucketSeconds);
        tellEmpty(isEmpty.current?.(range) ?? false);
      },
    };
  };

  const textAt = (line: ChartLine, second: number) => {
    const value = valueAt(line.column(), second);
    return Number.isNaN(value) ? NO_VALUE : format(value);
  };

  return (
    <ChartFrame
      group={group}
      title={title}
      unit={unit}
      note={note ?? bucketNote(bucketSeconds, seen)}
      height={height}
      onSelect={props.onSelect}
      reading={props.reading}
      isEmpty={empty}
      createPainter={createPainter}
      onCursor={(second) =>
        legend.current?.show(second === null ? null : new Map(seen.map((line) => [line.id, textAt(line, second)])))
      }
      describe={(second) => seen.map((line) => `${line.label} ${textAt(line, second)}`).join(', ')}
      legend={
        <ChartLegend
          label={title}
          entries={lines}
          hidden={hidden}
          values={legend}
          onToggle={(id) => {
            const next = new Set(hidden);
            if (!next.delete(id)) next.add(id);
            setHidden(next);
          }}
        />
      }
    />
  );
});

const noBackdrop = () => NO_BACKDROP;

/** Says what a point stands for when it stands for more than a second. */
function bucketNote(bucketSeconds: number, lines: readonly ChartLine[]): string | undefined {
  if (bucketSeconds === 1) return undefined;
  const time = bucketSeconds % 60 === 0 ? `${bucketSeconds / 60} min` : `${bucketSeconds} s`;
  const what = { mean: 'the mean', highest: 'the highest second', last: 'the last second' }[lines[0]?.combine ?? 'last'];
  const hasBand = lines.length <= MAX_BANDS && lines[0]?.combine !== 'last';
  return `A point for ${time}: ${what}${hasBand ? '; band: lowest to highest second' : ''}`;
}
