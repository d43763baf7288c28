import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { formatClock } from '../ui/format';
import styles from './ChartFrame.module.css';
import type { ChartGroup, ChartMember } from './chart-group';
import { onThemeChange } from './chart-theme';
import { cursorKey } from './cursor-keys';
import { PlotEmpty, type PlotReading, PlotState } from './PlotState';
import { pixelOf, secondAt } from './plot-area';
import type { TimeRange } from './time-column';

/** What draws on a canvas within a frame. */
export interface PlotPainter {
  draw(range: TimeRange): void;
  applyTheme(): void;
  /** Seconds to a point: what an arrow key moves by. */
  readonly bucketSeconds: number;
  destroy?(): void;
}

export interface ChartFrameProps {
  group: ChartGroup;
  title: string;
  /** Stands behind the title: `ms`, `/s`. */
  unit?: string;
  /** One sentence on what is drawn. */
  note?: ReactNode;
  /** CSS pixels at least, with the time axis; it fills more where there is more. */
  height: number;
  /** Beside the title. */
  legend?: ReactNode;
  /** Its data are not there (yet). */
  reading?: PlotReading | null;
  /** There is nothing to draw in the stretch that is shown. */
  isEmpty?: boolean;
  createPainter(canvas: HTMLCanvasElement, redraw: () => void): PlotPainter;
  /** Shows the values at a second beside the title; null: the cursor is nowhere. */
  onCursor?(second: number | null): void;
  /** The values at a second as a text to be read aloud, without the time. */
  describe(second: number): string;
  /** A stretch was chosen by dragging or by keys. Without: it is zoomed to. */
  onSelect?(range: TimeRange): void;
}

/** Shorter drags are clicks. */
const SHORTEST_DRAG_PX = 5;

/**
 * Title, canvas, and over it the cursor and the selection that a group of charts shares. A press of the pointer and a drag select a stretch; with the
 * keyboard the plot is a slider over time (see `cursorKey`).
 */
export function ChartFrame(props: ChartFrameProps) {
  const { group, title, unit, note, height, legend, reading = null, isEmpty = false } = props;
  const titleId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const selected = useRef<HTMLDivElement>(null);
  const painter = useRef<PlotPainter>(null);
  const dragFrom = useRef<{ second: number; pixel: number } | null>(null);
  const newest = useRef(props);
  newest.current = props;

  useEffect(() => {
    const surface = canvas.current;
    const area = plot.current;
    if (!surface || !area) return;
    // Asking for it while texts change would lay out the page once for each chart.
    let width = area.clientWidth;
    const own: ChartMember = {
      draw: () => painter.current?.draw(group.range),
      showCursor: (second) => {
        const { from, to } = group.range;
        const isSeen = second !== null && second >= from - 1 && second < to;
        if (cursor.current) cursor.current.hidden = !isSeen;
        newest.current.onCursor?.(isSeen ? second : null);
        if (document.activeElement === area) tellCursor(isSeen ? second : null);
        if (!isSeen || !cursor.current || !clock.current) return;
        const at = pixelOf(second + 0.5, group.range, width);
        cursor.current.style.transform = `translateX(${Math.round(at)}px)`;
        clock.current.textContent = formatClock(second);
        clock.current.dataset.side = at > width - 32 ? 'left' : 'right';
      },
      showSelection: (selection) => {
        if (!selected.current) return;
        selected.current.hidden = selection === null;
        if (!selection) return;
        const [left, right] = [selection.from, selection.to].map((second) => pixelOf(second, group.range, width));
        const start = Math.min(left ?? 0, right ?? 0);
        selected.current.style.transform = `translateX(${start}px)`;
        selected.current.style.width = `${Math.abs((right ?? 0) - (left ?? 0))}px`;
      },
    };
    /** The slider's value, for assistive technology: only the chart with the focus is asked for it. */
    const tellCursor = (second: number | null) => {
      const { from, to } = group.dataRange;
      area.setAttribute('aria-valuemin', String(Math.floor(from)));
      area.setAttribute('aria-valuemax', String(Math.ceil(to)));
      area.setAttribute('aria-valuenow', String(second ?? Math.floor(from)));
      const text = second === null ? 'No second chosen' : `${formatClock(second)}: ${newest.current.describe(second)}`;
      area.setAttribute('aria-valuetext', text);
    };
    tellCursor(null);
    const redraw = () => group.invalidateOne(own);
    painter.current = newest.current.createPainter(surface, redraw);
    const leave = group.add(own);
    const resizing = new ResizeObserver(() => {
      width = area.clientWidth;
      redraw();
    });
    resizing.observe(area);
    const endTheme = onThemeChange(() => {
      painter.current?.applyTheme();
      redraw();
    });
    return () => {
      endTheme();
      resizing.disconnect();
      leave();
      painter.current?.destroy?.();
      painter.current = null;
    };
  }, [group]);

  const secondOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return secondAt(event.clientX - box.left, group.range, box.width);
  };

  const move = (event: PointerEvent<HTMLElement>) => {
    const second = secondOf(event);
    group.setCursor(second);
    const start = dragFrom.current;
    if (start && Math.abs(event.clientX - start.pixel) >= SHORTEST_DRAG_PX) group.select({ from: start.second, to: second });
  };

  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    group.select(null);
    event.currentTarget.setPointerCapture(event.pointerId);
    dragFrom.current = { second: secondOf(event), pixel: event.clientX };
  };

  const choose = () => {
    dragFrom.current = null;
    const selection = group.selection;
    if (!selection) return;
    group.select(null);
    const ordered = { from: Math.min(selection.from, selection.to), to: Math.max(selection.from, selection.to) };
    if (props.onSelect) props.onSelect(ordered);
    else group.zoomTo(ordered);
  };

  const press = (event: KeyboardEvent) => {
    const step = painter.current?.bucketSeconds ?? 1;
    const does = cursorKey(event.key, event.shiftKey, group.cursor, group.selection, group.dataRange, step);
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (does.kind === 'zoom') choose();
    else if (does.kind === 'reset') {
      if (group.selection) group.select(null);
      else group.zoomTo(null);
    } else {
      group.setCursor(does.second);
      group.select(does.kind === 'extend' ? does.selection : null);
    }
  };

  return (
    <figure className={styles.frame}>
      <figcaption className={styles.head}>
        <span className={styles.title} id={titleId}>
          {title}
          {unit && <span className={styles.unit}> {unit}</span>}
        </span>
        {legend}
        {note && <span className={styles.note}>{note}</span>}
      </figcaption>
      <div
        ref={plot}
        role="slider"
        aria-labelledby={titleId}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        tabIndex={0}
        inert={reading !== null}
        className={styles.plot}
        style={{ minHeight: height }}
        onPointerMove={move}
        onPointerDown={begin}
        onPointerUp={choose}
        onPointerCancel={() => {
          dragFrom.current = null;
          group.select(null);
        }}
        onPointerLeave={() => {
          if (!dragFrom.current) group.setCursor(null);
        }}
        onDoubleClick={() => group.zoomTo(null)}
        onKeyDown={press}
        onBlur={() => group.setCursor(null)}
      >
        <canvas ref={canvas} className={styles.canvas} />
        <div ref={selected} className={styles.selection} hidden aria-hidden="true" />
        <div ref={cursor} className={styles.cursor} hidden aria-hidden="true">
          <span ref={clock} className={styles.clock} />
        </div>
      </div>
      {reading ? <PlotState title={title} reading={reading} /> : isEmpty && <PlotEmpty />}
    </figure>
  );
}
