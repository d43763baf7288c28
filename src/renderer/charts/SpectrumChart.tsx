import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Spectrum } from '../../shared/api/types';
import { formatFigure, formatMark, NO_VALUE } from '../ui/format';
import './charts.css';
import { ticksWithin, valueAxis } from './axis-steps';
import styles from './ChartFrame.module.css';
import { ChartLegend, type LegendValues } from './ChartLegend';
import { ChartTheme, onThemeChange } from './chart-theme';
import { PlotEmpty, type PlotReading, PlotState } from './PlotState';
import { PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, plotWidth } from './plot-area';
import { NAMED_PERCENTILES, percentileAtPlace, spectrumPlace, spectrumValue } from './spectrum-scale';

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** Latency by percentile of one run or series. */
export interface SpectrumLine {
  id: string;
  label: string;
  /** Any CSS colour. */
  color: string;
  dash?: readonly number[];
  points: Spectrum;
}

export interface SpectrumChartProps {
  title: string;
  /** Keep them stable between renders. */
  lines: readonly SpectrumLine[];
  height?: number;
  /** Its data are not there (yet). */
  reading?: PlotReading | null;
}

/** Latency over percentiles on a 1 - p axis: shows the tail that a run's users met. */
export function SpectrumChart({ title, lines, height = 260, reading = null }: SpectrumChartProps) {
  const titleId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const legend = useRef<LegendValues>(null);
  const percentile = useRef<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const seen = useMemo(() => lines.filter(({ id }) => !hidden.has(id)), [lines, hidden]);
  const end = useMemo(() => Math.max(1, ...lines.flatMap(({ points }) => inside(points).map(placeOf))), [lines]);
  const isEmpty = lines.every(({ points }) => points.length === 0);
  const named = NAMED_PERCENTILES.filter((p) => spectrumPlace(p) <= end + 1e-9);

  useEffect(() => {
    const surface = canvas.current;
    if (!surface) return;
    const chart = new Chart(surface, configure(seen, end));
    const endTheme = onThemeChange(() => {
      chart.options = configure(seen, end).options ?? {};
      chart.data = configure(seen, end).data;
      chart.update('none');
    });
    return () => {
      endTheme();
      chart.destroy();
    };
  }, [seen, end]);

  const textAt = (line: SpectrumLine, p: number) => {
    const value = spectrumValue(line.points, p);
    return Number.isNaN(value) ? NO_VALUE : `${formatFigure(value)} ms`;
  };

  const show = (p: number | null) => {
    percentile.current = p;
    const area = plot.current;
    if (!area || !cursor.current || !clock.current) return;
    cursor.current.hidden = p === null;
    legend.current?.show(p === null ? null : new Map(seen.map((line) => [line.id, textAt(line, p)])));
    if (p === null) return;
    const at = PLOT_LEFT + (spectrumPlace(p) / end) * plotWidth(area.clientWidth);
    cursor.current.style.transform = `translateX(${Math.round(at)}px)`;
    clock.current.textContent = percentileText(p);
    clock.current.dataset.side = at > area.clientWidth - 40 ? 'left' : 'right';
    area.setAttribute('aria-valuenow', String(p));
    area.setAttribute(
      'aria-valuetext',
      `${percentileText(p)}: ${seen.map((line) => `${line.label} ${textAt(line, p)}`).join(', ')}`,
    );
  };

  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left - PLOT_LEFT) / plotWidth(box.width)));
    show(percentileAtPlace(share * end));
  };

  /** Keys go from one named percentile to the next. */
  const press = (event: KeyboardEvent) => {
    const at = named.findIndex((p) => p >= (percentile.current ?? 0));
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: named.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(named[Math.min(named.length - 1, Math.max(0, next))] ?? null);
  };

  return (
    <figure className={styles.frame}>
      <figcaption className={styles.head}>
        <span className={styles.title} id={titleId}>
          {title}
          <span className={styles.unit}> ms</span>
        </span>
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
      </figcaption>
      <div
        ref={plot}
        role="slider"
        aria-labelledby={titleId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        aria-valuetext="No percentile chosen"
        tabIndex={0}
        inert={reading !== null}
        className={styles.plot}
        style={{ minHeight: height }}
        onPointerMove={move}
        onPointerLeave={() => show(null)}
        onKeyDown={press}
        onBlur={() => show(null)}
      >
        <canvas ref={canvas} className={styles.canvas} />
        <div ref={cursor} className={styles.cursor} hidden aria-hidden="true">
          <span ref={clock} className={styles.clock} />
        </div>
      </div>
      {reading ? <PlotState title={title} reading={reading} /> : isEmpty && <PlotEmpty />}
    </figure>
  );
}

/** The 100 %ile has no place on a 1 - p axis. */
function inside(points: Spectrum): Spectrum {
  return points.filter(({ percentile }) => percentile < 100);
}

function placeOf({ percentile }: Spectrum[number]): number {
  return spectrumPlace(percentile);
}

function percentileText(percentile: number): string {
  return `${Number(percentile.toPrecision(percentile > 99 ? 5 : 3))} %ile`;
}

function configure(lines: readonly SpectrumLine[], end: number): ConstructorParameters<typeof Chart<'line'>>[1] {
  const theme = new ChartTheme();
  const axisColor = theme.color('var(--chart-axis)');
  const grid = theme.color('var(--chart-grid)');
  const font = { size: 11, family: theme.font };
  const axis = valueAxis(Math.max(0, ...lines.flatMap(({ points }) => inside(points).map(({ ms }) => ms))), null, false);
  return {
    type: 'line',
    data: {
      datasets: lines.map(({ id, color, dash, points }) => ({
        label: id,
        data: inside(points).map((point) => ({ x: placeOf(point), y: point.ms })),
        borderColor: theme.color(color),
        borderWidth: 1.75,
        borderDash: [...(dash ?? [])],
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { right: PLOT_RIGHT, top: PLOT_TOP } },
      elements: { point: { radius: 0 } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: end,
          border: { color: grid },
          grid: { color: grid },
          ticks: {
            align: 'inner',
            maxRotation: 0,
            autoSkip: false,
            color: axisColor,
            font,
            callback: (place) => tickText(Number(place)),
          },
          afterBuildTicks: (scale) => {
            scale.ticks = NAMED_PERCENTILES.map(spectrumPlace)
              .filter((value) => value <= end + 1e-9)
              .map((value) => ({ value }));
          },
          afterFit: (scale) => {
            scale.paddingLeft = 0;
            scale.paddingRight = 0;
          },
        },
        y: {
          type: 'linear',
          min: 0,
          max: axis.end,
          border: { display: false },
          grid: { color: grid },
          ticks: { autoSkip: false, padding: 6, color: axisColor, font, callback: (value) => formatMark(Number(value)) },
          afterBuildTicks: (scale) => {
            scale.ticks = ticksWithin({ from: 0, to: axis.end }, axis.step).map((value) => ({ value }));
          },
          afterFit: (scale) => {
            scale.width = PLOT_LEFT;
          },
        },
      },
    },
  };
}

function tickText(place: number): string {
  return `${Number(percentileAtPlace(place).toPrecision(6))} %`;
}
